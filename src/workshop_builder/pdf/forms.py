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
from workshop_builder.pdf.streams.content import packed_once
from workshop_builder.source import fingerprint

_NAMED = ("ExtGState", "XObject", "Pattern", "Shading")
"""Kinds of objects that the content of a drawing can name."""
_ALL = (-16000, -16000, 16000, 16000)
"""Nothing is cut off: how much is seen differs between a drawing and its close-up."""
_FONT_SIZE = 16
"""Pixels of an em, in which a drawing may tell its size."""


@dataclass(frozen=True, slots=True)
class Form:
    """A drawing, ready for every document; to the engine, an image of its own."""

    id: str
    """Of its content: the same drawing is in a document once."""
    size: tuple[float, float]
    """Its width and height, in CSS pixels."""
    corner: tuple[float, float]
    """What of it stands at its upper left corner: a close-up is the same drawing from there on."""
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
        a, d = width / self.size[0], height / self.size[1]
        if (a, d, *self.corner) != (1, 1, 0, 0):
            stream.transform(a=a, d=d, e=-a * self.corner[0], f=-d * self.corner[1])
        stream.draw_x_object(name)

    def get_x_object(self, _interpolate: object, _ratio: object) -> pydyf.Stream:
        """Return the object that a document keeps."""
        states = {name: pydyf.Dictionary(state) for name, state in self.states.items()}
        extra = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array(_ALL),
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
    if not facts:
        return None
    return Form(facts["id"], tuple(facts["size"]), tuple(facts["corner"]), packed, facts["states"])


def _to_keep(made: Form | None) -> bytes:
    """Return a form as it is kept: a line of JSON before its operators."""
    if made is None:
        return b"null\n"
    facts = {"id": made.id, "size": made.size, "corner": made.corner, "states": made.states}
    return json.dumps(facts).encode() + b"\n" + made.packed


def _made(drawing: bytes) -> Form | None:
    tree = ElementTree.fromstring(drawing)  # noqa: S314  it was written anew when it was prepared
    corner = _moved_to_corner(tree)
    svg = SVG(tree, None, None, None)
    size = svg.get_intrinsic_size(_FONT_SIZE)
    return _drawn(svg, size, corner) if all(size) else None


def _moved_to_corner(tree: ElementTree.Element) -> tuple[float, float]:
    """Let a drawing at its own size begin at 0, 0; return where it began."""
    left, top, *size = tree.get("viewBox", "").split() or ("0", "0")
    if size != [tree.get("width"), tree.get("height")]:
        return 0, 0
    tree.set("viewBox", " ".join(["0", "0", *size]))
    return float(left), float(top)


def _drawn(svg: SVG, size: tuple[float, float], corner: tuple[float, float]) -> Form | None:
    """Draw on a stream that is in no document."""
    images: dict[str, object] = {}
    names = {kind: pydyf.Dictionary() for kind in _NAMED}
    stream = Stream({}, (0, 0, *size), names | {"ColorSpace": {}}, images, None, {}, None)
    try:
        svg.draw(stream, *size, None, None)
    except Exception:  # noqa: BLE001  words and pictures ask for the document; the engine tells of others
        return None
    states = names.pop("ExtGState")
    packed = conformance.pack(stream, packed_once)
    if images or any(names.values()) or packed is None:
        return None
    name = sha256(b"%r " % states + packed).hexdigest()[:32]
    return Form(name, size, corner, packed, {key: dict(state) for key, state in states.items()})
