"""Who leaves an exercise out, and what is done in its place: names are followed, and checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from workshop_builder.errors import Problem, did_you_mean
from workshop_builder.languages.language import Language
from workshop_builder.markup import rich_text
from workshop_builder.markup.rich_text import RichTextError
from workshop_builder.model.exercise_fields import Avoided, Substitute
from workshop_builder.model.workshop import Exercise, Settings
from workshop_builder.source.yaml_text import YamlDocument

_BRACKETS = re.compile(r" \([^()]*\)$")
"""What stands in brackets at the end of a condition."""


def resolve(
    settings: Settings,
    exercises: Mapping[str, Exercise],
    language: Language,
    problems: list[Problem],
) -> dict[str, Exercise]:
    """Return exercises with who leaves each out, and with what is done in its place.

    Adds to `problems` each name that is not known, and each way out that is none.
    """
    numbers = {name: n for n, name in enumerate(settings.in_order(exercises), 1)}
    ways = _Ways(exercises, numbers, language)
    for exercise in exercises.values():
        problems += _problems(settings.conditions, exercise, exercises)
    resolved = {name: _resolved(exercise, ways) for name, exercise in exercises.items()}
    problems += [problem for each in resolved.values() for problem in _told_twice(each)]
    alike = _alike(settings, resolved.values())
    return {
        name: replace(each, avoided=tuple(_shortened(each.avoided, alike)))
        for name, each in resolved.items()
    }


def advised(
    settings: Settings,
    sheet: YamlDocument,
    exercises: Mapping[str, Exercise],
    language: Language,
    problems: list[Problem],
) -> dict[str, tuple[Substitute, ...]]:
    """Return what is done with each condition of which there is advice, by its name.

    Adds to `problems` a condition that is not known or has the words of another, and an exercise
    that is none or left out.
    """
    problems += _same_words(settings, sheet)
    numbers = {name: n for n, name in enumerate(settings.in_order(exercises), 1)}
    ways = _Ways(exercises, numbers, language)
    for name, advice in settings.advice.items():
        for fault in _faults_of_advice(name, advice.instead, settings.conditions, exercises):
            line = sheet.lines.get(("advice", name), 1)
            problems.append(Problem(sheet.path, line, fault))
    return {name: ways.of(advice.instead) for name, advice in settings.advice.items()}


def _same_words(settings: Settings, sheet: YamlDocument) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, words in settings.conditions.items():
        other = first.setdefault(words.plain, name)
        if other != name:
            text = f"conditions: '{name}' has the words of '{other}'; take one of them out"
            yield Problem(sheet.path, sheet.lines.get(("conditions", name), 1), text)


def _faults_of_advice(
    condition: str,
    names: tuple[str, ...],
    conditions: Collection[str],
    exercises: Mapping[str, Exercise],
) -> Iterator[str]:
    if condition not in conditions:
        hint = did_you_mean(condition, conditions) or "; name it in 'conditions'"
        yield f"advice: there is no condition '{condition}'{hint}"
    for name in names:
        other = exercises.get(name)
        if other and any(text.source == condition for text in other.fields.avoid_with):
            remedy = "name another, or say it in words"
            yield f"advice: '{name}' is left out with '{condition}'; {remedy}"
        elif not other and (hint := "" if " " in name else did_you_mean(name, exercises)):
            yield f"advice: there is no exercise '{name}'{hint}"


@dataclass(frozen=True, slots=True)
class _Ways:
    """What can be done in place of an exercise."""

    exercises: Mapping[str, Exercise]
    numbers: Mapping[str, int]
    language: Language

    def of(self, names: tuple[str, ...]) -> tuple[Substitute, ...]:
        """Return what is done, each an exercise by its name, or words."""
        return tuple(map(self._way, names))

    def _way(self, text: str) -> Substitute:
        other = self.exercises.get(text)
        words = rich_text.read(other.fields.name if other else text, self.language.writing)
        return Substitute(words, other.path, self.numbers[text]) if other else Substitute(words)


def _resolved(exercise: Exercise, ways: _Ways) -> Exercise:
    instead = exercise.fields.instead
    try:
        avoided = tuple(
            Avoided(text, ways.of(instead.get(text.source, instead.get("", ()))))
            for text in exercise.fields.avoid_with
        )
        return replace(exercise, avoided=avoided)
    except RichTextError:  # it is told of, and nothing will be made
        return exercise


def _brief(words: str) -> str:
    """Return the words of a condition without what stands in brackets at their end."""
    return _BRACKETS.sub("", words)


def _alike(settings: Settings, exercises: Iterable[Exercise]) -> dict[str, set[str]]:
    """Return all conditions, the workshop's and those that exercises tell, by their brief words."""
    found: dict[str, set[str]] = {}
    told = (who.words for exercise in exercises for who in exercise.avoided)
    for words in (*settings.conditions.values(), *told):
        found.setdefault(_brief(words.plain), set()).add(words.plain)
    return found


def _shortened(avoided: tuple[Avoided, ...], alike: Mapping[str, set[str]]) -> Iterator[Avoided]:
    """Yield who leaves an exercise out, with their brief words where these are true of all.

    They are where each condition with the same brief words leaves it out, and does the same then:
    "new hip" is told of an exercise that is left out however it was done.
    """
    for who in avoided:
        brief = _brief(who.words.plain)
        same = {other.words.plain for other in avoided if other.instead == who.instead}
        yield replace(who, short=brief if alike[brief] <= same else who.words.plain)


def _told_twice(exercise: Exercise) -> Iterator[Problem]:
    told = [who.words.plain for who in exercise.avoided]
    for number, words in enumerate(told):
        if words in told[:number]:
            line = exercise.lines.get(("avoid_with", number), exercise.line("avoid_with"))
            yield Problem(exercise.path, line, f"avoid_with names '{words}' twice; leave one out")


def _problems(
    conditions: Collection[str], exercise: Exercise, exercises: Mapping[str, Exercise]
) -> Iterator[Problem]:
    avoided = [text.source for text in exercise.fields.avoid_with]
    for number, name in enumerate(avoided):
        hint = "" if " " in name or name in conditions else did_you_mean(name, conditions)
        if hint:
            line = exercise.lines.get(("avoid_with", number), exercise.line("avoid_with"))
            yield Problem(exercise.path, line, f"there is no condition '{name}'{hint}")
    for condition, names in exercise.fields.instead.items():
        line = exercise.lines.get(("instead", condition), exercise.line("instead"))
        for fault in _faults(condition, names, exercise, exercises, avoided):
            yield Problem(exercise.path, line, fault)


def _faults(
    condition: str,
    names: tuple[str, ...],
    exercise: Exercise,
    exercises: Mapping[str, Exercise],
    avoided: list[str],
) -> Iterator[str]:
    if not avoided:
        yield "'instead' has nobody who leaves the exercise out; add 'avoid_with: …'"
    elif condition and condition not in avoided:
        hint = did_you_mean(condition, avoided) or "; add it there, or leave it out here"
        yield f"instead: '{condition}' is not in 'avoid_with'{hint}"
    for name in names:
        if name in exercises:
            yield from _way_out(condition, name, exercise, exercises[name], avoided)
        elif hint := "" if " " in name else did_you_mean(name, exercises):
            yield f"instead: there is no exercise '{name}'{hint}"


def _way_out(
    condition: str, name: str, exercise: Exercise, other: Exercise, avoided: list[str]
) -> Iterator[str]:
    """Yield why an exercise cannot be done in place of another."""
    if other.id == exercise.id:
        yield f"instead: '{name}' is this exercise; name another, or say it in words"
        return
    concerned = [condition] if condition else avoided
    both = [text for text in other.fields.avoid_with if text.source in concerned]
    for text in both:
        remedy = "name another, or say it in words"
        yield f"instead: '{name}' is left out with '{text.plain}' too; {remedy}"
