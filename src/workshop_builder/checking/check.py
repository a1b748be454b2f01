"""All remarks on a source folder, without those that its author has silenced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeAlias

from workshop_builder.checking import (
    cards,
    copies,
    links,
    pictures,
    promises,
    reading,
    steps,
    whole,
)
from workshop_builder.checking.manuscript import Manuscript
from workshop_builder.checking.remark import Remark
from workshop_builder.model.workshop import Workshop
from workshop_builder.source.folder import Folder

Check: TypeAlias = Callable[[Manuscript], Iterator[Remark]]

CHECKS: tuple[Check, ...] = (
    steps.side_not_named,
    steps.two_actions,
    steps.long_step,
    steps.many_steps,
    cards.no_caution,
    cards.no_easier,
    cards.no_picture,
    cards.long_caution,
    cards.alt_repeats_caption,
    copies.copied_exercise,
    copies.same_name,
    copies.same_text,
    pictures.low_resolution,
    pictures.drawing_as_pixels,
    pictures.unused_picture,
    pictures.same_picture,
    promises.cure_promised,
    promises.chapter_without_exercise,
    promises.minutes_claimed,
    promises.short_block,
    promises.dose_differs,
    reading.reading_grade,
    reading.hard_word,
    whole.wrong_letters,
    links.dead_link,
    whole.no_safety,
    whole.no_review,
    whole.stale_date,
    whole.english_labels,
    whole.unused_condition,
    whole.file_name,
)
"""Each yields the remarks of one name."""


def check(folder: Folder, workshop: Workshop, today: date) -> tuple[Remark, ...]:
    """Return the remarks on a workshop and the folder it was read from, by file and line.

    `today` is the day from which its date is looked at. What workshop.yaml silences is left out.
    """
    text = Manuscript(workshop, folder.files, today)
    found = {remark for each in CHECKS for remark in each(text)}
    return tuple(sorted(each for each in found if each.name not in workshop.settings.silence))
