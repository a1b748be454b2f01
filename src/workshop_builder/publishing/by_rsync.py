"""Publishing by rsync, over ssh or to a server of its own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname
from typing import Literal

from workshop_builder.errors import Problem, PublishError
from workshop_builder.model.publish_target import Target
from workshop_builder.publishing.built_site import Site
from workshop_builder.publishing.plan import LIST, Known, Seen
from workshop_builder.publishing.ssh import OPTIONS, environment, in_words, program

_LISTED = re.compile(r"(\S)\S{9,10} +(\d+) \S+ \S+ (.+)")
"""A line of a listing: kind and rights, bytes, day, time, name."""
_CHANGED = re.compile(r"[<>]f\S{9} (.+)")
"""A line on a file that is sent: what of it differs, name."""
_DELETED = re.compile(r"\*deleting +(.+)")

_NOT_THERE = re.compile(r'change_dir "[^"]*".* failed: No such file or directory')

_KINDS: Mapping[str, Literal["file", "folder", "link"]] = {"-": "file", "d": "folder", "l": "link"}
_DEEPEST = 80
"""Bytes of a folder's path; ssh adds up to 21, and the name of a socket ends at 107."""

_PARTLY, _VANISHED = 23, 24
"""Exit codes: some of it could not be done; some files are not there."""


@contextmanager
def opened(target: Target, site: Site) -> Iterator[Rsync]:
    """Yield the place that a target names; no connection is made before it is looked at."""
    rsync = program(target, "rsync", "rsync")
    ssh = program(target, "ssh", "openssh-client") if target.kind == "ssh" else ""
    with tempfile.TemporaryDirectory(prefix="workshop-publish-") as desk:
        try:
            yield Rsync(target, site, rsync, Path(desk))
        finally:
            if ssh:
                _hang_up(ssh, target, Path(desk))


@dataclass(frozen=True, slots=True)
class Rsync:
    """A place that rsync reaches: each thing done is one run of the program."""

    target: Target
    site: Site
    program: str
    desk: Path
    """A folder for what comes and goes beside the website."""

    def look(self, folders: Collection[str]) -> dict[str, Seen]:
        """Return what stands in these folders."""
        rules = [f"--include={rule}" for folder in sorted(folders) for rule in _rules(folder)]
        listing = ["--recursive", "--links", "--list-only", "--no-human-readable"]
        try:
            lines = list(self._run(*listing, *rules, "--exclude=*", "--", self._there))
        except _MissingError:
            return {}
        seen = dict(_entry(found) for found in map(_LISTED.fullmatch, lines) if found)
        return {
            name: item for name, item in seen.items() if name != "." and dirname(name) in folders
        }

    def fetch(self, name: str) -> bytes:
        """Return what is in a file."""
        list(self._run("--", self._there + name, f"{self.desk}/fetched"))
        return (self.desk / "fetched").read_bytes()

    def differing(self, seen: Mapping[str, Seen], known: Known) -> set[str]:  # noqa: ARG002  rsync compares
        """Return the files of the website that are not there with the same contents."""
        if not seen:
            return set(self.site.files)
        return set(self._send("--dry-run", self.site.folder, sorted(self.site.files), _CHANGED))

    def copy(self, names: Sequence[str]) -> Iterator[str]:
        """Copy these files; yield each when it stands whole."""
        yield from self._send("--checksum", self.site.folder, names, _CHANGED)

    def note(self, data: bytes) -> None:
        """Write the list, into a new folder where there is none."""
        (self.desk / LIST).write_bytes(data)
        list(self._run("--checksum", "--", f"{self.desk}/{LIST}", self._there))

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> Iterator[str]:
        """Remove files, then folders that are empty by now; yield each file that is gone.

        rsync removes what it is told to send and does not find: here, in an empty folder.
        """
        nothing = self.desk / "nothing"
        for name in names:
            (nothing / dirname(name)).mkdir(parents=True, exist_ok=True)
        if names:
            yield from self._send("--delete-missing-args", nothing, names, _DELETED)
        for name in folders:
            (nothing / name).rmdir()
            list(self._send("--delete-missing-args", nothing, [name], _DELETED))

    @property
    def _there(self) -> str:
        """The target as rsync names it, with a slash at its end."""
        login, path = self.target.login, self.target.path.rstrip("/")
        if self.target.kind == "ssh":
            return f"{login}:{path}/"
        port = f":{self.target.port}" if self.target.port else ""
        return f"rsync://{login}{port}/{path}/"

    def _send(
        self, how: str, folder: Path, names: Sequence[str], told: re.Pattern[str]
    ) -> Iterator[str]:
        """Send files of `folder`; yield each that rsync tells of."""
        asked = self.desk / "names"
        asked.write_bytes(b"".join(name.encode() + b"\0" for name in names))
        options = (how, "--checksum", "--out-format=%i %n", f"--files-from={asked}", "--from0")
        for line in self._run(*options, "--", f"{folder}/", self._there):
            if found := told.fullmatch(line):
                yield found[1]

    def _run(self, *arguments: str) -> Iterator[str]:
        """Run rsync; yield the lines that it prints, as soon as it does."""
        command = [self.program, "--protect-args", "--8-bit-output", "--outbuf=L", "--timeout=120"]
        command.append("--chmod=D755,F644")  # of what is new: a web server must be able to read it
        if self.target.kind == "ssh":
            command.append(f"--rsh={shlex.join(['ssh', *_shared(self.desk)])}")
        else:
            command.append("--contimeout=20")
        with (
            (self.desk / "complaints").open("w+b") as complaints,
            subprocess.Popen(
                [*command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=environment(),
            ) as process,
        ):
            try:
                for line in process.stdout or ():
                    yield os.fsdecode(line).rstrip("\n")
            except BaseException:
                process.terminate()
                raise
            code = process.wait()
            complaints.seek(0)
            self._judge(code, os.fsdecode(complaints.read()))

    def _judge(self, code: int, printed: str) -> None:
        """Raise what an exit code means."""
        if code == _PARTLY and _NOT_THERE.search(printed):
            raise _MissingError([Problem(self.target.name, 0, in_words(self.target, printed))])
        if code not in (0, _VANISHED):
            raise self.target.problem(in_words(self.target, printed))


def _shared(desk: Path) -> list[str]:
    """Return the options by which all runs share one connection, and so log in only once.

    Where the desk lies too deep for the name of a socket, each run has a connection of its own.
    """
    deep = len(bytes(desk)) > _DEEPEST
    shared = () if deep else ("ControlMaster=auto", f"ControlPath={desk}/ssh", "ControlPersist=10")
    return [part for option in (*OPTIONS, *shared) for part in ("-o", option)]


def _hang_up(ssh: str, target: Target, desk: Path) -> None:
    """End the connection that the runs have shared, if there is one."""
    if (desk / "ssh").exists():
        subprocess.run(
            [ssh, *_shared(desk), "-O", "exit", "--", target.login],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment(),
            check=False,
        )


class _MissingError(PublishError):
    """The folder that the target names is not there."""


def _rules(folder: str) -> Iterator[str]:
    """Yield the patterns that let a folder and what stands in it pass."""
    plain = re.sub(r"([*?\[])", r"\\\1", folder)
    if folder:
        yield f"/{plain}/"
    yield f"/{plain}/*" if folder else "/*"


def _entry(found: re.Match[str]) -> tuple[str, Seen]:
    kind, size, name = found.groups()
    if kind == "l":
        name = name.partition(" -> ")[0]
    return name, Seen(_KINDS.get(kind, "other"), int(size) if kind == "-" else 0)
