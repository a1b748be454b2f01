"""Rosters as they are typed: YAML, CSV as spreadsheets save it, and workbooks."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

import rosters
from workshop_builder.errors import Problem, SourceError
from workshop_builder.model.personal.student import Student, Visit
from workshop_builder.model.workshop import Workshop
from workshop_builder.personal import roster

YAML = """students:
  - name: Ann
    exercises: [floor, walk]
    conditions: bad-knee
    doses: {walk: {hold: "1:30"}, bridge: {repeat: 2}}
    weeks: 6
    date: 2026-11-26
    next_visit: 2026-12-03 10:30
  - name: Bo
"""
HEADS = ["Name", "exercises", "Conditions", "doses", "weeks", "date", "next visit"]
CELLS = ["Ann", "floor; walk", "bad-knee", "walk: hold 1:30; bridge: repeat 2", "6", "2026-11-26"]
LIKE = "write it like '2', '5-10' or '2 sets of 10'"
KEYS = ", ".join(Student.model_fields)
HEADED = "give its column one, or quote a text with a comma"
ANN = [*CELLS, "2026-12-03 10:30"]


@pytest.fixture(scope="module")
def made_for(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Return the workshop of the rosters."""
    return rosters.workshop(tmp_path_factory.mktemp("roster") / "w")


def students(path: Path, made_for: Workshop) -> list[Student]:
    """Return the students of a roster without problems."""
    rows, problems = roster.read(path, made_for)
    assert problems == []
    return [row.student for row in rows]


def told(path: Path, made_for: Workshop) -> list[str]:
    """Return what is said of a roster that cannot be read."""
    try:
        _, lines = rosters.sheets(made_for, path)
    except SourceError as error:
        return [str(each).removeprefix(f"{path.parent}/") for each in error.problems]
    return lines


def table(*rows: list[str], delimiter: str = ",") -> str:
    """Return rows as a CSV in which each cell is quoted."""
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


def workbook(*rows: Sequence[object], title: str = "S", merged: str = "") -> bytes:
    """Return rows as a workbook, whose first sheet is empty."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


MERGED = workbook(["name", "weeks"], ["Ann", 4], ["Bo", ""], merged="B2:B3")


def test_all_kinds_of_files_say_the_same(tmp_path: Path, made_for: Workshop) -> None:
    """The same students are read from YAML, a folder, CSV with commas or semicolons, and .xlsx."""
    (tmp_path / "roster.yaml").write_text(YAML.replace("name: Bo", "Bo"), encoding="utf-8")
    (tmp_path / "sheets").mkdir()
    one = "\n".join(line[4:] for line in YAML.splitlines()[1:-1])
    (tmp_path / "sheets/a.yaml").write_text(one, encoding="utf-8")
    (tmp_path / "sheets/b.YML").write_text("name: Bo\n", encoding="utf-8")
    (tmp_path / "sheets/._b.yaml").write_bytes(b"of a Mac")
    (tmp_path / "sheets/notes.txt").write_text("of the teacher", encoding="utf-8")
    rows = (HEADS, ANN, [""] * 7, ["Bo"])
    (tmp_path / "a.csv").write_text("\ufeff" + table(*rows), encoding="utf-8")
    (tmp_path / "b.csv").write_text("sep=;\r\n" + table(*rows, delimiter=";"), encoding="utf-8")
    (tmp_path / "c.csv").write_text(table(*rows, delimiter=";"), encoding="utf-8")
    day, far_away = datetime.date(2026, 11, 26), [""] * 16_000 + [" "]
    typed = workbook(HEADS, [*CELLS[:4], 6, day, ANN[-1]], [], ["Bo"], *[[]] * 40_000, far_away)
    (tmp_path / "d.xlsx").write_bytes(typed)
    quirks = ["Ann", "floor, walk", "bad-knee, ", "walk: hold: 1:30, ; bridge: repeat=2", "6.0"]
    days = ["26.11.2026", "2026-12-03 10:30:00"]
    odd = ([*HEADS, ""], [*quirks, *days, ""], ["Bo"])
    (tmp_path / "e.csv").write_text('"SEP=;";;\r\n' + table(*odd, delimiter=";"), encoding="utf-8")
    first, *others = [
        students(tmp_path / name, made_for)
        for name in ("roster.yaml", "sheets", "a.csv", "b.csv", "c.csv", "d.xlsx", "e.csv")
    ]
    assert all(each == first for each in others)
    ann, bo = first
    assert (bo.name, bo.exercises, bo.edition) == ("Bo", (), "standard")
    assert ann.doses["walk"].hold
    assert ann.doses["walk"].hold.low == 90
    assert ann.weeks == 6
    assert ann.next_visit == Visit(datetime.date(2026, 12, 3), "10:30")


def test_every_wrong_row_is_told(tmp_path: Path, made_for: Workshop) -> None:
    """All that is wrong in all rows is told in one run, each at its line, with what is meant."""
    wrong = YAML.replace("bad-knee", "bad-kne").replace("walk]", "wlak]").replace("2}}", "2 s}}")
    wrong += "    edition: larg-print\n    hold: 3\n  - exercises: []\n"
    (tmp_path / "roster.yaml").write_text(wrong, encoding="utf-8")
    assert told(tmp_path / "roster.yaml", made_for) == [
        "roster.yaml:3: there is no exercise or group 'wlak'; did you mean 'walk'?",
        "roster.yaml:4: there is no condition 'bad-kne'; did you mean 'bad-knee'?",
        f"roster.yaml:5: repeat: '2 s' is not a number of times; {LIKE}",
        "roster.yaml:10: edition: 'larg-print' is not known; did you mean 'large-print'?",
        f"roster.yaml:11: unknown key 'hold'; the keys here are {KEYS}",
        "roster.yaml:12: 'name' is missing; add 'name: …'",
    ]


def test_wrong_rows_of_a_table_are_told_by_their_lines(tmp_path: Path, made_for: Workshop) -> None:
    """A CSV tells lines of the file, a workbook its sheet and the row; all are told at once."""
    rows = [["name", "conditions", "note"], ["Ann", "cold", "two\nlines"], ["Bo", "", "", "more"]]
    (tmp_path / "a.csv").write_text(table(*rows), encoding="utf-8")
    remedy = "; there are bad-knee, late-pregnancy"
    assert told(tmp_path / "a.csv", made_for) == [
        f"a.csv:2: there is no condition 'cold'{remedy}",
        f"a.csv:4: a cell has no heading above it; {HEADED}",
    ]
    (tmp_path / "c.xlsx").write_bytes(workbook(*rows[:2], title="Monday"))
    assert told(tmp_path / "c.xlsx", made_for) == [
        f"c.xlsx:Monday:2: there is no condition 'cold'{remedy}"
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", "name;note\nJürg;hm\n".encode("cp1252"), "a.csv:2: is not UTF-8 text; in Excel"),
        ("a.csv", "name\nJürg\n".encode("utf-16"), "a.csv:1: is not UTF-8 text; in Excel"),
        ("a.csv", b'name,note\nBo,"open\n', "a.csv:2: a quote is open"),
        ("a.csv", b"student\nBo\n", "a.csv:1: no heading 'name'"),
        ("a.csv", b"name,name\nBo,Bo\n", "a.csv:1: two columns are headed 'name'"),
        ("a.csv", b"name,doses\nBo,walk 2\n", "a.csv:2: doses: 'walk 2' cannot be read; write"),
        ("a.csv", b"name\n", "a.csv: has no students"),
        ("a.csv", b"class\nname\nBo,4\n", "a.csv:1: no heading 'name'"),
        ("a.csv", b"name,week\nBo,4\nAn,4\n", "a.csv:1: unknown column 'week'; did you mean"),
        ("a.csv", b"name,date\nBo,46348\n", "a.csv:2: date: '46348' is a day as spreadsheets"),
        ("a.csv", b"name,doses\nBo,walk: hold 9 s; walk: repeat 2\n", "a.csv:2: doses: 'walk: rep"),
        ("a.csv", b"name,next visit\nBo,2026-12-03 29:30\n", "a.csv:2: next_visit: '2026-12-03 29"),
        ("a.csv", b"name,note\nBo," + b"hm " * 60_000, "a.csv:2: note: a paragraph of more than"),
        ("a.xlsx", MERGED, "a.xlsx:S:2: cells are merged here; divide them"),
        ("a.xlsx", workbook(["name"], ["=A1"]), "a.xlsx:S:2: a formula has no result; open"),
        ("a.xlsx", b"PK no book", "a.xlsx: is no workbook of Excel"),
        ("a.yaml", b"students: Bo\n", "a.yaml:1: students: this takes a list"),
        ("a.yaml", b"- Bo\n- An\n", "a.yaml:1: begins with a list; write 'students:' in a line"),
        (
            "a.yaml",
            b"name: Bo\nconditions: bad-knee; cold\n",
            "a.yaml:2: there is no condition 'bad-knee; cold'; write them as [bad-knee, cold]",
        ),
        ("a.yaml", b"Student:\n  - Bo\n", "a.yaml:1: unknown key 'Student'; did you mean 'stu"),
        ("a.yaml", b"name: [\n", "a.yaml:1: YAML: "),
        ("a.doc", b"name: Bo\n", "a.doc: is no roster; name a file ending in"),
    ],
)
def test_what_is_no_roster_is_told_in_words(
    tmp_path: Path, made_for: Workshop, name: str, data: bytes, said: str
) -> None:
    """A file that cannot be read as a roster is told with what to do, and never by a traceback."""
    (tmp_path / name).write_bytes(data)
    (line,) = told(tmp_path / name, made_for)
    assert line.startswith(said)


def test_what_a_workbook_hides_is_left_out_and_told(tmp_path: Path, made_for: Workshop) -> None:
    """Hidden rows have no sheets, by hand or by a filter, nor have other sheets; all are told."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(["name"], *(["Bo"] for _ in range(9)))))
    for number in (3, 5, 6):
        book["S"].row_dimensions[number].hidden = True
    book["S"].merge_cells("C5:C6")  # nothing has to be clear in rows that are left out
    book["S"]["B3"] = "=A1"
    for name, words in (("Old", "Name"), ("Lists", "pillow"), ("Next", "name")):
        book.create_sheet(name).append([words])
        book[name].sheet_state = "visible" if name == "Next" else "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    left_out: list[Problem] = []
    rows, problems = roster.read(path, made_for, left_out)
    assert [row.problem((), "").line for row in rows] == [2, 4, 7, 8, 9, 10]
    assert not problems
    first, *others = (str(each).removeprefix(f"{path}:") for each in left_out)
    assert first.startswith("S:3: 3 rows are hidden and have no sheets (3, 5, 6); show them")
    assert [each.partition(";")[0] for each in others] == [
        "Old: nobody on this sheet of the workbook gets one, for it is hidden",
        "Next: nobody on this sheet of the workbook gets one, for one sheet is read",
    ]


@pytest.mark.parametrize("member", zipfile.ZipFile(io.BytesIO(MERGED)).namelist())
def test_a_damaged_workbook_is_told(tmp_path: Path, made_for: Workshop, member: str) -> None:
    """Whatever part of a workbook is cut off, its students are read, or it is told in one line."""
    (tmp_path / "a.xlsx").write_bytes(workbook(["name"], ["Bo"]))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as cut:
        for name, data in parts.items():
            cut.writestr(name, data[: len(data) // 2] if name == member else data)
    try:
        assert [each.name for each in students(tmp_path / "a.xlsx", made_for)] == ["Bo"]
    except SourceError as error:
        assert "is no workbook of Excel, or is damaged" in str(error)  # noqa: PT017  both are right


def test_a_student_that_would_be_passed_over_is_told(tmp_path: Path, made_for: Workshop) -> None:
    """A file of a folder that was meant to be read is told beside those that are."""
    for name in ("a.yaml", "b.yaml.txt"):
        (tmp_path / name).write_text("name: Bo\n", encoding="utf-8")
    rows, problems = roster.read(tmp_path, made_for)
    assert [row.student.name for row in rows] == ["Bo"]
    assert [each.text for each in problems] == [
        "would not be read; save it as plain text named 'b.yaml'"
    ]


def test_a_source_folder_has_one_roster(tmp_path: Path) -> None:
    """The roster of a folder is found by its name; none, and more than one, are told."""
    with pytest.raises(SourceError, match=r"has no roster; write roster\.yaml"):
        roster.find(tmp_path)
    (tmp_path / "roster.csv").write_text("name\nBo\n", encoding="utf-8")
    assert roster.find(tmp_path) == tmp_path / "roster.csv"
    (tmp_path / "roster.yaml").write_text(YAML, encoding="utf-8")
    with pytest.raises(SourceError, match=r"several rosters \(roster\.yaml, roster\.csv\)"):
        roster.find(tmp_path)
