"""A drawing's tree and its pictures, made anew: of elements and attributes those that may stay."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote_to_bytes

from lxml import etree

from workshop_builder.errors import did_you_mean
from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element
from workshop_builder.pictures import svg_allowed
from workshop_builder.pictures.pixels import raster
from workshop_builder.pictures.pixels.raster import PictureError
from workshop_builder.pictures.svg_allowed import Rules, SvgError
from workshop_builder.pictures.svg_ids import HREF

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_KEPT_OF_XML = {f"{{{_XML}}}lang", f"{{{_XML}}}space"}
_REFERRING = {"use", "linearGradient", "radialGradient", "pattern", "textPath", "feImage", "filter"}
_TEXT = {"text", "tspan", "textPath"}
_CONDITIONAL = {*_TEXT, "a", "circle", "ellipse", "foreignObject", "g", "image", "line", "path"}
_CONDITIONAL |= {"polygon", "polyline", "rect", "svg", "switch", "use"}
"""Elements that are shown or not by their attributes `systemLanguage` and `requiredExtensions`."""
_EMBEDDED = {"data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/webp"}


def copy_drawn(source: Element, parent: str, rules: Rules) -> Element | None:
    """Return a copy of the element with what may stay of it; None where all of it must go."""
    name = _new_name(source, parent, rules)
    if name is None:
        return None
    copy = etree.Element(f"{{{SVG}}}{name}", nsmap={None: SVG, "xlink": _XLINK})
    copy.sourceline = source.sourceline
    _copy_attributes(source, copy, name, rules)
    if name in {"use", "image"} and HREF not in copy.attrib:
        return None
    _copy_content(source, copy, name, rules)
    return copy


def _new_name(source: Element, parent: str, rules: Rules) -> str | None:
    """Return the name for the copy of an element; None where it is not copied.

    Raises SvgError for an element without which the drawing would not be the same.
    """
    name = _local_name(source)
    if _namespace(source) not in {SVG, ""} or name in rules.dropped:
        return None
    if name in rules.elements:
        return name
    if name in {"a", "switch"}:
        return "tspan" if parent in _TEXT else "g"
    if name == "foreignObject" and not "".join(source.itertext()).strip():
        return None
    if words := svg_allowed.LOST.get(name):
        remedy = "turn it into paths, or export the drawing as PNG"
        raise SvgError(f"uses {words}, which printers cannot show; {remedy}", _line(source))
    hint = did_you_mean(name, rules.elements) or "; export it again as plain SVG"
    raise SvgError(f"unknown element <{name}>{hint}", _line(source))


def _copy_attributes(source: Element, copy: Element, name: str, rules: Rules) -> None:
    """Copy the attributes that may stay, in their order."""
    for key, value in source.attrib.items():
        if key in _KEPT_OF_XML:
            copy.set(key, value)
        elif not key.startswith("{"):
            kept = svg_allowed.attribute(key, value, _line(source), rules)
            if kept is not None:
                copy.set(key, kept)
    address = source.get("href", source.get(HREF, "")).strip()
    if address and (name == "image" or (name in _REFERRING and address.startswith("#"))):
        copy.set(HREF, address)
    elif address and name in {"use", "feImage"}:
        raise SvgError(_outside(address, "copy that part into the drawing"), _line(source))


def _copy_content(source: Element, copy: Element, name: str, rules: Rules) -> None:
    """Copy the children that may stay, and text where it shows."""
    words = name in _TEXT or name in {"title", "desc"}
    if words:
        copy.text = source.text
    for child in source:
        new = copy_drawn(child, name, rules) if name not in {"title", "desc"} else None
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


def renew_pictures(drawing: Element) -> None:
    """Replace each picture inside the drawing by one that is made anew."""
    area = 0
    for image in drawing.iter(f"{{{SVG}}}image"):
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
    """Return what is said of an address that leads out of a drawing."""
    short = address if len(address) <= 60 else f"{address[:60]}…"
    return f"'{short}' cannot be shown; {remedy}"


def choose(source: Element, language: str) -> None:
    """Take out of a drawing what is for readers of another language, and all but one of choices.

    A switch that has nothing for `language`, such as `de-AT`, shows what it has in English.
    """
    own = {language.lower(), language.lower().partition("-")[0]}
    for switch in list(source.iter("{*}switch")):
        choices = [child for child in switch if _local_name(child) in _CONDITIONAL]
        meeting = (each for of in (own, {"en"}) for each in choices if _is_shown(each, of))
        taken = next((each for each in meeting if _local_name(each) != "foreignObject"), None)
        if taken is not None:
            taken.attrib.pop("systemLanguage", None)
            switch[:] = [child for child in switch if child is taken or child not in choices]
    for element in list(source.iterdescendants("*")):
        if _local_name(element) in _CONDITIONAL and not _is_shown(element, own):
            xhtml.remove(element)


def _is_shown(element: Element, languages: set[str]) -> bool:
    """Return whether the conditions of an element hold; that a feature is there is taken so."""
    tags = [tag.strip().lower() for tag in element.get("systemLanguage", "").split(",")]
    spoken = any(tag == each or tag.startswith(f"{each}-") for tag in tags for each in languages)
    return "requiredExtensions" not in element.attrib and (
        spoken or "systemLanguage" not in element.attrib
    )


def _local_name(element: Element) -> str:
    name: str = etree.QName(element).localname
    return name


def _namespace(element: Element) -> str:
    return etree.QName(element).namespace or ""


def _line(element: Element) -> int:
    return element.sourceline or 0
