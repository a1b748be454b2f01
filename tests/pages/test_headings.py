"""Headings on finished pages: whatever a chapter holds in whatever order, they skip no level."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from judges.verapdf import verapdf
from small import write
from workshop_builder import build, load
from workshop_builder.epub.documents import content_documents
from workshop_builder.markup.structure import level_headings
from workshop_builder.markup.xhtml import Element
from workshop_builder.model.products import select_targets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer

PRODUCTS = "{book: {}, handout: {chapters: [02-more]}, teacher: {}, take-home: {}, epub: {}}"
SLOT = "/// exercise | rest\n///"
BLOCKS = st.sampled_from(
    [
        "Some words.",
        "# One",
        "## Two",
        "### Three",
        "#### Four",
        SLOT,
        "/// tip | A tip\n### In a box\n///",
        "/// teacher\n#### For the teacher\n///",
        "/// write | 2\n///",
    ]
)
ROOMY = """---
name: Rest
hold: 2 min
caution: Not on a cold floor.
---

1. Lie on your back.

## More of it

Some words.

#### And more
"""
LEVELS = tuple(f"{{*}}h{level}" for level in range(1, 7))


def levels(root: Element) -> list[int]:
    """Return the levels of the headings of a page, in reading order."""
    return [int(str(heading.tag)[-1]) for heading in root.iter(*LEVELS)]


def pages(folder: Path) -> Iterator[Element]:
    """Yield each page of each product on paper and of the e-book."""
    workshop = load(folder)
    labels = Labels(workshop.language)
    for target in select_targets(workshop):
        renderer = Renderer(workshop, target, labels)
        if target.product.format == "epub":
            yield from (file.page.root for file in content_documents(renderer, {}))
        else:
            yield renderer.page().root


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=7), st.sampled_from(["everyone", "teacher"]))
def test_no_order_of_blocks_skips_a_level(blocks: list[str], audience: str) -> None:
    """Every page begins with an h1, and no heading is more than one level below the one before."""
    text = "\n\n".join([f"---\ntitle: More\naudience: {audience}\n---", *blocks, ""])
    more = {"chapters/02-more.md": text, "exercises/rest.md": ROOMY}
    with tempfile.TemporaryDirectory() as folder:
        for root in pages(write(Path(folder), PRODUCTS, more)):
            found = levels(root)
            assert all(after <= before + 1 for before, after in pairwise([0, *found])), found


@given(st.lists(st.integers(1, 6)))
def test_levels_keep_their_order(before: list[int]) -> None:
    """Headings that were alike and adjoining stay alike, and a lower one stays lower."""
    root = etree.Element("div")
    for level in before:
        etree.SubElement(root, f"h{level}")
    level_headings(root, top=1)
    after = levels(root)
    for (old, new), (next_old, next_new) in pairwise(zip(before, after, strict=True)):
        assert (next_new > new) == (next_old > old)
        assert next_new <= new + 1
        assert next_old != old or next_new == new


@pytest.mark.judge
def test_cards_under_the_title_comply_with_pdf_ua(tmp_path: Path) -> None:
    """VeraPDF has nothing against a book whose cards stand right under the title of a chapter."""
    chapter = f"---\ntitle: More\n---\n\n{SLOT}\n\n#### Deep\n\nWords.\n\n## High\n\nWords.\n"
    more = {"chapters/02-more.md": chapter, "exercises/rest.md": ROOMY}
    build(load(write(tmp_path / "source", "{book: {}, teacher: {}}", more)), tmp_path / "out")
    verdicts = verapdf(sorted((tmp_path / "out").glob("*.pdf")))
    assert len(verdicts) == 2
    assert not any(verdicts.values()), verdicts
