"""The sheets of the studio, as the real build process makes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

import rosters
from judges.verapdf import verapdf
from workshop_builder.errors import SourceError
from workshop_builder.personal.run import decided
from workshop_builder.preview.builder.catalogue import catalogue
from workshop_builder.preview.builder.sheets import SheetMaker
from workshop_builder.preview.builder.snapshot import Snapshot, SnapshotReader
from workshop_builder.preview.messages import SheetAsked, SheetMade
from workshop_builder.preview.server.studio.sheet_files import SheetFiles, as_yaml
from workshop_builder.workers import Limits


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Return a workshop as the build process has read it."""
    reader = SnapshotReader(rosters.write(tmp_path_factory.mktemp("sheets") / "w"), Limits())
    return reader.snapshot(reader.read_folder())


@pytest.fixture(scope="module")
def made(snapshot: Snapshot) -> Iterator[Callable[[Mapping[str, Any]], SheetMade]]:
    """Return what has a sheet made in the process that makes them."""
    maker = SheetMaker(snapshot)

    def make(student: Mapping[str, Any]) -> SheetMade:
        maker.ask(SheetAsked(1, student))
        assert maker.pipe.poll(60)
        found = maker.received()
        assert found
        return found

    yield make
    maker.close()


def test_a_sheet(made: Callable[[Mapping[str, Any]], SheetMade]) -> None:
    """The sheet has the student's name and doses; what a condition leaves out is told."""
    doses = {"bridge": {"hold": "7 s"}}
    found = made({"name": "Anna Berg", "conditions": ["bad-knee"], "doses": doses})
    assert found.faults == ()
    assert found.told == ("2 Kneel is left out (sore or new knee); instead: 1 Bridge",)
    document = pypdfium2.PdfDocument(found.pdf)
    text = document[0].get_textpage().get_text_range().replace("\xa0", " ")
    assert len(document) == found.pages == 1
    assert "Anna Berg" in text
    assert "7 seconds" in text
    with pikepdf.open(io.BytesIO(found.pdf)) as opened:
        assert opened.Root.ViewerPreferences.PrintScaling == "/None"


@pytest.mark.judge
def test_it_keeps_the_standards(
    made: Callable[[Mapping[str, Any]], SheetMade], tmp_path: Path
) -> None:
    """The sheet with its wish to be printed at actual size is a PDF/A-2a and a PDF/UA-1."""
    file = tmp_path / "sheet.pdf"
    file.write_bytes(made({"name": "Anna Berg"}).pdf)
    assert verapdf([file]) == {file: []}


WRONG = {
    "name": "Eve",
    "exercises": ["bridge", "knel"],
    "doses": {"bridge": {"hold": "45 parsecs", "sides": "left"}},
    "conditions": ["bad-nee"],
    "weeks": "9",
    "date": "tomorrow",
    "next_visit": "soon",
    "paper": "a5",
}


def test_refused_as_by_the_command(
    snapshot: Snapshot, made: Callable[[Mapping[str, Any]], SheetMade], tmp_path: Path
) -> None:
    """The studio refuses what `workshop personal` refuses of the saved file, in the same words."""
    file = tmp_path / "eve.yaml"
    file.write_bytes(as_yaml("eve", WRONG))
    with pytest.raises(SourceError) as refused:
        decided(snapshot.workshop, file)
    faults = made(WRONG).faults
    assert sorted(fault.text for fault in faults) == sorted(p.text for p in refused.value.problems)
    places = {fault.place for fault in faults}
    assert {("weeks",), ("date",), ("next_visit",), ("paper",)} <= places
    assert {("doses", "bridge", "hold"), ("exercises", "1"), ("conditions", "0")} <= places


def test_a_saved_sheet_is_made_again(snapshot: Snapshot, tmp_path: Path) -> None:
    """`workshop personal sheets/` makes what the studio has saved, whatever is in its texts."""
    note = 'yes: "no" # 1:30\ntwo *strong* lines'
    student = {
        "name": "O'Neil: no",
        "exercises": ["sit", "bridge"],
        "doses": {"sit": {"repeat": "5"}},
        "weeks": "2",
        "date": "2026-11-22",
        "next_visit": "2026-12-03 10:30",
        "note": note,
    }
    files = SheetFiles(tmp_path)
    files.save("oneil", student, "")
    (sheet,) = decided(snapshot.workshop, tmp_path / "sheets")
    assert (sheet.student.name, sheet.exercises) == ("O'Neil: no", ("sit", "bridge"))
    assert sheet.student.note is not None
    assert sheet.student.note.source == note
    saved = files.read("oneil")
    assert saved is not None
    assert saved.student == student


def test_what_can_be_chosen(snapshot: Snapshot) -> None:
    """The page is told of every exercise with its dose, its conditions, and the usual choice."""
    content = catalogue(snapshot).content
    assert [each["name"] for each in content["exercises"]] == [
        "Bridge",
        "Kneel",
        "Sit and stand",
        "Walk",
    ]
    bridge = content["exercises"][0]
    assert (bridge["own"], bridge["avoid"]) == (
        {"hold": "5 s", "repeat": "5", "sides": "none"},
        ["late-pregnancy"],
    )
    assert content["usual"] == ["bridge", "kneel"]
    assert content["conditions"]["bad-knee"] == "sore or new knee"


def test_a_crash_is_told(snapshot: Snapshot) -> None:
    """If the process dies of a sheet, that is noticed at once."""
    maker = SheetMaker(snapshot)
    maker._process.kill()
    assert maker.pipe.poll(10)
    assert maker.received() is None
    maker.close()
