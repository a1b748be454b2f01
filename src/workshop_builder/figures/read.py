"""Reading a figure: from a file of figures/ to its values, or to every problem of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workshop_builder.errors import Problem
from workshop_builder.figures import describe
from workshop_builder.figures.body import joint_limits
from workshop_builder.figures.body.placement import place_body
from workshop_builder.figures.body.pose import Pose, changed, pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.muscles import check
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


def _figure(sheet: YamlDocument, language: str, found: list[Problem]) -> Figure | None:
    name = re.sub(r"\.yaml$", "", sheet.path.rpartition("/")[2])
    title = re.sub(r"[-_]+", " ", name).strip().capitalize()
    if isinstance(sheet.data, dict) and "anatomy" in sheet.data:
        anatomy = validate(AnatomyFigure, sheet, {"anatomy": "front"}, found)
        if not found:
            faults = check.faults(anatomy, language)
            found += [Problem(sheet.path, sheet.line(fault.keys), fault.text) for fault in faults]
        return anatomy
    figure = validate(PoseFigure, sheet, {"position": "standing"}, found)
    if not found:
        found += _impossible(figure, sheet)
        found += _wordless(figure, sheet, language)
    return figure if figure.title else figure.model_copy(update={"title": title})


def _impossible(figure: PoseFigure, sheet: YamlDocument) -> list[Problem]:
    """Return what no body can do: joints beyond their limits, hands that do not reach."""
    pose = pose_of(figure)
    found = [*_posture_problems(figure, pose, figure, sheet)]
    for key in ("start", "ghost"):
        posture = getattr(figure, key)
        if posture is not None:
            found += _posture_problems(posture, changed(pose, posture), figure, sheet, key)
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


def _wordless(figure: PoseFigure, sheet: YamlDocument, language: str) -> list[Problem]:
    """Return a problem where a figure would have no alternative text, or one of a wrong length."""
    text = describe.described(figure, language)
    if not text:
        fault = f"there are no words to describe a figure in '{language}'"
        return [Problem(sheet.path, 1, f"{fault}; add 'alt: …' with what it shows")]
    if not describe.SHORTEST <= len(text) <= describe.LONGEST:
        fault = f"alt: this has {len(text)} characters; say what it shows in "
        fault += f"{describe.SHORTEST} to {describe.LONGEST}"
        return [Problem(sheet.path, sheet.line(("alt",)), fault)]
    return []
