"""The sheets themselves: what they show, what they are called, and that they are accessible."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import rosters
from commands import command
from judges.verapdf import verapdf
from workshop_builder.loading import load
from workshop_builder.model.fields import Pages
from workshop_builder.personal.sheet import target

ROSTER = """students:
  - name: Ann O'Brien
    conditions: late-pregnancy
    doses: {kneel: {hold: 90 s}}
    note: Go gently on the *left* side.
    weeks: 2
    date: 2026-11-26
    next_visit: 2026-12-03 10:30
  - name: Bjørn
    language: de
    paper: letter
  - name: Cleo
    exercises: kneel
    edition: large-print
"""
SPARED = """roster.yaml:2: 1 Bridge is left out (pregnancy after 16 weeks); \
instead: 3 Sit and stand, stand tall
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workshop's folder in which the sheets have been made, in both ways."""
    folder = rosters.write(tmp_path_factory.mktemp("sheets") / "w")
    (folder / "roster.yaml").write_text(ROSTER, encoding="utf-8")
    done = command("personal", cwd=folder)
    assert (done.returncode, done.stderr) == (0, SPARED)
    assert done.stdout.splitlines() == [
        "personal/sheet-001.pdf  1 page",
        "personal/sheet-002.pdf  1 page",
        "personal/sheet-003.pdf  3 pages",
    ]
    done = command("personal", ".", "roster.yaml", "--together", "-o", "all", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "all/sheets.pdf  7 pages\n")
    return folder


def text(path: Path, page: int = 0) -> str:
    """Return the words of a page, in one line."""
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(pdf[page].get_textpage().get_text_range().split())


def test_a_sheet_shows_what_the_row_says(made: Path) -> None:
    """Name, dates, note, what was left out, the dose, and the time that follows from it."""
    words = text(made / "personal/sheet-001.pdf")
    for said in (
        "Ann O’Brien · November 26, 2026 · Next visit: December 3, 2026, 10:30",
        "Go gently on the left side.",
        "Left out for you: 1 Bridge (pregnancy after 16 weeks).",
        "Instead: 3 Sit and stand, stand tall.",
        "Hold 90 seconds",
        "The routine takes about 3–4 minutes.",
        "Week 2",
        "sharp pain",
        "a cold",
    ):
        assert said in words
    assert "Week 3" not in words
    assert "Instead: 1 Bridge" not in words


def test_a_sheet_has_the_language_and_paper_of_its_row(made: Path) -> None:
    """Labels and doses are in the language of the row, and the workshop's words are marked."""
    path = made / "personal/sheet-002.pdf"
    assert "20 Sekunden halten" in text(path)
    with pikepdf.open(path) as pdf:
        assert pdf.Root.Lang == "de"
        assert str(pdf.docinfo.Title) == "Rest well: Übungsblatt für zu Hause, Bjørn"
        assert [float(each) for each in pdf.pages[0].MediaBox] == [0, 0, 612, 792]
        languages = {str(tag.Lang) for tag in _tags(pdf.Root.StructTreeRoot) if "/Lang" in tag}
    assert languages == {"de", "en"}


def _tags(tag: pikepdf.Object) -> list[pikepdf.Object]:
    kids = [kid for kid in tag.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/P" in kid]
    return [tag, *(below for kid in kids for below in _tags(kid))]


def test_together_each_begins_on_an_odd_page(made: Path) -> None:
    """The order is that of the roster, backs are left empty, and bookmarks have the names."""
    path = made / "all/sheets.pdf"
    words = [text(path, number) for number in range(7)]
    assert [bool(each) for each in words] == [True, False, True, False, True, True, True]
    assert "Ann O’Brien" in words[0]
    assert "Bjørn" in words[2]
    assert "Cleo" in words[4]
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        assert [each.title for each in outline.root] == ["Ann O’Brien", "Bjørn", "Cleo"]
        assert str(pdf.docinfo.Title) == "Rest well: Personal sheets"
        assert pdf.check_pdf_syntax() == []


def test_sheets_meet_both_standards(made: Path) -> None:
    """Each sheet, and all of them together, is a PDF/UA-1 and a PDF/A-2a to veraPDF."""
    paths = [*sorted((made / "personal").glob("*.pdf")), made / "all/sheets.pdf"]
    assert verapdf(paths, ["ua1", "2a"]) == {path: [] for path in paths}


def test_sheets_are_for_their_owner_alone(made: Path) -> None:
    """Nobody else can enter the folder or read a file in it, and no roster lies there."""
    assert stat.S_IMODE((made / "personal").stat().st_mode) == 0o700
    files = list((made / "personal").iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert len(files) == 4


def test_new_sheets_take_the_place_of_old_ones(made: Path) -> None:
    """Sheets of students who have left go, files of the teacher's own stay, names can be asked."""
    folder = made / "named"
    (made / "one.csv").write_text("name\nEm Bee\nEm Bee\n", encoding="utf-8")
    assert command("personal", "one.csv", "-o", folder, "--names", cwd=made).returncode == 0
    assert names_in(folder) == [".sheets", "em-bee-002.pdf", "em-bee.pdf"]
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    (made / "one.csv").write_text("name\nFi\n", encoding="utf-8")
    assert command("personal", "one.csv", "-o", folder, "--names", cwd=made).returncode == 0
    assert names_in(folder) == [".sheets", "fi.pdf", "mine.txt"]


def names_in(folder: Path) -> list[str]:
    """Return the names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_sheet_may_be_shorter_than_the_take_home_sheet(tmp_path: Path) -> None:
    """The take-home sheet's pages are the most that a student's sheet has, as its own are."""
    folder = rosters.write(tmp_path / "w")
    settings = folder / "workshop.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[floor]}", "[floor], pages: 2}"), encoding="utf-8")
    (folder / "roster.yaml").write_text("students: [Ann, {name: Bo, pages: 3}]", encoding="utf-8")
    workshop = load.load(folder)
    found, _ = rosters.sheets(workshop, folder / "roster.yaml")
    assert [target(workshop, each).pages for each in found] == [Pages(1, 2), Pages(1, 3)]


def test_too_many_exercises_are_told(made: Path) -> None:
    """Where the exercises do not fit, how many are too many is told at the row."""
    words = "Breathe out, and let go of what you do not need. " * 6
    steps = "".join(f"{n}. {words}\n" for n in range(1, 10))
    for name in "ab":
        front = f"---\nname: Long {name}\n---\n\n"
        (made / f"exercises/long-{name}.md").write_text(front + steps, encoding="utf-8")
    row = "name,exercises\nAnn,long-a; long-b\n"
    (made / "many.csv").write_text(row, encoding="utf-8")
    done = command("personal", "many.csv", cwd=made)
    assert done.returncode == 1
    assert done.stderr.startswith("many.csv:2: 2 exercises do not fit on 1 page; take 1 away")
    assert done.stderr.endswith(" away, or write 'pages: 2'\n")


def test_what_has_no_room_is_told(made: Path) -> None:
    """Where more than four exercises stand in two columns, what is left for room is told."""
    words = "Breathe out, and let go of what you do not need."
    steps = "".join(f"{n}. {words}\n" for n in range(1, 12))
    for name in "vwxyz":
        easier = "easier: Do less.\n" if name == "w" else ""
        text = f"---\nname: Long {name}\n{easier}---\n\n{steps}"
        (made / f"exercises/longer-{name}.md").write_text(text, encoding="utf-8")
    names = "; ".join(f"longer-{name}" for name in "vwxyz")
    (made / "five.csv").write_text(f"name,exercises\nAnn,{names}\n", encoding="utf-8")
    done = command("personal", "five.csv", cwd=made)
    assert done.returncode == 0
    assert re.fullmatch(
        r"five\.csv:2: there is no room for what is easier \(\d+\) and the student's own lines; "
        "take 1 away, or write 'pages: 2'\n",
        done.stderr,
    )
