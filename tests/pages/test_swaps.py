"""Who leaves out which exercises, told once for all of them by what their cards say."""

from __future__ import annotations

import re
from pathlib import Path

from small import write
from workshop_builder import load
from workshop_builder.markup import xhtml
from workshop_builder.model.products import select_targets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer

EXERCISE = """---
name: {name}
avoid_with: [{who}]
{more}
---

1. Lift your {name}.
2. Let your {name} sink.
"""
WHO = {"arm": "hip, cold", "leg": "knee, hip", "toe": "knee", "ear": "cold"}
CHAPTER = {"chapters/01-a.md": "---\ntitle: A\n---\n\n/// swaps | all\n///\n"}
PRODUCTS = "{book: {editions: [%s]}}\nconditions: {knee: sore knee, hip: new hip}"


def _tree(folder: Path, edition: str, more: str = "") -> xhtml.Element:
    """Return a book in which, with a sore knee, the arm is done in place of the leg."""
    files = {
        f"exercises/{name}.md": EXERCISE.format(
            name=name, who=who, more="instead: {knee: arm}" if name == "leg" else ""
        )
        for name, who in WHO.items()
    }
    workshop = load(write(folder, f"{PRODUCTS % edition}\n{more}", CHAPTER | files))
    target = select_targets(workshop)[0]
    return Renderer(workshop, target, Labels(workshop.language)).page().root


def test_each_condition_has_a_line_of_what_it_leaves_out(tmp_path: Path) -> None:
    """Conditions stand in the order of the workshop, words of a card last; a swap is told."""
    (table,) = _tree(tmp_path, "standard").findall(".//{*}table[@class='swaps-lines']")
    rows = {xhtml.words(row[0]): row[1:] for row in table.iterfind("{*}tbody/{*}tr")}
    assert list(rows) == ["sore knee", "new hip", "cold"]
    left_out = {who: re.findall("[a-z]{3}", xhtml.words(row[0])) for who, row in rows.items()}
    assert left_out["new hip"] == ["arm", "leg"]
    assert left_out["cold"] == ["arm", "ear"]
    assert xhtml.words(rows["sore knee"][1]).split() == ["3", "→", "1", "arm"]


def test_advice_stands_beside_what_is_left_out(tmp_path: Path) -> None:
    """What is done instead of anything stands once, with what to be careful about."""
    root = _tree(tmp_path, "standard", "advice: {knee: {instead: [ear, arm], mind: Go slowly.}}")
    (row, *_) = root.iterfind(".//{*}table[@class='swaps-lines told']/{*}tbody/{*}tr")
    assert xhtml.words(row[2]).split() == ["2", "ear", "3", "→", "1", "arm"]
    assert xhtml.words(row[3]) == "Go slowly."


def test_large_print_tells_each_condition_by_itself(tmp_path: Path) -> None:
    """Where there is no room for a grid, there is a list of what each condition leaves out."""
    root = _tree(tmp_path, "large-print")
    (told,) = root.findall(".//{*}dl[@class='swaps-list']")
    assert [xhtml.words(who) for who in told.findall("{*}dt")] == ["sore knee", "new hip", "cold"]
    knee = xhtml.words(told.find("{*}dd"))
    assert "leg (instead:" in knee
    assert knee.endswith("toe.")
    assert "ear" not in knee
