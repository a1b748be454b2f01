"""Publishing by rsync, over ssh or to an rsync server."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname
from typing import Literal

from workshop_builder.errors import Problem, PublishError
from workshop_builder.output.temporary import temporary_folder
from workshop_builder.publishing.built_site import BuiltSite
from workshop_builder.publishing.plan import LIST, Published, TargetEntry
from workshop_builder.publishing.ssh import OPTIONS, environment, explain, find_program
from workshop_builder.source.publish_target import PublishTarget

_LISTED = re.compile(r"(\S)\S{9,10} +(\d+) \S+ \S+ (.+)")
"""A line of a listing: kind and permissions, bytes, day, time, name."""
_CHANGED = re.compile(r"[<>]f\S{9} (.+)")
"""A line about a file that is sent: what differs, name."""
_DELETED = re.compile(r"\*deleting +(.+)")

_NOT_THERE = re.compile(r'change_dir "[^"]*".* failed: No such file or directory')

_KINDS: Mapping[str, Literal["file", "folder", "link"]] = {"-": "file", "d": "folder", "l": "link"}
_LONGEST_PATH = 80
"""Bytes of a folder's path; ssh adds up to 21, and the name of a socket has at most 107."""

_PARTIAL, _VANISHED = 23, 24
"""Exit codes: not everything could be transferred; some files are not there."""


@contextmanager
def destination(target: PublishTarget, site: BuiltSite) -> Iterator[RsyncDestination]:
    """Yield the target; a connection is made when it is read for the first time.

    Raises PublishError where a program is not installed.
    """
    rsync = find_program(target, "rsync", "rsync")
    ssh = find_program(target, "ssh", "openssh-client") if target.kind == "ssh" else ""
    with temporary_folder("publish") as scratch:
        try:
            yield RsyncDestination(target, site, rsync, scratch)
        finally:
            if ssh:
                _disconnect(ssh, target, scratch)


@dataclass(frozen=True, slots=True)
class RsyncDestination:
    """A target that rsync reaches, by one run of the program for each action.

    See `plan.Destination`.
    """

    target: PublishTarget
    site: BuiltSite
    program: str
    """The path of rsync."""
    scratch: Path
    """A folder for temporary files."""

    def entries(self, folders: Collection[str]) -> dict[str, TargetEntry]:
        """Return what is in these folders, by path."""
        rules = [f"--include={rule}" for folder in sorted(folders) for rule in _rules(folder)]
        listing = ["--recursive", "--links", "--list-only", "--no-human-readable"]
        try:
            lines = list(self._run(*listing, *rules, "--exclude=*", "--", self._there))
        except _MissingError:
            return {}
        found = dict(_entry(line) for line in map(_LISTED.fullmatch, lines) if line)
        return {
            name: entry for name, entry in found.items() if name != "." and dirname(name) in folders
        }

    def fetch(self, name: str) -> bytes:
        """Return the contents of a file."""
        list(self._run("--", self._there + name, f"{self.scratch}/fetched"))
        return (self.scratch / "fetched").read_bytes()

    def differing(self, entries: Mapping[str, TargetEntry], published: Published) -> set[str]:  # noqa: ARG002  rsync compares
        """Return the files of the website that are missing there, or have other contents."""
        if not entries:
            return set(self.site.files)
        return set(self._send("--dry-run", self.site.folder, sorted(self.site.files), _CHANGED))

    def copy(self, names: Sequence[str]) -> Iterator[str]:
        """Copy these files; yield each name when the file is complete."""
        yield from self._send("--checksum", self.site.folder, names, _CHANGED)

    def write_list(self, data: bytes) -> None:
        """Write the list of published files; the folder is made where there is none."""
        (self.scratch / LIST).write_bytes(data)
        list(self._run("--checksum", "--", f"{self.scratch}/{LIST}", self._there))

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> Iterator[str]:
        """Remove files, then folders that are empty now; yield the name of each removed file.

        With `--delete-missing-args` rsync removes what it is told to send and does not find. So
        it is told to send these names from a folder that has none of them.
        """
        empty = self.scratch / "empty"
        for name in names:
            (empty / dirname(name)).mkdir(parents=True, exist_ok=True)
        if names:
            yield from self._send("--delete-missing-args", empty, names, _DELETED)
        for name in folders:
            (empty / name).rmdir()
            list(self._send("--delete-missing-args", empty, [name], _DELETED))

    @property
    def _there(self) -> str:
        """The address of the target as rsync takes it, with a slash at the end."""
        login, path = self.target.login, self.target.path.rstrip("/")
        if self.target.kind == "ssh":
            return f"{login}:{path}/"
        port = f":{self.target.port}" if self.target.port else ""
        return f"rsync://{login}{port}/{path}/"

    def _send(
        self, option: str, folder: Path, names: Sequence[str], reported: re.Pattern[str]
    ) -> Iterator[str]:
        """Send files of `folder`; yield the name in each line that matches `reported`."""
        listed = self.scratch / "names"
        listed.write_bytes(b"".join(name.encode() + b"\0" for name in names))
        options = (option, "--checksum", "--out-format=%i %n", f"--files-from={listed}", "--from0")
        for line in self._run(*options, "--", f"{folder}/", self._there):
            if found := reported.fullmatch(line):
                yield found[1]

    def _run(self, *arguments: str) -> Iterator[str]:
        """Run rsync; yield each line when it is printed. Raises PublishError where it fails."""
        command = [self.program, "--protect-args", "--8-bit-output", "--outbuf=L", "--timeout=120"]
        command.append("--chmod=D755,F644")  # of new files: a web server must be able to read them
        if self.target.kind == "ssh":
            command.append(f"--rsh={shlex.join(['ssh', *_ssh_options(self.scratch)])}")
        else:
            command.append("--contimeout=20")
        with (
            (self.scratch / "errors").open("w+b") as errors,
            subprocess.Popen(
                [*command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
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
            errors.seek(0)
            self._check(code, os.fsdecode(errors.read()))

    def _check(self, code: int, printed: str) -> None:
        """Raise PublishError where the exit code says that something failed."""
        if code == _PARTIAL and _NOT_THERE.search(printed):
            raise _MissingError([Problem(self.target.name, 0, explain(self.target, printed))])
        if code not in (0, _VANISHED):
            raise self.target.error(explain(self.target, printed))


def _ssh_options(scratch: Path) -> list[str]:
    """Return options of ssh by which all runs share one connection, and so log in only once.

    Where the path of `scratch` is too long for a socket, each run has a connection of its own.
    """
    options = [*OPTIONS]
    if len(bytes(scratch)) <= _LONGEST_PATH:
        options += ["ControlMaster=auto", f"ControlPath={scratch}/ssh", "ControlPersist=10"]
    return [part for option in options for part in ("-o", option)]


def _disconnect(ssh: str, target: PublishTarget, scratch: Path) -> None:
    """End the connection that the runs have shared, if there is one."""
    if (scratch / "ssh").exists():
        subprocess.run(
            [ssh, *_ssh_options(scratch), "-O", "exit", "--", target.login],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment(),
            check=False,
        )


class _MissingError(PublishError):
    """The folder of the target does not exist."""


def _rules(folder: str) -> Iterator[str]:
    """Yield the patterns that include a folder and what is directly in it."""
    plain = re.sub(r"([*?\[])", r"\\\1", folder)
    if folder:
        yield f"/{plain}/"
    yield f"/{plain}/*" if folder else "/*"


def _entry(line: re.Match[str]) -> tuple[str, TargetEntry]:
    kind, size, name = line.groups()
    if kind == "l":
        name = name.partition(" -> ")[0]
    return name, TargetEntry(_KINDS.get(kind, "other"), int(size) if kind == "-" else 0)
