"""What a product's pages hold: small cards for many exercises, checks, tips, words of safety."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(("count", "small"), [(6, 0), (7, 7)])
def test_many_exercises_are_set_in_small_cards(tmp_path: Path, count: int, small: int) -> None:
    """Six exercises have half cards on the handout; from seven on all of them have small ones."""
    names = "abcdefghijkl"[: count - 1]
    more = {path: text for name in names for path, text in _exercise(name).items()}
    html = _page(tmp_path, "{handout: {}}", more).html
    assert html.count('class="card small-card"') == small
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
    """A chosen chapter gives its tips, and the names and doses of what has no card."""
    page = _digest(tmp_path)
    assert "Stand up." in page.html
    assert "<b>walk</b> <span>2\u00a0min each side</span>" in page.html
    assert "caution:walk" not in page.required


@pytest.mark.parametrize(("steps", "told"), [(1, False), (2, True), (3, True)])
def test_most_steps_tell_an_exercise(tmp_path: Path, steps: int, told: bool) -> None:  # noqa: FBT001  a table's column
    """A page with most of the steps must show the caution; one with a single step need not."""
    # The template marks nothing, so that only the words can tell.
    template = (
        "<html><body>{% for step in cards[0].exercise.steps[:COUNT] %}"
        "<p>{{ step }}</p>{% endfor %}</body></html>"
    ).replace("COUNT", str(steps))
    more = _exercise("toe")
    more |= {"templates/poster.html": template, "styles/poster.css": ""}
    product = "{poster: {template: poster.html, style: poster.css, exercises: [toe]}}"
    assert ("caution:toe" in _page(tmp_path, product, more).required) is told
