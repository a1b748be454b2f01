"""Drawings as Form XObjects (ISO 32000-1, 8.10): drawn once, and shown by name wherever they stand.

The engine draws a drawing anew at each place where it stands. Here it is drawn once, at its own
size, and packed; a document refers to it. What needs the document to be drawn (words, patterns,
masks, pictures of pixels, groups) stays with the engine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

import pydyf
from weasyprint.pdf.stream import Stream
from weasyprint.svg import SVG

from workshop_builder.output.store import DRAWINGS
from workshop_builder.pdf import conformance
from workshop_builder.source import fingerprint

_NAMED = ("ExtGState", "XObject", "Pattern", "Shading")
"""Kinds of objects that the content of a drawing can name."""
_FONT_SIZE = 16
"""Pixels of an em, in which a drawing may tell its size."""


@dataclass(frozen=True, slots=True)
class Form:
    """A drawing, ready for every document; to the engine, an image of its own."""

    id: str
    """Of its content: the same drawing is in a document once."""
    size: tuple[float, float]
    """Its width and height, in CSS pixels."""
    packed: bytes = field(repr=False)
    """Its operators, deflated."""
    states: Mapping[str, Mapping[str, float]]
    """The states of graphics (opacity) that they name."""

    def get_intrinsic_size(self, *_: object) -> tuple[float, float, float]:
        """Return width, height and their ratio."""
        width, height = self.size
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:  # noqa: ANN401
        """Show the drawing on a stream of a page, so large."""
        name = stream.add_image(self, interpolate=False, ratio=1)
        if (width, height) != self.size:
            stream.transform(a=width / self.size[0], d=height / self.size[1])
        stream.draw_x_object(name)

    def get_x_object(self, _interpolate: object, _ratio: object) -> pydyf.Stream:
        """Return the object that a document keeps."""
        width, height = self.size
        states = {name: pydyf.Dictionary(state) for name, state in self.states.items()}
        extra = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array((-width, -height, 2 * width, 2 * height)),
            "Resources": pydyf.Dictionary({"ExtGState": pydyf.Dictionary(states)}),
            "Filter": "/FlateDecode",
        }
        return pydyf.Stream([self.packed], extra)


@lru_cache(maxsize=256)
def form(drawing: bytes) -> Form | None:
    """Return an SVG drawing as a form; None where the engine has to draw it in its document.

    One that was made before, by this program, is kept in the user's cache folder.
    """
    digest = sha256(drawing).hexdigest()
    parts = "form", fingerprint.program(), digest
    line, _, packed = DRAWINGS.kept(parts, lambda: _to_keep(_made(drawing))).partition(b"\n")
    facts = json.loads(line)
    return Form(facts["id"], tuple(facts["size"]), packed, facts["states"]) if facts else None


def _to_keep(made: Form | None) -> bytes:
    """Return a form as it is kept: a line of JSON before its operators."""
    if made is None:
        return b"null\n"
    facts = {"id": made.id, "size": made.size, "states": made.states}
    return json.dumps(facts).encode() + b"\n" + made.packed


def _made(drawing: bytes) -> Form | None:
    tree = ElementTree.fromstring(drawing)  # noqa: S314  it was written anew when it was prepared
    svg = SVG(tree, None, None, None)
    size = svg.get_intrinsic_size(_FONT_SIZE)
    return _drawn(svg, size) if all(size) else None


def _drawn(svg: SVG, size: tuple[float, float]) -> Form | None:
    """Draw on a stream that is in no document."""
    images: dict[str, object] = {}
    names = {kind: pydyf.Dictionary() for kind in _NAMED}
    stream = Stream({}, (0, 0, *size), names | {"ColorSpace": {}}, images, None, {}, None)
    try:
        svg.draw(stream, *size, None, None)
    except Exception:  # noqa: BLE001  words and pictures ask for the document; the engine tells of others
        return None
    states = names.pop("ExtGState")
    packed = conformance.pack(stream)
    if images or any(names.values()) or packed is None:
        return None
    name = sha256(b"%r %r " % (size, states) + packed).hexdigest()[:32]
    return Form(name, size, packed, {key: dict(state) for key, state in states.items()})
