"""Fields of one exercise that do not go together in its dose."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_builder.errors import Problem
from workshop_builder.model.exercise_fields import ExerciseFields
from workshop_builder.source.yaml_text import YamlDocument

_LONGEST = 3600
"""Seconds that a body is held, at the most."""
_LONG_KINDS = ("activity", "rest")


def problems(sheet: YamlDocument, fields: ExerciseFields) -> Iterator[Problem]:
    """Yield what in the dose of an exercise contradicts another part of it."""
    for name, fault in (*_beside_whole(fields), *_beside_weeks(fields), *_too_long(fields)):
        yield Problem(sheet.path, sheet.line((name,)), fault)


def _beside_whole(fields: ExerciseFields) -> Iterator[tuple[str, str]]:
    others = [name for name in ("hold", "hold_by_week", "repeat") if getattr(fields, name)]
    if fields.takes and others:
        said = f"'takes' is the whole time, and '{others[0]}' a part of it"
        yield others[0], f"{said}; leave one of them out"


def _beside_weeks(fields: ExerciseFields) -> Iterator[tuple[str, str]]:
    hold, whole = fields.hold, fields.whole_hold
    if hold and whole and (hold.low < whole.low or hold.high > whole.high):
        said = f"hold: '{hold.text}' is held in no week of 'hold_by_week'"
        yield "hold", f"{said}; write the usual time of these weeks, or leave it out"


def _too_long(fields: ExerciseFields) -> Iterator[tuple[str, str]]:
    hold = fields.whole_hold
    if hold and hold.high > _LONGEST and fields.kind not in _LONG_KINDS:
        name = "hold" if fields.hold and fields.hold.high > _LONGEST else "hold_by_week"
        remedy = "check the unit, or write 'kind: activity'"
        yield name, f"{name}: '{hold.text}' is more than makes sense for a body; {remedy}"
