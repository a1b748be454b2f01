"""`workshop figure`: one figure by itself, from its file to a drawing."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import resvg_py

from workshop_builder import resources
from workshop_builder.errors import (
    OutputError,
    Problem,
    SourceError,
    did_you_mean_file,
    refused_by_system,
)
from workshop_builder.figures import draw as drawing
from workshop_builder.figures import kept
from workshop_builder.figures import read as reading
from workshop_builder.figures.advice.mending import mended
from workshop_builder.figures.person.casting import person_of
from workshop_builder.languages.files import own_files
from workshop_builder.languages.language import Language
from workshop_builder.languages.layers import lineage
from workshop_builder.languages.read import read as read_language
from workshop_builder.model.figure import Figure
from workshop_builder.model.validate import validate
from workshop_builder.model.workshop import Settings
from workshop_builder.source import yaml_text
from workshop_builder.source.characters import as_text
from workshop_builder.source.folder import SETTINGS_FILE
from workshop_builder.source.names import file_id
from workshop_builder.source.yaml_text import YamlDocument

PNG_WIDTH = 1600
"""Of a drawing as PNG, in pixels."""


@dataclass(frozen=True, slots=True)
class FigureFile:
    """A figure that was read, with the settings of the workshop in which its file lies."""

    figure: Figure
    settings: Settings
    language: Language
    turn: str
    """What decides who is drawn: the name of its exercise, or its own."""

    def svg(self, *, ink_saver: bool) -> bytes:
        """Return the drawing as an SVG file."""
        default = person_of(self.figure, self.settings.figures, self.turn)
        return kept.drawn(self.figure, default, self.language, ink_saver=ink_saver)

    @property
    def alt(self) -> str:
        """What the figure shows, in words for those who cannot see it."""
        return drawing.describe(self.figure, self.language)


def draw(file: Path, output: Path, *, ink_saver: bool) -> None:
    """Draw the figure of `file` and write it to `output`: as PNG by that ending, else as SVG.

    Raises SourceError with every problem of the file, OutputError where `output` cannot be written.
    """
    svg = read(file).svg(ink_saver=ink_saver)
    _write(output, _png(svg) if output.suffix.lower() == ".png" else svg)


def fix(file: Path) -> list[str]:
    """Write the nearest possible pose into `file`, and return what has changed, line by line.

    Raises SourceError with every problem of a file that other angles do not mend, which stays as
    it was, and OutputError where it cannot be written.
    """
    opened = _opened(file)
    if opened.figure is not None and not opened.problems:
        return [f"{file}: nothing to mend"]
    data = file.read_bytes()
    name = opened.document.path
    text, told = mended(name, as_text(name, data, []))
    left: list[Problem] = []
    if not told or reading.read(yaml_text.read(name, text), opened.language, left) is None:
        fault = "is as it was: not all that is wrong here is mended by other angles nearby"
        raise SourceError([*opened.problems, Problem(name, 0, fault)])
    if b"\r\n" in data:
        text = text.replace("\n", "\r\n")
    _write(file, text.encode())
    return [f"{file}: {change}" for change in told]


def read(file: Path) -> FigureFile:
    """Return the figure of `file`; raises SourceError with every problem of it.

    Its language, and how people look, are those of the workshop in whose `figures/` it lies; in
    no workshop, English is the language.
    """
    opened = _opened(file)
    if opened.figure is None or opened.problems:
        raise SourceError(opened.problems)
    turn = _exercise(file, opened.home) or file.stem
    return FigureFile(opened.figure, opened.settings, opened.language, turn)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file of a figure, with or without problems."""

    document: YamlDocument
    figure: Figure | None
    home: Path | None
    settings: Settings
    language: Language
    problems: list[Problem]


def _opened(file: Path) -> _Opened:
    """Return a file of a figure; raises SourceError where it cannot be opened."""
    problems: list[Problem] = []
    home = _home(file)
    settings = _settings(home, problems)
    language = _language(settings.language, home, problems)
    name = file.absolute().relative_to(home.absolute()).as_posix() if home else str(file)
    document = _document(file, name, problems)
    figure = reading.read(document, language, problems)
    return _Opened(document, figure, home, settings, language, problems)


def _exercise(file: Path, home: Path | None) -> str:
    """Return the name of the first exercise that shows a figure; empty if none does."""
    name = re.escape(file.stem)
    named = re.compile(rf"^figure: *\W?{name}\b|figures/{name}\.yaml\b", re.MULTILINE)
    for path in sorted(home.glob("exercises/*.md")) if home else ():
        with suppress(OSError, UnicodeDecodeError):
            if named.search(path.read_text(encoding="utf-8")):
                return file_id(path.stem)
    return ""


def _home(file: Path) -> Path | None:
    """Return the folder of the workshop in whose `figures/` a file lies; None if in no such one."""
    folders = (place for place in file.absolute().parents if place.name == "figures")
    return next(
        (place.parent for place in folders if (place.parent / SETTINGS_FILE).exists()), None
    )


def _settings(home: Path | None, problems: list[Problem]) -> Settings:
    """Return the workshop's settings as far as a figure needs them."""
    wanted: dict[str, yaml_text.Tree] = {"title": "Workshop", "language": "en"}
    lines: dict[yaml_text.KeyPath, int] = {}
    if home:
        document = _document(home / SETTINGS_FILE, SETTINGS_FILE, problems)
        given = document.data if isinstance(document.data, dict) else {}
        wanted |= {key: given[key] for key in ("language", "figures") if given.get(key)}
        lines = document.lines
    stand_ins = {"title": "Workshop", "language": "en"}
    return validate(Settings, YamlDocument(SETTINGS_FILE, wanted, lines), stand_ins, problems)


def _language(code: str, home: Path | None, problems: list[Problem]) -> Language:
    """Return the language with the workshop's own words; a figure needs no labels of it."""
    folder = (home or Path()) / "labels"
    names = lineage(code) if home else []
    own = {path: data for name in names for path, data in own_files(name, folder).items()}
    language, found = read_language(code, own)
    problems += (problem for problem in found if problem.path != SETTINGS_FILE)
    return language


def _document(file: Path, name: str, problems: list[Problem]) -> YamlDocument:
    """Return a file as YAML; raises SourceError where it cannot be opened."""
    try:
        data = file.read_bytes()
    except OSError as error:
        beside = [path.name for path in file.parent.glob("*.yaml")]
        remedy = did_you_mean_file(file.name, beside) or "; check the name of the file"
        fault = f"cannot be opened ({error.strerror}){remedy}"
        raise SourceError([Problem(str(file), 0, fault)]) from error
    return yaml_text.read(name, as_text(name, data, problems))


def _png(svg: bytes) -> bytes:
    """Return a drawing as a PNG file on white, its text in the shipped fonts."""
    fonts = [str(path) for path in resources.font_files().values()]
    picture = resvg_py.svg_to_bytes(
        svg_string=svg.decode(),
        width=PNG_WIDTH,
        background="white",
        skip_system_fonts=True,
        font_files=fonts,
        font_family="Atkinson Hyperlegible",
        sans_serif_family="Atkinson Hyperlegible",
    )
    return bytes(picture)


def _write(output: Path, data: bytes) -> None:
    """Write a file, whole or not at all; raises OutputError where that cannot be."""
    draft = output.with_name(f".{output.name}.draft")
    try:
        draft.write_bytes(data)
        draft.replace(output)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        reason = refused_by_system(error)
        text = reason or f"cannot be written ({error.strerror}); name another file"
        raise OutputError([Problem(str(output), 0, text)]) from error
