"""Who leaves out an exercise: of however many conditions, none is cut off from its page."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from judges.raster import pdf_text
from sample_reading import bare
from small import EXERCISE, write
from workshop_builder import build, load

KINDS = frozenset({"new hip (from the front)", "new hip (from the back)"})
"""Two that are as short as each other: of one alone, a slide has all words."""
SOME = st.lists(st.text("abcdegh", min_size=3, max_size=8), min_size=1, max_size=7).map(" ".join)
WHO = st.lists(SOME | st.sampled_from(sorted(KINDS)), min_size=1, max_size=7, unique=True)


def _exercise(name: str, who: list[str]) -> str:
    text = EXERCISE.replace("name: Rest", f"name: {name}")
    return text.replace("hold:", f"avoid_with: [{', '.join(who)}]\nhold:")


@settings(max_examples=2, deadline=None)
@example([*sorted(KINDS), *(f"{letter * 8} abcdegh abcdegh abcdegh" for letter in "abcde")])
@given(WHO)
def test_each_condition_can_be_seen(told: list[str]) -> None:
    """All stand inside the slide of the exercise, each as short as it can be told."""
    words = [who for who in told if who not in KINDS or not set(told) >= KINDS]
    with tempfile.TemporaryDirectory() as name:
        rest = _exercise("Rest", told).replace("hold:", "instead: Walk about slowly\nhold:")
        texts = {"rest": rest, "sway": _exercise("Sway", sorted(KINDS))}
        more = {f"exercises/{name}.md": text for name, text in texts.items()}
        build(load(write(Path(name), "{slides: {}}", more)), Path(name) / "dist")
        pages = pdf_text(Path(name) / "dist/rest-slides.pdf").split("\f")
    (own,) = (bare(page) for page in pages if "Not if" in page and "Rest" in page)
    assert not [who for who in words if bare(who) not in own]
    assert "Notonacoldfloor" in own
    assert own.count("Walkaboutslowly") == len(words) + (set(told) >= KINDS)
    assert (own.count("newhip") == 1) is bool(set(told) & KINDS)
