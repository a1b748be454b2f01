"""Drawings as forms: they look as the engine draws them, and are in a file once."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pypdfium2
import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from weasyprint.urls import URLFetcherResponse

from workshop_builder.pdf import forms

ADDRESS = "https://workshop.invalid/drawing.svg"
PAGE = f"""<style>@page {{ size: 240px 160px; margin: 0 }} body {{ margin: 0 }}
img {{ display: block }}</style><img src="{ADDRESS}" style="width: 120px" alt="Small"/>
<img src="{ADDRESS}" style="width: 90px" alt="Smaller"/>"""
GRADIENT = '<linearGradient id="g"><stop stop-color="red"/><stop offset="1"/></linearGradient>'
COLOURS = st.sampled_from(["#17555c", "#c00", "none", "white", "currentColor"])
NUMBERS = st.integers(-20, 140)
SIZES = st.integers(1, 90)


@st.composite
def shapes(draw: st.DrawFn) -> str:
    """Return a shape with its paint, at times in a group that moves or hides a part of it."""
    x, y, width, height = draw(NUMBERS), draw(NUMBERS), draw(SIZES), draw(SIZES)
    shape = draw(
        st.sampled_from(
            [
                f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{x}" PAINT/>',
                f'<ellipse cx="{x}" cy="{y}" rx="{width}" ry="{height}" PAINT/>',
                f'<path d="M{x} {y}q{width} {height} {height} -9t{width} 9z" PAINT/>',
                f'<g transform="rotate({x} 60 40)"><line x2="{width}" y2="{height}" PAINT/></g>',
                f'<g clip-path="url(#half)"><circle cx="{x}" cy="{y}" r="{height}" PAINT/></g>',
            ]
        )
    )
    opacity = draw(st.sampled_from(["", ' opacity="0.4"', ' fill-opacity="0.25"']))
    stroke = f'stroke="{draw(COLOURS)}" stroke-width="{draw(st.integers(1, 9))}"'
    dashes = draw(st.sampled_from(["", ' stroke-dasharray="5 3" stroke-linecap="round"']))
    return shape.replace("PAINT", f'fill="{draw(COLOURS)}" {stroke}{dashes}{opacity}')


def svg(content: str, seen: str = "0 0 120 80") -> bytes:
    """Return a drawing of 120 by 80 pixels, or as much of it as is `seen`."""
    half = '<clipPath id="half"><rect width="60" height="80"/></clipPath>'
    _, _, width, height = seen.split()
    size = f'width="{width}" height="{height}" viewBox="{seen}"'
    start = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return f"{start}<defs>{half}</defs>{content}</svg>".encode()


def made(drawing: bytes, images: dict[str, forms.Form]) -> bytes:
    """Return a PDF that shows a drawing twice."""

    def fetch(url: str) -> URLFetcherResponse:
        return URLFetcherResponse(url, drawing, {"Content-Type": "image/svg+xml"})

    document = weasyprint.HTML(string=PAGE, url_fetcher=fetch).render(cache=images)
    return bytes(document.write_pdf())


def seen(pdf: bytes) -> NDArray[np.int16]:
    """Return the pixels of the one page."""
    (page,) = pypdfium2.PdfDocument(pdf)
    return np.asarray(page.render(scale=2).to_pil().convert("RGB"), dtype=np.int16)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.lists(shapes(), min_size=1, max_size=4).map("".join),
    st.sampled_from(["0 0 120 80", "13.5 9 66 44", "-30 -20 180 120"]),
)
def test_a_form_looks_like_the_drawing(content: str, part: str) -> None:
    """Whatever is drawn and seen, and however large: its pixels are those of the engine."""
    drawing = svg(content, part)
    form = forms.form(drawing)
    assert (form is None) == (' opacity="0.4"' in content), "what is a group stays with the engine"
    images = {ADDRESS: form} if form else {}
    difference = np.abs(seen(made(drawing, images)) - seen(made(drawing, {})))
    assert difference.max() <= 1


def test_a_form_is_in_a_file_once() -> None:
    """A drawing that is shown twice is drawn once."""
    drawing = svg('<rect x="9" y="9" width="60" height="30" fill="#17555c"/>')
    form = forms.form(drawing)
    assert form
    with pikepdf.open(io.BytesIO(made(drawing, {ADDRESS: form}))) as pdf:
        drawn = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/BBox")]
        assert [b"0.09" in o.read_bytes() for o in drawn] == [True]


def test_a_close_up_is_the_same_form() -> None:
    """Of a drawing and its close-up, a file needs the operators once."""
    content = '<rect x="9" y="9" width="60" height="30" fill="#17555c"/>'
    whole, close = forms.form(svg(content)), forms.form(svg(content, "8 8 62.5 32"))
    assert whole
    assert close
    assert (close.id, close.packed) == (whole.id, whole.packed)
    assert (close.size, close.corner) == ((62.5, 32), (8, 8))


@pytest.mark.parametrize(
    "content",
    [
        "<text>Word</text>",
        f'{GRADIENT}<rect width="9" height="9" fill="url(#g)"/>',
        f'<image width="9" height="9" href="{ADDRESS}"/>',
        '<path d="M0 0h9999999999" stroke="red"/>',
        "<g>" * 40 + '<rect width="9" height="9"/>' + "</g>" * 40,
    ],
    ids=["words", "gradient", "pixels", "huge", "deep"],
)
def test_what_needs_its_document_is_no_form(content: str) -> None:
    """Words need fonts, and what PDF/A limits is told or brought within its limits."""
    assert forms.form(svg(content)) is None


@pytest.mark.parametrize("content", ["<rect width='9.25' height='9' opacity='0.3'/>", "<text/>"])
def test_a_form_is_kept(content: str) -> None:
    """What is found in the cache folder is what was made, also where no form can be made."""
    forms.form.cache_clear()
    made = forms.form(svg(content))
    forms.form.cache_clear()
    assert forms.form(svg(content)) == made
