"""What rsync and SFTP have in common: options of ssh, and its error messages in plain words."""

from __future__ import annotations

import os
import re
import shutil

from workshop_builder.source.publish_target import PublishTarget

OPTIONS = (
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "ConnectTimeout=20",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=4",
    "ForwardAgent=no",
    "ClearAllForwardings=yes",
)
"""With these ssh asks no question, waits for no dead host, and connects to known hosts only."""

_AGAIN = "publish again, and it goes on where it stopped"

_EXPLANATIONS = {
    "REMOTE HOST IDENTIFICATION HAS CHANGED": (
        "has a different key than before, so this may not be your host; "
        "ask your web host, and if the new key is theirs, type: ssh-keygen -R '{known}'"
    ),
    "Host key verification failed": (
        "is a host that this computer does not know yet; type '{ssh}' once, compare the "
        "fingerprint with the one that your web host names, and answer yes if they are the same"
    ),
    "UNPROTECTED PRIVATE KEY FILE": (
        "was not tried with your key, which others on this computer can read; "
        "type: chmod go= ~/.ssh/*"
    ),
    r"Permission denied \([a-z]": (
        "accepts none of your keys; type 'ssh-add' if your key has a passphrase, "
        "or 'ssh-copy-id {copy}' to make your key known there"
    ),
    "Too many authentication failures": "was offered too many keys; name one in ~/.ssh/config",
    "Could not resolve": "there is no such host, or no network; check the name and your network",
    "Name or service not known": "there is no such host, or no network; check both",
    "Connection refused": "nothing answers at this host and port; check the address",
    "timed out": "does not answer; check the address and your network, then publish again",
    "unreachable": "cannot be reached; check your network, then publish again",
    "No route to host": "cannot be reached; check the address and your network",
    "subsystem request failed": (
        "does not offer SFTP; ask your web host, or publish by rsync or to a folder"
    ),
    "@ERROR: Unknown module": "has no such folder; check the address, or ask your web host",
    "@ERROR: auth failed": (
        "asks for a password, which rsync would send unencrypted; publish by ssh or SFTP"
    ),
    "module is read only": "cannot be written to; check the folder, or ask your web host",
    "ommand not found": "has no rsync; publish by SFTP, with sftp://{login}/…",
    "No space left": f"has no space left; free some and {_AGAIN}",
    "uota exceeded": f"has no space left for you; free some and {_AGAIN}",
    "Permission denied": "does not let you write there; check the folder, or ask your web host",
    "Read-only file system": "cannot be written to; check the folder, or ask your web host",
    "No such file or directory": "has no such folder; check the address, or make the folder first",
    "Received message too long": (
        "sends text where SFTP should begin, or does not allow this user to transfer files; "
        "ask your web host"
    ),
    "remote rename": "cannot replace a file in one step; publish by rsync or to a folder",
    ": Failure": f"could not take a file, most often for lack of space; free some and {_AGAIN}",
    "closed by": f"closed the connection; {_AGAIN}",
    "onnection closed": f"closed the connection; {_AGAIN}",
    "onnection reset": f"closed the connection; {_AGAIN}",
    "onnection lost": f"closed the connection; {_AGAIN}",
    "Broken pipe": f"closed the connection; {_AGAIN}",
}
"""Patterns in what the programs print, and what they mean; the first that is found counts."""


def find_program(target: PublishTarget, name: str, package: str) -> str:
    """Return the path of a program; raises PublishError where it is not installed."""
    path = shutil.which(name)
    if path is None:
        text = f"needs the program '{name}', which is not installed; type"
        raise target.error(f"{text}: sudo apt-get install {package}")
    return path


def environment() -> dict[str, str]:
    """Return an environment in which programs print English in UTF-8 and ask for no password."""
    return {"RSYNC_PASSWORD": "", **os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}


def explain(target: PublishTarget, printed: str) -> str:
    """Return what the error messages of a program mean: what is wrong; what to do."""
    login, port = target.login, f"-p {target.port} " if target.port else ""
    host = login.rpartition("@")[2]
    names = {
        "ssh": f"ssh {port}{login}",
        "copy": f"{port}{login}",
        "known": f"[{host}]:{target.port}" if target.port else host,
    }
    for part, words in _EXPLANATIONS.items():
        if re.search(part, printed):
            return words.format_map(names)
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    reason = f" ({lines[0]})" if lines else ""
    return f"could not be published to{reason}; check the address, then {_AGAIN}"
