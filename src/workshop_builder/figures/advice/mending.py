"""Mending a figure: the nearest pose that a body can take, written into its file."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_builder.errors import Problem
from workshop_builder.figures.advice.angles import changeable
from workshop_builder.figures.advice.nearest import Body, nearest
from workshop_builder.figures.advice.rewriting import with_angle
from workshop_builder.figures.advice.words import phrase, with_sides
from workshop_builder.figures.body.joint_limits import JOINTS, exceeded
from workshop_builder.figures.body.pose import apply_posture, pose_of
from workshop_builder.model.figure import PoseFigure
from workshop_builder.model.posture import Posture
from workshop_builder.model.validate import validate
from workshop_builder.source import yaml_text
from workshop_builder.source.yaml_text import KeyPath

_POSTURES: tuple[tuple[str, ...], ...] = ((), ("start",), ("ghost",))


def mended(path: str, text: str) -> tuple[str, list[str]]:
    """Return the text of a figure without fault with the nearest possible pose, and the changes.

    Each change is told in one line. What no near pose mends stays as it is.
    """
    told: list[str] = []
    for keys in _POSTURES:
        for change, angle, value in (*_within_limits(path, text, keys),):
            text = _written(path, text, angle, value)
            told.append(change)
        for change, angle, value in (*_nearer(path, text, keys),):
            text = _written(path, text, angle, value)
            told.append(change)
    return text, told


def _within_limits(
    path: str, text: str, keys: tuple[str, ...]
) -> Iterator[tuple[str, KeyPath, float]]:
    """Yield each angle that is too far, as far as people can go."""
    posture = _posture(_figure(path, text), keys)
    for fault in exceeded(posture) if posture else ():
        *sides, joint = fault.keys
        value = getattr(getattr(posture, str(sides[0])) if sides else posture, str(joint))
        least, most = JOINTS[str(joint)]
        nearest_angle = min(max(value, least), most)
        where = " ".join(str(key) for key in (*keys, *sides, joint))
        yield f"{where}: {value:g} is now {nearest_angle:g}", (*keys, *fault.keys), nearest_angle


def _nearer(path: str, text: str, keys: tuple[str, ...]) -> Iterator[tuple[str, KeyPath, float]]:
    """Yield each angle that is different in the nearest possible pose."""
    figure = _figure(path, text)
    posture = _posture(figure, keys)
    if posture is None:
        return
    pose = pose_of(figure)
    if keys:
        pose = apply_posture(pose, posture)
    body = Body(figure)
    if not body.burden(pose):
        return
    elbows = any(fault.keys[-1] == "elbow" for fault in body.faults(pose))
    angles = list(changeable(pose, posture, elbows=elbows))
    for angle, by in nearest(pose, angles, body) or ():
        change = with_sides(phrase(angle, by, pose), figure.side)
        yield ": ".join((*keys, change)), (*keys, *angle.keys), angle.of(pose) + by


def _written(path: str, text: str, keys: KeyPath, value: float) -> str:
    return with_angle(text, yaml_text.read(path, text), keys, value)


def _figure(path: str, text: str) -> PoseFigure:
    problems: list[Problem] = []
    return validate(PoseFigure, yaml_text.read(path, text), {"position": "standing"}, problems)


def _posture(figure: PoseFigure, keys: tuple[str, ...]) -> Posture | None:
    found: Posture | None = getattr(figure, keys[0]) if keys else figure
    return found
