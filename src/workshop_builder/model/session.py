"""The session plan: which block takes how long, in a session of each length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workshop_builder.errors import Problem
from workshop_builder.model.workshop import SessionBlock, Settings
from workshop_builder.source.folder import SETTINGS_FILE
from workshop_builder.source.yaml_text import KeyPath, YamlDocument


@dataclass(frozen=True, slots=True)
class Row:
    """One block in the session of the standard length."""

    block: SessionBlock
    start: int
    """When it begins, in minutes from the beginning of the session."""
    minutes: int
    """How long it takes."""


@dataclass(frozen=True, slots=True)
class Column:
    """What each block takes in a session of one length."""

    length: int
    """The session's length in minutes; all blocks together take as long."""
    minutes: tuple[int, ...]
    """Of each block in its order; 0 where this session leaves it out."""
    standard: bool
    """Whether the handout and the clock times go by this length."""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """The session as templates print it."""

    rows: tuple[Row, ...]
    """The blocks of the standard session, in order."""
    total: int
    """Minutes of the standard session."""
    columns: tuple[Column, ...]
    """The lengths that the session can have, the shortest first; none where it has only one."""


def plan(settings: Settings) -> SessionPlan:
    """Return the plan of a session whose blocks were found right."""
    standard = settings.session_minutes
    rows: list[Row] = []
    clock = 0
    for block in settings.session:
        minutes = _minutes(block, standard) or 0
        if minutes:
            rows.append(Row(block, clock, minutes))
        clock += minutes
    columns = [
        Column(length, _column(settings, length), length == standard)
        for length in _lengths(settings)
    ]
    return SessionPlan(tuple(rows), clock, tuple(columns) if len(columns) > 1 else ())


def problems(settings: Settings, sheet: YamlDocument) -> list[Problem]:
    """Return what is wrong with the minutes of the session, each at its line of workshop.yaml."""
    faults = _several(settings, sheet) if _lengths(settings) else _sum(settings)
    return [Problem(SETTINGS_FILE, sheet.line(place), text) for place, text in faults]


def _minutes(block: SessionBlock, length: int | None) -> int | None:
    """Return what a block takes in a session of `length`; None where it does not say."""
    if isinstance(block.minutes, int):
        return block.minutes
    return None if length is None else block.minutes.get(length)


def _lengths(settings: Settings) -> list[int]:
    """Return the lengths for which blocks give their minutes, the shortest first."""
    given = [block.minutes for block in settings.session if not isinstance(block.minutes, int)]
    return sorted({length for minutes in given for length in minutes})


def _column(settings: Settings, length: int) -> tuple[int, ...]:
    return tuple(_minutes(block, length) or 0 for block in settings.session)


def _sum(settings: Settings) -> Iterator[tuple[KeyPath, str]]:
    """Hold the minutes of a session of one length against the length that is promised."""
    total = sum(_minutes(block, None) or 0 for block in settings.session)
    promised = settings.session_minutes
    if settings.session and promised is not None and total != promised:
        fault = f"the session's blocks add up to {total} minutes, not {promised}"
        yield ("session_minutes",), f"{fault}; change the minutes of a block, or session_minutes"


def _several(settings: Settings, sheet: YamlDocument) -> Iterator[tuple[KeyPath, str]]:
    """Hold a session of several lengths against itself."""
    lengths = _lengths(settings)
    named = ", ".join(map(str, lengths))
    standard = settings.session_minutes
    if standard is None:
        # One that is there and is no number has been told already.
        if not (isinstance(sheet.data, dict) and sheet.data.get("session_minutes")):
            remedy = f"add 'session_minutes: {lengths[0]}', the one that the handout shows"
            yield ("session",), f"the session has the lengths {named} and no standard one; {remedy}"
    elif standard not in lengths:
        remedy = f"write one of them, or give each block its minutes for {standard}"
        yield ("session_minutes",), f"{standard} is none of the lengths {named}; {remedy}"
    yield from _gaps(settings, lengths)
    for length in lengths:
        total = sum(_column(settings, length))
        told = all(_minutes(block, length) is not None for block in settings.session)
        if told and total != length:
            fault = f"the column {length} of the session adds up to {total} minutes, not {length}"
            yield ("session",), f"{fault}; change the minutes of a block in it"


def _gaps(settings: Settings, lengths: list[int]) -> Iterator[tuple[KeyPath, str]]:
    """Yield the blocks that say nothing for a length for which others do."""
    for number, block in enumerate(settings.session):
        lacking = [length for length in lengths if _minutes(block, length) is None]
        if lacking:
            words = " and ".join(map(str, lacking))
            fault = f"'{block.title}' has no minutes for {words}, which other blocks have"
            remedy = f"add '{lacking[0]}: …', or 0 where it is left out"
            yield ("session", number, "minutes"), f"{fault}; {remedy}"
