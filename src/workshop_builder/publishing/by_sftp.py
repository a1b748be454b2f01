"""Publishing by SFTP, with OpenSSH's own program and the keys and hosts that it knows."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename
from typing import IO, Literal

from workshop_builder.output.temporary import temporary_folder
from workshop_builder.publishing.built_site import BuiltSite
from workshop_builder.publishing.plan import (
    LIST,
    Published,
    TargetEntry,
    folders_of,
    temporary_name,
    walk,
)
from workshop_builder.publishing.ssh import OPTIONS, environment, explain, find_program
from workshop_builder.source.publish_target import PublishTarget

_LISTED = re.compile(r"(\S)\S{9,10}(?: +\S+){3} +(\d+) .{12} (.+)")
"""A line of a listing: kind and permissions, links, user, group, bytes, time, name."""

_KINDS: Mapping[str, Literal["file", "folder", "link"]] = {"-": "file", "d": "folder", "l": "link"}
_ANSWER = "Local working directory: "
"""The answer to `lpwd`, which is sent after each command to know when that has ended."""


@contextmanager
def destination(target: PublishTarget, site: BuiltSite) -> Iterator[SftpDestination]:
    """Yield the target, connected; raises PublishError where no connection can be made."""
    sftp = find_program(target, "sftp", "openssh-client")
    ssh = find_program(target, "ssh", "openssh-client")
    options = [part for option in OPTIONS for part in ("-o", option)]
    port = ["-P", str(target.port)] if target.port else []
    with temporary_folder("publish") as scratch, (scratch / "errors").open("w+b") as errors:
        process = subprocess.Popen(
            [sftp, "-b", "-", "-S", ssh, *options, *port, "--", target.login],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment(),
        )
        session = _Session(target, process, errors)
        try:
            session.run("version")
            yield SftpDestination(target, site, scratch, session)
        finally:
            session.close()


@dataclass(slots=True)
class _Session:
    """The running program; it takes commands one by one, and exits at the first that fails."""

    target: PublishTarget
    process: subprocess.Popen[bytes]
    errors: IO[bytes]
    """What it prints to stderr."""
    errors_before: int = field(default=0)
    """Bytes of `errors` before the current command."""

    def run(self, command: str) -> list[str]:
        """Run a command and return what it prints; raises PublishError where it fails.

        A command that begins with '-' may fail without that.
        """
        self.errors_before = self.errors.seek(0, os.SEEK_END)
        printed: list[str] = []
        with suppress(BrokenPipeError):
            if self.process.stdin:
                self.process.stdin.write(f"{command}\nlpwd\n".encode())
                self.process.stdin.flush()
        for line in self.process.stdout or ():
            text = os.fsdecode(line).rstrip("\n")
            if text.startswith(_ANSWER):
                return printed
            printed.append(text)
        self.process.wait()
        raise self.target.error(explain(self.target, self.last_errors()))

    def last_errors(self) -> str:
        """Return what the last command has printed to stderr."""
        self.errors.seek(self.errors_before)
        return os.fsdecode(self.errors.read())

    def close(self) -> None:
        """End the program."""
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                if pipe:
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True, slots=True)
class SftpDestination:
    """A target that SFTP reaches, by one connection from first to last; see `plan.Destination`."""

    target: PublishTarget
    site: BuiltSite
    scratch: Path
    """A folder for temporary files."""
    session: _Session

    def entries(self, folders: Collection[str]) -> dict[str, TargetEntry]:
        """Return what is in these folders, by path."""
        return walk(folders, self._list_folder)

    def fetch(self, name: str) -> bytes:
        """Return the contents of a file."""
        self.session.run(f"get {self._there(name)} {_quoted(self.scratch / 'fetched')}")
        return (self.scratch / "fetched").read_bytes()

    def differing(self, entries: Mapping[str, TargetEntry], published: Published) -> set[str]:
        """Return the files whose size there, or whose sha256 in the list, is not the website's."""
        return {
            name
            for name, file in self.site.files.items()
            if entries.get(name) != TargetEntry("file", file.size)
            or published.get(name) != file.sha256
        }

    def copy(self, names: Sequence[str]) -> Iterator[str]:
        """Copy these files; yield each name when the file is complete."""
        for folder in folders_of(names):
            self.session.run(f"-mkdir {self._there(folder)}")
        for name in names:
            self._upload(self.site.folder / name, name)
            yield name

    def write_list(self, data: bytes) -> None:
        """Write the list of published files; the folder is made where there is none."""
        if not self._listing(""):
            self.session.run(f"mkdir {self._there()}")
        (self.scratch / LIST).write_bytes(data)
        (self.scratch / LIST).chmod(0o644)
        self._upload(self.scratch / LIST, LIST)

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> Iterator[str]:
        """Remove files, then folders that are empty now; yield the name of each removed file."""
        for name in names:
            self.session.run(f"rm {self._there(name)}")
            yield name
        for name in folders:
            self.session.run(f"-rmdir {self._there(name)}")

    def _upload(self, path: Path, name: str) -> None:
        """Write a file under its temporary name, and rename it when it is complete."""
        temporary = self._there(temporary_name(name))
        self.session.run(f"put {_quoted(path)} {temporary}")
        self.session.run(f"rename {temporary} {self._there(name)}")

    def _list_folder(self, folder: str) -> dict[str, TargetEntry]:
        listing = self._listing(folder)
        return {name: entry for name, entry in listing.items() if name not in (".", "..")}

    def _listing(self, folder: str) -> dict[str, TargetEntry]:
        """Return what is in a folder, '.' too; nothing where there is no such folder."""
        lines = self.session.run(f"-ls -lan {self._there(folder or '.', '.')}")
        errors = self.session.last_errors()
        if "Permission denied" in errors:
            raise self.target.error(explain(self.target, errors))
        return dict(_entry(line) for line in map(_LISTED.fullmatch, lines) if line)

    def _there(self, *names: str) -> str:
        """Return a path at the target, quoted for a command."""
        return _quoted("/".join((self.target.path.rstrip("/"), *names)))


def _entry(line: re.Match[str]) -> tuple[str, TargetEntry]:
    kind, size, name = line.groups()
    return basename(name), TargetEntry(_KINDS.get(kind, "other"), int(size) if kind == "-" else 0)


def _quoted(path: Path | str) -> str:
    """Return a path in quotes, in which the program does not expand wildcards."""
    inside = re.sub(r'(["\\])', r"\\\1", str(path))
    return f'"{inside}"'
