"""Reading a figure: from a file of figures/ to its values, or to every problem of the file."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from workshop_builder.errors import Problem
from workshop_builder.figures.advice.words import advised, with_sides
from workshop_builder.figures.body import joint_limits
from workshop_builder.figures.body.placement import place_body
from workshop_builder.figures.body.pose import Pose, apply_posture, pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.draw import describe
from workshop_builder.figures.movement.directions import contradictions
from workshop_builder.figures.muscles import check
from workshop_builder.figures.partner.stance import alone, unreached
from workshop_builder.languages.language import Language
from workshop_builder.markup.references import ALT_LENGTHS
from workshop_builder.model.figure import SIDE_UP, AnatomyFigure, Figure, FigureFault, PoseFigure
from workshop_builder.model.posture import Posture
from workshop_builder.model.props import BELOW, LAIN_ON
from workshop_builder.model.validate import validate
from workshop_builder.source.yaml_text import KeyPath, YamlDocument

_UPRIGHT = 0.02
"""The cosine of a pelvis, about a degree off upright, at which the view from above has no size."""


def read(document: YamlDocument, language: Language, problems: list[Problem]) -> Figure | None:
    """Return the figure of a file; None where it has problems, which are added to `problems`.

    There must be words of `language` to describe it, or the file's own.
    """
    found: list[Problem] = []
    figure = _figure(document, language, found)
    problems += found
    return None if found else figure


def _figure(document: YamlDocument, language: Language, found: list[Problem]) -> Figure:
    """Return the figure of a file; its problems are added to `found`."""
    figure: Figure
    if isinstance(document.data, dict) and "anatomy" in document.data:
        figure = validate(AnatomyFigure, document, {"anatomy": "front"}, found)
        faults = check.faults(figure, language) if not found else []
        found += [Problem(document.path, document.line(fault.keys), fault.text) for fault in faults]
        found += _wordless(figure, document, language) if not found else []
        return figure
    figure = validate(PoseFigure, document, {"position": "standing"}, found)
    if not found:
        found += [*_impossible(figure, document), *_wordless(figure, document, language)]
    name = re.sub(r"\.yaml$", "", document.path.rpartition("/")[2])
    title = re.sub(r"[-_]+", " ", name).strip().capitalize()
    return figure if figure.title else figure.model_copy(update={"title": title})


def _impossible(figure: PoseFigure, document: YamlDocument) -> list[Problem]:
    """Return a problem for all that no body can do: limits of joints, hands that do not reach."""
    pose = pose_of(figure)
    found = [*_posture_problems(figure, pose, figure, document)]
    if figure.tilt is not None and figure.height is not None:
        text = "height and tilt say the same; leave one of them out"
        found.append(Problem(document.path, document.line(("height",)), text))
    if figure.side != SIDE_UP.get(figure.position, figure.side):
        text = f"side: who is {figure.position} has the other one up; leave 'side' out"
        found.append(Problem(document.path, document.line(("side",)), text))
    found += _out_of_place(figure, document)
    if figure.first and not figure.moves:
        text = "first: nothing moves here; add the 'start' of the movement, or leave it out"
        found.append(Problem(document.path, document.line(("first",)), text))
    if figure.start is None:
        text = "when: end is of two pictures; add the 'start' of the movement, or leave it out"
        found += [
            Problem(document.path, document.line(("arrows", number, "when")), text)
            for number, arrow in enumerate(figure.arrows)
            if arrow.when == "end"
        ]
    if figure.partner:
        own = alone(figure, figure.partner)
        found += _posture_problems(figure.partner, pose_of(own), own, document, "partner")
        found += [
            Problem(document.path, _line(document, fault.keys), fault.text)
            for fault in unreached(figure, pose)
        ]
    for key in ("start", "ghost"):
        posture = getattr(figure, key)
        if posture is not None:
            found += _posture_problems(posture, apply_posture(pose, posture), figure, document, key)
    if not found:
        found += [
            Problem(document.path, document.line(fault.keys), with_sides(fault.text, figure.side))
            for fault in contradictions(figure)
        ]
    return found


def _out_of_place(figure: PoseFigure, document: YamlDocument) -> Iterator[Problem]:
    """Yield a problem for each prop below a part of the body that is not down in any posture."""
    postures = [each for each in (figure, figure.start, figure.ghost) if each]
    positions = {each.position for each in postures if each.position}
    lies = any(position.startswith("lying") for position in positions)
    for number, prop in enumerate(figure.props):
        others = LAIN_ON.get(prop.place or "") if prop.prop in BELOW else None
        bowed = prop.place == "head" and any("head" in each.resting for each in postures)
        if others is None or lies or bowed or positions.intersection(others):
            continue
        whom = "who lies" + (f", or is {' or '.join(others)}" if others else "")
        text = f"{prop.prop}: '{prop.place}' is a place below {whom}; choose another"
        yield Problem(document.path, document.line(("props", number)), text)


def _posture_problems(
    posture: Posture, pose: Pose, figure: PoseFigure, document: YamlDocument, *keys: str
) -> Iterator[Problem]:
    """Yield a problem for all that is impossible in a posture, which the file has under `keys`."""
    faults = list(joint_limits.exceeded(posture))
    if not faults:
        body = place_body(pose, figure, BUILDS["medium"])
        faults = [*body.faults, *joint_limits.overbent(body.skeleton)]
    if figure.view == "top" and abs(math.cos(math.radians(pose.pelvis))) < _UPRIGHT:
        text = "view: top is for those who lie; write front for an upright body"
        faults.append(FigureFault(("view",), text))
    # A fault of both sides in the same line is told of the worse one.
    told = {}
    for fault in sorted(faults, key=lambda each: each.excess):
        line = _line(document, (*keys, *fault.keys))
        told[line, fault.kind or re.sub(r"\b(near|far) ", "", fault.text)] = line, fault
    lines = [line for line, _ in told.values()]
    better = advised([fault for _, fault in told.values()], pose, posture, figure)
    for line, fault in zip(lines, better, strict=True):
        yield Problem(document.path, line, with_sides(fault.text, figure.side))


def _line(document: YamlDocument, keys: KeyPath) -> int:
    """Return the line of a key of one side, or of both sides where the file has it there."""
    if keys not in document.lines:
        both = tuple("both" if key in {"near", "far"} else key for key in keys)
        keys = both if both in document.lines else keys
    return document.line(keys)


def _wordless(figure: Figure, document: YamlDocument, language: Language) -> Iterator[Problem]:
    """Yield a problem where a figure has no alternative text, or one of a wrong length."""
    least, most = ALT_LENGTHS
    text = figure.alt or ""
    if not describe(figure, language):
        fault = f"there are no words to describe a figure in '{language.code}'; add 'alt: …' with"
        remedy = f"what it shows, or translate what 'workshop labels {language.code}' writes"
        yield Problem(document.path, 1, f"{fault} {remedy}")
    elif text and not least <= len(text) <= most:
        fault = f"alt: this has {len(text)} characters; say what it shows in {least} to {most}"
        yield Problem(document.path, document.line(("alt",)), fault)
