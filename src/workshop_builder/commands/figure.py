"""One figure by itself: from its file to a drawing, without the rest of the workshop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import resvg_py

from workshop_builder import resources
from workshop_builder.errors import OutputError, Problem, SourceError, did_you_mean_file
from workshop_builder.figures import draw as drawing
from workshop_builder.figures import read as reading
from workshop_builder.model.figure import Figure
from workshop_builder.model.validate import validate
from workshop_builder.model.workshop import Settings
from workshop_builder.source import yaml_text
from workshop_builder.source.characters import as_text
from workshop_builder.source.folder import SETTINGS_FILE
from workshop_builder.source.yaml_text import YamlDocument

PNG_WIDTH = 1600
"""Pixels."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A figure with what its drawing needs from the workshop around it."""

    figure: Figure
    settings: Settings

    def svg(self, *, ink_saver: bool) -> bytes:
        """Return the drawing."""
        who, language = self.settings.figures, self.settings.language
        return drawing.draw(self.figure, who, language, ink_saver=ink_saver)

    @property
    def alt(self) -> str:
        """What it shows, for those who cannot see it."""
        return drawing.describe(self.figure, self.settings.language)


def draw(file: Path, output: Path, *, ink_saver: bool) -> None:
    """Draw the figure of `file` and write it to `output`, as PNG if it ends so, else as SVG.

    Raises SourceError with every problem of the file, OutputError where `output` cannot be written.
    """
    svg = read(file).svg(ink_saver=ink_saver)
    _write(output, _png(svg) if output.suffix.lower() == ".png" else svg)


def read(file: Path) -> Sketch:
    """Return the figure of `file`; raises SourceError with every problem of it.

    Language and people are those of the workshop in whose `figures/` the file lies, if in one.
    """
    problems: list[Problem] = []
    home = _home(file)
    settings = _settings(home, problems)
    name = file.absolute().relative_to(home.absolute()).as_posix() if home else str(file)
    sheet = _sheet(file, name, problems)
    figure = reading.read(sheet, settings.language, problems)
    if figure is None or problems:
        raise SourceError(problems)
    return Sketch(figure, settings)


def _home(file: Path) -> Path | None:
    """Return the folder of the workshop in whose `figures/` the file lies, if it is in one."""
    folders = (place for place in file.absolute().parents if place.name == "figures")
    return next(
        (place.parent for place in folders if (place.parent / SETTINGS_FILE).exists()), None
    )


def _settings(home: Path | None, problems: list[Problem]) -> Settings:
    """Return the workshop's settings as far as a figure needs them."""
    wanted: dict[str, yaml_text.Tree] = {"title": "Workshop", "language": "en"}
    lines: dict[yaml_text.KeyPath, int] = {}
    if home:
        sheet = _sheet(home / SETTINGS_FILE, SETTINGS_FILE, problems)
        given = sheet.data if isinstance(sheet.data, dict) else {}
        wanted |= {key: given[key] for key in ("language", "figures") if given.get(key)}
        lines = sheet.lines
    stand_ins = {"title": "Workshop", "language": "en"}
    return validate(Settings, YamlDocument(SETTINGS_FILE, wanted, lines), stand_ins, problems)


def _sheet(file: Path, name: str, problems: list[Problem]) -> YamlDocument:
    """Return a file's data; raises SourceError where it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as error:
        beside = [path.name for path in file.parent.glob("*.yaml")]
        remedy = did_you_mean_file(file.name, beside) or "; check the name of the file"
        fault = f"cannot be opened ({error.strerror}){remedy}"
        raise SourceError([Problem(str(file), 0, fault)]) from error
    return yaml_text.read(name, as_text(name, data, problems))


def _png(svg: bytes) -> bytes:
    """Return a drawing as pixels, on white, its words in the shipped fonts and no others."""
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
    """Write a file whole or not at all."""
    draft = output.with_name(f".{output.name}.draft")
    try:
        draft.write_bytes(data)
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        text = f"cannot be written ({error.strerror}); name another file"
        raise OutputError([Problem(str(output), 0, text)]) from error
