"""Names under which a text is there and would not be read, or is there twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import PurePosixPath

from workshop_builder.errors import Problem

_TEXT_ENDINGS = (".markdown", ".mdown", ".mkd", ".txt", ".text", ".docx", ".odt", ".rtf")
_MISTAKEN = {
    ".md": (*_TEXT_ENDINGS, ".yaml", ".yml", ""),
    ".yaml": (".yml", ".txt", ".json", ".md", ""),
}
"""Endings of files that were meant to be read: if passed over, they would be missed too late."""
_HIDDEN = (".md", ".yaml", ".yml", ".markdown")
"""Endings that stay in a name to which an editor has added another one."""

_COPY = re.compile(
    r"[ _-]*\(\d{1,2}\)| (?:- )?(?:copy|kopie|copie|copia)(?:[ _-]*\(?\d{0,2}\)?)"
    r"|[ _-]*\([^)]*(?:conflict|konflikt|conflit|conflicto)[^)]*\)|\.sync-conflict-[\w-]+",
    re.IGNORECASE,
)
"""What systems and clouds add to the name of a copy."""
_MACHINE = re.compile(r"(?=.*[A-Z])-[A-Z0-9]+(?:-[A-Z0-9]+)*")
"""What OneDrive adds: the name of the other machine, and no mere number."""
_NEAR = 0.87
"""How alike the names of folders are of which one was meant to be the other."""
_NAMED = re.compile(rb"^(?:name|title):.*", re.MULTILINE)


def meant(name: str, suffix: str) -> str:
    """Return how a file that would be passed over should be named; empty where it is not meant.

    `suffix` is the ending of the files that are read in its folder.
    """
    path = PurePosixPath(name)
    if name.startswith((".", "~")) or path.suffix.lower() not in _MISTAKEN.get(suffix, ()):
        return ""
    stem = path.stem
    while stem.lower().endswith(_HIDDEN):
        stem = PurePosixPath(stem).stem
    return stem + suffix


def meant_folder(name: str, folders: Collection[str], there: Collection[str]) -> str:
    """Return which of the `folders` that are read one was meant to be; empty where it is none.

    `there` are the names of those that are there.
    """
    close = get_close_matches(name.lower(), folders, n=1, cutoff=_NEAR)
    if not close or name in folders or (close[0] in there and name.lower() != close[0]):
        return ""
    return close[0]


def copies(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a problem for each text that by its name is a copy of one beside it."""
    for path in files:
        if path.startswith(("chapters/", "exercises/", "figures/")):
            stem, dot, ending = path.rpartition(".")
            for cut in range(len(stem) - 1, stem.rfind("/") + 1, -1):
                first = f"{stem[:cut]}{dot}{ending}"
                if first in files and _is_copy(stem[cut:], files[first], files[path]):
                    fault = f"looks like a copy of {first} that a computer made"
                    yield Problem(path, 0, f"{fault}; remove one of them, or give it another name")
                    break


def _is_copy(added: str, first: bytes, second: bytes) -> bool:
    if _COPY.fullmatch(added):
        return True
    return bool(_MACHINE.fullmatch(added)) and _NAMED.findall(first) == _NAMED.findall(second)
