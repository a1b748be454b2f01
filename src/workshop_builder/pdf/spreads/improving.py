"""A document in which what a style asks to be better is so, by the numbers that are printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshop_builder.pdf.spreads.lines import even_out
from workshop_builder.pdf.spreads.margin import put_in_line
from workshop_builder.pdf.spreads.openings import give_room
from workshop_builder.pdf.spreads.references import referred

_TURNS = 8
"""How often it is decided what is to be better."""


def improve(document: Any) -> bool:  # noqa: ANN401  the engine is not typed
    """Change what a style asks to be better in the next layout; return whether there is such."""
    return give_room(document) | even_out(document) | put_in_line(document)


def improved(
    document: Any,  # noqa: ANN401
    html: Any,  # noqa: ANN401
    lay_out: Callable[..., Any],
) -> Any:  # noqa: ANN401
    """Return a document with what its style asks to be better.

    Pages move by that, and their numbers with them, and of a line with another number it may be
    decided otherwise: so all is decided anew by a layout with the numbers that come out, until
    they stay. `lay_out` makes a layout with right numbers, and with `as_told` one with those of
    `html`.
    """
    elements = [*html.etree_element.iter()]
    attributes = [dict(element.attrib) for element in elements]
    first = last = document
    for _ in range(_TURNS):
        if not improve(first):
            return document if first is document else lay_out()
        told = dict(html.numbers)
        last = lay_out()
        names = referred(last.pages) & told.keys()
        if all(told[name]["page"] == html.numbers[name]["page"] for name in names):
            break
        for element, old in zip(elements, attributes, strict=True):
            element.attrib.clear()
            element.attrib.update(old)
        first = lay_out(as_told=True)
    return last
