"""Safety in the sample: what stands before the first exercise, on each page, on each card."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sample import Sample, shown, source
from sample_reading import Element, bare, cards, documents, page_texts, spoken, text

pytestmark = pytest.mark.judge

SWAPS = "chapter-01-safety-first.xhtml"
ROWS = {
    "a baby on the way": r"pregnancy (?:before|after) 16 weeks",
    "pelvic girdle pain": r"pain in the pelvis in pregnancy",
    "through the back of the joint": r"new hip \(done from the back, or unsure\)",
    "through the front of the joint": r"new hip \(done from the front, or unsure\)",
    "a sore or new knee": r"sore or new knee",
    "torn hamstring": r"torn hamstring",
    "leg pain that is worse when you bend": r"leg pain worse on bending",
    "stenosis": r"stenosis",
    "brittle bones": r"brittle bones",
    "sore neck": r"sore neck",
    "loose joints": r"loose joints",
    "glaucoma": r"high blood pressure",
}
"""Words of each line of what to do instead, and how a card names who leaves its exercise out."""
LEFT_OUT = {
    "through the back of the joint": (
        "Knees to chest, Knee rolls, Bottom to heels, Figure four, Chair hamstring hinge, "
        "Long-leg check, Seated figure four"
    ),
    "through the front of the joint": (
        "Hip flexor stretch, Standing hip flexor stretch, Forearm prop, Figure four"
    ),
    "leg pain that is worse when you bend": (
        "Knees to chest, Bottom to heels, Straight-leg hamstring stretch, Chair hamstring hinge"
    ),
    "stenosis": "Forearm prop, Standing back bend",
    "brittle bones": "Knees to chest, Cat and camel, Bottom to heels, Knee rolls",
    "a baby on the way": (
        "Pelvic tilt, Knees to chest, Knee rolls, Straight-leg hamstring stretch, Figure four, "
        "Bridge, Legs on a chair, Long-leg check, Leg-raise check, Forearm prop"
    ),
    "a sore or new knee": "Bottom to heels, Hip flexor stretch, Cat and camel",
}
"""What is left out at least (content brief, 2e)."""


def test_the_emergency_signs_stand_before_the_first_exercise(sample: Sample) -> None:
    """In each product one has read every emergency sign before one comes to an exercise."""
    late = []
    for _, path in sample.files:
        before, card, _ = spoken(path).partition(cards(path)[0].words)
        assert card, path.name
        late += [(path.name, sign) for sign in _signs() if bare(sign) not in bare(before)]
    assert late == []


def test_each_condition_stands_on_the_slide_of_its_exercise(sample: Sample) -> None:
    """On the slide of an exercise each can be read that leaves it out, however many there are."""
    ((_, path),) = sample.chosen("slides")
    slides = [bare(page) for page in page_texts(path)]
    for exercise in shown("slides"):
        own = [page for page in slides if "Notif" in page and bare(exercise.fields.name) in page]
        told = [bare(who.words.plain.split(" (")[0]) for who in exercise.avoided]
        assert not told or any(all(who in page for who in told) for page in own)


def _signs() -> list[str]:
    signs = source().settings.safety.flags("emergency")
    assert len(signs) == 5
    return [sign.plain for sign in signs]


def test_the_signs_come_with_the_number_to_call(sample: Sample) -> None:
    """Each product says whom to call, with the number that the studio has given."""
    number = source().settings.studio
    assert number
    assert number.emergency == "112"
    for _, path in sample.files:
        assert re.search("Emergency now:? Call 112", spoken(path)), path.name


def test_the_stop_rules_stand_on_each_page_of_the_handout(sample: Sample) -> None:
    """Whichever page of the handout lies on top, all rules when to stop can be read on it."""
    rules = [rule.plain for rule in source().settings.safety.stop_if]
    assert len(rules) == 6
    lost = [
        (pdf.name, number, rule)
        for pdf, path in sample.chosen("handout")
        for number, page in enumerate(page_texts(path), 1)
        for rule in rules
        if bare(rule) not in bare(page)
    ]
    assert lost == []


def test_every_exercise_says_who_takes_care_and_what_is_easier(sample: Sample) -> None:
    """Each exercise of the e-book, the book and the guide has a caution and an easier way."""
    lost = [
        (path.name, card.name, label)
        for product, path in sample.files
        if product in ("book", "teacher", "epub")
        for card in cards(path)
        for label in ("Caution:", "Easier:")
        if label not in card.words
    ]
    assert lost == []
    exercises = source().exercises.values()
    assert all(each.avoided or len(str(each.fields.caution)) > 20 for each in exercises)
    assert all(len(str(each.fields.easier)) > 10 for each in exercises)


def test_each_line_of_the_swaps_leads_to_exercises(sample: Sample) -> None:
    """Each condition links what it leaves out, and each line what it offers, to real exercises."""
    assert set(_left_out(sample)) == set(ROWS)
    assert all(_left_out(sample).values())
    assert all(_linked(sample, offer) for _, offer in _offers(sample))


def test_each_condition_leaves_out_what_it_must(sample: Sample) -> None:
    """No exercise that the facts name for some people is missing from what they leave out."""
    found = _left_out(sample)
    wanted = {key: names.split(", ") for key, names in LEFT_OUT.items()}
    lost = {key: set(names) - found[key] for key, names in wanted.items()}
    assert {key: names for key, names in lost.items() if names} == {}


def test_what_is_left_out_is_what_the_exercises_say(sample: Sample) -> None:
    """For each condition, exactly those exercises are left out that name it themselves."""
    names = [each.fields.name for each in source().exercises.values()]
    said = {key: {n for n in names if re.search(ROWS[key], _avoided(n))} for key in ROWS}
    assert _left_out(sample) == said


def test_what_a_line_offers_is_not_to_be_left_out(sample: Sample) -> None:
    """An exercise that the table offers to some people is not one that they are to leave out."""
    wrong = [
        (key, name)
        for key, offer in _offers(sample)
        for name in _linked(sample, offer)
        if name in _left_out(sample)[key]
    ]
    assert wrong == []


def _left_out(sample: Sample) -> dict[str, set[str]]:
    """Return the names of the exercises that are left out, by the keys of `ROWS`."""
    found: dict[str, set[str]] = {}
    (swaps,) = documents(sample.book)[SWAPS].findall(".//{*}dl")
    outs = swaps.findall("{*}dd[@class='out']")
    for who, out in zip(swaps.findall("{*}dt"), outs, strict=True):
        (key,) = [key for key, words in ROWS.items() if re.search(words, text(who))]
        found.setdefault(key, set()).update(_linked(sample, out))
    return found


def _offers(sample: Sample) -> Iterator[tuple[str, Element]]:
    """Yield what each condition offers instead: its key in `ROWS`, and the links."""
    (swaps,) = documents(sample.book)[SWAPS].findall(".//{*}dl")
    key = ""
    for part in swaps:
        if part.tag.endswith("}dt"):
            (key,) = [key for key, words in ROWS.items() if re.search(words, text(part))]
        elif part.get("class") == "do":
            yield key, part


def _linked(sample: Sample, cell: Element) -> list[str]:
    """Return the names of the exercises to whose cards a cell links."""
    names = []
    for link in cell.iterfind(".//{*}a[@href]"):
        file, _, anchor = link.get("href").partition("#")
        card = documents(sample.book)[file or SWAPS].find(f".//{{*}}article[@id='{anchor}']")
        names.append(source().exercises[card.get("data-card")].fields.name)
    return names


def _avoided(name: str) -> str:
    """Return for whom an exercise says that it is not."""
    exercise = next(e for e in source().exercises.values() if e.fields.name == name)
    return "; ".join(who.words.plain for who in exercise.avoided)
