"""The session plan: its clock, and its minutes in sessions of several lengths."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import small
from commands import command
from workshop_builder import load
from workshop_builder.model import session
from workshop_builder.model.base import SessionBlock
from workshop_builder.model.products import select_targets
from workshop_builder.model.workshop import Settings, Workshop
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer

SEVERAL = """session_minutes: 75
session:
  - title: Welcome
    minutes: 5
  - title: Warm up
    minutes: {60: 10, 75: 15}
  - title: A walk
    minutes: {60: 15, 75: 0}
  - title: Stretch
    minutes: {60: 30, 75: 55}
"""


def workshop(folder: Path, session: str) -> Workshop:
    """Return the small workshop with a session."""
    settings = small.SETTINGS.format(products="{handout: {}, teacher: {}}") + session
    return load(small.write(folder, more={"workshop.yaml": settings}))


def printed(made: Workshop, product: str) -> str:
    """Return a product's page, as XHTML."""
    (target,) = select_targets(made, [product])
    return Renderer(made, target, Labels(made.language)).page().html


def cells(html: str, table: str) -> list[list[str]]:
    """Return the words of each row of the table of a class."""
    inside = html.partition(f'<table class="{table}">')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", inside, re.DOTALL)
    found = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).replace("\u00a0", " ") for cell in row] for row in found]


def test_a_plan_of_one_length_has_a_clock_and_no_columns() -> None:
    """With plain numbers, each block begins where the one before it ends."""
    blocks = [{"title": "One", "minutes": "5"}, {"title": "Two", "minutes": "10"}]
    settings = Settings.model_validate({"title": "A", "language": "en", "session": blocks})
    made = session.plan(settings)
    assert [(row.block.title, row.start, row.minutes) for row in made.rows] == [
        ("One", 0, 5),
        ("Two", 5, 10),
    ]
    assert (made.total, made.columns) == (15, ())


def test_the_clock_goes_by_the_standard_length(tmp_path: Path) -> None:
    """Of several lengths the standard one gives the clock; what it leaves out has no row."""
    made = session.plan(workshop(tmp_path, SEVERAL).settings)
    assert [(row.block.title, row.start, row.minutes) for row in made.rows] == [
        ("Welcome", 0, 5),
        ("Warm up", 5, 15),
        ("Stretch", 20, 55),
    ]
    assert made.total == 75
    assert [(column.length, column.minutes, column.standard) for column in made.columns] == [
        (60, (5, 10, 15, 30), False),
        (75, (5, 15, 0, 55), True),
    ]


def test_the_guide_prints_the_clock_and_a_table_of_all_lengths(tmp_path: Path) -> None:
    """The teacher's guide has the clock of the standard plan, and each length with its total.

    The minutes of another length stand after the time at which its block begins.
    """
    html = printed(workshop(tmp_path, SEVERAL), "teacher")
    assert cells(html, "plan-table") == [
        ["Clock", "My clock", "What we do", "60 min", "75 min"],
        ["0:00", "", "Welcome", "0:00 5", "5"],
        ["0:05", "", "Warm up", "0:05 10", "15"],
        ["–", "", "A walk", "0:15 15", "–"],
        ["0:20", "", "Stretch", "0:30 30", "55"],
        ["1:15", "", "Total", "60", "75"],
    ]


def test_a_guide_of_one_length_has_one_column_of_minutes(tmp_path: Path) -> None:
    """Where the session has one length, nothing is printed of others."""
    session = "session:\n  - title: Rest\n    minutes: 20\n"
    html = printed(workshop(tmp_path, session), "teacher")
    assert cells(html, "plan-table") == [
        ["Clock", "My clock", "What we do", "Minutes"],
        ["0:00", "", "Rest", "20"],
        ["0:20", "", "Total", "20"],
    ]


@pytest.mark.parametrize(
    ("weights", "begins"),
    [
        ((), ()),
        ((1,), (20,)),
        ((2, 1, 2), (20, 28, 32)),
        ((1,) * 4, (20, 25, 30, 35)),
        ((11, 10), ()),
    ],
)
def test_the_parts_of_a_block_share_its_time(
    weights: tuple[int, ...], begins: tuple[int, ...]
) -> None:
    """In a block from 0:20 to 0:40 each has its share; what takes longer has no clock."""
    block = SessionBlock(title="Stretch", minutes=20)
    assert session.starts(session.PlanRow(block, 20, 20), weights) == begins


def test_the_handout_prints_the_standard_length(tmp_path: Path) -> None:
    """Students see the standard session, and nothing of another."""
    html = printed(workshop(tmp_path, SEVERAL), "handout")
    agenda = html.partition('<ol class="agenda">')[2].partition("</section>")[0]
    assert re.findall(r">(\d+)\W?min<", agenda) == ["5", "15", "55", "75"]
    assert "A walk" not in html


def test_a_session_of_several_lengths_is_made(tmp_path: Path) -> None:
    """The command makes handout and guide of it without a word on stderr."""
    workshop(tmp_path / "workshop", SEVERAL)
    done = command("build", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
