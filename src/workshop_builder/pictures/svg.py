"""SVG drawings: only what draws is carried over, into a file that refers to nothing outside.

The steps: the file is parsed without entities, network and DTD; a new tree is made of
the elements and attributes that `svg_allowed` lists; pictures inside it are made anew;
it gets a plain size and valid ids; the work that it takes to draw is counted; it is
written out. Only what is on a list is copied, so nothing unknown can get through.
"""

from __future__ import annotations

import math
import re

from lxml import etree

from workshop_builder.markup.xhtml import Element
from workshop_builder.pictures.svg_allowed import CURVES, PIXELS, Rules, SvgError
from workshop_builder.pictures.svg_copy import SVG, choose, copy_drawn, renew_pictures
from workshop_builder.pictures.svg_cost import check_amount, check_cost, check_layers
from workshop_builder.pictures.svg_ids import make_ids_valid
from workshop_builder.pictures.svg_paint import variable_set
from workshop_builder.pictures.svg_plain import make_plain
from workshop_builder.pictures.svg_styles import apply_styles

__all__ = ["SvgError", "clean", "clean_for_pixels"]

LARGEST_FILE = 2 * 1000 * 1000
"""Bytes; a larger drawing was traced from a photograph, or holds one."""

_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*([a-z]*)\s*", re.IGNORECASE)
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LONGEST_SIDE = 1_000_000
_SHORTEST_SIDE = 100
_GROUND = "background-color:"
_PROPORTION = 0.01
"""The share by which height may miss the proportion to width: programs round them."""


def clean(data: bytes, language: str = "en") -> tuple[bytes, int, int]:
    """Return the drawing with nothing in it but what all readers draw, and its size in pixels.

    Of what it has in several languages, it keeps what is in `language`, or else in English.
    Raises SvgError, with the line at fault, where it cannot be drawn by curves.
    """
    drawing = _made_anew(data, CURVES, language)
    width, height = _set_size(drawing)
    _add_background(drawing)
    make_ids_valid(drawing)
    check_cost(drawing)
    return _written(drawing), width, height


def clean_for_pixels(data: bytes, language: str = "en") -> tuple[bytes, int, int]:
    """Return the drawing with nothing in it but what `svg_draw` draws, and its size in pixels.

    It keeps the same of several languages as `clean`.
    Raises SvgError, with the line at fault, where it cannot be drawn.
    """
    drawing = _made_anew(data, PIXELS, language)
    box = _view_box(drawing)
    width, height = _shape(drawing, box)
    drawing.set("width", _number(width))
    drawing.set("height", _number(height))
    check_cost(drawing)
    check_layers(drawing)
    make_plain(drawing)
    return _written(drawing), max(1, round(width)), max(1, round(height))


def _made_anew(data: bytes, rules: Rules, language: str) -> Element:
    """Return a new tree of what may stay of a file."""
    source = _parse(data)
    if name := variable_set(data):
        remedy = "write its value where it is used, or export the drawing as PNG"
        raise SvgError(f"sets the variable '{name}', which e-readers do not know; {remedy}")
    check_amount(source)
    for unread in source.iter(etree.Entity):
        raise SvgError(f"uses the entity {unread.text}; write the character itself", _line(unread))
    apply_styles(source)
    choose(source, language)
    is_drawing = etree.QName(source).localname == "svg"
    drawing = copy_drawn(source, "", rules) if is_drawing else None
    if drawing is None:
        kind = f"<{source.tag}>"
        raise SvgError(f"the file holds {kind} and no SVG drawing; export it as plain SVG", 1)
    renew_pictures(drawing)
    return drawing


def _add_background(drawing: Element) -> None:
    """Draw the colour that a style gives the drawing's ground, as a rectangle."""
    parts = drawing.get("style", "").split(";")
    colours = [each.removeprefix(_GROUND) for each in parts if each.startswith(_GROUND)]
    if colours:
        left, top, width, height = drawing.get("viewBox").split()
        ground = etree.Element(f"{{{SVG}}}rect", x=left, y=top, width=width, height=height)
        ground.set("fill", colours[-1])
        drawing.insert(0, ground)
        drawing.set("style", ";".join(each for each in parts if not each.startswith(_GROUND)))


def _written(drawing: Element) -> bytes:
    etree.cleanup_namespaces(drawing)
    return bytes(etree.tostring(drawing, encoding="UTF-8")) + b"\n"


def _parse(data: bytes) -> Element:
    """Return the tree of the file; raises SvgError for any fault of its syntax."""
    _check_bytes(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in error.msg:
            raise SvgError(
                "groups are nested too deeply; ungroup the drawing", error.lineno
            ) from error
        reason = error.msg.partition(", line")[0].strip()
        raise SvgError(
            f"the file is not whole ({reason}); export or copy it again", error.lineno or 0
        ) from error


def _check_bytes(data: bytes) -> None:
    """Raise SvgError for what should not even be parsed."""
    if not data.strip():
        raise SvgError("the drawing is empty; export or copy it again")
    if len(data) > LARGEST_FILE:
        raise SvgError(
            f"the drawing takes {len(data) / 1e6:.1f} MB, over the limit of "
            f"{LARGEST_FILE // 1_000_000} MB; simplify it, and save photographs in it as files"
        )
    before, entity, _ = data.replace(b"\0", b"").partition(b"<!ENTITY")
    if entity:
        raise SvgError(
            "the file defines an entity, in which harmful content can hide; "
            "export it again as plain SVG",
            before.count(b"\n") + 1,
        )


def _set_size(drawing: Element) -> tuple[int, int]:
    """Give the drawing a viewBox, and a width and height in proportion; return these in pixels.

    Raises SvgError where its own width and height have other proportions than its viewBox.
    """
    box = _view_box(drawing)
    width, height = box[2:]
    across, down = _shape(drawing, box)
    if abs(across * height - down * width) > _PROPORTION * across * height:
        raise SvgError("has other proportions than its viewBox; make them the same", _line(drawing))
    # A viewBox of 1.4 by 1 is usual for an icon, and would count as 1 by 1 pixel.
    scale = max(1.0, _SHORTEST_SIDE / max(width, height))
    for name in ("x", "y"):
        drawing.attrib.pop(name, None)
    drawing.set("viewBox", " ".join(map(_number, box)))
    drawing.set("width", _number(width * scale))
    drawing.set("height", _number(height * scale))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _shape(drawing: Element, box: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return the width and height that a drawing says it has, or else those of its viewBox."""
    if all(_is_length(drawing.get(side, "")) for side in ("width", "height")):
        return _pixels(drawing, "width"), _pixels(drawing, "height")
    return box[2], box[3]


def _view_box(drawing: Element) -> tuple[float, float, float, float]:
    """Return left, top, width and height of what is shown, by the viewBox or else the size."""
    written = drawing.get("viewBox")
    if written is None:
        box = [0.0, 0.0, _pixels(drawing, "width"), _pixels(drawing, "height")]
    else:
        try:
            box = [float(part) for part in written.replace(",", " ").split()]
        except ValueError:
            box = []
    if len(box) != 4 or not all(map(math.isfinite, box)) or min(box[2:]) <= 0:
        raise SvgError(
            f"the viewBox '{written}' is not four numbers; export the drawing again", _line(drawing)
        )
    if max(map(abs, box)) > _LONGEST_SIDE or max(box[2:]) > 1000 * min(box[2:]):
        raise SvgError(
            "the drawing is far too large or too narrow; export it with a usual page size",
            _line(drawing),
        )
    return box[0], box[1], box[2], box[3]


def _pixels(drawing: Element, side: str) -> float:
    """Return the `width` or `height` of the drawing in pixels."""
    written = drawing.get(side, "")
    match = _LENGTH.fullmatch(written)
    if match is None or not _is_length(written):
        raise SvgError(
            "the drawing does not say how large it is; "
            "export it with a viewBox, or a width and height",
            _line(drawing),
        )
    return float(match[1]) * _PIXELS[match[2].lower()]


def _is_length(written: str) -> bool:
    match = _LENGTH.fullmatch(written)
    return match is not None and match[2].lower() in _PIXELS and float(match[1]) > 0


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _line(element: Element) -> int:
    return element.sourceline or 0
