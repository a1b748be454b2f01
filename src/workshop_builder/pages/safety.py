"""The words that every product must show, whatever its template and style.

They depend on the workshop alone. A page marks where it prints each of them by
`data-safe="key"`; the engines then compare what is really shown with this list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from workshop_builder.errors import Problem
from workshop_builder.markup import xhtml
from workshop_builder.markup.rich_text import RichText
from workshop_builder.markup.xhtml import Element
from workshop_builder.model.exercise_fields import Avoided, Substitute
from workshop_builder.model.products import Target
from workshop_builder.model.workshop import Exercise, Settings, Workshop
from workshop_builder.source.look_alikes import as_set

_BOXES = ("emergency", "soon", "safety")
_IGNORED = re.compile(r"[\s\u00ad\u2010\u2060-]+")


@dataclass(frozen=True, slots=True)
class Condition:
    """What somebody may have, and what they leave out for it."""

    words: RichText
    ways: Mapping[str, tuple[Substitute, ...]]
    """What is done instead, by the id of the exercise that is left out."""
    instead: tuple[Substitute, ...] = ()
    """What else is done."""
    mind: RichText | None = None
    """What to be careful about."""

    @property
    def has_way_out(self) -> bool:
        """Whether some exercise is done instead of one that is left out."""
        return bool(self.instead or any(way.number for ways in self.ways.values() for way in ways))


class Use(NamedTuple):
    """An exercise that somebody leaves out."""

    number: int
    exercise: Exercise
    place: int
    """Where the condition stands among those of the exercise."""
    who: Avoided

    @property
    def ways(self) -> tuple[Substitute, ...]:
        """What they do instead."""
        return self.who.instead

    @property
    def key(self) -> str:
        """The key of the words for that, as in `required`."""
        return f"instead:{self.exercise.id}:{self.place}"


def left_out(
    shown: Iterable[tuple[int, Exercise]], first: Iterable[str] = ()
) -> dict[str, list[Use]]:
    """Return what is left out with each condition, by its words; `shown` have their numbers.

    The conditions of `first` stand in that order, others as the exercises name them.
    """
    found: dict[str, list[Use]] = {}
    for number, exercise in sorted(shown, key=itemgetter(0)):
        for place, who in enumerate(exercise.avoided):
            found.setdefault(who.words.plain, []).append(Use(number, exercise, place, who))
    return {words: found[words] for words in (*filter(found.get, first), *found)}


def required(settings: Settings, exercises: Iterable[Exercise]) -> dict[str, str]:
    """Return the words that a product with `exercises` must show, by their key.

    Keys: `stop:N`, `flag:N` (the emergency signs), `disclaimer`, `caution:EXERCISE`,
    `avoid:EXERCISE:N` (who leaves it out) and `instead:EXERCISE:N:M` (what they do).
    """
    safety = settings.safety
    words = {f"stop:{n}": text.plain for n, text in enumerate(safety.stop_if)}
    words |= {f"flag:{n}": text.plain for n, text in enumerate(safety.flags("emergency"))}
    if safety.disclaimer:
        words["disclaimer"] = safety.disclaimer.plain
    for exercise in exercises:
        words |= _cautions(exercise)
    return words


def _cautions(exercise: Exercise) -> dict[str, str]:
    """Return the words of an exercise that must stand wherever it is shown."""
    name, caution = exercise.id, exercise.fields.caution
    words = {f"caution:{name}": caution.plain} if caution else {}
    for number, avoided in enumerate(exercise.avoided):
        words[f"avoid:{name}:{number}"] = avoided.words.plain
        words |= _ways_out(f"instead:{name}:{number}", avoided.instead)
    return words


def _ways_out(key: str, ways: Iterable[Substitute]) -> dict[str, str]:
    return {f"{key}:{number}": way.words.plain for number, way in enumerate(ways)}


def by_condition(exercises: Iterable[Exercise], workshop: Workshop) -> list[Condition]:
    """Return who leaves out any of `exercises`: first the workshop's names, then words of cards."""
    settings, more = workshop.settings, advised(workshop)
    minds = {settings.conditions[name].plain: each.mind for name, each in settings.advice.items()}
    return [
        Condition(
            uses[0].who.words,
            {use.exercise.id: use.ways for use in uses},
            more.get(words, ()),
            minds.get(words),
        )
        for words, uses in left_out(enumerate(exercises), more).items()
    ]


def advised(workshop: Workshop) -> dict[str, tuple[Substitute, ...]]:
    """Return what a workshop says to do instead, by the words of its conditions in their order."""
    words = workshop.settings.conditions.items()
    return {who.plain: workshop.advised.get(name, ()) for name, who in words}


def mark_boxes(parts: Iterable[Element], chapter: str) -> dict[str, str]:
    """Mark the boxes of safety of a chapter by `data-safe`; return the words of each by its key.

    `parts` are its text, and what of it is shown apart.
    """
    words = {}
    boxes = (box for part in parts for box in part.iterfind(".//div[@data-box]"))
    found = (box for box in boxes if box.get("data-box") in _BOXES)
    for number, box in enumerate(found, 1):
        key = f"box:{chapter}:{number}"
        box.set("data-safe", key)
        words[key] = " ".join(xhtml.text(box).split())
    return words


def in_page(root: Element, boxes: Mapping[str, str]) -> dict[str, str]:
    """Return the words that a page itself marks as words of safety, by their key.

    These are the `boxes` that stand in it, and whatever has a key `whole:NAME`: an extract in
    the template's own words, such as the chips of a slide, of which nothing may be cut off.
    """
    marked = [(element.get("data-safe") or "", element) for element in root.iter("*")]
    whole = {key: xhtml.text(item) for key, item in marked if key.startswith("whole:")}
    return whole | {key: boxes[key] for key, _ in marked if key in boxes}


def missing(required_words: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    """Return the words that are not shown in full; line breaks and hyphens do not count."""
    return {
        key: words
        for key, words in required_words.items()
        if bare(words) not in bare(shown.get(key, ""))
    }


def not_shown(
    lost: Mapping[str, str], target: Target, hiding: Mapping[str, str] = MappingProxyType({})
) -> list[Problem]:
    """Return a problem for each of the words that the template or style of a target does not show.

    `hiding` has what could hide them in the style, by their key.
    """
    template, style = f"templates/{target.product.template}", f"styles/{target.product.style}"
    return [
        Problem(style, 0, f"{hiding[key]} could hide '{text}'; leave it out")
        if key in hiding
        else Problem(template, 0, f"does not show '{text}' so that it can be read; put it back")
        for key, text in lost.items()
    ]


def bare(text: str) -> str:
    """Return `text` as it is set, without white space and hyphens, which may differ there."""
    return _IGNORED.sub("", as_set(text))
