"""Remarks on what a text promises and the workshop does not keep."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_builder.checking.manuscript import Manuscript, Passage
from workshop_builder.checking.remark import Remark
from workshop_builder.model.dose import Time, routine_time
from workshop_builder.model.session import plan
from workshop_builder.model.workshop import Chapter, Exercise
from workshop_builder.source.folder import SETTINGS_FILE

_CARDS = {"exercise", "exercises"}


def cure_promised(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each sentence that promises a cure to people who move."""
    for passage in text.passages() if text.is_physical else ():
        for sentence in passage.sentences:
            found = text.words.cures.search(sentence)
            if found and "?" not in sentence and not text.words.denials.search(sentence):
                said = f"'{found[0]}' promises a cure; say what may help, and whom"
                yield Remark(passage.path, passage.line, "cure-promised", said)


def chapter_without_exercise(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each chapter whose title promises exercises, and that has none."""
    for chapter in text.workshop.chapters:
        title = chapter.fields.title
        if (
            text.words.exercises.search(title)
            and not text.words.denials.search(title)
            and not text.words.about.match(title)
            and not _cards(text, chapter)
            and not _links_to_exercise(chapter)
        ):
            said = f"'{title}' promises exercises, and none is here"
            remedy = "add one, like '/// exercise | name', or change the title"
            yield Remark(chapter.path, 1, "chapter-without-exercise", f"{said}; {remedy}")


def _links_to_exercise(chapter: Chapter) -> bool:
    links = chapter.body.root.iter("a")
    return any((link.get("href") or "").startswith("exercises/") for link in links)


def _cards(text: Manuscript, chapter: Chapter) -> tuple[Exercise, ...]:
    """Return the exercises whose cards a chapter shows."""
    names = tuple(use.argument for use in chapter.blocks if use.name in _CARDS)
    return text.workshop.select(names)


def minutes_claimed(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each number of minutes that the doses do not bear out."""
    for exercise in text.exercises:
        passage = Passage(exercise.path, exercise.line("name"), exercise.fields.name)
        if exercise.fields.hold:
            yield from _against(text, passage, exercise.time)
    for row in plan(text.workshop.settings).rows:
        number = text.workshop.settings.session.index(row.block)
        line = text.workshop.line("session", number, "title")
        title = Passage(SETTINGS_FILE, line, row.block.title)
        yield from _against(text, title, Time(row.minutes * 60, row.minutes * 60))
    for passage in text.front():
        yield from _of_routine(text, passage, _taken_home(text))
    for chapter in text.workshop.chapters:
        shown = _cards(text, chapter)
        for passage in text.chapter(chapter):
            yield from _of_routine(text, passage, shown if len(shown) > 1 else _taken_home(text))


def _taken_home(text: Manuscript) -> tuple[Exercise, ...]:
    """Return the exercises of the take-home sheet, which are the routine of each day."""
    settings = text.workshop.settings.products.get("take-home")
    names = settings.exercises if settings else ()
    return text.workshop.select(names or text.workshop.in_order)


def _of_routine(
    text: Manuscript, passage: Passage, exercises: tuple[Exercise, ...]
) -> Iterator[Remark]:
    """Yield a remark for each sentence that tells another time of a routine than its doses do."""
    routine = _of_movement(exercises)
    for sentence in passage.sentences if routine else ():
        if text.words.routines.search(sentence):
            told = Passage(passage.path, passage.line, sentence)
            yield from _against(text, told, _time(routine))


def _against(text: Manuscript, passage: Passage, time: Time) -> Iterator[Remark]:
    """Yield a remark if the one number of minutes in a text is not that of a time."""
    found = list(text.words.minutes.finditer(passage.text))
    if len(found) != 1:
        return
    claimed = text.words.count(found[0])
    low, high = time.low // 60, -(-time.high // 60)
    if not low <= claimed <= max(high, 1):
        span = f"{low}" if low == high else f"{low} to {high}"
        said = f"says '{found[0][0]}', and by the doses it is {span}; change one of them"
        yield Remark(passage.path, passage.line, "minutes-claimed", said)


def _of_movement(exercises: tuple[Exercise, ...]) -> tuple[Exercise, ...]:
    """Return exercises without activities, which take their time by themselves, as a dough does."""
    return tuple(each for each in exercises if each.fields.kind != "activity")


def _time(exercises: tuple[Exercise, ...]) -> Time:
    return routine_time([(each.time, each.fields.sides) for each in exercises])


def short_block(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each block of the plan that cannot hold its exercises.

    Of several some may only be shown, so that half of their time is enough.
    """
    settings = text.workshop.settings
    for row in plan(settings).rows:
        exercises = _of_movement(text.workshop.select(row.block.exercises))
        least = -(-_time(exercises).low // 60) if exercises else 0
        if least > row.minutes * min(len(exercises), 2):
            number = settings.session.index(row.block)
            said = f"'{row.block.title}' has {row.minutes} minutes, and its exercises take {least}"
            line = text.workshop.line("session", number, "minutes")
            yield Remark(SETTINGS_FILE, line, "short-block", f"{said}; give it more, or show fewer")


def dose_differs(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each dose in a text on several exercises that none of them has."""
    for number, block in enumerate(text.workshop.settings.session):
        exercises = text.workshop.select(block.exercises)
        line = text.workshop.line("session", number, "cue")
        if len(exercises) > 1 and block.cue:
            yield from _no_such_dose(text, Passage(SETTINGS_FILE, line, str(block.cue)), exercises)
    for chapter in text.workshop.chapters:
        exercises = _cards(text, chapter)
        for passage in text.prose(chapter) if len(exercises) > 1 else ():
            yield from _no_such_dose(text, passage, exercises)


def _no_such_dose(
    text: Manuscript, passage: Passage, exercises: tuple[Exercise, ...]
) -> Iterator[Remark]:
    """Yield a remark if a text says how long to hold, and no exercise is held so long."""
    holds = [
        hold
        for each in exercises
        for hold in (each.fields.hold, each.fields.whole_hold, *each.fields.hold_by_week)
        if hold
    ]
    for sentence in passage.sentences if holds else ():
        for found in text.doses.holds(sentence):
            kept = any(each.low <= found.low and found.high <= each.high for each in holds)
            if not (kept or found.in_breaths):
                said = f"says '{found.text}', and no exercise here is held so long"
                remedy = "let text and 'hold' say the same"
                yield Remark(passage.path, passage.line, "dose-differs", f"{said}; {remedy}")
