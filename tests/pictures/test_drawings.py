"""Drawings of every kind: by curves, in pixels, or refused, and never other than drawn."""

from __future__ import annotations

import time
from io import BytesIO

import pypdfium2
import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter

from workshop_builder.making.drawings import prepare_drawing, why_not_curves
from workshop_builder.pdf import engine
from workshop_builder.pictures import svg, svg_draw
from workshop_builder.pictures.prepare import PRINT_WIDTH, SCREEN_WIDTH, Picture
from workshop_builder.pictures.svg_allowed import SvgError

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 80"'
SHAPE = '<rect x="10" y="10" width="60" height="50" fill="#c03" {}/>'
NAMED = SHAPE.format('id="a"')
MASKED = SHAPE.format('mask="url(#m)"')
GRADIENT = '<stop stop-color="red"/><stop offset="1" stop-color="blue"/>'
EDGE = 60
"""Difference of a colour, of 255, that the edges of shapes make where two libraries draw them."""


def drawing(inside: str, attributes: str = "") -> bytes:
    """Return a drawing with `inside`."""
    return f"{OPEN} {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    "data",
    [
        drawing(SHAPE.format("")),
        drawing(SHAPE.format('transform=" rotate ( 10 ) , translate (5,5)"')),
        drawing(f"<style>#a{{fill:green}} rect{{fill:red}}</style>{NAMED}"),
        drawing(f'<style type="text/less">rect{{fill:blue}}</style>{SHAPE.format("")}'),
        drawing(SHAPE.format(""), 'style="background:#ffd"'),
        drawing('<text x="5" y="40" font-size="20" font-family="Arial">Hold</text>'),
        drawing(f'<switch><g systemLanguage="de"/>{SHAPE.format("")}</switch>'),
        drawing('<svg x="9" width="40" height="20" viewBox="0 0 9 9"><circle r="9"/></svg>'),
        drawing("".join(f'<path d="M{n} 0V80" stroke="#000" stroke-width=".1"/>' for n in (5, 9))),
    ],
)
def test_what_all_readers_draw_stays_curves(data: bytes) -> None:
    """Shapes, words, styles, grounds and hair lines are printed as sharp as the press can."""
    assert why_not_curves(data) is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (drawing(SHAPE.format('style="filter:blur(2px)"')), "uses a filter"),
        (
            drawing(
                f'<mask id="m"><circle r="50" fill="#fff"/></mask>{SHAPE.format("mask=")}"url'
            ).replace(b'mask=/>"url', b'mask="url(#m)"/>'),
            "uses a mask",
        ),
        (drawing(SHAPE.format('style="mix-blend-mode:multiply"')), "uses a blend mode"),
        (drawing(SHAPE.format(""), 'width="100" height="160"'), "has other proportions"),
        (
            drawing(
                f'<radialGradient id="g" fx=".1">{GRADIENT}</radialGradient>'
                '<rect width="99" height="79" fill="url(#g)"/>'
            ),
            "is not drawn alike",
        ),
        (
            drawing(SHAPE.format('stroke="blue" stroke-width="20" stroke-opacity=".5"')),
            "is not drawn alike",
        ),
        (drawing('<text y="40" text-decoration="underline">Hold</text>'), "is not drawn alike"),
    ],
)
def test_what_readers_draw_otherwise_becomes_pixels(data: bytes, reason: str) -> None:
    """What the engine cannot draw, or draws otherwise, is told and made into pixels."""
    assert str(why_not_curves(data)).startswith(reason)
    pictures = prepare_drawing("a.svg", data, (PRINT_WIDTH, SCREEN_WIDTH))
    assert {picture.media_type for picture in pictures} == {"image/png"}
    assert pictures[1].width == SCREEN_WIDTH


def test_pixels_are_the_same_each_time() -> None:
    """A drawing that becomes pixels has the same bytes whenever it is made."""
    data = drawing(SHAPE.format('style="filter:blur(2px)"'))
    first, again = (prepare_drawing("a.svg", data, (SCREEN_WIDTH,)) for _ in range(2))
    assert first == again


def test_pixels_are_three_hundred_to_the_inch_and_seen_through() -> None:
    """A picture is as wide as the widest place needs, as high as a page, and has no ground."""
    (wide,) = prepare_drawing("a.svg", drawing(SHAPE.format('filter="blur(1)"')), (PRINT_WIDTH,))
    with Image.open(BytesIO(wide.data)) as picture:
        assert picture.width == PRINT_WIDTH
        assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    tall = SHAPE.format('filter="blur(1)"').join(
        ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 800">', "</svg>"]
    )
    (high,) = prepare_drawing("a.svg", tall.encode(), (PRINT_WIDTH,))
    assert high.height == pytest.approx(250 / 25.4 * 300, abs=10)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ('<image href="file:///etc/passwd" filter="blur(1)"/>', "'file:///etc/passwd' cannot be"),
        ('<filter id="f"><feImage href="/etc/hostname"/></filter>', "'/etc/hostname' cannot be"),
        (SHAPE.format('clip-path="circle(20px)"'), "'clip-path' is given by circle(…)"),
        (SHAPE.format('style="transform-box:fill-box"'), "(transform-box)"),
        (SHAPE.format('transform="translate(50%)"'), "moves a shape by a share of its size"),
        ('<text y="9" filter="blur(1)">ᚠ</text>', "has the character 'ᚠ' (U+16A0)"),
        ("<text y='9'>Rest ᚠ</text>", "(U+16A0), which is not in the fonts"),
        ('<g opacity=".5">' * 60 + '<g opacity=".5"/>' * 60 + "</g>" * 60, "has 120 filters"),
    ],
)
def test_what_cannot_be_drawn_at_all_is_refused(inside: str, words: str) -> None:
    """What no library here draws, or what leads outside, is one line, and no picture."""
    with pytest.raises(SvgError) as caught:
        prepare_drawing("a.svg", drawing(inside), (PRINT_WIDTH,))
    assert words in str(caught.value)
    assert "; " in str(caught.value)


SPOKEN = st.sampled_from(["de", "de-AT", "en", "en-GB", "fr"])


def first_shown(choices: list[list[str]], language: str) -> int | None:
    """Return which of some choices SVG takes for a reader of `language`; one for all has none."""
    fits = [
        not spoken
        or any(f"{tag}-".startswith(f"{language}-") or tag == language[:2] for tag in spoken)
        for spoken in choices
    ]
    return fits.index(True) if True in fits else None


@given(
    st.lists(st.lists(SPOKEN, max_size=2), min_size=1, max_size=4),
    SPOKEN,
    st.sampled_from(["", 'filter="url(#f)"']),
)
def test_words_are_taken_in_the_language_of_the_workshop(
    choices: list[list[str]], language: str, effect: str
) -> None:
    """A switch shows its first choice in the workshop's language, else in English, both ways."""
    conditions = [f'systemLanguage="{", ".join(spoken)}"' if spoken else "" for spoken in choices]
    said = "".join(f"<text {effect} {of}>choice{n}</text>" for n, of in enumerate(conditions))
    data = drawing(f"<switch><title>A</title>{said}<foreignObject>web</foreignObject></switch>")
    wanted = first_shown(choices, language)
    wanted = first_shown(choices, "en") if wanted is None else wanted
    clean = svg.clean_for_pixels if effect else svg.clean
    if wanted is None:
        with pytest.raises(SvgError, match="foreignObject"):
            clean(data, language)
    else:
        shown = [
            n for n in range(len(choices)) if f"choice{n}".encode() in clean(data, language)[0]
        ]
        assert shown == [wanted]


@pytest.mark.parametrize(
    "effect", ['<feMorphology operator="dilate" radius="4"/>', '<feTurbulence numOctaves="400"/>']
)
def test_a_drawing_without_end_is_ended(effect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A filter that takes minutes is one line, with its place, as soon as its time is over."""
    monkeypatch.setattr(svg_draw, "MOST_SECONDS", 1)
    data = drawing(f'\n<filter id="f">{effect}</filter>\n{SHAPE.format("""filter="url(#f)" """)}')
    began = time.monotonic()
    with pytest.raises(SvgError, match="s to draw, mostly for its filters; ") as caught:
        prepare_drawing("a.svg", data, (PRINT_WIDTH, SCREEN_WIDTH))
    assert caught.value.line == 3
    assert time.monotonic() - began < 60


PAINT = st.sampled_from(
    ["red", "#0a08", "rgb(0,90,0)", "none", "url(#g)", "url(#r)", "url(#p) blue", "currentColor"]
)
NUMBER = st.sampled_from(["0", "5", "12", "-7", ".5"])
MOVE = st.one_of(
    st.builds("translate({}{}{})".format, NUMBER, st.sampled_from([" ", ",", " , "]), NUMBER),
    st.builds("{}rotate( {}) ".format, st.sampled_from(["", " ", "scale(.9),"]), NUMBER),
)
LOOK = st.builds(
    'fill="{}" stroke="{}" stroke-width="{}" transform="{}" {} {}'.format,
    PAINT,
    PAINT,
    st.sampled_from(["1", "6", "10%"]),
    MOVE,
    st.sampled_from(["", 'opacity=".5"', 'stroke-opacity=".4"', 'stroke-dasharray="9 4"']),
    st.sampled_from(
        ["", 'class="a"', 'clip-path="url(#c)"', 'mask="url(#m)"', 'systemLanguage="de"', 'id="x"']
    ),
)
SHAPES = st.builds(
    "<{} {}/>".format,
    st.sampled_from(
        [
            'rect x="20" y="10" width="50" height="40"',
            'rect x="10" y="20" width="60" height="30" rx="9"',
            'ellipse cx="50" cy="40" rx="30" ry="20"',
            'path d="M10 70L50 10 90 70" marker-mid="url(#k)"',
        ]
    ),
    LOOK,
)
SHEETS = st.lists(
    st.builds(
        "{}{{{}}}".format,
        st.sampled_from([".a", "#x", "rect", "path.a", "[class=a]", "g > *", "*"]),
        st.sampled_from(["fill:gold", "stroke:#036!important", "opacity:.7", "stroke-width:3"]),
    ),
    max_size=3,
).map(" ".join)
RATIOS = st.sampled_from(["", "none", "xMinYMin meet", "xMaxYMid slice"])
SIZES = st.sampled_from(["", 'width="100" height="80"', 'width="100" height="100"'])
DEFINITIONS = (
    f'<linearGradient id="g">{GRADIENT}</linearGradient>'
    f'<radialGradient id="r">{GRADIENT}<stop offset="1" stop-opacity=".2"/></radialGradient>'
    '<pattern id="p" width=".2" height=".2"><circle cx="5" cy="5" r="4" fill="teal"/></pattern>'
    '<clipPath id="c"><circle cx="50" cy="40" r="25"/></clipPath>'
    '<mask id="m"><rect width="60" height="60" fill="#fff"/></mask>'
    '<marker id="k" markerWidth="2" markerHeight="2"><path d="M0 0h2v2z"/></marker>'
)
GROUPS = st.builds(
    "<{0}>{1}</{0}>".format,
    st.sampled_from(["g", "switch"]),
    st.lists(SHAPES, max_size=3).map("".join),
)
DRAWINGS = st.builds(
    lambda sheet, groups, ratio, size: drawing(
        f"<defs>{DEFINITIONS}</defs><style>{sheet}</style>{groups}",
        f'preserveAspectRatio="{ratio}" {size}' if ratio else size,
    ),
    SHEETS,
    st.lists(GROUPS, min_size=1, max_size=2).map("".join),
    RATIOS,
    SIZES,
)


def as_printed(picture: Picture, width: int) -> Image.Image:
    """Return a picture as a PDF shows it, on white."""
    if picture.media_type == "image/svg+xml":
        size = (picture.width, picture.height)
        page = pypdfium2.PdfDocument(engine.draw_alone(picture.data, size))[0]
        laid: Image.Image = page.render(scale=width / page.get_width()).to_pil()
        return laid.convert("RGB")
    with Image.open(BytesIO(picture.data)) as pixels:
        shown = Image.new("RGBA", pixels.size, "white")
        shown.alpha_composite(pixels.convert("RGBA"))
        return shown.convert("RGB")


@settings(max_examples=25, deadline=None)
@given(DRAWINGS)
def test_what_is_printed_is_what_was_drawn(data: bytes) -> None:
    """Whatever paints, rules, moves, choices and proportions say: it is printed as drawn."""
    (picture,) = prepare_drawing("a.svg", data, (200,))
    right = resvg_py.svg_to_bytes(
        svg_string=data.decode(), width=200, dpi=96, background="white", languages=["en"]
    )
    with Image.open(BytesIO(bytes(right))) as image:
        expected = image.convert("RGB")
    found = as_printed(picture, 200).resize(expected.size)
    low, high = expected.filter(ImageFilter.MinFilter(3)), expected.filter(ImageFilter.MaxFilter(3))
    outside = ImageChops.lighter(
        ImageChops.subtract(low, found), ImageChops.subtract(found, high)
    ).convert("L")
    assert sum(outside.histogram()[EDGE:]) <= 12
