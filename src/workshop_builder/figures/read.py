"""From a file of figures/ to a figure, or to every problem of it."""

from __future__ import annotations

import re

from workshop_builder.errors import Problem
from workshop_builder.figures import describe
from workshop_builder.figures.body import joint_limits
from workshop_builder.figures.body.placement import settle
from workshop_builder.figures.body.pose import Pose, changed, pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.muscles import check
from workshop_builder.model.figure import Figure, PoseFigure, Posture
from workshop_builder.model.muscle_figure import AnatomyFigure
from workshop_builder.model.validate import validate
from workshop_builder.source.yaml_text import YamlDocument


def read(sheet: YamlDocument, language: str, problems: list[Problem]) -> Figure | None:
    """Return the figure of a file; None where it has faults, which are added to `problems`."""
    found: list[Problem] = []
    figure = _figure(sheet, language, found)
    problems += found
    return None if found else figure


def _figure(sheet: YamlDocument, language: str, found: list[Problem]) -> Figure | None:
    name = re.sub(r"\.yaml$", "", sheet.path.rpartition("/")[2])
    title = re.sub(r"[-_]+", " ", name).strip().capitalize()
    if isinstance(sheet.data, dict) and "anatomy" in sheet.data:
        muscles = validate(AnatomyFigure, sheet, {"anatomy": "front"}, found)
        if not found:
            found += [
                Problem(sheet.path, sheet.line(p), f) for p, f in check.faults(muscles, language)
            ]
        return muscles
    figure = validate(PoseFigure, sheet, {"position": "standing"}, found)
    if not found:
        found += _impossible(figure, sheet)
        found += _wordless(figure, sheet, language)
    return figure if figure.title else figure.model_copy(update={"title": title})


def _impossible(figure: PoseFigure, sheet: YamlDocument) -> list[Problem]:
    """Return what no body can do: joints beyond their limits, hands that do not reach."""
    postures: list[tuple[tuple[str, ...], Posture, Pose]] = [((), figure, pose_of(figure))]
    for key in ("start", "ghost"):
        posture = getattr(figure, key)
        if posture is not None:
            postures.append(((key,), posture, changed(pose_of(figure), posture)))
    found = []
    for place, posture, pose in postures:
        faults = list(joint_limits.beyond(posture, place))
        if not faults:
            settled = settle(pose, figure, BUILDS["medium"])
            faults = [((*place, *p), f) for p, f in settled.faults]
            faults += [((*place, *p), f) for p, f in joint_limits.overbent(settled.bones)]
        found += [Problem(sheet.path, _line(sheet, p), f) for p, f in faults]
    told = {(p.line, re.sub(r"\b(near|far) ", "", p.text)): p for p in reversed(found)}
    return [problem for problem in found if problem in told.values()]


def _line(sheet: YamlDocument, place: tuple[str, ...]) -> int:
    """Return the line of a key; what was said of both sides stands there."""
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
