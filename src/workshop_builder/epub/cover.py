"""The cover of the e-book as a picture: what shelves of books show, of today and of old."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageOps

from workshop_builder.model.workshop import Settings
from workshop_builder.pictures.pixels import lettering
from workshop_builder.pictures.prepare import Picture

NAME = "cover.jpg"
SIZE = (1200, 1800)
"""Pixels."""
_MARGIN = 100
_TOP = 70
_BAND = 200
"""Pixels of the accent at the lower edge, on which the picture stands, as on the printed cover."""
_ROOM = SIZE[0] - 2 * _MARGIN
_HORIZON = 1480
"""Pixels from the upper edge to where the sun rises on a cover without a picture."""
_SUN, _RADIUS = "#f4cf8f", 340
"""That of the printed cover."""
_TITLE_SIZES = range(170, 60, -5)
_QUALITY = 88


def draw_cover(settings: Settings, picture: Picture | None, colours: Mapping[str, str]) -> bytes:
    """Return title, subtitle and studio above the cover's picture or a rising sun, as JPEG.

    `colours` are the values of colours.css.
    """
    shades = {name: lettering.hexadecimal(value) for name, value in colours.items()}
    canvas = Image.new("RGB", SIZE, shades["--paper"])
    draw = ImageDraw.Draw(canvas)
    size = lettering.title_size(settings.title, _ROOM, _TITLE_SIZES)
    shown = lettering.headings(settings, shades, size, (44, 56))
    lettering.write(draw, (_MARGIN, _TOP), _ROOM, shown)
    below = _TOP + round(lettering.height(shown, _ROOM)) + 60
    if picture and below < SIZE[1] - _BAND - _MARGIN:
        draw.rectangle((0, SIZE[1] - _BAND, *SIZE), shades["--accent-dark"])
        _place(canvas, picture, below)
    elif below < _HORIZON - _RADIUS:
        draw.circle((SIZE[0] - _MARGIN - _RADIUS, _HORIZON), _RADIUS, _SUN)
        draw.rectangle((0, _HORIZON, *SIZE), shades["--accent-dark"])
    packed = io.BytesIO()
    canvas.save(packed, "JPEG", quality=_QUALITY, optimize=True)
    return packed.getvalue()


def _place(canvas: Image.Image, picture: Picture, top: int) -> None:
    """Put the picture below `top` and on the band, with its own margins cut off."""
    room = (_ROOM + _MARGIN, SIZE[1] - _BAND - top)
    pixels = lettering.in_pixels(picture.data, picture.media_type, room[1])
    fitted = ImageOps.contain(pixels.crop(pixels.getbbox()), room)
    left = (SIZE[0] - fitted.width) // 2
    canvas.paste(fitted, (left, SIZE[1] - _BAND - fitted.height), fitted)
