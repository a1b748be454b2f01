"""Details of typesetting that no one types: quotation marks, dashes, no-break spaces, fractions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from workshop_builder.languages.language import Writing
from workshop_builder.markup import addresses, quotes, xhtml
from workshop_builder.markup.markdown.inline import KEPT_SIGNS
from workshop_builder.markup.markdown.printed_addresses import PRINTED
from workshop_builder.markup.xhtml import Element

NO_BREAK_SPACE = "\u00a0"
EN_DASH = "–"

_FRACTIONS = {"1/2": "½", "1/4": "¼", "3/4": "¾"}
_SIGNS = ("s", "min", "h", "mm", "cm", "m", "km", "kg", "pt", "%", "°")
"""Units that are the same in all languages."""
_RANGE = re.compile(r"(?<![\d/.,-])(\d{1,3}) ?- ?(\d{1,3})(?![\d/-]|\.\d)")
_RULES = (
    (re.compile(r"(?<=\w|[,;:.!?)”’»]) - (?=\w|[(“‘«„])"), f" {EN_DASH} "),
    (re.compile(r"(?<!-)---(?!-)"), "—"),
    # An option such as --only stays.
    (re.compile(r"(?<!-)--(?![-\w])|(?<=\w)--(?=\w)"), EN_DASH),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(r"(?<=\d) ?[xX] ?(?=\d)"), f"{NO_BREAK_SPACE}×{NO_BREAK_SPACE}"),
)
_FRACTION = re.compile(r"(?<![\d/.,])([13]/[24])(?![\d/])")
_MIXED = re.compile(r"(?<=\d) (?=[½¼¾])")
_FEWEST_BLANKS = 3
_LONGEST_PAIR = 14
"""Characters of the last two words and the blank between them, if these are tied."""
_SHORT_END = re.compile(r"[ \n](?=[^\s\"'(]\S{0,4}\s*$)")
_ENDING = ("p", "li", "dd", "td", "figcaption")
"""Elements whose words may end alone on a line."""


def polish(text: str, writing: Writing) -> str:
    """Return words without tags, such as a title, as they are set."""
    return _polished(_quoted(text, quotes.replacements(_masked(text), writing), 0), writing)


def polish_words(root: Element, writing: Writing) -> None:
    """Polish all words in `root`; code and printed addresses stay as they were typed."""
    for run in _runs(root):
        text = "".join(piece.masked for piece in run)
        parts = quotes.replacements(text, writing)
        start = 0
        for piece in run:
            if piece.element is not None:
                words = _polished(_quoted(piece.text, parts, start), writing)
                setattr(piece.element, piece.name, words)
            start += len(piece.masked)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text between two tags, or what stands in its place."""

    text: str
    element: Element | None = None
    """Where it stands; None where it stays as it is."""
    name: str = "text"
    """Whether it stands in the element or behind it."""

    @property
    def masked(self) -> str:
        """Return the text with its addresses made unreadable."""
        return _masked(self.text)


def _runs(root: Element) -> Iterator[list[_Piece]]:
    """Yield the texts of each paragraph, which tags within it may divide."""
    run: list[_Piece] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag in xhtml.APART:
            yield run
            run = []
        if event == "end":
            run += [_Piece(element.tail, element, "tail")] if element.tail else []
        elif (stand_in := _stand_in(element)) is not None:
            run.append(_Piece(stand_in))
            walk.skip_subtree()
        elif element.text:
            run.append(_Piece(element.text, element))
    yield run


def _stand_in(element: Element) -> str | None:
    """Return what stands for an element that is no words; None for one that is."""
    if element.tag == "br":
        return "\n"
    if xhtml.is_note_mark(element):
        return ""
    printed = element.tag == "a" and addresses.is_printed(element)
    return quotes.STANDS_FOR if printed or xhtml.is_verbatim(element) else None


def _quoted(text: str, parts: Mapping[int, str], start: int) -> str:
    """Return `text`, which begins at `start` of a run, with the quotation marks of the run."""
    signs = (parts.get(start + n, sign) for n, sign in enumerate(text))
    return "".join(signs) if parts else text


def _masked(text: str) -> str:
    """Return a text of the same length in which no address is seen."""
    return PRINTED.sub(lambda found: quotes.STANDS_FOR * len(found[0]), text)


def _polished(text: str, writing: Writing) -> str:
    """Return `text` with en dashes in ranges, no-break spaces before units, × and fractions."""
    kept = PRINTED.findall(text)
    text = PRINTED.sub(quotes.STANDS_FOR, text)
    text = _RANGE.sub(_range, text)
    for pattern, replacement in _rules(writing):
        text = pattern.sub(replacement, text)
    text = _FRACTION.sub(lambda found: _FRACTIONS.get(found[1], found[1]), text)
    text = writing.spaced(_MIXED.sub("", text))
    for sign, stand_in in KEPT_SIGNS.items():
        text = text.replace(stand_in, sign)
    for address in kept:
        text = text.replace(quotes.STANDS_FOR, address, 1)
    return text


def _range(found: re.Match[str]) -> str:
    """Return a range with its dash; what does not grow, such as 555-123, is none."""
    low, high = int(found[1]), int(found[2])
    return f"{low}{EN_DASH}{high}" if low < high else found[0]


@lru_cache(maxsize=8)
def _rules(writing: Writing) -> list[tuple[re.Pattern[str], str]]:
    """Return what is replaced in the texts of a language, in this order."""
    units = "|".join(map(re.escape, (*_SIGNS, *writing.units)))
    return [*_RULES, (re.compile(rf"(?<=\d) (?=(?:{units})(?!\w))"), NO_BREAK_SPACE)]


def bind_end(root: Element) -> None:
    """Tie a short last word to the one before it, so that it is not alone on a line.

    Texts of fewer than four words are left alone, and so is a word behind a long one: a narrow
    column needs their gaps.
    """
    text = "".join(root.itertext())
    found = _SHORT_END.search(text)
    apart = any(each.tag == "br" or xhtml.is_verbatim(each) for each in root.iter())
    if not found or len(text.split()) <= _FEWEST_BLANKS or apart:
        return
    pair = re.split(r"[ \n]+", text.strip())[-2:]
    if len(" ".join(pair)) <= _LONGEST_PAIR:
        xhtml.replace_character(root, found.start(), NO_BREAK_SPACE)


def bind_ends(root: Element) -> None:
    """Tie the short last word of each paragraph and each item in `root`, likewise."""
    for element in root.iter(*_ENDING):
        if not any(each.tag in xhtml.APART for each in element.iterdescendants()):
            bind_end(element)
