"""SVG drawings: only what draws is carried over, into a file that refers to nothing outside.

The steps: the file is parsed without entities, network and DTD; a new tree is made of
the elements and attributes that `svg_allowed` lists; pictures inside it are made anew;
it gets a plain size and valid ids; the work that it takes to draw is counted; it is
written out. Only what is on a list is copied, so nothing unknown can get through.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from urllib.parse import unquote_to_bytes

from lxml import etree

from workshop_builder.errors import did_you_mean
from workshop_builder.markup.xhtml import Element
from workshop_builder.pictures import raster, svg_allowed
from workshop_builder.pictures.raster import PictureError
from workshop_builder.pictures.svg_allowed import SvgError
from workshop_builder.pictures.svg_cost import check_amount, check_cost
from workshop_builder.pictures.svg_ids import HREF, make_ids_valid
from workshop_builder.pictures.svg_paint import variable_set

__all__ = ["SvgError", "clean"]

LARGEST_FILE = 2 * 1000 * 1000
"""Bytes; a larger drawing was traced from a photograph, or holds one."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_KEPT_OF_XML = {f"{{{_XML}}}lang", f"{{{_XML}}}space"}
_REFERRING = {"use", "linearGradient", "radialGradient", "pattern", "textPath"}
_TEXT = {"text", "tspan", "textPath"}
_EMBEDDED = {"data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/webp"}
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*([a-z]*)\s*", re.IGNORECASE)
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LONGEST_SIDE = 1_000_000
_SHORTEST_SIDE = 100


def clean(data: bytes) -> tuple[bytes, int, int]:
    """Return the drawing with nothing in it but what draws, and its width and height in pixels.

    Raises SvgError, with the line at fault, where it cannot be used.
    """
    source = _parse(data)
    if name := variable_set(data):
        remedy = "write its value where it is used, or export the drawing as PNG"
        raise SvgError(f"sets the variable '{name}', which e-readers do not know; {remedy}")
    check_amount(source)
    drawing = _copy(source, "") if _local_name(source) == "svg" else None
    if drawing is None:
        kind = f"<{source.tag}>"
        raise SvgError(f"the file holds {kind} and no SVG drawing; export it as plain SVG", 1)
    _renew_pictures(drawing)
    width, height = _set_size(drawing)
    make_ids_valid(drawing)
    check_cost(drawing)
    etree.cleanup_namespaces(drawing)
    return etree.tostring(drawing, encoding="UTF-8") + b"\n", width, height


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


def _copy(source: Element, parent: str) -> Element | None:
    """Return a copy of the element with what may stay of it; None where all of it must go."""
    name = _new_name(source, parent)
    if name is None:
        return None
    copy = etree.Element(f"{{{_SVG}}}{name}", nsmap={None: _SVG, "xlink": _XLINK})
    copy.sourceline = source.sourceline
    _copy_attributes(source, copy, name)
    if name in {"use", "image"} and HREF not in copy.attrib:
        return None
    if name == "style":
        copy.text = svg_allowed.style_sheet(source.text or "", source.sourceline)
        return copy if copy.text else None
    _copy_content(source, copy, name)
    return copy


def _new_name(source: Element, parent: str) -> str | None:
    """Return the name for the copy of an element; None where it is not copied.

    Raises SvgError for an element without which the drawing would not be the same.
    """
    if not isinstance(source.tag, str):
        raise SvgError(f"uses the entity {source.text}; write the character itself", _line(source))
    name = _local_name(source)
    if _namespace(source) not in {_SVG, ""} or name in svg_allowed.DROPPED:
        return None
    if name in {"a", "switch"}:
        return "tspan" if parent in _TEXT else "g"
    if name in svg_allowed.KEPT:
        return name
    if name == "foreignObject" and not "".join(source.itertext()).strip():
        return None
    if words := svg_allowed.LOST.get(name):
        remedy = "turn it into paths, or export the drawing as PNG"
        raise SvgError(f"uses {words}, which printers cannot show; {remedy}", _line(source))
    hint = did_you_mean(name, svg_allowed.KEPT) or "; export it again as plain SVG"
    raise SvgError(f"unknown element <{name}>{hint}", _line(source))


def _copy_attributes(source: Element, copy: Element, name: str) -> None:
    """Copy the attributes that may stay, in their order."""
    for key, value in source.attrib.items():
        if key in _KEPT_OF_XML:
            copy.set(key, value)
        elif not key.startswith("{"):
            kept = svg_allowed.attribute(key, value, _line(source))
            if kept is not None:
                copy.set(key, kept)
    address = source.get("href", source.get(HREF, "")).strip()
    if address and (name == "image" or (name in _REFERRING and address.startswith("#"))):
        copy.set(HREF, address)
    elif address and name == "use":
        raise SvgError(_outside(address, "copy that part into the drawing"), _line(source))


def _copy_content(source: Element, copy: Element, name: str) -> None:
    """Copy the children that may stay, and text where it shows."""
    words = name in _TEXT or name in {"title", "desc"}
    if words:
        copy.text = source.text
    for child in source:
        if _local_name(source) == "switch" and (len(copy) or _is_web_page(child)):
            continue
        new = _copy(child, name) if name not in {"title", "desc"} else None
        if new is not None:
            copy.append(new)
        if words:
            _append_text(copy, child.tail)


def _append_text(copy: Element, text: str | None) -> None:
    """Add text, if there is any, after the last child."""
    if not text:
        return
    if len(copy):
        copy[-1].tail = (copy[-1].tail or "") + text
    else:
        copy.text = (copy.text or "") + text


def _renew_pictures(drawing: Element) -> None:
    """Replace each picture inside the drawing by one that is made anew."""
    area = 0
    for image in drawing.iter(f"{{{_SVG}}}image"):
        try:
            # At full width: an image without a width of its own is drawn at that of its pixels.
            (new,) = raster.encode(
                _embedded(image.get(HREF)), (raster.LONGEST_SIDE,), see_through=True
            )
        except PictureError as error:
            raise SvgError(f"inside the drawing, {error}", _line(image)) from error
        area += new.width * new.height
        if area > raster.LARGEST_AREA:
            raise SvgError("the pictures inside are too large; shrink them", _line(image))
        content = base64.b64encode(new.data).decode("ascii")
        image.set(HREF, f"data:{new.media_type};base64,{content}")


def _embedded(address: str) -> bytes:
    """Return the bytes of the picture in a `data:` address."""
    head, _, body = address.partition(",")
    kind, *parameters = head.lower().split(";")
    if kind not in _EMBEDDED:
        raise PictureError(_outside(address, "embed it as PNG or JPEG"))
    try:
        raw = unquote_to_bytes("".join(body.split()))
        return base64.b64decode(raw, validate=True) if "base64" in parameters else raw
    except binascii.Error as error:
        raise PictureError("the picture is damaged; embed it again") from error


def _outside(address: str, remedy: str) -> str:
    short = address if len(address) <= 60 else f"{address[:60]}…"
    return f"'{short}' cannot be shown; {remedy}"


def _set_size(drawing: Element) -> tuple[int, int]:
    """Give the drawing a viewBox, and a width and height in proportion; return these in pixels."""
    box = _view_box(drawing)
    width, height = box[2:]
    # A viewBox of 1.4 by 1 is usual for an icon, and would count as 1 by 1 pixel.
    scale = max(1.0, _SHORTEST_SIDE / max(width, height))
    for name in ("x", "y"):
        drawing.attrib.pop(name, None)
    drawing.set("viewBox", " ".join(map(_number, box)))
    drawing.set("width", _number(width * scale))
    drawing.set("height", _number(height * scale))
    return max(1, round(width * scale)), max(1, round(height * scale))


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
    match = _LENGTH.fullmatch(drawing.get(side, ""))
    unit = match[2].lower() if match else ""
    if match is None or unit not in _PIXELS or float(match[1]) == 0:
        raise SvgError(
            "the drawing does not say how large it is; "
            "export it with a viewBox, or a width and height",
            _line(drawing),
        )
    return float(match[1]) * _PIXELS[unit]


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _is_web_page(element: Element) -> bool:
    return isinstance(element.tag, str) and _local_name(element) == "foreignObject"


def _local_name(element: Element) -> str:
    name: str = etree.QName(element).localname
    return name


def _namespace(element: Element) -> str:
    return etree.QName(element).namespace or ""


def _line(element: Element) -> int:
    return element.sourceline or 0
