"""What every product of the sample must say, and say alike: doses, cautions, stop rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sample import Sample, shown, source
from sample_doses import DOSES, expected
from sample_reading import bare, cards, full_text, spoken
from workshop_builder.model.workshop import Exercise

pytestmark = pytest.mark.judge

SHEETS = ("take-home", "handout")
"""Products that say once for all exercises who leaves them out."""


def test_every_exercise_has_its_dose_written_down(sample: Sample) -> None:
    """The list kept by hand has each exercise of the workshop, in the order of the book."""
    assert [card.name for card in cards(sample.book)] == list(DOSES)
    assert [exercise.fields.name for exercise in shown("book")] == list(DOSES)


def test_a_dose_is_the_same_in_every_product(sample: Sample) -> None:
    """Hold, repeats, sides and frequency of each exercise read the same wherever it is shown."""
    wrong = {}
    for product, path in sample.files:
        found = [(card.name, card.dose) for card in cards(path)]
        if found != list(expected(product).items()):
            wrong[path.name] = found
    assert wrong == {}


def test_a_label_stands_apart_from_what_it_names(sample: Sample) -> None:
    """Behind the colon of a label there is a blank, in every product."""
    label = re.compile(r"\b(?:Caution|Easier|Instead|Not if you have):\w+")
    assert [found for _, path in sample.files for found in label.findall(full_text(path))] == []


def test_a_card_is_read_in_order(sample: Sample) -> None:
    """A screen reader speaks each exercise as a whole: name, caution, all steps in order."""
    wrong = []
    for product, path in sample.files:
        for card, exercise in zip(cards(path), shown(product), strict=True):
            fields = exercise.fields
            steps, cautions = exercise.steps, _cautions(exercise)
            if product in SHEETS:
                cautions = [str(fields.caution)] if fields.caution else []
            parts = [fields.name, *cautions, *map(str, steps)]
            places = [bare(card.words).find(bare(part)) for part in parts]
            if -1 in places or places != sorted(places) or len(card.steps) != len(steps):
                wrong.append((path.name, fields.name, places))
    assert wrong == []


def test_who_leaves_out_an_exercise_is_told_before_its_steps(sample: Sample) -> None:
    """Whoever listens hears that an exercise is not for them before hearing how it goes."""
    late = []
    for product, path in sample.files:
        words = bare(spoken(path))
        for card, exercise in zip(cards(path), shown(product), strict=True):
            start = words.find(bare(card.words)) + bare(card.words).find(bare(card.steps[0]))
            told = [bare(who.words.plain) for who in exercise.avoided]
            late += [(path.name, each) for each in told if each not in words[:start]]
    assert late == []


def test_words_of_safety_stand_in_every_product(sample: Sample) -> None:
    """Each product has all stop rules and emergency signs, the disclaimer, and its cautions."""
    safety = source().settings.safety
    texts = (*safety.stop_if, *safety.flags("emergency"), safety.disclaimer)
    always = [str(text) for text in texts]
    lost = [
        (path.name, words)
        for product, path in sample.files
        for words in [*always, *(words for each in shown(product) for words in _cautions(each))]
        if bare(words) not in bare(full_text(path))
    ]
    assert lost == []


def _cautions(exercise: Exercise) -> list[str]:
    """Return who leaves an exercise out, what they do, and what else is to be careful about."""
    words = [w for who in exercise.avoided for w in (who.words, *(e.words for e in who.instead))]
    caution = exercise.fields.caution
    return [*(each.plain for each in words), *([caution.plain] if caution else [])]


def test_the_address_stands_beside_the_code(sample: Sample) -> None:
    """The take-home sheet prints the website's address for those without a camera."""
    for pdf, path in sample.chosen("take-home"):
        assert "studio.example/back-pain" in full_text(path), pdf


def test_cues_stay_with_the_teacher(sample: Sample) -> None:
    """What the teacher is to say in class is in the guide and in no other product."""
    cues = [bare(str(block.cue)) for block in source().settings.session]
    guides = {path for _, path in sample.chosen("teacher")}
    assert len(cues) == 10
    for _, path in sample.files:
        having = [cue for cue in cues if cue in bare(full_text(path))]
        assert having == (cues if path in guides else []), path.name


def test_notes_for_the_teacher_stay_with_the_teacher(sample: Sample) -> None:
    """A teacher's box and a teacher's chapter are in the guide and in no other product."""
    box = bare("Pass round a mixing bowl and two scarves.")
    chapter = bare("A yes now is not a yes for later.")
    guides = {path for _, path in sample.chosen("teacher")}
    assert _having(sample, box) == _having(sample, chapter) == guides


def _having(sample: Sample, words: str) -> set[Path]:
    return {path for _, path in sample.files if words in bare(full_text(path))}
