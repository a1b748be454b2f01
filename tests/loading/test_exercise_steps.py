"""The steps of an exercise, and the text below them."""

from __future__ import annotations

import pytest

from workshop_builder.languages.read import read as read_language
from workshop_builder.loading.exercise_steps import split
from workshop_builder.markup.convert import convert
from workshop_builder.markup.xhtml import inner

ENGLISH = read_language("en")[0].writing


@pytest.mark.parametrize(
    ("body", "items", "rest"),
    [
        ("1. a\n2. b\n\nText.", ["a", "b"], "<p>Text.</p>"),
        ("1. a\n\n2. b", ["a", "b"], ""),
        ("1. a\n\n    more\n\n2. b", ["a more", "b"], ""),
        ("1. a *b*\n\n    - c\n\n2. d", ["<p>a <em>b</em></p>\n<ul>\n<li>c</li>\n</ul>", "d"], ""),
        ("Text.", [], "<p>Text.</p>"),
    ],
)
def test_steps(body: str, items: list[str], rest: str) -> None:
    """The steps are the items of the numbered list, marked; the rest is the text."""
    prose, _ = convert("exercises/knees.md", body, 0, ENGLISH, frozenset())
    before = inner(prose.body.root)
    steps = split(prose.body, "knees")
    marked = [f'<span data-step="knees">{item}</span>' for item in items]
    assert [inner(step.root) for step in steps.items] == marked
    assert inner(steps.text.root) == rest
    assert inner(prose.body.root) == before, "the text as a whole is not changed"
