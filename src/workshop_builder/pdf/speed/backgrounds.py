"""Boxes without a background, known by their style (`layout_box_backgrounds`)."""

from __future__ import annotations

from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.layout import background

from workshop_builder.pdf.speed.replacing import replace

_RADII = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
_PLAIN = {"background": None} | dict.fromkeys(_RADII, (0, 0))
"""What the engine finds for a box that shows nothing of its own."""

_lay_out = background.layout_box_backgrounds


def look_at_styles() -> None:
    """Look at the style that many boxes share, and not at each box."""
    replace(_lay_out, _lay_out_shown)


def _lay_out_shown(
    page: Any,  # noqa: ANN401
    box: Any,  # noqa: ANN401
    get_image_from_uri: Any,  # noqa: ANN401
    layout_children: bool = True,  # noqa: FBT001, FBT002
    style: Any = None,  # noqa: ANN401
) -> None:
    if style is not None or box is page or not _is_plain(box.style):
        _lay_out(page, box, get_image_from_uri, layout_children, style)
        return
    getattr(box, "_box", box).__dict__.update(_PLAIN)  # one that stands elsewhere is in another
    if layout_children:
        for child in box.all_children():
            _lay_out_shown(page, child, get_image_from_uri)


def _is_plain(style: Any) -> bool:  # noqa: ANN401
    """Return whether nothing is seen of a box with a style but its border and what is in it."""
    plain = style.__dict__.get("_is_plain")
    if plain is None:
        plain = style._is_plain = (  # noqa: SLF001
            all((0, "px") in style[name] for name in _RADII)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and not style["box_shadow"]
            and (
                style["visibility"] == "hidden"
                or (
                    all(kind != "url" and not value for kind, value in style["background_image"])
                    and get_color(style, "background_color").alpha == 0
                )
            )
        )
    return bool(plain)
