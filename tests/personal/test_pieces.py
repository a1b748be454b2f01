"""Sheets that are put together from parts equal those that are laid out whole."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

import alike
import rosters
from judges.verapdf import verapdf
from sample import SOURCE
from workshop_builder.loading.load import load
from workshop_builder.making.pictures import prepare_all
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.pages.templates import Templates
from workshop_builder.pdf.engine import Pdf, PdfEngine
from workshop_builder.pdf.served_files import Resource
from workshop_builder.personal import shards
from workshop_builder.personal.block import block_of
from workshop_builder.personal.pieces import make
from workshop_builder.personal.pieces.whole import make_sheet
from workshop_builder.personal.sheet import Kit
from workshop_builder.personal.together import FIRST, join
from workshop_builder.workers import Limits, Workers

SAFETY = """  red_flags: [new numbness]
  disclaimer: Ask a doctor.
"""
STUDIO = """studio: {name: Rest & Co, emergency: "112"}
website: {url: "https://rest.example/w"}
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 2h30v9z"/></svg>'
STEP = """---
name: Step up
repeat: 8
needs: [a step]
caution: Hold on to a rail, and stop where the knee hurts or the breath is short.
easier: Take a low step. Or hold on.
avoid_with: [bad-knee]
picture: step.svg
alt: A step.
---

1. Step up.
2. Step down.
"""
LONG = """---
name: Long way {0}
hold: 20 s
sides: each
avoid_with: [bad-knee, a cold {0}]
picture: step.svg
alt: A long way.
---

{1}
"""
NOTES = ("", "Go *gently* & smile.", "As it was on the last day we met, a little slower, for " * 4)
WAYS = ("sit", "walk", "kneel", "bridge", "step")


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """Return what sheets are made with, of a workshop that has a picture and a website."""
    folder = rosters.write(tmp_path_factory.mktemp("pieces") / "w")
    text = (folder / "workshop.yaml").read_text(encoding="utf-8")
    text = (
        text.replace("safety:\n", f"safety:\n{SAFETY}").replace("Rest well", "Rest‑well") + STUDIO
    )
    (folder / "workshop.yaml").write_text(text, encoding="utf-8")
    (folder / "pictures").mkdir()
    (folder / "pictures/step.svg").write_text(DRAWING, encoding="utf-8")
    (folder / "exercises/step.md").write_text(STEP, encoding="utf-8")
    for number in (0, 1, 2, 3, 5):
        words = "Go slowly along the wall to the window. "
        steps = "\n".join(f"{n}. {words * (1 + number % 3)}" for n in range(1, 8))
        path = folder / f"exercises/long{number}.md"
        path.write_text(LONG.format(number, steps), encoding="utf-8")
    workshop = load(folder)
    with Workers(1, Limits(), None) as workers:
        return Kit.of(workshop, prepare_all(workshop, workers, ink_saver=False))


def roster(seed: int, count: int) -> str:
    """Return a roster by chance, the same for the same seed."""
    chance = random.Random(seed)
    students = []
    for number in range(count):
        chosen = chance.sample(WAYS, chance.randint(1, 5))
        dose = (
            f"doses: {{{chosen[0]}: {{frequency: {chance.choice(['daily', '3 times a week'])}}}}}, "
        )
        note = chance.choice(NOTES)
        told = f'note: "{note.strip()}", ' if note else ""
        when = "date: 2026-11-26, next_visit: 2026-12-03 10:30, " if number % 2 else ""
        ill = "conditions: [late-pregnancy], " if number % 3 == 2 else ""
        said = f"{dose}{told}{when}{ill}weeks: {chance.choice([1, 4, 6])}"
        students.append(f"  - {{name: Ann‑{number} % (N), exercises: {chosen}, {said}}}")
    return "students:\n" + "\n".join(students).replace("'", "")


def sheets(kit: Kit, folder: Path, seed: int, count: int) -> list[PersonalSheet]:
    """Return the sheets of a roster by chance."""
    path = folder / "roster.yaml"
    path.write_text(roster(seed, count), encoding="utf-8")
    found, problems = rosters.sheets(kit.workshop, path)
    assert not problems
    return found


def test_a_sheet_of_parts_equals_the_one_laid_out_whole(kit: Kit, tmp_path: Path) -> None:
    """Pixels, words, tags, links, outline and metadata of sheets by chance are the same.

    So are those of the pages of all together, whether of parts or laid out whole.
    """
    press = make.SheetPress(kit)
    planned = list(press.plan_all(sheets(kit, tmp_path, seed=1, count=12)).values())[:4]
    wholes = [make_sheet(each.sheet, kit) for each in planned]
    joined = together(planned, wholes)
    for number, (each, whole) in enumerate(zip(planned, [one.data for one in wholes], strict=True)):
        parts = each.pdf().data
        assert alike.farthest_colour(parts, joined, page=2 * number) <= 2
        assert alike.words(parts) == alike.words(joined, 2 * number)
        assert alike.same_part(parts, joined, number)
        assert alike.farthest_colour(parts, whole) <= 2
        assert alike.words(parts) == alike.words(whole)
        assert alike.same_told(parts, whole)


def together(planned: Sequence[make.PlannedSheet], wholes: Sequence[Pdf]) -> bytes:
    """Return sheets in one file: as they are kept, in parts, and the last laid out whole.

    The file is made in two blocks.
    """
    some: list[Pdf | make.SheetOfParts] = [each.parts() for each in planned]
    some[-1:] = wholes[-1:]
    packed = [shards.pack_parts(some[:1]), shards.pack_parts(some[1:])]
    halves = [[("Ann (1)", each) for each in shards.parts(half)] for half in packed]
    second = FIRST + shards.room_of(packed[0])
    blocks = [block_of(halves[0], FIRST, 0, last=False), block_of(halves[1], second, 1, last=True)]
    assert blocks[0].file.free <= second
    assert blocks[1].file.free <= second + shards.room_of(packed[1])
    return join(blocks, "All & <more>", "en").data


IN_COLUMNS = """students:
  - {name: Ann, exercises: [long0, long1, long2, long3], date: 2026-11-26}
  - name: Bo
    exercises: [long5, kneel, step, long1, long3]
    conditions: [late-pregnancy]
    paper: letter
    language: de
"""


def test_a_sheet_in_two_columns_equals_the_one_laid_out_whole(kit: Kit, tmp_path: Path) -> None:
    """So it is where not all fits in one column: on any paper, in any language."""
    path = tmp_path / "roster.yaml"
    path.write_text(IN_COLUMNS, encoding="utf-8")
    found, problems = rosters.sheets(kit.workshop, path)
    assert not problems
    press = make.SheetPress(kit)
    for sheet in found:
        made, whole = press.make(sheet), make_sheet(sheet, kit, too_long=True)
        assert press.plan_all([sheet] * 4)[sheet.row].plan.parts.columns
        assert alike.farthest_colour(made.data, whole.data) <= 2
        assert alike.words(made.data) == alike.words(whole.data)
        assert alike.same_told(made.data, whole.data)
        assert made.told == whole.told


def test_names_alone_keep_one_column_on_the_sample(tmp_path: Path) -> None:
    """A name's line on the sample's sheet leaves it on the fast way, and in one column, on A4."""
    workshop = load(SOURCE)
    path = tmp_path / "roster.csv"
    path.write_text("name\n" + "".join(f"Ann Bell {n}\n" for n in range(4)), encoding="utf-8")
    found, problems = rosters.sheets(workshop, path)
    assert not problems
    names = workshop.pictures.keys() | workshop.figures.keys()
    engine = PdfEngine({name: Resource(DRAWING.encode(), "image/svg+xml") for name in names})
    templates = Templates(workshop.overrides, workshop.language.writing)
    kit = Kit(workshop, templates, engine, engine)  # a picture takes its place, whatever it shows
    planned = make.SheetPress(kit).plan_all(found)
    assert [planned[row].plan.parts.columns for row in (1, 2, 3, 4)] == [False] * 4


def test_what_a_condition_forbids_stands_on_no_sheet(kit: Kit, tmp_path: Path) -> None:
    """A condition's line names in place of an exercise what this one student may do."""
    path = tmp_path / "roster.yaml"
    rows = "".join(
        f"  - {{name: N{n}, exercises: [kneel, walk], conditions: [{who}]}}\n"
        for n, who in enumerate(["", "late-pregnancy"] * 2)
    )
    path.write_text(f"students:\n{rows}", encoding="utf-8")
    found, _ = rosters.sheets(kit.workshop, path)
    planned = make.SheetPress(kit).plan_all(found)
    texts = {row: " ".join(alike.words(each.pdf().data)) for row, each in planned.items()}
    assert [("Bridge" in texts[row]) for row in (1, 2, 3, 4)] == [True, False, True, False]


def test_sheets_that_differ_in_names_alone(
    kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shard is the same wherever it was begun, and its last sheet as the one laid out whole."""
    monkeypatch.setattr(shards, "SIZE", 4)
    path = tmp_path / "roster.yaml"
    rows = "".join(
        f"  - {{name: Ann{' Lee' * (n % 5)}, exercises: [kneel, walk]}}\n" for n in range(8)
    )
    path.write_text(f"students:\n{rows}", encoding="utf-8")
    found, _ = rosters.sheets(kit.workshop, path)
    first, second = shards.divide(found, "", 4)
    assert second.begins_as(first)
    packed = shards.make(second, kit)
    assert shards.make(second, kit, begun=shards.begin(first, kit)) == packed
    *_, last = (pdf.data for pdf in shards.pdfs(packed))
    whole = make_sheet(found[-1], kit).data
    assert alike.farthest_colour(last, whole) <= 2
    assert alike.words(last) == alike.words(whole)
    assert alike.same_told(last, whole)


@pytest.mark.judge
def test_a_sheet_of_parts_is_for_keeping_and_for_everybody(kit: Kit, tmp_path: Path) -> None:
    """VeraPDF finds nothing against it, or all together, as PDF/A-2a or PDF/UA-1."""
    planned = make.SheetPress(kit).plan_all(sheets(kit, tmp_path, seed=2, count=8))
    whole = make_sheet(next(iter(planned.values())).sheet, kit)
    paths = [tmp_path / "all.pdf"]
    paths[0].write_bytes(together(list(planned.values()), [whole]))
    for row, each in planned.items():
        paths.append(tmp_path / f"{row}.pdf")
        paths[-1].write_bytes(each.pdf().data)
    assert paths[3:]
    assert set(map(tuple, verapdf(paths, ["ua1", "2a"]).values())) == {()}


def test_sheets_one_after_the_other(kit: Kit, tmp_path: Path) -> None:
    """A sheet that is made after others, from the parts that they have left, is the same alone."""
    press = make.SheetPress(kit)
    some = sheets(kit, tmp_path, seed=1, count=12)
    planned = make.SheetPress(kit).plan_all(some)
    composed = [sheet for sheet in some if sheet.row in planned][:2]
    for sheet in composed:
        made, whole = press.make(sheet).data, planned[sheet.row].pdf().data
        assert alike.farthest_colour(made, whole) <= 2
        assert alike.words(made) == alike.words(whole)
    (parts,) = press._parts.values()
    known = sum(map(len, parts.laid.values()))
    press.make(composed[0])
    assert sum(map(len, parts.laid.values())) == known
