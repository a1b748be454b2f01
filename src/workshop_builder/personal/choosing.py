"""What stands on the sheet of a student: the exercises, without those that a condition forbids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workshop_builder.errors import Problem, did_you_mean
from workshop_builder.languages.read import read as read_language
from workshop_builder.loading import dose_faults, prose_doses
from workshop_builder.loading.dose_phrases import phrases
from workshop_builder.markup import rich_text, typography
from workshop_builder.model.base import ProductSettings
from workshop_builder.model.exercise_fields import Substitute
from workshop_builder.model.personal.sheet import LeftOut, PersonalSheet
from workshop_builder.model.personal.student import Student
from workshop_builder.model.workshop import Exercise, Workshop
from workshop_builder.personal.row import Row
from workshop_builder.source.look_alikes import as_set
from workshop_builder.source.yaml_text import YamlDocument

TAKE_HOME = "take-home"
"""The product that a personal sheet is."""


def choose(workshop: Workshop, rows: Iterable[Row], problems: list[Problem]) -> list[PersonalSheet]:
    """Return the sheet of each row in which no mistake is found; adds the others' to `problems`."""
    sheets = []
    doses = _DoseCheck(workshop)
    for row in rows:
        faults = list(_wrong_names(workshop, row))
        if not faults:
            sheet = _sheet(workshop, row)
            faults = list(_wrong_sheet(row, sheet, doses))
            sheets.append(sheet)
        problems += faults
    return sheets


def told(sheet: PersonalSheet) -> Iterator[str]:
    """Yield what the teacher is told: each exercise that was left out, and what is done instead."""
    for left in sheet.left_out:
        because = ", ".join(text.plain for text in left.because)
        ways = ", ".join(f"{way.number or ''} {way.words}".strip() for way in left.instead)
        text = f"{left.number} {left.name} is left out ({because}); instead: {ways or 'nothing'}"
        yield str(Problem(sheet.path, sheet.line, text))


def as_done(workshop: Workshop, sheet: PersonalSheet) -> dict[str, Exercise]:
    """Return the exercises of a sheet as the student does them, by id.

    Their doses are the student's, and what a condition forbids is not named as done instead.
    """
    possible = _possible(workshop, sheet.student)
    paths = {item.path for item in workshop.exercises.values() if item.id not in possible}
    return {
        name: _without(_dosed(workshop.exercises[name], sheet.student), paths)
        for name in sheet.exercises
    }


def _dosed(exercise: Exercise, student: Student) -> Exercise:
    change = student.doses.get(exercise.id)
    return replace(exercise, fields=change.applied(exercise.fields)) if change else exercise


def _without(exercise: Exercise, paths: Collection[str]) -> Exercise:
    """Return an exercise in place of which none of the files `paths` is done."""

    def left(ways: Iterable[Substitute]) -> tuple[Substitute, ...]:
        return tuple(way for way in ways if way.path not in paths)

    avoided = tuple(replace(who, instead=left(who.instead)) for who in exercise.avoided)
    return replace(exercise, avoided=avoided)


def _possible(workshop: Workshop, student: Student) -> frozenset[str]:
    """Return the exercises that no condition of a student forbids, by id."""
    exercises = workshop.exercises.values()
    return frozenset(item.id for item in exercises if not _because(item, student))


def _wrong_names(workshop: Workshop, row: Row) -> Iterator[Problem]:
    """Yield each name in a row that refers to nothing."""
    student, settings = row.student, workshop.settings
    both = (*workshop.exercises, *settings.groups)
    known: Mapping[str, tuple[str, Collection[str]]] = {
        "exercises": ("exercise or group", both),
        "doses": ("exercise", workshop.exercises),
        "conditions": ("condition", settings.conditions),
    }
    for key, (noun, names) in known.items():
        for place, name in _named(key, getattr(student, key)):
            if name not in names:
                hint = _several(name) or did_you_mean(name, names) or _there_are(names)
                yield row.problem(place, f"there is no {noun} '{name}'{hint}")
    if student.language:
        _, faults = read_language(student.language, workshop.overrides, settings.kind)
        yield from (row.problem(("language",), f"language: {each.text}") for each in faults)


def _named(
    key: str, given: Sequence[str] | Mapping[str, object]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each name in a field, with its place."""
    pairs = ((n, n) for n in given) if isinstance(given, Mapping) else enumerate(given)
    yield from (((key, place), str(name)) for place, name in pairs)


def _several(name: str) -> str:
    """Return how names are divided where one is several; empty where it is not."""
    names = [each.strip() for each in re.split("[,;]", name)]
    return f"; write them as [{', '.join(names)}]" if names[1:] else ""


def _there_are(names: Collection[str]) -> str:
    listed = sorted(names)[:8]
    return f"; there are {', '.join(listed)}" if listed else "; workshop.yaml has none"


def _sheet(workshop: Workshop, row: Row) -> PersonalSheet:
    """Return the sheet of a row: what is left out gives its place to what is done instead."""
    student = row.student
    usual = workshop.settings.products.get(TAKE_HOME, ProductSettings()).exercises
    chosen = workshop.select(student.exercises or usual or workshop.in_order)
    possible = _possible(workshop, student)
    by_path = {item.path: item.id for item in workshop.exercises.values()}
    kept: list[str] = []
    left_out = []
    for item in chosen:
        if item.id in possible:
            kept.append(item.id)
            continue
        ways = [way for way in _ways(item, student) if by_path.get(way.path, "") in {"", *possible}]
        kept += [by_path[way.path] for way in ways if way.path]
        left_out.append(_left_out(workshop, item, student, ways))
    return PersonalSheet(
        row=row.number,
        path=row.document.path,
        line=row.document.line(()),
        student=student,
        name=as_set(typography.polish(student.name, workshop.language.writing)),
        exercises=_each_once(kept, [item.id for item in chosen]),
        left_out=tuple(left_out),
    )


def _because(exercise: Exercise, student: Student) -> list[int]:
    """Return which of those who leave an exercise out the student is, by their numbers."""
    named = set(student.conditions)
    return [n for n, who in enumerate(exercise.avoided) if who.words.source in named]


def _ways(exercise: Exercise, student: Student) -> tuple[Substitute, ...]:
    """Return what the student can do in place of an exercise."""
    own = [way for n in _because(exercise, student) for way in exercise.avoided[n].instead]
    return tuple(dict.fromkeys(own))


def _left_out(
    workshop: Workshop, exercise: Exercise, student: Student, ways: Sequence[Substitute]
) -> LeftOut:
    number = workshop.in_order.index(exercise.id) + 1
    name = rich_text.read(exercise.fields.name, workshop.language.writing)
    because = tuple(exercise.avoided[n].words for n in _because(exercise, student))
    return LeftOut(number, name, because, tuple(ways))


def _each_once(kept: Sequence[str], chosen: Collection[str]) -> tuple[str, ...]:
    """Return exercises without doubles: what was chosen stays where it was chosen."""
    found: list[str] = []
    for place, name in enumerate(kept):
        later = name in kept[place + 1 :] and name in chosen
        if name not in found and not later:
            found.append(name)
    return tuple(found)


@dataclass(slots=True)
class _DoseCheck:
    """Tells what is wrong with doses: most are those of many students, and looked at once."""

    workshop: Workshop
    _known: dict[object, tuple[str, ...]] = field(default_factory=dict)

    def faults(self, name: str, student: Student) -> tuple[str, ...]:
        """Return what is wrong with a student's dose of an exercise."""
        key = (name, *student.doses[name].said.items())
        if key not in self._known:
            dosed = _dosed(self.workshop.exercises[name], student)
            self._known[key] = tuple(_wrong_dose(self.workshop, dosed))
        return self._known[key]


def _wrong_sheet(row: Row, sheet: PersonalSheet, doses: _DoseCheck) -> Iterator[Problem]:
    """Yield what is wrong with a sheet as it was decided."""
    if not sheet.exercises:
        text = "nothing is left on this sheet, for each exercise is to be avoided; name others"
        yield row.problem(("conditions",), text)
    left = {left.number for left in sheet.left_out}
    numbers = {name: n for n, name in enumerate(doses.workshop.in_order, 1)}
    for name in sheet.student.doses:
        place = ("doses", name)
        if name not in sheet.exercises and numbers[name] not in left:
            text = f"doses: '{name}' is not on this sheet; add it to the exercises, or remove it"
            yield row.problem(place, text)
        for fault in doses.faults(name, sheet.student):
            yield row.problem(place, f"doses: {fault}")


def _wrong_dose(workshop: Workshop, exercise: Exercise) -> Iterator[str]:
    """Yield what in the dose of an exercise contradicts itself, or the text beside it."""
    alone = YamlDocument(exercise.path, None, {})
    for fault in dose_faults.problems(alone, exercise.fields):
        yield f"'{exercise.id}': {fault.text}"
    steps = "\n\n".join(step.plain for step in exercise.steps)
    say = phrases(workshop.language.writing)
    for fault in prose_doses.check_exercise(say, alone, steps, 0, exercise.fields):
        yield f"the text of '{exercise.id}' {fault.text}"
