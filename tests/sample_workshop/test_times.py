"""The times that the sample prints: those of routines, of the weeks, and of the class."""

from __future__ import annotations

import re
from math import ceil
from pathlib import Path

import pytest

from judges.tags import Tag
from sample import SOURCE, Sample, source
from sample_doses import CHANGE_SECONDS, HOLDS_OF_THE_ROUTINE, clock, routine
from sample_reading import documents, spoken, tags, text

pytestmark = pytest.mark.judge

ROUTINES = {
    "handout": ("class", "core"),
    "take-home": ("core",),
    "poster": ("core",),
    "book": ("core", "checks", "warm-up", "core"),
    "epub": ("checks", "warm-up", "core"),
}
"""The groups of which a product prints the time, in its order; the book's cover has the first."""
ROUTINE = (
    r"(?:The routine takes|Together they take|Do all 3 every day:|Short of time\? Do 7, 8, 9:)"
    r" about (\S+ minutes?)\."
)
FIVE = re.compile(r"(?<!–)\b(?:5|five)[\s-]minutes?\b", re.IGNORECASE)
OTHER_FIVE = (
    r"30–45 seconds\W+(?:Walk each day: )?5 minutes\W+(?:Bridge and sit to stand: )?5 of each"
    r"|Walk 5 minutes a day\."
)
"""The walk of the plan's second week, in its table, in large print and in the practice log."""
FIVE_END = 300
ROUND_FROM = 600
"""In seconds."""
CLOCK = re.compile(r"\d{1,2}:\d\d")
CLASS = {
    60: (5, 8, 5, 7, 14, 6, 5, 5, 3, 2),
    75: (5, 10, 8, 8, 18, 8, 6, 6, 4, 2),
    90: (8, 12, 10, 10, 20, 10, 8, 6, 4, 2),
}
"""Minutes of the blocks in a class of each length (content brief, 2b)."""
STANDARD = 75
"""The length by which the guide's clock and the handout go."""
STARTS = {length: [clock(sum(c[:n])) for n in range(len(c))] for length, c in CLASS.items()}
"""When the blocks of a class of each length begin."""


def members(group: str) -> list[str]:
    """Return the names of the exercises of a group, or of all."""
    workshop = source()
    chosen = workshop.select((group,) if group != "all" else workshop.in_order)
    return [exercise.fields.name for exercise in chosen]


def told(group: str) -> str:
    """Return the time of a group as it is to be read: in minutes, long times in rounder ones."""
    ends = dict.fromkeys(
        ceil(end / 60) if end <= ROUND_FROM else 5 * round(end / 300)
        for end in routine(members(group))
    )
    return f"{'–'.join(map(str, ends))} minutes"


def test_the_core_routine_takes_four_to_six_minutes() -> None:
    """A hold of 45 s, two of 20 to 60 s on both sides, and four changes give 3:05 to 5:45 min."""
    assert routine(members("core")) == (185, 345)
    assert told("core") == "4–6 minutes"


def test_every_time_of_a_routine_is_the_computed_one(sample: Sample) -> None:
    """Each product prints the time of its routine that the doses give; the guide has the plan's."""
    wrong = {
        path.name: found
        for product, path in sample.files
        if (found := re.findall(ROUTINE, spoken(path)))
        != [told(g) for g in _groups(product, path.name)]
    }
    assert wrong == {}


def _groups(product: str, name: str) -> tuple[str, ...]:
    """Return the groups whose times a file prints; the book's back cover has the short one's."""
    has_back = product == "book" and "large-print" not in name
    return (*ROUTINES.get(product.removeprefix("whole "), ()), *(("core",) if has_back else ()))


def test_five_minutes_are_claimed_only_as_computed(sample: Sample) -> None:
    """Of five minutes a computed sentence of a short routine tells, a walk, and a table's help."""
    claims = {
        path.name: found
        for _, path in sample.files
        if (found := FIVE.findall(re.sub(f"{ROUTINE}|{OTHER_FIVE}", "", spoken(path))))
    }
    texts = [path for path in SOURCE.rglob("*") if path.suffix in (".md", ".yaml")]
    claims |= {
        path.name: found
        for path in texts
        if (found := FIVE.findall(re.sub(OTHER_FIVE, "", path.read_text(encoding="utf-8"))))
    }
    assert len(texts) > 50
    assert claims == {}
    long = [g for groups in ROUTINES.values() for g in groups if routine(members(g))[1] > FIVE_END]
    assert [group for group in long if FIVE.search(told(group))] == []


def test_the_plan_has_the_holds_of_each_week(sample: Sample) -> None:
    """The plan of four weeks has the holds of the stretches that grow, and tells their time."""
    chapter = documents(sample.book)["chapter-10-four-weeks.xhtml"]
    rows = [
        list(map(text, row.iterfind("{*}td"))) for row in chapter.find(".//{*}table").iter("{*}tr")
    ]
    growing = [e.fields for e in source().select(("core", "desk")) if e.fields.hold_by_week]
    assert [fields.name for fields in growing] == list(HOLDS_OF_THE_ROUTINE)
    for fields in growing:
        held = [hold.text.replace("-", "–") for hold in fields.hold_by_week]
        printed = [row[1].replace("\N{NO-BREAK SPACE}", " ") for row in rows if row]
        assert [words.replace(" seconds", " s") for words in printed] == held
    ends = [ceil(_week_time(fields.hold_by_week[week].high) / 60) for week in (0, -1)]
    assert ends == [4, 6]
    assert "about four minutes in week one, and about six in week four" in text(chapter)


def _week_time(hold: int) -> int:
    """Return the seconds of the core routine where two stretches have a hold of their own."""
    # Knees to chest stays at 45 s; the hold is taken on two sides twice; four changes.
    return 45 + 4 * hold + 4 * CHANGE_SECONDS


def test_every_time_of_the_clock_is_accounted_for(sample: Sample) -> None:
    """No product has a time like 4:45 that is not one of the class; 1:30 is on a check's clock."""
    minutes = {clock(minute) for minute in range(STANDARD + 1)}
    guide = minutes.union(*STARTS.values())
    others = {"book": {"1:30"}, "epub": {"1:30"}, "teacher": guide}
    for product, path in sample.files:
        assert set(CLOCK.findall(spoken(path))) - others.get(product, set()) == set(), path


def test_the_columns_of_the_class_add_up(sample: Sample) -> None:
    """In the guide the minutes of the blocks add up to 60, 75 and 90, block by block as planned.

    Beside those of the lengths that the clock does not go by is when the block begins; large print
    has no room for it.
    """
    for pdf, path in sample.chosen("teacher"):
        head, *blocks, total = [_cells(row)[-3:] for row in _table(path, "90 min").find("TR")]
        assert head == [f"{length} min" for length in CLASS]
        assert total == [str(length) for length in CLASS]
        timed = {60, 90} if pdf.edition != "large-print" else set()
        told = re.search(r"“(\d:\d\d · \d+)” means", spoken(path))
        assert (told is not None) == bool(timed)
        assert told is None or told[1] in {cell for row in blocks for cell in row}
        for (length, minutes), printed in zip(
            CLASS.items(), zip(*blocks, strict=True), strict=True
        ):
            begins = [f"{start} · " if length in timed else "" for start in STARTS[length]]
            assert printed == tuple(f"{b}{n}" for b, n in zip(begins, minutes, strict=True))
        assert [sum(minutes) for minutes in CLASS.values()] == list(CLASS)


def test_the_plan_of_the_class_is_that_of_75_minutes(sample: Sample) -> None:
    """The guide's clock and the handout's plan go by the standard length."""
    guides = [path for pdf, path in sample.chosen("teacher") if pdf.edition != "large-print"]
    for path in guides:
        _, *rows, last = [_cells(row) for row in _table(path, "Clock").find("TR")]
        assert [int(row[4]) for row in rows] == list(CLASS[STANDARD])
        assert [row[0] for row in rows] == STARTS[STANDARD]
        assert (last[0], last[4]) == ("1:15", "75")
    for _, path in sample.chosen("handout"):
        plan = spoken(path).partition("What we do")[2].partition("Total 75 min")[0]
        assert [int(n) for n in re.findall(r"(\d+) min\b", plan)] == list(CLASS[STANDARD])


def _table(path: Path, word: str) -> Tag:
    """Return the first table of a PDF that has a word in its head."""
    return next(t for t in tags(path).find("Table") if word in t.find("TR")[0].words)


def _cells(row: Tag) -> list[str]:
    return [cell.words for cell in row.find("TH", "TD")]
