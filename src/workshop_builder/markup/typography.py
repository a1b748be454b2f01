"""Details of typesetting that no one types: dashes, no-break spaces, fractions."""

from __future__ import annotations

import re
from functools import lru_cache

from workshop_builder.languages.language import Writing
from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element

NO_BREAK_SPACE = "\u00a0"
EN_DASH = "–"

_FRACTIONS = {"1/2": "½", "1/4": "¼", "3/4": "¾"}
_APOSTROPHE = "’"
_SIGNS = ("s", "min", "h", "mm", "cm", "m", "km", "kg", "pt", "%", "°")
"""Units that are the same in all languages."""
_RULES = (
    (re.compile(r"(?<![\d/.,-])(\d{1,3}) ?- ?(\d{1,3})(?![\d/-]|\.\d)"), rf"\1{EN_DASH}\2"),
    (re.compile(r"(?<=\w|[,;:.!?)”’»]) - (?=\w|[(“‘«„])"), f" {EN_DASH} "),
    (re.compile(r"(?<=\d) ?[xX] ?(?=\d)"), f"{NO_BREAK_SPACE}×{NO_BREAK_SPACE}"),
)
_FRACTION = re.compile(r"(?<![\d/.,])([13]/[24])(?![\d/])")
_MIXED = re.compile(r"(?<=\d) (?=[½¼¾])")
_FEWEST_BLANKS = 3
_SHORT_END = re.compile(r" (?=[^\s\"'(]\S{0,4}$)")


def polish(text: str, writing: Writing) -> str:
    """Return `text` with en dashes in ranges, no-break spaces before units, × and fractions."""
    for pattern, replacement in _rules(writing):
        text = pattern.sub(replacement, text)
    text = _FRACTION.sub(lambda found: _FRACTIONS.get(found[1], found[1]), text)
    return writing.spaced(_MIXED.sub("", text))


@lru_cache(maxsize=8)
def _rules(writing: Writing) -> list[tuple[re.Pattern[str], str]]:
    """Return what is replaced in the texts of a language, in this order."""
    units = "|".join(map(re.escape, (*_SIGNS, *writing.units)))
    rules = [*_RULES, (re.compile(rf"(?<=\d) (?=(?:{units})(?!\w))"), NO_BREAK_SPACE)]
    _, _, before, after = writing.quotes
    if before and after != _APOSTROPHE:
        # What closes an inner quotation was set like an apostrophe; it is another sign.
        opening = re.escape(before)
        quoted = rf"{opening}([^{opening}{_APOSTROPHE}]{{1,200}}){_APOSTROPHE}(?!\w)"
        rules.insert(0, (re.compile(quoted), rf"{before}\1{after}"))
    return rules


def polish_words(root: Element, writing: Writing) -> None:
    """Polish all text in `root` except code."""
    for element in xhtml.worded(root):
        if element.text:
            element.text = polish(element.text, writing)
        for child in element:
            if child.tail:
                child.tail = polish(child.tail, writing)


def bind_end(root: Element) -> None:
    """Tie a short last word to the one before it, so that it is never alone on a line.

    Texts of fewer than four words are left alone: a narrow column needs their gaps.
    """
    text = "".join(root.itertext())
    found = _SHORT_END.search(text)
    if found and text.count(" ") >= _FEWEST_BLANKS and "\n" not in text:
        xhtml.replace_character(root, found.start(), NO_BREAK_SPACE)
