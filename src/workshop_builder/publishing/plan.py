"""What publishing has to do: which files to copy, in which order, and which to remove."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname
from typing import Literal, Protocol, TypeAlias

from workshop_builder.publishing.built_site import Site, is_name

LIST = ".workshop-site.json"
"""The file that stays at the target and tells which of the files there are ours."""

_UNFINISHED = ".workshop-new"
_MOST_NAMED = 5

Known: TypeAlias = Mapping[str, str | None]
"""The files at the target that are ours, each with its sha256; None for one under way."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands at the target under a name."""

    kind: Literal["file", "folder", "link", "other"]
    size: int = 0
    """Bytes, of a file."""


class Place(Protocol):
    """A target that is open. Names are paths below it; all of it raises PublishError."""

    def look(self, folders: Collection[str]) -> dict[str, Seen]:
        """Return what stands in these folders, by path; '' is the target. No link is followed."""

    def fetch(self, name: str) -> bytes:
        """Return what is in a file."""

    def differing(self, seen: Mapping[str, Seen], known: Known) -> set[str]:
        """Return the files of the website that do not stand at the target as they are."""

    def copy(self, names: Sequence[str]) -> Iterator[str]:
        """Copy these files of the website; yield each when it stands whole."""

    def note(self, data: bytes) -> None:
        """Write the list."""

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> Iterator[str]:
        """Remove files, then folders that are empty by now; yield each file that is gone."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be done, in this order."""

    copies: tuple[tuple[str, ...], ...]
    """Groups of files; a page that names files is in a later group than they are."""
    removals: tuple[str, ...]
    """Files of ours that the website no longer has."""
    leftovers: tuple[str, ...]
    """Halves of files that a run has left which was cut off."""
    folders: tuple[str, ...]
    """Folders of ours that will be empty, those inside others first."""
    unchanged: int
    before: bytes
    """The list while it is done: what may be ours by then."""
    after: bytes
    """The list when it is done."""
    is_noted: bool
    """Whether that list stands there already."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to copy and nothing to remove."""
        return not (self.copies or self.removals or self.leftovers)


def read_list(data: bytes) -> Known:
    """Return what a list says; nothing where it is none, and no name that leads elsewhere."""
    try:
        files = json.loads(data)["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    if not isinstance(files, dict):
        return {}
    return {
        name: sha256 if isinstance(sha256, str) else None
        for name, sha256 in files.items()
        if is_name(name) and name != LIST
    }


def folders_of(names: Collection[str]) -> list[str]:
    """Return the folders that hold the files of these names, outer ones first; '' is one too."""
    found = {""}
    for name in names:
        while name := dirname(name):
            found.add(name)
    return sorted(found)


def descend(folders: Collection[str], entries: Callable[[str], dict[str, Seen]]) -> dict[str, Seen]:
    """Return what stands in folders, asking `entries` for each that is one and no link."""
    seen: dict[str, Seen] = {}
    for folder in sorted(folders):
        if folder and not _is_folder(seen, folder):
            continue
        seen |= {f"{folder}/{name}".lstrip("/"): item for name, item in entries(folder).items()}
    return seen


def unfinished(name: str) -> str:
    """Return the name that a file has until it is whole."""
    return f"{dirname(name)}/.{basename(name)}{_UNFINISHED}".lstrip("/")


def in_the_way(
    site: Site, seen: Mapping[str, Seen], known: Known, differing: set[str]
) -> list[str]:
    """Return in words what stands at the target where the website would go, and is not ours."""
    texts = [
        f"'{name}' is a {seen[name].kind} there and not a folder; remove it, or publish elsewhere"
        for name in folders_of(site.files)
        if name in seen and seen[name].kind != "folder"
    ]
    for name in (*sorted(site.files), LIST):
        if name in seen and seen[name].kind != "file":
            text = "there and not a plain file; remove it, or publish elsewhere"
            texts.append(f"'{name}' is a {seen[name].kind} {text}")
        elif name in seen and name in differing and name not in known:
            text = "is there already and was not published from here; move it away, or publish"
            texts.append(f"'{name}' {text} to a folder of its own")
    more = len(texts) - _MOST_NAMED
    return [*texts[:_MOST_NAMED], f"{more} more are in the way; do the same"] if more > 0 else texts


def make(site: Site, seen: Mapping[str, Seen], known: Known, differing: set[str]) -> Plan:
    """Return what turns what stands at the target into the website."""
    gone = tuple(name for name in sorted(set(known) - set(site.files)) if _is_file(seen, name))
    halves = tuple(name for name in sorted(seen) if _is_half(seen, name, {*known, *site.files}))
    kept = {name: stand.sha256 for name, stand in site.files.items()}
    return Plan(
        copies=tuple(_groups(differing)),
        removals=gone,
        leftovers=halves,
        folders=tuple(_emptied(site, seen, {*gone, *halves})),
        unchanged=len(site.files) - len(differing),
        before=_list(dict(known) | kept | dict.fromkeys(differing)),
        after=_list(kept),
        is_noted=known == kept,
    )


def _list(files: Known) -> bytes:
    content = {"about": "Files put here by 'workshop publish'; it removes no others.", "files": {}}
    return (json.dumps(content | {"files": dict(sorted(files.items()))}, indent=1) + "\n").encode()


def _groups(names: Collection[str]) -> Iterator[tuple[str, ...]]:
    for rank in range(3):
        if group := tuple(sorted(name for name in names if _rank(name) == rank)):
            yield group


def _rank(name: str) -> int:
    """Return 0 for what is shown or downloaded, 1 for what names it, 2 for the first page."""
    if name == "index.html":
        return 2
    return 1 if name.endswith((".html", ".json", ".xml", "SHA256SUMS")) else 0


def _emptied(site: Site, seen: Mapping[str, Seen], going: set[str]) -> Iterator[str]:
    """Yield the folders that hold nothing but what goes, those inside others first."""
    gone = set(going)
    for folder in reversed(folders_of(going)):
        inside = {name for name in seen if dirname(name) == folder}
        if folder and folder not in folders_of(site.files) and inside <= gone:
            gone.add(folder)
            yield folder


def _is_folder(seen: Mapping[str, Seen], name: str) -> bool:
    return name in seen and seen[name].kind == "folder"


def _is_file(seen: Mapping[str, Seen], name: str) -> bool:
    return name in seen and seen[name].kind == "file"


def _is_half(seen: Mapping[str, Seen], name: str, ours: Collection[str]) -> bool:
    whole = basename(name)[1:].removesuffix(_UNFINISHED)
    path = f"{dirname(name)}/{whole}".lstrip("/")
    return _is_file(seen, name) and path in {*ours, LIST} and name == unfinished(path)
