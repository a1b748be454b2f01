"""The sample's pages, measured: each limit is one that a designer keeps.

What is not yet kept stands in `STILL`, as the most faults that each product may have.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import partial
from pathlib import Path
from typing import cast

import pytest

import measures
from judges.samples import write_pdf
from judges.tags import Tag
from sample import PAGED, Pdf, Sample
from sample_reading import tags
from workshop_builder.model.editions import PaperName

pytestmark = pytest.mark.judge

SMALLEST_PT = {"take-home": 11.0, "large-print": 16.0}
"""The smallest text of a product or an edition; that of the others is 9 points."""
IN_PICTURES_PT = {"large-print": 16.0}
"""The same of words in pictures."""

MORE = tuple(
    Pdf(product, "standard", paper)
    for product, papers in (
        ("cards", ("a4", "letter")),
        ("poster", ("a4", "letter")),
        ("slides", ("a4",)),
        ("health-form", ("a4", "letter")),
    )
    for paper in cast("tuple[PaperName, ...]", papers)
)
"""What else is made of the sample in its standard edition."""
BY_NUMBER = ("cards", "slides")
"""Products in which an exercise is found by its number, and not by a page."""

STILL: dict[str, dict[tuple[str, str], int]] = {
    "pages filled to less than 70 %": {
        ("teacher", "large-print"): 1,
    },
    "pages with a line or two": {
        ("book", "large-print"): 2,
    },
    "links without a page": {
        ("book", "large-print"): 1,
    },
}
"""What is still to be mended: the number of faults by measure, product and edition."""

Measure = Callable[[Path, Pdf], Sized]


def _nearly_empty(path: Path, _: Pdf) -> Sized:
    return {n: share for n, share in measures.fills(path).items() if share < measures.FULL}


def _split(path: Path, pdf: Pdf) -> Sized:
    return measures.split(tags(path), cards=pdf.edition != "large-print")


def _stranded(path: Path, _: Pdf) -> Sized:
    return [*measures.lead_ins(path), *measures.parted_items(tags(path))]


def _small(path: Path, pdf: Pdf) -> Sized:
    least = SMALLEST_PT.get(pdf.edition, SMALLEST_PT.get(pdf.product, 9.0))
    return measures.small_texts(path, least, IN_PICTURES_PT.get(pdf.edition, 9.0))


def _without_page(path: Path, pdf: Pdf) -> Sized:
    return [] if pdf.product in BY_NUMBER else measures.links_without_page(path)


def _by_path(measure: Callable[[Path], Sized], path: Path, _: Pdf) -> Sized:
    return measure(path)


MEASURES: dict[str, Measure] = {
    "pages filled to less than 70 %": _nearly_empty,
    "pages with a line or two": partial(_by_path, measures.strays),
    "things on two pages": _split,
    "texts smaller than promised": _small,
    "things stranded": _stranded,
    "frames in a row that differ": partial(_by_path, measures.unequal_columns),
    "things outside the margins": partial(_by_path, measures.out_of_margins),
    "texts that a picture covers": partial(_by_path, measures.covered),
    "texts on one another": partial(_by_path, measures.overprinted),
    "folios on different lines": partial(_by_path, measures.uneven_folios),
    "links without a page": _without_page,
}


@pytest.mark.parametrize("name", MEASURES)
def test_pages_keep_to_the_measures(sample: Sample, name: str) -> None:
    """No product has more faults of a kind than are known, and those are being mended."""
    found = {}
    more = [(pdf, sample.path(pdf)) for pdf in MORE]
    for pdf, path in [*sample.chosen(*PAGED), *more]:
        faults = MEASURES[name](path, pdf)
        if len(faults) > STILL.get(name, {}).get((pdf.product, pdf.edition), 0):
            found[pdf.name] = faults
    assert found == {}


STYLE = """<style>@page { size: 300pt 100pt; margin: 10pt } h1 { font-size: 10pt }
body { font-size: 10pt; line-height: 1 } div { height: 60pt; position: relative }
b { position: absolute; width: 120pt; top: 0; border: 1pt solid } h1, .new { break-before: page }
</style>"""


def test_faults_of_pages_are_found(tmp_path: Path) -> None:
    """A short page, a lead-in alone, small text, a link without a page, frames of two heights."""
    frames = '<b style="height: {}pt">A</b><b style="height: 50pt; left: 140pt">B</b>'
    body = f"""<h1>Rest</h1><div>{frames.format(50)}</div><p>Do:</p>
<p class="new" style="font-size: 8pt"><a href="#rise">Rise</a></p>
<p>Low</p><p style="margin-top: -7pt">High</p>
<div class="new">{frames.format(40)}</div><p><a href="#rise">Rise: 5</a></p>
<p class="new">Turn.</p><h1 id="rise">Rise</h1><div>Stand.</div>"""
    path = write_pdf(tmp_path / "sheet.pdf", STYLE + body)
    assert [n for n, share in measures.fills(path).items() if share < measures.FULL] == [2]
    assert list(measures.lead_ins(path)) == [(1, "Do:")]
    assert measures.small_texts(path, 9, 9) == [(2, 8.0, "Rise")]
    assert list(measures.strays(path)) == [4]
    assert measures.links_without_page(path) == [(2, 5)]
    assert measures.overprinted(path) == [(2, "Low", "High")]
    assert measures.unequal_columns(path) == [(3, "bottom", 3.5)]


def _tag(kind: str, pages: tuple[int, ...], children: tuple[Tag, ...] = ()) -> Tag:
    return Tag(kind, "", "", kind, pages, children)


def test_what_is_split_is_found() -> None:
    """An item of a list on two pages is found, and a last item that stands alone."""
    one, two, three = (_tag("LI", pages) for pages in ((1,), (1, 2), (2,)))
    assert measures.split(_tag("L", (1, 2), (one, two, three))) == [(1, "LI", "LI")]
    assert list(measures.parted_items(_tag("L", (1, 2), (one, one, one, three)))) == [(2, "LI")]
    assert list(measures.parted_items(_tag("L", (1, 2), (one, one, three, three)))) == []
