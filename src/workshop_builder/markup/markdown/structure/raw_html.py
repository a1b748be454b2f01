"""Where HTML begins and ends that a person has written between blocks (CommonMark 4.6)."""

from __future__ import annotations

import re

_NAMES = (
    "address article aside base basefont blockquote body caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6"
    " head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option"
    " p param search section summary table tbody td tfoot th thead title tr track ul"
)
_ATTRIBUTE = r"\s+[a-zA-Z_:][\w:.-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
_BEGINNINGS = {
    "</script>": r"<(?:script|pre|style|textarea)(?:[\s>]|$)",
    "-->": r"<!--",
    "?>": r"<\?",
    "]]>": r"<!\[CDATA\[",
    ">": r"<![a-zA-Z]",
    "gap": rf"</?(?:{'|'.join(_NAMES.split())})(?:\s|/?>|$)",
    "gap, and above": rf"<(?:[a-zA-Z][a-zA-Z0-9-]*(?:{_ATTRIBUTE})*\s*/?|/[a-zA-Z][\w-]*\s*)>\s*$",
}
"""How HTML begins, by what ends it: these signs or an empty line."""
_PATTERNS = {
    end: re.compile(" {0,3}" + beginning, re.IGNORECASE) for end, beginning in _BEGINNINGS.items()
}
_VERBATIM_ENDS = ("</script>", "</pre>", "</style>", "</textarea>")


def end_of(line: str, *, in_paragraph: bool) -> str:
    """Return what ends the HTML that begins with `line`; empty where none begins.

    Inside a paragraph a line with a tag alone goes on with the paragraph.
    """
    for end, pattern in _PATTERNS.items():
        if pattern.match(line) and not (in_paragraph and end == "gap, and above"):
            return end
    return ""


def ends(end: str, line: str) -> bool:
    """Return whether HTML that ends with `end` does so on this line."""
    if end.startswith("gap"):
        return not line.strip()
    if end == "</script>":
        return any(sign in line.lower() for sign in _VERBATIM_ENDS)
    return end in line
