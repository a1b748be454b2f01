"""What has a fixed height, such as a card: its words fit it, or the build says which do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from judges.inside import letters
from small import EXERCISE, write
from workshop_builder import build, load
from workshop_builder.errors import BuildError


def test_a_card_that_is_too_full_is_told(tmp_path: Path) -> None:
    """A front with forty steps is told by its exercise and by how much is too much."""
    steps = "".join(f"{n}. Breathe in slowly, and out again.\n" for n in range(3, 43))
    source = write(tmp_path, "{cards: {}}", {"exercises/rest.md": EXERCISE + steps})
    with pytest.raises(BuildError) as told:
        build(load(source), tmp_path / "dist")
    (problem,) = told.value.problems
    assert problem.text.startswith("rest-cards.pdf: the front of card 'rest' is about ")
    assert problem.text.endswith(" mm too long, even at 10 pt; shorten its texts")


def test_each_back_lies_behind_its_front(tmp_path: Path) -> None:
    """Turned over on the long edge, the back of the second card is behind its front."""
    build(load(write(tmp_path, "{cards: {}}")), tmp_path / "dist")
    pieces = letters(tmp_path / "dist/rest-cards.pdf")
    (front,) = (each for each in pieces if each.page == 1 and each.text.strip() == "Rest")
    (back,) = (each for each in pieces if each.page == 2 and each.text.strip() == "Rest")
    half = 105 / 25.4 * 72
    assert front.box[0] > half > back.box[0]
