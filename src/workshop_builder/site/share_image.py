"""The image that is shown beside a shared link to the website, and the website's icon."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache

import resvg_py
import tinycss2.color4
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont, ImageOps

from workshop_builder import resources
from workshop_builder.model.workshop import Settings
from workshop_builder.pictures.prepare import Picture
from workshop_builder.source.look_alikes import as_set

SIZE = (1200, 630)
"""Pixels of the image: 1.91 to 1, the ratio in which Open Graph images are shown."""
ICON = 180
"""Pixels of each side of the icon; large enough for the home screen of a phone."""
_REGULAR, _BOLD = "AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf"
_TITLE = "SourceSerif4.ttf"
_MARGIN = 70
"""Pixels from the left edge to the text, and from the text to what is right of it."""
_COLUMN = 560
"""Pixels from the left edge to where the cover begins."""


def draw_image(settings: Settings, cover: Picture | None, colours: Mapping[str, str]) -> bytes:
    """Return the title beside the cover, as PNG; `colours` are the values of colours.css."""
    hex_colours = {name: _hex(value) for name, value in colours.items()}
    canvas = Image.new("RGB", SIZE, hex_colours["--paper"])
    if cover:
        fitted = ImageOps.contain(_image(cover, SIZE[1]), (SIZE[0] - _COLUMN - 30, SIZE[1] - 60))
        left = _COLUMN + (SIZE[0] - _COLUMN - fitted.width) // 2
        canvas.paste(fitted, (left, (SIZE[1] - fitted.height) // 2), fitted)
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, 22, SIZE[1]), hex_colours["--accent"])
    room = (_COLUMN if cover else SIZE[0] - _MARGIN) - _MARGIN
    blocks = [
        (settings.studio.name if settings.studio else "", 30, _BOLD, hex_colours["--accent-dark"]),
        (settings.title, _title_size(settings.title, room), _TITLE, hex_colours["--ink"]),
        (settings.subtitle or "", 36, _REGULAR, hex_colours["--soft-ink"]),
    ]
    _write(draw, room, [block for block in blocks if block[0]])
    return _png(canvas)


def draw_icon(settings: Settings, colours: Mapping[str, str]) -> bytes:
    """Return the first letter of the studio, or of the title, on the accent colour, as PNG."""
    name = settings.studio.name if settings.studio else settings.title
    canvas = Image.new("RGBA", (ICON, ICON), (0, 0, 0, 0))
    draw = ImageDraw.Draw(canvas)
    draw.rounded_rectangle((0, 0, ICON - 1, ICON - 1), ICON // 5, _hex(colours["--accent"]))
    letter = next((char for char in name if char.isalnum()), name[0]).upper()
    draw.text((ICON / 2, ICON / 2), letter, "#ffffff", _font(120, _BOLD), anchor="mm")
    return _png(canvas)


def _hex(value: str) -> str:
    """Return a CSS colour as `#rrggbb`; black where the value is no colour."""
    colour = tinycss2.color4.parse_color(value)
    if colour is None or colour == "currentcolor":
        return "#000000"
    return "#" + "".join(
        f"{round(255 * min(max(c, 0), 1)):02x}" for c in colour.to("srgb").coordinates
    )


def _image(cover: Picture, height: int) -> Image.Image:
    """Return a picture in pixels with its transparency; a drawing is made `height` pixels high."""
    data = cover.data
    if cover.media_type == "image/svg+xml":
        data = bytes(resvg_py.svg_to_bytes(svg_string=data.decode(), height=height))
    return Image.open(io.BytesIO(data)).convert("RGBA")


def _write(draw: ImageDraw.ImageDraw, room: int, blocks: list[tuple[str, int, str, str]]) -> None:
    """Write blocks of text below one another, centred in the height of the image.

    A block is a text with its size in pixels, its face and its colour; `room` is the
    width of the column in pixels.
    """
    lines = [
        (line, size, face, colour, index == 0)
        for text, size, face, colour in blocks
        for index, line in enumerate(_lines(text, size, room, face))
    ]
    heights = [1.16 * size + (0.5 * size if first else 0) for _, size, _, _, first in lines]
    top = (SIZE[1] - sum(heights)) / 2
    for (line, size, face, colour, _), height in zip(lines, heights, strict=True):
        top += height
        draw.text((_MARGIN, top - 0.2 * size), line, colour, _font(size, face), anchor="ls")


def _title_size(title: str, room: int) -> int:
    """Return the largest size, in pixels, in which a title takes no more than four lines."""
    sizes = range(92, 40, -4)
    return next((s for s in sizes if _fits(_lines(title, s, room, _TITLE), s, room)), sizes[-1])


def _fits(lines: list[str], size: int, room: int) -> bool:
    return len(lines) <= 4 and all(_font(size, _TITLE).getlength(line) <= room for line in lines)


def _lines(text: str, size: int, room: int, face: str) -> list[str]:
    """Return the lines of a text that fit into `room` pixels; a longer word has its own."""
    font = _font(size, face)
    lines = [""]
    for word in _drawable(text, face).split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _drawable(text: str, face: str) -> str:
    """Return a text without the characters that its face lacks, such as emoji."""
    text = as_set(text)
    return text if text.isascii() else "".join(sign for sign in text if ord(sign) in _in_face(face))


@cache
def _in_face(face: str) -> frozenset[int]:
    with TTFont(resources.font_files()[face], lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _font(size: int, face: str) -> ImageFont.FreeTypeFont:
    # The plain layout, which every build of Pillow has, gives the same bytes everywhere.
    font = ImageFont.truetype(
        resources.font_files()[face], size, layout_engine=ImageFont.Layout.BASIC
    )
    if face == _TITLE:
        font.set_variation_by_axes([600, 60])
    return font


def _png(canvas: Image.Image) -> bytes:
    packed = io.BytesIO()
    canvas.quantize(128).save(packed, "PNG", optimize=True)
    return packed.getvalue()
