"""The parts of a personal sheet, as `templates/take-home.html` puts them on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workshop_builder.model.fields import Pages
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.model.products import Target
from workshop_builder.model.workshop import Workshop
from workshop_builder.pages import safety
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Card, Renderer
from workshop_builder.pages.templates import line_count
from workshop_builder.personal.pieces.rows import ROW, ExerciseRow, SheetPart

NAME = "personal:name"
"""The key of the name among the words that must be seen."""
_SHORT = 24
"""Letters of a name that stands on a line, with dates beside it, at any scale."""
_LATIN = "\u017f"
"""The last letter of those that are sure to make a line as high as any other."""
_NARROW = 4
"""Weeks of a chart beside which there is room."""
_WIDE = 43
"""Characters of a line beside the chart."""
_MOST_LINES = 16
"""Lines beside the chart; more of them stand in the strip."""
MANY = 4
"""Exercises; with more of them, their pictures are smaller, or two columns are crowded."""
WEEKS = 4
_OWN_LOOK = ("templates/", "styles/")
_COLOURS = "styles/colours.css"


@dataclass(frozen=True, slots=True)
class SheetParts:
    """All parts of a sheet."""

    logo: SheetPart | None
    head: tuple[SheetPart, ...]
    code: SheetPart | None
    lines: tuple[SheetPart, ...]
    """What is personal."""
    strips: tuple[SheetPart, ...]
    """Of safety, at the head."""
    stop: SheetPart | None
    """When to stop, before the exercises."""
    out: tuple[SheetPart, ...]
    """Who leaves out what: the heading, then the conditions."""
    beside: bool
    """Whether that stands beside the chart, and not in the strip."""
    imprint: SheetPart
    rows: tuple[ExerciseRow, ...]
    log: tuple[SheetPart, ...]
    least_log: SheetPart
    """A chart that is no higher than that of one column."""
    safe: Mapping[str, str]
    """The words of safety that must be seen on it, by their key."""
    required: Mapping[str, str]
    """All words that must be seen on it, likewise; also the `name`."""
    name: str = field(repr=False)
    """Whose it is, which is not in its shape."""
    dense: SheetParts | None = None
    """The parts of the same sheet in two columns, which it gets if it does not fit in one."""
    columns: bool = False
    """Whether these are such."""
    first_column: int = 0
    """How many exercises stand in the first of them."""

    def of(self, sheet: PersonalSheet) -> SheetParts:
        """Return those of another sheet with the same exercises, done in the same way."""
        own: dict[str, Any] = {
            "lines": tuple(_personal(sheet)),
            "required": {**self.safe, **sheet.required},
            "name": sheet.name,
        }
        return replace(self, dense=self.dense and replace(self.dense, **own), **own)

    @property
    def narrow(self) -> SheetParts:
        """The same with the parts alone that count for how long it is."""
        return replace(self, out=()) if self.beside else self

    @property
    def shared(self) -> list[SheetPart]:
        """Parts that stand one below the other and that many sheets have."""
        head = [part for part in self.head if part.kind in ("title", "marks")]
        stop = [self.stop] if self.stop else []
        return [*head, *self.strips, *stop, self.least_log, self.imprint]

    @property
    def short_lines(self) -> list[SheetPart]:
        """Those of its parts that are a line at any scale."""
        return [part for part in self.lines if part.line]

    @property
    def shape(self) -> object:
        """What its plan depends on: all parts, but not what a short line says."""
        own = tuple((part.place, part.kind) if part.line else part for part in self.words)
        dense = self.dense and tuple(part for part in self.dense.words if not part.line)
        return own, dense, frozenset(self.required.items() - {(NAME, self.name)})

    @property
    def words(self) -> list[SheetPart]:
        """All parts whose size depends on their words alone."""
        rows = [part for row in self.rows for part in row.words]
        return [*self.single, *self.lines, *self.out[1:], *rows]

    @property
    def single(self) -> list[SheetPart]:
        """The parts of kinds of which a sheet has one at the most."""
        parts = [
            self.logo,
            self.code,
            *self.head,
            *self.strips,
            self.stop,
            *self.out[:1],
            self.imprint,
            *self.log,
        ]
        return [part for part in parts if part]


def is_composable(workshop: Workshop, target: Target, sheet: PersonalSheet) -> bool:
    """Return whether sheets like this one can be put together from parts.

    Not those of a craft, of more than a page, or of a studio's own look.
    """
    own = any(name.startswith(_OWN_LOOK) and name != _COLOURS for name in workshop.overrides)
    alike = target.product.template == "take-home.html" and target.product.style == "take-home.css"
    plain = alike and workshop.settings.kind != "craft" and not own
    return plain and target.pages == Pages(1, 1) and bool(sheet.exercises)


def in_one_column(renderer: Renderer, sheet: PersonalSheet) -> SheetParts:
    """Return the parts of a sheet in one column."""
    settings = renderer.workshop.settings
    cards = renderer.cards
    weeks = renderer.target.settings.weeks or WEEKS
    items = _items(cards)
    warned = bool(items)
    narrow = weeks <= _NARROW
    lines = sum(line_count(_line(uses, renderer.labels), _WIDE) for _, uses in items)
    beside = narrow and 0 < lines <= _MOST_LINES
    place = "out beside" if beside else "out"
    halves = narrow and not beside
    reminded = halves and settings.kind == "movement"
    charted = (weeks, halves, lines if beside else 0, reminded)
    now = [SheetPart("flow", "now", (), ())] if settings.safety.flags("emergency") else []
    listed = [SheetPart(place, "item", key, (uses,)) for key, uses in items]
    return SheetParts(
        SheetPart("logo", "logo", (), ()) if settings.studio and settings.studio.logo else None,
        tuple(_head(renderer, cards, warned=warned)),
        SheetPart("code", "code", (), ()) if settings.website else None,
        tuple(_personal(sheet)),
        tuple(now),
        SheetPart("flow", "stop", (), ()) if settings.safety.stop_if else None,
        (SheetPart(place, "out", (), ()), *listed) if items else (),
        beside,
        SheetPart("foot", "imprint", reminded, (reminded,)),
        tuple(_row(card, renderer, many=len(cards) > MANY) for card in cards),
        (_log(cards, *charted),),
        _log((), *charted),
        safe := safety.required(settings, renderer.exercises),
        {**safe, **sheet.required},
        sheet.name,
    )


def _head(renderer: Renderer, cards: Sequence[Card], *, warned: bool) -> Iterator[SheetPart]:
    routine, labels = renderer.routine(renderer.exercises), renderer.labels
    yield SheetPart("head", "title", (), ())
    often = [card.exercise.fields.frequency for card in cards]
    daily = len(cards) > 1 and all(each and each.period == "day" for each in often)
    if routine or warned:
        time = labels.minutes(routine) if routine else ""
        values = (len(cards), daily, routine, warned)
        yield SheetPart("head", "lead", (len(cards), daily, time, warned), values)
    needs = {text: None for card in cards for text in card.exercise.fields.needs}
    if needs:
        yield SheetPart("head", "need", tuple(text.plain for text in needs), (tuple(needs),))
    used = tuple(sorted({mark for card in cards for mark in card.exercise.marks}))
    if used:
        yield SheetPart("head", "marks", used, (used,))


def _personal(sheet: PersonalSheet) -> Iterator[SheetPart]:
    student = sheet.student
    who = (sheet.name, student.date, student.next_visit)
    short = len(sheet.name) <= _SHORT and max(sheet.name, default="") <= _LATIN
    yield SheetPart("lines", "for", who, (sheet,), line=short)
    if student.note:
        yield SheetPart("lines", "note", student.note.source, (student.note,))
    for number, left in enumerate(sheet.left_out):
        because = tuple(text.plain for text in left.because)
        ways = tuple((way.number, way.words.plain) for way in left.instead)
        key = (number, left.number, because, ways)
        yield SheetPart("lines", "left-out", key, (left, number))


def _row(card: Card, renderer: Renderer, *, many: bool) -> ExerciseRow:
    exercise, labels = card.exercise, renderer.labels
    fields, dose = exercise.fields, labels.dose(exercise.fields)
    look = ("" if exercise.picture else " bare") + (" many" if many else "")
    said = {
        "name": True,
        "caution": fields.caution,
        "steps": exercise.steps,
        "told": dose,
        "felt": fields.feel and not fields.figure,
        "easier": fields.easier,
    }
    keys: dict[str, object] = {"told": dose}
    words = tuple(
        SheetPart(
            f"do{look}", kind, keys.get(kind, exercise.id), (dose,) if kind == "told" else (card,)
        )
        for kind in ROW
        if said.get(kind)
    )
    before = sum(part.kind in ("name", "caution") for part in words)
    return ExerciseRow(look, words, card, before, bool(exercise.picture))


def growing(cards: Sequence[Card]) -> tuple[object, tuple[Any, ...], list[int]]:
    """Return what is held longer from week to week: as a key, the times, and the numbers."""
    found = [card for card in cards if card.exercise.fields.hold_by_week]
    plans = list(dict.fromkeys(card.exercise.fields.hold_by_week for card in found))
    holds = plans[0] if len(plans) == 1 else ()
    numbers = [card.number for card in found]
    return (holds, tuple(numbers)), holds, numbers


def _log(
    cards: Sequence[Card],
    weeks: int,
    halves: bool,  # noqa: FBT001
    lines: int,
    reminded: bool,  # noqa: FBT001
) -> SheetPart:
    grows, holds, numbers = growing(cards)
    key = (weeks, grows, halves, lines, reminded)
    return SheetPart("log", "log", key, (weeks, holds, numbers, halves, lines, reminded))


def _items(cards: Sequence[Card]) -> list[tuple[object, list[safety.Use]]]:
    """Return each condition that leaves something out, with its key and its uses."""
    found = safety.left_out((card.number, card.exercise) for card in cards)

    def key(use: safety.Use) -> tuple[object, ...]:
        ways = ((way.number, way.words.plain) for way in use.who.instead)
        return (use.number, use.exercise.id, use.place, *ways)

    return [((words, tuple(map(key, uses))), uses) for words, uses in found.items()]


def _line(uses: Sequence[safety.Use], labels: Labels) -> str:
    """Return the words of a condition and of what is left out with it."""
    listed = []
    for number, _, _, who in uses:
        ways = ", ".join(f"{way.number or ''} {way.words.plain}" for way in who.instead)
        instead = f" ({labels.in_sentence('instead')}{labels.colon} {ways})" if ways else ""
        listed.append(f"{number}{instead}")
    return f"{uses[0][3].words.plain}{labels.colon} {', '.join(listed)}"
