"""What a product's pages hold: small cards for many exercises, checks, tips, words of safety."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from small import EXERCISE as SMALL
from small import write
from workshop_builder import load
from workshop_builder.model.products import select_targets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Page, Renderer

EXERCISE = """---
name: {name}
kind: {kind}
sides: each
hold: 2 min
caution: Not with a sore {name}.
---

1. Lie on your back.
2. Lift your {name}.
3. Let your {name} sink.
"""
CHAPTER = """---
title: More
---

/// tip | On the phone
Stand up.
///

/// exercise | toe
///

/// exercise | walk
///
"""


def _exercise(name: str, kind: str = "stretch") -> dict[str, str]:
    return {f"exercises/{name}.md": EXERCISE.format(name=name, kind=kind)}


def _page(folder: Path, products: str, more: Mapping[str, str]) -> Page:
    """Return the first product of a workshop as one page."""
    workshop = load(write(folder, products, more))
    return Renderer(workshop, select_targets(workshop)[0], Labels(workshop.language)).page()


def test_the_book_leads_to_its_parts_and_exercises(tmp_path: Path) -> None:
    """A title of a part in italics leads to it, and a link to an exercise knows its number."""
    text = "---\ntitle: A\n---\n\nRead *Glossary*, *not this*, and [it](../exercises/walk.md).\n"
    more = _exercise("walk") | {"chapters/01-a.md": text}
    html = _page(tmp_path, "{book: {}}\nglossary: [{term: Walk, meaning: To go}]", more).html
    assert '<em><a href="#glossary">Glossary</a></em>, <em>not this</em>' in html
    assert '<a href="#ex-walk" data-number="2">it</a>' in html


@pytest.mark.parametrize(("count", "full"), [(6, 6), (7, 0)])
def test_many_exercises_are_told_in_short(tmp_path: Path, count: int, full: int) -> None:
    """Six exercises have all their words on the handout; from seven on all have the first ones."""
    names = "abcdef"[: count - 1]
    more = {path: text for name in names for path, text in _exercise(name).items()}
    html = _page(tmp_path, "{handout: {}}", more).html
    assert html.count('<article class="card full') == full
    assert len(re.findall(r'<article class="card ', html)) == count


def _digest(folder: Path) -> Page:
    """Return a handout of seven exercises and a chapter with a check, a tip and one more."""
    more = {path: text for name in "abcdef" for path, text in _exercise(name).items()}
    more |= _exercise("toe", "check") | _exercise("walk", "mobility")
    more["chapters/02-more.md"] = CHAPTER
    shown = "{exercises: [rest, a, b, c, d, e, f], chapters: [02-more]}"
    return _page(folder, f"{{handout: {shown}}}", more)


def test_a_check_has_room_to_write_on_the_handout(tmp_path: Path) -> None:
    """A check of a chosen chapter has a line for each side, and its caution must be shown."""
    page = _digest(tmp_path)
    assert page.html.count('<p class="answer line">') == 2
    assert page.required["caution:toe"] == "Not with a sore toe."


def test_a_check_has_its_words_to_tick(tmp_path: Path) -> None:
    """The words of a check stand beside a box for each side, in place of the lines."""
    more = {path: text for name in "abcdef" for path, text in _exercise(name).items()}
    check = EXERCISE.format(name="toe", kind="check").replace("hold:", "record: [up, down]\nhold:")
    more |= {"exercises/toe.md": check} | _exercise("walk") | {"chapters/02-more.md": CHAPTER}
    shown = "{exercises: [rest, a, b, c, d, e, f], chapters: [02-more]}"
    html = _page(tmp_path, f"{{handout: {shown}}}", more).html
    assert html.count('<span class="box-to-tick">') == 4
    assert "answer line" not in html


def test_tips_and_further_exercises_are_on_the_handout(tmp_path: Path) -> None:
    """A chosen chapter gives its tips, and what else is done has name, caution, steps and dose."""
    page = _digest(tmp_path)
    assert "Stand up." in page.html
    _, _, walk = page.html.partition('<li class="card')
    parts = ("walk</h3>", "caution:walk", "<ol", "Keep moving for <b>2\u00a0minutes</b>")
    places = [walk.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert page.required["caution:walk"] == "Not with a sore walk."


@pytest.mark.parametrize("printed", ["{{ step }}", "{{ [step, step]|join }}", "<b>{{ step }}</b>"])
@pytest.mark.parametrize("name", ["toe", "toe-copy"])
def test_a_printed_step_tells_its_exercise(tmp_path: Path, name: str, printed: str) -> None:
    """A page that prints one step must show its exercise's caution, and not that of a copy."""
    template = f"<html><body>{{% set step = cards[0].exercise.steps[0] %}}{printed}</body></html>"
    copy = EXERCISE.format(name="copy", kind="stretch")
    more = _exercise("toe") | {"exercises/toe-copy.md": copy}
    more |= {"templates/poster.html": template, "styles/poster.css": ""}
    product = f"{{poster: {{template: poster.html, style: poster.css, exercises: [{name}]}}}}"
    page = _page(tmp_path, product, more)
    assert {key for key in page.required if key.startswith("caution:")} == {f"caution:{name}"}
    assert "data-step" not in page.html, "the mark is for the build alone"


CRAFT = """---
name: Feed the starter
needs: [50 g flour, 50 g water]
---

1. Stir flour and water into the jar.
"""


def _craft(folder: Path, product: str) -> str:
    """Return a product of a workshop in which nobody moves."""
    source = write(folder, f"{{{product}: {{}}}}", {"exercises/rest.md": CRAFT})
    settings = source / "workshop.yaml"
    settings.write_text(f"kind: craft\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
    workshop = load(source)
    return Renderer(workshop, select_targets(workshop)[0], Labels(workshop.language)).page().html


@pytest.mark.parametrize("product", ["handout", "take-home", "book", "teacher"])
def test_a_craft_says_nothing_of_moving(tmp_path: Path, product: str) -> None:
    """No product of a craft speaks of pain, holds, a routine or minutes that nobody has given."""
    words = _craft(tmp_path, product).lower()
    assert "feed the starter" in words
    for said in (
        "pain from",
        "how do you feel",
        "routine",
        "hold",
        "0 min",
        "exercise<",
        "each day",
    ):
        assert said not in words, said


STEPS = """---
title: Knots
---

Some knots hold, and some slip.

1. Lay the rope in a loop.
2. Pull the end through.
"""


def test_without_exercises_sheets_have_the_words_of_chapters(tmp_path: Path) -> None:
    """Where there are no exercises, the handout tells chapters whole and the sheet their steps."""
    pages = {}
    for product in ("handout", "take-home"):
        folder = tmp_path / product
        write(folder, f"{{{product}: {{}}}}", {"chapters/01-lie-down.md": STEPS})
        (folder / "exercises/rest.md").unlink()
        workshop = load(folder)
        target = select_targets(workshop)[0]
        pages[product] = Renderer(workshop, target, Labels(workshop.language)).page().html
    assert "Some knots hold" in pages["handout"]
    assert "Some knots hold" not in pages["take-home"]
    assert all("<li>Pull the end through." in html for html in pages.values())
    assert not any("The exercises" in html or "minute" in html for html in pages.values())


def test_exercises_without_a_group_are_numbered_by_the_plan(tmp_path: Path) -> None:
    """Exercises that stand in no group come in the order of the plan, then by name."""
    source = write(tmp_path, "{handout: {}}", {**_exercise("arm"), **_exercise("toe")})
    settings = source / "workshop.yaml"
    plan = "session: [{title: Lie, minutes: 5, exercises: [toe, rest]}]\n"
    settings.write_text(settings.read_text(encoding="utf-8") + plan, encoding="utf-8")
    assert load(source).in_order == ("toe", "rest", "arm")


@pytest.mark.parametrize(
    "more", ["", "felt: [neck]\n", "ghost: {neck: 30}\narrows: [{at: head}]\n"]
)
def test_marks_are_explained_where_pictures_have_them(tmp_path: Path, more: str) -> None:
    """Of what is marked in drawn figures each product explains what its own have, and no more."""
    figure = f"position: standing\n{more}"
    rest = SMALL.replace("hold:", "figure: sway\nhold:")
    files = {"figures/sway.yaml": figure, "exercises/rest.md": rest}
    products = "{handout: {}, take-home: {}, book: {}, poster: {exercises: [rest]}, slides: {}}"
    workshop = load(write(tmp_path, products, files))
    marked = {"": set(), "felt: [neck]\n": {"mark-felt"}}.get(more, {"mark-move", "mark-ghost"})
    for target in select_targets(workshop):
        root = Renderer(workshop, target, Labels(workshop.language)).page().root
        found = {name for each in root.iter("span") for name in (each.get("class") or "").split()}
        assert {name for name in found if name.startswith("mark-")} == marked, target.file
