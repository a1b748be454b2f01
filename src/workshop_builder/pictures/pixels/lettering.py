"""Words in pixels, and what stands beside them: for covers, and for images of shared links."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import resvg_py
import tinycss2.color4
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from workshop_builder import resources
from workshop_builder.model.workshop import Settings
from workshop_builder.source.look_alikes import as_set

REGULAR, BOLD = "AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf"
TITLE = "SourceSerif4.ttf"
_TITLE_AXES = [600.0, 60.0]
"""Weight and optical size."""
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A text to be written in lines below one another."""

    text: str
    size: int
    """Pixels."""
    face: str
    """The file of its font."""
    colour: str
    """As `#rrggbb`."""


def headings(
    settings: Settings, colours: Mapping[str, str], title: int, others: tuple[int, int]
) -> list[Block]:
    """Return the studio, the title and the subtitle, so far as there are, in these sizes.

    `colours` are the values of colours.css as `#rrggbb`.
    """
    name = settings.studio.name if settings.studio else ""
    blocks = [
        Block(name, others[0], BOLD, colours["--accent-dark"]),
        Block(settings.title, title, TITLE, colours["--accent-dark"]),
        Block(settings.subtitle or "", others[1], REGULAR, colours["--soft-ink"]),
    ]
    return [block for block in blocks if block.text]


def lines(block: Block, room: int) -> list[str]:
    """Return the lines of a text that fit into `room` pixels, of about the same length.

    A word that is longer has a line of its own.
    """
    found = _filled(block, room)
    for narrow in range(room, room // 2, -10):
        if len(narrower := _filled(block, narrow)) > len(found):
            break
        found = narrower
    return found


def _filled(block: Block, room: int) -> list[str]:
    """Return the lines of a text, each as long as `room` pixels let it be."""
    letters = font(block.size, block.face)
    found = [""]
    for word in _drawable(block.text, block.face).split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and letters.getlength(longer) > room:
            found.append(word)
        else:
            found[-1] = longer
    return found


def height(blocks: Sequence[Block], room: int) -> float:
    """Return how high blocks are below one another in a column of `room` pixels."""
    return sum(
        _line_height(block, is_first=number == 0)
        for block in blocks
        for number, _ in enumerate(lines(block, room))
    )


def write(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], room: int, blocks: Sequence[Block]
) -> None:
    """Write blocks below one another; `place` is the left and the upper edge of the first."""
    left, top = place
    for block in blocks:
        for number, line in enumerate(lines(block, room)):
            top += _line_height(block, is_first=number == 0)
            letters = font(block.size, block.face)
            draw.text((left, top - 0.2 * block.size), line, block.colour, letters, anchor="ls")


def _line_height(block: Block, *, is_first: bool) -> float:
    return (1.66 if is_first else 1.16) * block.size


def title_size(title: str, room: int, sizes: Sequence[int]) -> int:
    """Return the first of `sizes` in which a title takes no more than four lines, or the last."""
    return next((size for size in sizes if _fits(title, size, room)), sizes[-1])


def _fits(title: str, size: int, room: int) -> bool:
    found = lines(Block(title, size, TITLE, ""), room)
    wide = max(font(size, TITLE).getlength(line) for line in found)
    return len(found) <= _MOST_LINES and wide <= room


def _drawable(text: str, face: str) -> str:
    """Return a text without the characters that its face lacks, such as emoji."""
    text = as_set(text)
    return text if text.isascii() else "".join(s for s in text if ord(s) in _in_face(face))


@cache
def _in_face(face: str) -> frozenset[int]:
    with TTFont(resources.font_files()[face], lazy=True) as letters:
        return frozenset(letters.getBestCmap())


@cache
def font(size: int, face: str) -> ImageFont.FreeTypeFont:
    """Return a face in a size of pixels; the serif in the weight of titles."""
    # The plain layout, which every build of Pillow has, gives the same bytes everywhere.
    found = ImageFont.truetype(
        resources.font_files()[face], size, layout_engine=ImageFont.Layout.BASIC
    )
    if face == TITLE:
        found.set_variation_by_axes(_TITLE_AXES)
    return found


def hexadecimal(value: str) -> str:
    """Return a CSS colour as `#rrggbb`; black where the value is no colour."""
    colour = tinycss2.color4.parse_color(value)
    if colour is None or colour == "currentcolor":
        return "#000000"
    return "#" + "".join(
        f"{round(255 * min(max(c, 0), 1)):02x}" for c in colour.to("srgb").coordinates
    )


def in_pixels(data: bytes, media_type: str, height: int) -> Image.Image:
    """Return a picture in pixels with its transparency; a drawing is made `height` pixels high."""
    if media_type == "image/svg+xml":
        data = bytes(resvg_py.svg_to_bytes(svg_string=data.decode(), height=height))
    return Image.open(io.BytesIO(data)).convert("RGBA")
