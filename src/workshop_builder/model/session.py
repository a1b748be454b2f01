"""The session plan: how long each block takes, in a session of each length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workshop_builder.errors import Problem
from workshop_builder.model.base import SessionBlock
from workshop_builder.model.workshop import Settings
from workshop_builder.source.folder import SETTINGS_FILE
from workshop_builder.source.yaml_text import KeyPath, YamlDocument


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One block in the session of the standard length."""

    block: SessionBlock
    start: int
    """Minutes from the beginning of the session to that of the block."""
    minutes: int
    """Its length."""


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """The minutes of each block in a session of one length."""

    length: int
    """The session's length in minutes, the sum of those of its blocks."""
    minutes: tuple[int, ...]
    """Of each block in order; 0 for a block that this session leaves out."""
    standard: bool
    """Whether this is the length that the handout and the clock times go by."""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session as templates print it."""

    rows: tuple[PlanRow, ...]
    """The blocks of the standard session, in order."""
    total: int
    """Minutes of the standard session."""
    columns: tuple[PlanColumn, ...]
    """The lengths that the session can have, the shortest first; empty where it has one only."""


def plan(settings: Settings) -> SessionPlan:
    """Return the plan of a session in which `problems` found nothing."""
    standard = settings.session_minutes
    rows: list[PlanRow] = []
    clock = 0
    for block in settings.session:
        minutes = _minutes(block, standard) or 0
        if minutes:
            rows.append(PlanRow(block, clock, minutes))
        clock += minutes
    columns = [
        PlanColumn(length, _column(settings, length), length == standard)
        for length in _lengths(settings)
    ]
    return SessionPlan(tuple(rows), clock, tuple(columns) if len(columns) > 1 else ())


def starts(row: PlanRow, minutes: Sequence[int]) -> tuple[int, ...]:
    """Return the minutes at which the parts of a block begin, if each has its share of its time.

    It is a proposal to keep time by, in whole minutes; empty where they take more than the block.
    """
    total = sum(minutes)
    shares = (row.minutes * sum(minutes[:n]) // total for n in range(len(minutes)))
    return tuple(row.start + share for share in shares) if total <= row.minutes else ()


def problems(settings: Settings, document: YamlDocument) -> list[Problem]:
    """Return what is wrong with the minutes of the session.

    `document` is workshop.yaml, for the lines.
    """
    faults = _several(settings, document) if _lengths(settings) else _sum(settings)
    return [Problem(SETTINGS_FILE, document.line(keys), text) for keys, text in faults]


def _minutes(block: SessionBlock, length: int | None) -> int | None:
    """Return the minutes of a block in a session of `length`; None where it gives none."""
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
    """Yield a fault where the minutes of a session of one length do not add up to that length."""
    total = sum(_minutes(block, None) or 0 for block in settings.session)
    promised = settings.session_minutes
    if settings.session and promised is not None and total != promised:
        fault = f"the session's blocks add up to {total} minutes, not {promised}"
        yield ("session_minutes",), f"{fault}; change the minutes of a block, or session_minutes"


def _several(settings: Settings, document: YamlDocument) -> Iterator[tuple[KeyPath, str]]:
    """Yield the faults of a session of several lengths, each with what it belongs to."""
    lengths = _lengths(settings)
    named = ", ".join(map(str, lengths))
    standard = settings.session_minutes
    if standard is None:
        # If it is there and is no number, that has been reported already.
        if not (isinstance(document.data, dict) and document.data.get("session_minutes")):
            remedy = f"add 'session_minutes: {lengths[0]}', the length that the handout shows"
            yield (
                ("session",),
                f"the session has the lengths {named} and no standard length; {remedy}",
            )
    elif standard not in lengths:
        remedy = f"write one of them, or give each block its minutes for {standard}"
        yield ("session_minutes",), f"{standard} is none of the lengths {named}; {remedy}"
    yield from _gaps(settings, lengths)
    for length in lengths:
        total = sum(_column(settings, length))
        complete = all(_minutes(block, length) is not None for block in settings.session)
        if complete and total != length:
            fault = f"the minutes for {length} add up to {total}, not {length}"
            yield ("session",), f"{fault}; change those of a block"


def _gaps(settings: Settings, lengths: list[int]) -> Iterator[tuple[KeyPath, str]]:
    """Yield a fault for each block without minutes for a length that other blocks have."""
    for number, block in enumerate(settings.session):
        lacking = [length for length in lengths if _minutes(block, length) is None]
        if lacking:
            words = " and ".join(map(str, lacking))
            fault = f"'{block.title}' has no minutes for {words}, which other blocks have"
            remedy = f"add '{lacking[0]}: …', or 0 where it is left out"
            yield ("session", number, "minutes"), f"{fault}; {remedy}"
