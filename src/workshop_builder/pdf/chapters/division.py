"""Divides a document into runs of parts that can be laid out by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint import DEFAULT_OPTIONS
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document

from workshop_builder.pdf.chapters.whole import Whole

_FORCED = frozenset(("always", "page", "left", "right", "recto", "verso"))
_REACHES = re.compile(
    r"position\s*:\s*(?:fixed|running|note)|\belement\(|\btarget-text\("
    r"|\btarget-counters\(|\btarget-counter\((?!attr\([^()]*\)\s*,\s*page\s*[,)])"
    r"|\bcounter-(?:reset|set)\s*:[^;}]*\bpages?\b|\d(?:vw|vh|vi|vb|vmin|vmax)\b|:nth\([^)]*\bof\b"
)
"""CSS by which the pages of one part depend on others, beyond what a run is told of them."""
_COUNTED = re.compile(r"\bcounters?\(\s*pages")
"""CSS that prints the number of all pages."""
_PLAIN = {"position": ("static",), "float": ("none",), "display": (("block", "flow"),)}


def divide(html: Any, fonts: Any, sheets: Sequence[Any], styles: Sequence[str]) -> Whole | None:  # noqa: ANN401
    """Return a document with its parts in runs; None where it has to be laid out whole.

    `styles` are the texts of the style `sheets`.
    """
    root = html.etree_element
    texts = [*styles, *(element.get("style", "") for element in root.iter())]
    if any(map(_REACHES.search, texts)) or any(_named_styles(root)):
        return None
    body = root.find("body")
    if body is None or len(body) != 1 or body[0].tag != "main" or body[0].tail.strip():
        return None
    counted = any(map(_COUNTED.search, texts))
    places = {part: place for place, part in enumerate(body[0])}
    whole = Whole(html, body[0], tuple(body[0]), places, counted)
    style_for = _style_for(whole, fonts, sheets)
    if not all(_is_frame(style_for(element)) for element in (root, body, body[0])):
        return None
    whole.runs.extend(_runs(whole.parts, style_for))
    return whole if len(whole.runs) > 1 else None


def _named_styles(root: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the elements by which a document brings styles of its own."""
    yield from root.iter("style")
    yield from root.iter("link")


def _style_for(whole: Whole, fonts: Any, sheets: Sequence[Any]) -> Any:  # noqa: ANN401
    """Return what tells the style of an element of the frame, or of a part."""
    options = DEFAULT_OPTIONS | {"stylesheets": sheets, "cache": {}}
    with whole.styled(()) as html:
        context = Document._build_layout_context(html, fonts, CounterStyle(), {}, options)  # noqa: SLF001
    return context.style_for


def _is_frame(style: Any) -> bool:  # noqa: ANN401
    """Return whether an element does nothing to its parts but hold them."""
    columns = {style["column_count"], style["column_width"]}
    return bool(_is_plain(style) and columns == {"auto"} and style["page"] in ("auto", ""))


def _is_plain(style: Any) -> bool:  # noqa: ANN401
    return all(style[name] in values for name, values in _PLAIN.items())


def _runs(parts: Sequence[Any], style_for: Any) -> list[list[Any]]:  # noqa: ANN401
    """Return the parts in runs, of which each begins where a style forces a break."""
    runs: list[list[Any]] = []
    ended = True
    for part in parts:
        style = style_for(part)
        in_flow = style["float"] == "none" and style["position"] in ("static", "relative")
        shown = in_flow and style["display"] == ("block", "flow")
        if not runs or (shown and (ended or style["break_before"] in _FORCED)):
            runs.append([])
        runs[-1].append(part)
        ended = shown and style["break_after"] in _FORCED
    return runs
