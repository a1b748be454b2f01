"""The plan of a publishing run: which files to copy, in which order, and which to remove."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname
from typing import Literal, Protocol, TypeAlias

from workshop_builder.publishing.built_site import BuiltSite, is_relative_path

LIST = ".workshop-site.json"
"""The file at the target that lists which of the files there we have published."""

_TEMPORARY_ENDING = ".workshop-new"
_MAX_CONFLICTS = 5
"""How many conflicts are named one by one."""

Published: TypeAlias = Mapping[str, str | None]
"""The files that we have published, each with its sha256; None for one that may be unfinished."""


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """What is at the target under a name."""

    kind: Literal["file", "folder", "link", "other"]
    size: int = 0
    """Bytes, of a file."""


class Destination(Protocol):
    """A target that can be read and written. Names are paths in it; methods raise PublishError."""

    def entries(self, folders: Collection[str]) -> dict[str, TargetEntry]:
        """Return what is in these folders, by path; '' is the target. No link is followed."""

    def fetch(self, name: str) -> bytes:
        """Return the contents of a file."""

    def differing(self, entries: Mapping[str, TargetEntry], published: Published) -> set[str]:
        """Return the files of the website that are missing at the target, or differ there."""

    def copy(self, names: Sequence[str]) -> Iterator[str]:
        """Copy these files of the website; yield each name when the file is complete."""

    def write_list(self, data: bytes) -> None:
        """Write the list of published files."""

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> Iterator[str]:
        """Remove files, then folders that are empty now; yield the name of each removed file."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be done, in this order."""

    copies: tuple[tuple[str, ...], ...]
    """Groups of files; a page is in a later group than the files that it refers to."""
    removals: tuple[str, ...]
    """Files of ours that the website no longer has."""
    leftovers: tuple[str, ...]
    """Unfinished files of an earlier run that was interrupted."""
    folders: tuple[str, ...]
    """Folders of ours that will be empty, inner ones first."""
    unchanged: int
    """How many files stay as they are."""
    list_before: bytes
    """The list while the plan is carried out: all that may be ours by then."""
    list_after: bytes
    """The list when everything is done."""
    is_listed: bool
    """Whether the list at the target is `list_after` already."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to copy and nothing to remove."""
        return not (self.copies or self.removals or self.leftovers)


def parse_list(data: bytes) -> Published:
    """Return the published files that a list names, without names that lead out of the target.

    A file that is no such list names none.
    """
    try:
        files = json.loads(data)["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    if not isinstance(files, dict):
        return {}
    return {
        name: sha256 if isinstance(sha256, str) else None
        for name, sha256 in files.items()
        if is_relative_path(name) and name != LIST
    }


def folders_of(names: Collection[str]) -> list[str]:
    """Return the folders that hold these files, outer ones first; '' is one of them."""
    found = {""}
    for name in names:
        while name := dirname(name):
            found.add(name)
    return sorted(found)


def walk(
    folders: Collection[str], list_folder: Callable[[str], dict[str, TargetEntry]]
) -> dict[str, TargetEntry]:
    """Return what is in `folders`, by path, without following links.

    `list_folder` is called for each that exists, and returns its entries by name.
    """
    found: dict[str, TargetEntry] = {}
    for folder in sorted(folders):
        if not folder or _is_kind(found, folder, "folder"):
            inside = list_folder(folder)
            found |= {f"{folder}/{name}".lstrip("/"): entry for name, entry in inside.items()}
    return found


def temporary_name(name: str) -> str:
    """Return the name that a file has until it is complete."""
    return f"{dirname(name)}/.{basename(name)}{_TEMPORARY_ENDING}".lstrip("/")


def conflicts(
    site: BuiltSite,
    entries: Mapping[str, TargetEntry],
    published: Published,
    differing: set[str],
) -> list[str]:
    """Return in words what is at the target where the website has to go, and is not ours."""
    texts = [
        f"'{name}' is a {entries[name].kind} there and not a folder; remove it, "
        "or publish elsewhere"
        for name in folders_of(site.files)
        if name in entries and entries[name].kind != "folder"
    ]
    for name in (*sorted(site.files), LIST):
        if name in entries and entries[name].kind != "file":
            text = "there and not a plain file; remove it, or publish elsewhere"
            texts.append(f"'{name}' is a {entries[name].kind} {text}")
        elif name in entries and name in differing and name not in published:
            text = "is there already and was not published from here; move it away, or publish"
            texts.append(f"'{name}' {text} to a folder of its own")
    more = len(texts) - _MAX_CONFLICTS
    if more > 0:
        return [*texts[:_MAX_CONFLICTS], f"{more} more are in the way; do the same"]
    return texts


def make_plan(
    site: BuiltSite,
    entries: Mapping[str, TargetEntry],
    published: Published,
    differing: set[str],
) -> Plan:
    """Return the plan that turns what is at the target into the website."""
    gone = [n for n in sorted(set(published) - set(site.files)) if _is_kind(entries, n, "file")]
    ours = {*published, *site.files, LIST}
    leftovers = [name for name in sorted(entries) if _is_leftover(entries, name, ours)]
    files = {name: file.sha256 for name, file in site.files.items()}
    return Plan(
        copies=tuple(_groups(differing)),
        removals=tuple(gone),
        leftovers=tuple(leftovers),
        folders=tuple(_emptied_folders(site, entries, {*gone, *leftovers})),
        unchanged=len(site.files) - len(differing),
        list_before=_list(dict(published) | files | dict.fromkeys(differing)),
        list_after=_list(files),
        is_listed=published == files,
    )


def _list(files: Published) -> bytes:
    content = {"about": "Files put here by 'workshop publish'; it removes no others.", "files": {}}
    return (json.dumps(content | {"files": dict(sorted(files.items()))}, indent=1) + "\n").encode()


def _groups(names: Collection[str]) -> Iterator[tuple[str, ...]]:
    for rank in range(3):
        if group := tuple(sorted(name for name in names if _rank(name) == rank)):
            yield group


def _rank(name: str) -> int:
    """Return 0 for a file that refers to no other, 1 for one that does, 2 for the first page."""
    if name == "index.html":
        return 2
    return 1 if name.endswith((".html", ".json", ".xml", "SHA256SUMS")) else 0


def _emptied_folders(
    site: BuiltSite, entries: Mapping[str, TargetEntry], going: set[str]
) -> Iterator[str]:
    """Yield the folders that hold nothing but what is `going`, inner ones first."""
    gone = set(going)
    for folder in reversed(folders_of(going)):
        inside = {name for name in entries if dirname(name) == folder}
        if folder and folder not in folders_of(site.files) and inside <= gone:
            gone.add(folder)
            yield folder


def _is_kind(entries: Mapping[str, TargetEntry], name: str, kind: str) -> bool:
    return name in entries and entries[name].kind == kind


def _is_leftover(entries: Mapping[str, TargetEntry], name: str, ours: Collection[str]) -> bool:
    """Return whether a file has the temporary name of one of ours."""
    path = f"{dirname(name)}/{basename(name)[1:].removesuffix(_TEMPORARY_ENDING)}".lstrip("/")
    return _is_kind(entries, name, "file") and path in ours and name == temporary_name(path)
