"""Where a website is published to: a folder, or a host by rsync or SFTP, read from its address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from workshop_builder.errors import Problem, PublishError


@dataclass(frozen=True, slots=True)
class Target:
    """A place that the website is copied to."""

    name: str
    """The address as it was given; problems begin with it."""
    kind: Literal["folder", "rsync", "ssh", "sftp"]
    """A folder, an rsync server, rsync by way of ssh, SFTP."""
    path: str
    """The folder, here or there; for an rsync server `module/path`."""
    login: str = ""
    """The host, with `user@` before it where one was given; empty for a folder."""
    port: int | None = None
    """Where the host listens, if not in the usual place."""

    def problem(self, text: str) -> PublishError:
        """Return what is wrong with this target, as an error to raise."""
        return PublishError([Problem(self.name, 0, text)])


_EXAMPLES = (
    "write a folder (../public), an address for rsync (me@host.example:/srv/www) "
    "or one for SFTP (sftp://me@host.example/srv/www)"
)
_TOLD_OPENLY = (
    "holds a password, which a file or a command line does not keep secret; "
    "take it out and let the host know your ssh key"
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SHORT = re.compile(r"(?P<login>(?:[^@:/\s]+@)?[^@:/\s]+):(?P<path>.*)")
_LOGIN = re.compile(r"(?:[A-Za-z0-9_][\w.+-]*@)?(?:[A-Za-z0-9][\w.-]*|\[?[0-9A-Fa-f:]+\]?)")


def read(text: str, beside: Path) -> Target:
    """Return the target that an address names; a relative folder counts from `beside`.

    Raises PublishError where it is none, or has a password in it.
    """
    try:
        return _read(text.strip(), beside)
    except ValueError as error:
        raise PublishError([Problem(shown(text), 0, str(error))]) from error


def check(text: str) -> str:
    """Return an address as it is; raises ValueError in words where it is none."""
    _read(text.strip(), Path())
    return text


def shown(text: str) -> str:
    """Return an address as it may be shown: without what may be a password."""
    return re.sub(r":(?!//).*@", ":…@", text)


def _read(text: str, beside: Path) -> Target:
    if not text or not text.isprintable():
        raise ValueError(f"is no address to publish to; {_EXAMPLES}")
    if _SCHEME.match(text):
        return _from_url(text)
    before, colon, _ = text.partition(":")
    if not colon or "/" in before:
        return Target(text, "folder", str(beside / _expanded(text)))
    if re.match(r"[^@]*:([^/]*|.*@[^/]*:.*)@", text) or re.match(r"[^@]*:.*@[^/]*:", text):
        raise ValueError(_TOLD_OPENLY)
    short = _SHORT.fullmatch(text)
    if not short or not _LOGIN.fullmatch(short["login"]):
        raise ValueError(f"is no address to publish to; {_EXAMPLES}")
    if short["path"].startswith(":"):
        raise ValueError("names an rsync server; write it as rsync://host.example/folder")
    return Target(text, "ssh", _from_home(_folder(short["path"])), short["login"])


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise ValueError("begins with the name of no user here; write the folder whole") from error


def _from_url(text: str) -> Target:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"is no address to publish to; {_EXAMPLES}") from error
    if parts.password is not None:
        raise ValueError(_TOLD_OPENLY)
    if parts.scheme not in ("rsync", "sftp"):
        raise ValueError(_other(parts.scheme))
    login = _login(parts)
    if parts.scheme == "rsync":
        return Target(text, "rsync", _folder(unquote(parts.path).lstrip("/")), login, port)
    path = _folder(unquote(parts.path))
    path = path[1:] if path == "/~" or path.startswith("/~/") else path
    return Target(text, "sftp", _from_home(path), login, port)


def _from_home(path: str) -> str:
    """Return a path that begins at the user's own folder as one that hosts understand."""
    return (path[2:] or ".") if path == "~" or path.startswith("~/") else path


def _other(scheme: str) -> str:
    if scheme in ("ftp", "ftps"):
        text = "is an address for FTP, which shows passwords to all on the way"
        return f"{text}; ask your web host for SFTP and write sftp://…"
    return f"'{scheme}' is no way to publish; {_EXAMPLES}"


def _login(parts: SplitResult) -> str:
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    login = f"{unquote(parts.username)}@{host}" if parts.username else host
    if not _LOGIN.fullmatch(login) or parts.query or parts.fragment:
        raise ValueError(f"is no address to publish to; {_EXAMPLES}")
    return login


def _folder(path: str) -> str:
    if not path.strip("/") and path != "/":
        raise ValueError("names a host and no folder there; add it, as in host.example:/srv/www")
    if not path.isprintable():
        raise ValueError("has a sign in it that cannot be printed; write the folder without it")
    return path
