"""What rsync and SFTP share: the options of ssh, and its complaints in plain words."""

from __future__ import annotations

import os
import re
import shutil

from workshop_builder.model.publish_target import Target

OPTIONS = (
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "ConnectTimeout=20",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=4",
    "ForwardAgent=no",
    "ClearAllForwardings=yes",
)
"""It asks nothing, waits for no dead host, and talks to hosts that it knows and to no others."""

_AGAIN = "publish again, and it goes on where it stopped"

_WORDS = {
    "REMOTE HOST IDENTIFICATION HAS CHANGED": (
        "shows another key than before, so this may not be your host; "
        "ask your web host, and if the new key is theirs, type: ssh-keygen -R '{known}'"
    ),
    "Host key verification failed": (
        "is a host that this computer has not met; type '{ssh}' once, compare the fingerprint "
        "with the one that your web host names, and answer yes if they are the same"
    ),
    "UNPROTECTED PRIVATE KEY FILE": (
        "was not tried with your key, which others on this computer can read; "
        "type: chmod go= ~/.ssh/*"
    ),
    r"Permission denied \([a-z]": (
        "lets none of your keys in; type 'ssh-add' if your key has a passphrase, "
        "or 'ssh-copy-id {copy}' to make your key known there"
    ),
    "Too many authentication failures": "was offered too many keys; name one in ~/.ssh/config",
    "Could not resolve": "there is no such host, or no network; check the name and your network",
    "Name or service not known": "there is no such host, or no network; check both",
    "Connection refused": "nobody answers at this host and port; check the address",
    "timed out": "does not answer; check the address and your network, then publish again",
    "unreachable": "cannot be reached; check your network, then publish again",
    "No route to host": "cannot be reached; check the address and your network",
    "subsystem request failed": (
        "does not offer SFTP; ask your web host, or publish by rsync or to a folder"
    ),
    "@ERROR: Unknown module": "has no such folder; check the address, or ask your web host",
    "@ERROR: auth failed": (
        "asks for a password, which rsync would send in the open; publish by ssh or SFTP"
    ),
    "module is read only": "lets nobody write there; check the folder, or ask your web host",
    "ommand not found": "has no rsync; publish by SFTP, with sftp://{login}/…",
    "No space left": f"has no room left; make some and {_AGAIN}",
    "uota exceeded": f"has no room left for you; make some and {_AGAIN}",
    "Permission denied": "does not let you write there; check the folder, or ask your web host",
    "Read-only file system": "lets nobody write there; check the folder, or ask your web host",
    "No such file or directory": "has no such folder; check the address, or make the folder first",
    "Received message too long": (
        "greets with text where SFTP should begin, or does not let this user in for files; "
        "ask your web host"
    ),
    "remote rename": "cannot replace a file in one step; publish by rsync or to a folder",
    ": Failure": f"could not take a file, most often for want of room; make some and {_AGAIN}",
    "closed by": f"broke off; {_AGAIN}",
    "onnection closed": f"broke off; {_AGAIN}",
    "onnection reset": f"broke off; {_AGAIN}",
    "onnection lost": f"broke off; {_AGAIN}",
    "Broken pipe": f"broke off; {_AGAIN}",
}
"""Patterns of what the programs print, and what they mean; the first that is found counts."""


def program(target: Target, name: str, package: str) -> str:
    """Return the path of a program; raises PublishError where it is not installed."""
    path = shutil.which(name)
    if path is None:
        text = f"takes the program '{name}', which is not installed; type"
        raise target.problem(f"{text}: sudo apt-get install {package}")
    return path


def environment() -> dict[str, str]:
    """Return an environment in which programs speak English in UTF-8 and ask for no password."""
    return {"RSYNC_PASSWORD": "", **os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}


def in_words(target: Target, printed: str) -> str:
    """Return what the complaints of a program mean: what is wrong; what to do."""
    login, port = target.login, f"-p {target.port} " if target.port else ""
    host = login.rpartition("@")[2]
    names = {
        "ssh": f"ssh {port}{login}",
        "copy": f"{port}{login}",
        "known": f"[{host}]:{target.port}" if target.port else host,
    }
    for part, words in _WORDS.items():
        if re.search(part, printed):
            return words.format_map(names)
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    reason = f" ({lines[0]})" if lines else ""
    return f"could not be published to{reason}; check the address, then {_AGAIN}"
