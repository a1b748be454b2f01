"""Reading a figure: from a file of figures/ to its values, or to every problem of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workshop_builder.errors import Problem
from workshop_builder.figures.body import joint_limits
from workshop_builder.figures.body.placement import place_body
from workshop_builder.figures.body.pose import Pose, apply_posture, pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.draw import describe
from workshop_builder.figures.muscles import check
from workshop_builder.markup.references import ALT_LENGTHS
from workshop_builder.model.figure import AnatomyFigure, Figure, PoseFigure, Posture
from workshop_builder.model.validate import validate
from workshop_builder.source.yaml_text import KeyPath, YamlDocument


def read(sheet: YamlDocument, language: str, problems: list[Problem]) -> Figure | None:
    """Return the figure of a file; None where it has problems, which are added to `problems`.

    Words of `language` must describe it, unless the file has words of its own.
    """
    found: list[Problem] = []
    figure = _figure(sheet, language, found)
    problems += found
    return None if found else figure


def _figure(sheet: YamlDocument, language: str, found: list[Problem]) -> Figure:
    """Return a figure, right or with the faults that are added to `found`."""
    figure: Figure
    if isinstance(sheet.data, dict) and "anatomy" in sheet.data:
        figure = validate(AnatomyFigure, sheet, {"anatomy": "front"}, found)
        faults = check.faults(figure, language) if not found else []
        found += [Problem(sheet.path, sheet.line(fault.keys), fault.text) for fault in faults]
        found += _wordless(figure, sheet, language) if not found else []
        return figure
    figure = validate(PoseFigure, sheet, {"position": "standing"}, found)
    if not found:
        found += [*_impossible(figure, sheet), *_wordless(figure, sheet, language)]
    name = re.sub(r"\.yaml$", "", sheet.path.rpartition("/")[2])
    title = re.sub(r"[-_]+", " ", name).strip().capitalize()
    return figure if figure.title else figure.model_copy(update={"title": title})


def _impossible(figure: PoseFigure, sheet: YamlDocument) -> list[Problem]:
    """Return what no body can do: joints beyond their limits, hands that do not reach."""
    pose = pose_of(figure)
    found = [*_posture_problems(figure, pose, figure, sheet)]
    for key in ("start", "ghost"):
        posture = getattr(figure, key)
        if posture is not None:
            found += _posture_problems(posture, apply_posture(pose, posture), figure, sheet, key)
    # What both sides do wrong in the same place is told of one.
    once = {(p.line, re.sub(r"\b(near|far) ", "", p.text)): p for p in reversed(found)}
    return [problem for problem in found if problem in once.values()]


def _posture_problems(
    posture: Posture, pose: Pose, figure: PoseFigure, sheet: YamlDocument, *keys: str
) -> Iterator[Problem]:
    """Yield what is impossible in one posture, which the file gives under `keys`."""
    faults = list(joint_limits.exceeded(posture))
    if not faults:
        body = place_body(pose, figure, BUILDS["medium"])
        faults = [*body.faults, *joint_limits.overbent(body.skeleton)]
    for fault in faults:
        yield Problem(sheet.path, _line(sheet, (*keys, *fault.keys)), fault.text)


def _line(sheet: YamlDocument, place: KeyPath) -> int:
    """Return the line of a key of one side, or of both sides where the file has it there."""
    if place not in sheet.lines:
        both = tuple("both" if part in {"near", "far"} else part for part in place)
        place = both if both in sheet.lines else place
    return sheet.line(place)


def _wordless(figure: Figure, sheet: YamlDocument, language: str) -> Iterator[Problem]:
    """Yield a problem where a figure has no alternative text, or one of a wrong length."""
    text = describe(figure, language)
    least, most = ALT_LENGTHS
    if not text:
        fault = f"there are no words to describe a figure in '{language}'"
        yield Problem(sheet.path, 1, f"{fault}; add 'alt: …' with what it shows")
    elif not least <= len(text) <= most:
        fault = f"alt: this has {len(text)} characters; say what it shows in {least} to {most}"
        yield Problem(sheet.path, sheet.line(("alt",)), fault)
