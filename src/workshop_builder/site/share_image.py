"""The image that is shown beside a shared link to the website, and the website's icon."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageOps

from workshop_builder.model.workshop import Settings
from workshop_builder.pictures.pixels import lettering
from workshop_builder.pictures.pixels.lettering import BOLD
from workshop_builder.pictures.prepare import Picture

SIZE = (1200, 630)
"""Pixels of the image: 1.91 to 1, the ratio in which Open Graph images are shown."""
ICON = 180
"""Pixels of each side of the icon; large enough for the home screen of a phone."""
_MARGIN = 70
"""Pixels from the left edge to the text, and from the text to what is right of it."""
_COLUMN = 560
"""Pixels from the left edge to where the cover begins."""
_TITLE_SIZES = range(92, 40, -4)


def draw_image(settings: Settings, cover: Picture | None, colours: Mapping[str, str]) -> bytes:
    """Return the title beside the cover, as PNG; `colours` are the values of colours.css."""
    shades = {name: lettering.hexadecimal(value) for name, value in colours.items()}
    canvas = Image.new("RGB", SIZE, shades["--paper"])
    if cover:
        room_beside = (SIZE[0] - _COLUMN - 30, SIZE[1] - 60)
        pixels = lettering.in_pixels(cover.data, cover.media_type, SIZE[1])
        fitted = ImageOps.contain(pixels, room_beside)
        left = _COLUMN + (SIZE[0] - _COLUMN - fitted.width) // 2
        canvas.paste(fitted, (left, (SIZE[1] - fitted.height) // 2), fitted)
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, 22, SIZE[1]), shades["--accent"])
    room = (_COLUMN if cover else SIZE[0] - _MARGIN) - _MARGIN
    size = lettering.title_size(settings.title, room, _TITLE_SIZES)
    shown = lettering.headings(settings, shades, size, (30, 36))
    top = (SIZE[1] - lettering.height(shown, room)) / 2
    lettering.write(draw, (_MARGIN, top), room, shown)
    return _png(canvas)


def draw_icon(settings: Settings, colours: Mapping[str, str]) -> bytes:
    """Return the first letter of the studio, or of the title, on the accent colour, as PNG."""
    name = settings.studio.name if settings.studio else settings.title
    canvas = Image.new("RGBA", (ICON, ICON), (0, 0, 0, 0))
    draw = ImageDraw.Draw(canvas)
    ground = lettering.hexadecimal(colours["--accent"])
    draw.rounded_rectangle((0, 0, ICON - 1, ICON - 1), ICON // 5, ground)
    letter = next((char for char in name if char.isalnum()), name[0]).upper()
    middle = (ICON / 2, ICON / 2)
    draw.text(middle, letter, "#ffffff", lettering.font(120, BOLD), anchor="mm")
    return _png(canvas)


def _png(canvas: Image.Image) -> bytes:
    packed = io.BytesIO()
    canvas.quantize(128).save(packed, "PNG", optimize=True)
    return packed.getvalue()
