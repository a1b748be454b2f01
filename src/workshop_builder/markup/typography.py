"""Details of typesetting that no one types: dashes, no-break spaces, fractions."""

from __future__ import annotations

import re

from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element

NO_BREAK_SPACE = "\u00a0"
EN_DASH = "–"

_FRACTIONS = {"1/2": "½", "1/4": "¼", "3/4": "¾"}
_UNITS = (
    r"(?:s|sec|secs|seconds?|min|mins|minutes?|h|hours?|days?|weeks?|months?|times|breaths?|"
    r"mm|cm|m|km|kg|pt|%|°|Sek\.?|Sekunden?|Min\.?|Minuten?|Tage?|Wochen?|Mal)"
)
_RULES = (
    # German quotes close with the sign that opens English ones; an apostrophe is another sign.
    (re.compile(r"‚([^‚’]{1,200})’(?!\w)"), r"‚\1‘"),
    (re.compile(r"(?<![\d/.,-])(\d{1,3}) ?- ?(\d{1,3})(?![\d/-]|\.\d)"), rf"\1{EN_DASH}\2"),
    (re.compile(r"(?<=\w|[,;:.!?)”’»]) - (?=\w|[(“‘«„])"), f" {EN_DASH} "),
    (re.compile(r"(?<=\d) ?[xX] ?(?=\d)"), f"{NO_BREAK_SPACE}×{NO_BREAK_SPACE}"),
    (re.compile(rf"(?<=\d) (?={_UNITS}(?!\w))"), NO_BREAK_SPACE),
)
_FRACTION = re.compile(r"(?<![\d/.,])([13]/[24])(?![\d/])")
_MIXED = re.compile(r"(?<=\d) (?=[½¼¾])")
_FEWEST_BLANKS = 3
_SHORT_END = re.compile(r" (?=[^\s\"'(]\S{0,4}$)")


def polish(text: str) -> str:
    """Return `text` with en dashes in ranges, no-break spaces before units, × and fractions."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = _FRACTION.sub(lambda found: _FRACTIONS.get(found[1], found[1]), text)
    return _MIXED.sub("", text)


def polish_words(root: Element) -> None:
    """Polish all text in `root` except code."""
    for element in xhtml.worded(root):
        if element.text:
            element.text = polish(element.text)
        for child in element:
            if child.tail:
                child.tail = polish(child.tail)


def bind_end(root: Element) -> None:
    """Tie a short last word to the one before it, so that it is never alone on a line.

    Texts of fewer than four words are left alone: a narrow column needs their gaps.
    """
    text = "".join(root.itertext())
    found = _SHORT_END.search(text)
    if found and text.count(" ") >= _FEWEST_BLANKS and "\n" not in text:
        xhtml.replace_character(root, found.start(), NO_BREAK_SPACE)
