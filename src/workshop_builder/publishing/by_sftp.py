"""Publishing by SFTP, with OpenSSH's own program: the keys and hosts that it knows count."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename
from typing import IO, Literal

from workshop_builder.model.publish_target import Target
from workshop_builder.publishing.built_site import Site
from workshop_builder.publishing.plan import LIST, Known, Seen, descend, folders_of, unfinished
from workshop_builder.publishing.ssh import OPTIONS, environment, in_words, program

_LISTED = re.compile(r"(\S)\S{9,10}(?: +\S+){3} +(\d+) .{12} (.+)")
"""A line of a listing: kind and rights, links, user, group, bytes, time, name."""

_KINDS: Mapping[str, Literal["file", "folder", "link"]] = {"-": "file", "d": "folder", "l": "link"}
_DONE = "Local working directory: "
"""What the program prints when it has come to the question that follows each command."""


@contextmanager
def opened(target: Target, site: Site) -> Iterator[Sftp]:
    """Yield the place that a target names, connected; raises PublishError where it cannot be."""
    sftp = program(target, "sftp", "openssh-client")
    ssh = program(target, "ssh", "openssh-client")
    options = [part for option in OPTIONS for part in ("-o", option)]
    port = ["-P", str(target.port)] if target.port else []
    with tempfile.TemporaryDirectory(prefix="workshop-publish-") as folder:
        desk = Path(folder)
        with (desk / "complaints").open("w+b") as complaints:
            process = subprocess.Popen(
                [sftp, "-b", "-", "-S", ssh, *options, *port, "--", target.login],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=environment(),
            )
            place = Sftp(target, site, desk, _Session(target, process, complaints))
            try:
                place.session.ask("version")
                yield place
            finally:
                place.session.end()


@dataclass(slots=True)
class _Session:
    """The program at work: takes commands one by one, and ends at the first that fails."""

    target: Target
    process: subprocess.Popen[bytes]
    complaints: IO[bytes]
    heard: int = field(default=0)
    """Bytes of the complaints before the command that runs."""

    def ask(self, command: str) -> list[str]:
        """Run a command and return what it prints; raises PublishError where it fails.

        One that begins with '-' may fail, and then prints less.
        """
        self.heard = self.complaints.seek(0, os.SEEK_END)
        printed: list[str] = []
        with suppress(BrokenPipeError):
            if self.process.stdin:
                self.process.stdin.write(f"{command}\nlpwd\n".encode())
                self.process.stdin.flush()
        for line in self.process.stdout or ():
            text = os.fsdecode(line).rstrip("\n")
            if text.startswith(_DONE):
                return printed
            printed.append(text)
        self.process.wait()
        raise self.target.problem(in_words(self.target, self.complaint()))

    def complaint(self) -> str:
        """Return what the last command has complained of."""
        self.complaints.seek(self.heard)
        return os.fsdecode(self.complaints.read())

    def end(self) -> None:
        """Let the program go."""
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                if pipe:
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True, slots=True)
class Sftp:
    """A place that SFTP reaches, with one connection from first to last."""

    target: Target
    site: Site
    desk: Path
    """A folder for what comes and goes beside the website."""
    session: _Session

    def look(self, folders: Collection[str]) -> dict[str, Seen]:
        """Return what stands in these folders."""
        return descend(folders, self._entries)

    def fetch(self, name: str) -> bytes:
        """Return what is in a file."""
        self.session.ask(f"get {self._there(name)} {_quoted(self.desk / 'fetched')}")
        return (self.desk / "fetched").read_bytes()

    def differing(self, seen: Mapping[str, Seen], known: Known) -> set[str]:
        """Return the files that the list or the sizes there do not vouch for."""
        return {
            name
            for name, stand in self.site.files.items()
            if seen.get(name) != Seen("file", stand.size) or known.get(name) != stand.sha256
        }

    def copy(self, names: Sequence[str]) -> Iterator[str]:
        """Copy these files; yield each when it stands whole."""
        for folder in folders_of(names):
            self.session.ask(f"-mkdir {self._there(folder)}")
        for name in names:
            self._put(self.site.folder / name, name)
            yield name

    def note(self, data: bytes) -> None:
        """Write the list, into a new folder where there is none."""
        if not self._listing(""):
            self.session.ask(f"mkdir {self._there()}")
        (self.desk / LIST).write_bytes(data)
        (self.desk / LIST).chmod(0o644)
        self._put(self.desk / LIST, LIST)

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> Iterator[str]:
        """Remove files, then folders that are empty by now; yield each file that is gone."""
        for name in names:
            self.session.ask(f"rm {self._there(name)}")
            yield name
        for name in folders:
            self.session.ask(f"-rmdir {self._there(name)}")

    def _put(self, path: Path, name: str) -> None:
        """Write a file beside its place, and put it there when it is whole."""
        half = self._there(unfinished(name))
        self.session.ask(f"put {_quoted(path)} {half}")
        self.session.ask(f"rename {half} {self._there(name)}")

    def _entries(self, folder: str) -> dict[str, Seen]:
        listing = self._listing(folder)
        return {name: item for name, item in listing.items() if name not in (".", "..")}

    def _listing(self, folder: str) -> dict[str, Seen]:
        """Return what stands in a folder, '.' too; nothing where there is no such folder."""
        lines = self.session.ask(f"-ls -lan {self._there(folder or '.', '.')}")
        complaint = self.session.complaint()
        if "Permission denied" in complaint:
            raise self.target.problem(in_words(self.target, complaint))
        return dict(_entry(found) for found in map(_LISTED.fullmatch, lines) if found)

    def _there(self, *names: str) -> str:
        """Return a path at the target, ready for a command."""
        return _quoted("/".join((self.target.path.rstrip("/"), *names)))


def _entry(found: re.Match[str]) -> tuple[str, Seen]:
    kind, size, name = found.groups()
    return basename(name), Seen(_KINDS.get(kind, "other"), int(size) if kind == "-" else 0)


def _quoted(path: Path | str) -> str:
    """Return a path as the program reads it; inside quotes it takes wildcards as they are."""
    inside = re.sub(r'(["\\])', r"\\\1", str(path))
    return f'"{inside}"'
