"""Where a website is published to, parsed from an address: a folder, an rsync or an SFTP host."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from workshop_builder.errors import Problem, PublishError


@dataclass(frozen=True, slots=True)
class PublishTarget:
    """A folder, here or on a host, that the website is copied to."""

    name: str
    """The address as it was given; problems begin with it."""
    kind: Literal["folder", "rsync", "ssh", "sftp"]
    """A folder of this machine, an rsync server, rsync over ssh, or SFTP."""
    path: str
    """The folder, here or on the host; for an rsync server `module/path`."""
    login: str = ""
    """The host, with `user@` before it where one was given; empty for a folder."""
    port: int | None = None
    """The port of the host; None for the usual one."""

    def error(self, text: str) -> PublishError:
        """Return an error that says what is wrong with this target."""
        return PublishError([Problem(self.name, 0, text)])


_EXAMPLES = (
    "write a folder (../public), an address for rsync (me@host.example:/srv/www) "
    "or one for SFTP (sftp://me@host.example/srv/www)"
)
_NO_SECRETS = (
    "holds a password, which a file or a command line does not keep secret; "
    "take it out and let the host know your ssh key"
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SHORT = re.compile(r"(?P<login>(?:[^@:/\s]+@)?[^@:/\s]+):(?P<path>.*)")
_LOGIN = re.compile(r"(?:[A-Za-z0-9_][\w.+-]*@)?(?:[A-Za-z0-9][\w.-]*|\[?[0-9A-Fa-f:]+\]?)")


def parse(text: str, folder: Path) -> PublishTarget:
    """Return the target that an address names; a relative path counts from `folder`.

    Raises PublishError where the text is no such address, or has a password in it.
    """
    try:
        return _parse(text.strip(), folder)
    except ValueError as error:
        raise PublishError([Problem(_without_password(text), 0, str(error))]) from error


def check(text: str) -> str:
    """Return an address unchanged; raises ValueError where it is none, with what to do."""
    _parse(text.strip(), Path())
    return text


def _without_password(text: str) -> str:
    """Return an address with an ellipsis in place of what may be a password."""
    return re.sub(r":(?!//).*@", ":…@", text)


def _parse(text: str, folder: Path) -> PublishTarget:
    if not text or not text.isprintable():
        raise ValueError(f"is no address to publish to; {_EXAMPLES}")
    if _SCHEME.match(text):
        return _from_url(text)
    before, colon, _ = text.partition(":")
    if not colon or "/" in before:
        return PublishTarget(text, "folder", str(folder / _expanded(text)))
    if re.match(r"[^@]*:([^/]*|.*@[^/]*:.*)@", text) or re.match(r"[^@]*:.*@[^/]*:", text):
        raise ValueError(_NO_SECRETS)
    short = _SHORT.fullmatch(text)
    if not short or not _LOGIN.fullmatch(short["login"]):
        raise ValueError(f"is no address to publish to; {_EXAMPLES}")
    if short["path"].startswith(":"):
        raise ValueError("names an rsync server; write it as rsync://host.example/folder")
    return PublishTarget(text, "ssh", _from_home(_folder(short["path"])), short["login"])


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise ValueError("names no user of this computer; write the folder in full") from error


def _from_url(text: str) -> PublishTarget:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"is no address to publish to; {_EXAMPLES}") from error
    if parts.password is not None:
        raise ValueError(_NO_SECRETS)
    if parts.scheme not in ("rsync", "sftp"):
        raise ValueError(_wrong_scheme(parts.scheme))
    login = _login(parts)
    if parts.scheme == "rsync":
        return PublishTarget(text, "rsync", _folder(unquote(parts.path).lstrip("/")), login, port)
    path = _folder(unquote(parts.path))
    path = path[1:] if path == "/~" or path.startswith("/~/") else path
    return PublishTarget(text, "sftp", _from_home(path), login, port)


def _from_home(path: str) -> str:
    """Return a path without the `~` of the home folder, which is where hosts begin."""
    return (path[2:] or ".") if path == "~" or path.startswith("~/") else path


def _wrong_scheme(scheme: str) -> str:
    if scheme in ("ftp", "ftps"):
        text = "is an address for FTP, which sends passwords unencrypted"
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
        raise ValueError("has a character in it that cannot be printed; leave it out")
    return path
