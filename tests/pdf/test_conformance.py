"""PDF/A-2a and PDF/UA-1 in one file: what it says of itself, and what it may not hold."""

from __future__ import annotations

import io
import logging
import re
import zlib
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pikepdf
import pytest

from judges.raster import pages
from tagged import PICTURE, drawing, nested, tagged
from workshop_builder.pdf import conformance

RED = '<rect width="3" height="2" fill="#c00"/>'
LONG = "word " * 4000
_TOGETHER = re.compile(rb"/ObjStm[^<>]*/Length (\d+)")


def opened(body: str) -> pikepdf.Pdf:
    """Return a PDF of `body`, to look into."""
    return pikepdf.open(io.BytesIO(tagged(body)))


def test_one_description_claims_both_standards() -> None:
    """The metadata are one description, with both claims and the title of the old metadata."""
    with opened("<p>Rest</p>") as pdf:
        (description,) = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())[0]  # noqa: S314  our own
        said = {name.partition("org/")[2]: value for name, value in description.attrib.items()}
        claims = {"pdfa/ns/id/}part": "2", "pdfa/ns/id/}conformance": "A", "pdfua/ns/id/}part": "1"}
        assert said.items() >= claims.items()
        assert next(description.iter("{http://purl.org/dc/elements/1.1/}title"))[0][0].text == "T"
        assert pdf.docinfo.Title == "T"


def test_no_file_says_when_it_was_made() -> None:
    """Neither kind of metadata holds a date, so that the same sources give the same bytes."""
    with opened("<p>Rest</p>") as pdf:
        assert b"Date" not in pdf.Root.Metadata.read_bytes()
        assert not [name for name in pdf.docinfo if "Date" in name]


def test_colours_are_meant_for_srgb() -> None:
    """The one output intent of the file is a profile of sRGB, and its groups blend in it."""
    with opened('<p style="opacity: .5">Rest</p>') as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        assert b"sRGB" in intent.DestOutputProfile.read_bytes()
        (group,) = pdf.pages[0].Resources.XObject.values()
        assert group.Group.CS[1] == intent.DestOutputProfile


def test_pixels_are_not_smoothed() -> None:
    """No picture asks a reader to invent pixels between its own."""
    with opened(f'<img src="{PICTURE}" alt="Dot">') as pdf:
        (picture,) = pdf.pages[0].Resources.XObject.values()
        assert not picture.Interpolate


def test_a_deep_drawing_looks_as_it_did(tmp_path: Path) -> None:
    """Groups nested deeper than PDF/A allows are drawn where they would be without nesting."""
    places = [60 / 90 * number for number in range(1, 91)]
    flat = "".join(
        f'<g transform="translate({place},{place})" fill-opacity=".9">{RED}</g>'
        for place in (*places, *reversed(places))
    )
    for name, shapes in (("deep", nested(90, RED)), ("flat", flat)):
        (tmp_path / f"{name}.pdf").write_bytes(tagged(drawing(shapes)))
    deep, flat_one = (pages(tmp_path / f"{name}.pdf")[0].astype(int) for name in ("deep", "flat"))
    assert np.any(deep[..., 0] - deep[..., 1] > 100), "nothing red is drawn"
    assert np.abs(deep - flat_one).max() <= 2


def test_what_would_be_packed_worse_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last objects of a file grow by no packing, or their places would need a wider field."""
    usual = tagged("<p>Rest</p>")
    monkeypatch.setattr(conformance, "packed", lambda content: zlib.compress(content, 0))
    badly = tagged("<p>Rest</p>")
    with pikepdf.open(io.BytesIO(badly)) as pdf:
        assert len(pdf.pages) == 1
    small, large = (int(_TOGETHER.findall(pdf)[-1]) for pdf in (usual, badly))
    assert small <= large < 1.2 * small


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ('<p style="color: device-cmyk(0 1 1 0)">Red</p>', "a colour of printing inks"),
        ('<input style="appearance: auto">', "a form to fill in"),
        ('<a rel="attachment" href="data:text/plain,Rest">Rest</a>', "an attached file"),
        ('<p style="margin-left: 1e30px">Rest</p>', "a length or a coordinate of ten digits"),
        (f"<h2>{LONG}</h2>", "a heading, address or alternative text of over 16000"),
        (f'<a href="https://a.example/{LONG}">Rest</a>', "a heading, address or alternative text"),
        ('<div style="overflow: hidden">' * 40 + "<p>Rest</p>", "tagged text in so many boxes"),
    ],
    ids=["inks", "form", "attachment", "number", "heading", "address", "boxes"],
)
def test_complaints(html: str, complaint: str, caplog: pytest.LogCaptureFixture) -> None:
    """What no PDF/A can hold is complained of where the engine complains."""
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        tagged(html)
    assert complaint in caplog.text
