"""Words below or beside a picture of a chapter: of however many, none is cut off or covered."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from judges.raster import pdf_text
from sample_reading import bare
from small import CHAPTER, write
from workshop_builder import build, load

FIGURE = "position: standing\n"
ALT = "Somebody stands still, with both feet flat on the floor."
BLOCK = "{slides: {}}\nsession: [{title: Lie, minutes: 5, chapter: 01-lie-down}]"


@settings(max_examples=2, deadline=None)
@example(["anatomic"] * 40)
@given(st.lists(st.text("abcdeghi", min_size=3, max_size=8), min_size=20, max_size=40))
def test_a_caption_on_a_slide_is_whole(words: list[str]) -> None:
    """Its size is such that all of it stands beside the picture."""
    caption = " ".join(words)
    with tempfile.TemporaryDirectory() as name:
        chapter = f'{CHAPTER}\n![{ALT}](../figures/stand.yaml "{caption}")\n'
        more = {"chapters/01-lie-down.md": chapter, "figures/stand.yaml": FIGURE}
        build(load(write(Path(name), BLOCK, more)), Path(name) / "dist")
        text = bare(pdf_text(Path(name) / "dist/rest-slides.pdf"))
    assert bare(caption) in text
