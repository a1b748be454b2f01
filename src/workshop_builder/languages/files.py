"""The files of a language: ours, and those of a studio's `labels/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.languages.check import WordFault
from workshop_builder.languages.language import Words
from workshop_builder.source import yaml_text
from workshop_builder.source.characters import as_text
from workshop_builder.source.yaml_text import Tree, YamlDocument

FOLDER = Path(__file__).parent
ENGLISH = "en"
"""The language that has every word, and against which the others are held."""
PARTS = ("labels", "figures", "muscles", "writing", "remarks")
"""The parts of a language, each in a file of this name."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a studio's file has of one part of a language."""

    part: str
    words: Words
    document: YamlDocument
    place: tuple[str, ...] = ()
    """Where in the file they stand: one file can hold all parts."""

    def problem(self, fault: WordFault) -> Problem:
        """Return a fault of the words with its line."""
        place, text = fault
        return Problem(self.document.path, self.document.line((*self.place, *place)), text)


def shipped() -> list[str]:
    """Return the codes of the languages and regions that come with the program."""
    return sorted({path.parent.name for path in FOLDER.glob("*/*.yaml")})


@cache
def ours(code: str, part: str) -> Words:
    """Return what the program has of one part of a language or region; empty for nothing."""
    if not (FOLDER / code / f"{part}.yaml").is_file():
        return {}
    return _mapping(yaml_text.read(f"{code}/{part}.yaml", text(code, part)).data)


def text(code: str, part: str) -> str:
    """Return our file of one part of a language or region."""
    return (FOLDER / code / f"{part}.yaml").read_text(encoding="utf-8")


def own_files(code: str, folder: Path) -> dict[str, bytes]:
    """Return a studio's files of a language in `folder`, by their paths in a source folder."""
    names = [f"{code}.yaml", *(f"{code}/{part}.yaml" for part in PARTS)]
    return {
        f"labels/{name}": (folder / name).read_bytes()
        for name in names
        if (folder / name).is_file()
    }


def own(code: str, files: Mapping[str, bytes], problems: list[Problem]) -> Iterator[OwnWords]:
    """Yield what a studio's `files` have of a language, those of its folder last.

    `files` are those of the source folder by their path. What cannot be read is noted.
    """
    if whole := _document(f"labels/{code}.yaml", files, problems):
        data = _mapping(whole.data)
        labels: Tree = {key: value for key, value in data.items() if key not in PARTS}
        yield OwnWords("labels", _mapping(_filled(labels)), whole)
        for part in PARTS:
            if part in data:
                yield OwnWords(part, _mapping(_filled(data[part])), whole, (part,))
    for part in PARTS:
        if document := _document(f"labels/{code}/{part}.yaml", files, problems):
            yield OwnWords(part, _mapping(_filled(document.data)), document)


def _document(
    path: str, files: Mapping[str, bytes], problems: list[Problem]
) -> YamlDocument | None:
    """Return a studio's file; None where there is none, or none that can be read."""
    if path not in files:
        return None
    try:
        document = yaml_text.read(path, as_text(path, files[path], problems))
    except WorkshopError as error:
        problems += error.problems
        return None
    if isinstance(document.data, dict):
        return document
    fault = "this is not a list of 'key: value' lines; copy the English labels, and translate"
    problems.append(Problem(path, 1, fault))
    return None


def _mapping(data: Tree) -> dict[str, Tree]:
    return data if isinstance(data, dict) else {}


def _filled(data: Tree) -> Tree:
    """Return words without those that are still to be written."""
    if not isinstance(data, dict):
        return data
    found = {key: _filled(value) for key, value in data.items()}
    return {
        key: value
        for key, value in found.items()
        if value is not None and (value != {} or data[key] == {})
    }
