"""A drawing in SVG as a picture: by curves, or by pixels where curves would come out otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

from workshop_builder.pictures import svg, svg_draw
from workshop_builder.pictures.pixels import raster
from workshop_builder.pictures.prepare import Picture
from workshop_builder.pictures.svg_allowed import SvgError

_TALLEST = round(250 / 25.4 * 300)
"""Pixels: 300 dots an inch over 250 mm, the greatest height of a picture."""


@lru_cache(maxsize=64)
def why_not_curves(data: bytes, language: str = "en") -> SvgError | None:
    """Return why a drawing becomes a picture of pixels; None for one that stays a drawing.

    Raises SvgError for one that cannot be used at all.
    """
    whole, _, _ = svg.clean_for_pixels(data, language)
    svg_draw.check_words(whole)
    try:
        curves, width, height = svg.clean(data, language)
    except SvgError as error:
        return error
    from workshop_builder.pdf import drawings  # noqa: PLC0415  the engine takes half a second

    ground = "#{:02x}{:02x}{:02x}".format(*drawings.GROUND)
    draw = partial(svg_draw.pixels, whole, background=ground)
    if drawings.is_drawn_alike(curves, (width, height), draw):
        return None
    return SvgError("is not drawn alike by all readers; export it again as plain SVG")


def prepare_drawing(
    name: str, data: bytes, widths: Sequence[int], language: str = "en"
) -> tuple[Picture, ...]:
    """Return the picture of a drawing once for each of `widths`, its greatest width in pixels.

    A drawing by curves is the same at every width. Raises SvgError where it cannot be used.
    """
    reason = why_not_curves(data, language)
    if reason is None:
        curves, width, height = svg.clean(data, language)
        return (Picture(name, "image/svg+xml", width, height, curves),) * len(widths)
    whole, width, height = svg.clean_for_pixels(data, language)
    widest = min(max(widths), max(1, _TALLEST * width // height))
    try:
        png = svg_draw.pixels(whole, widest)
    except SvgError as error:
        raise SvgError(str(error), reason.line) from error
    return tuple(
        Picture(name, each.media_type, each.width, each.height, each.data)
        for each in raster.encode(png, widths, see_through=True)
    )
