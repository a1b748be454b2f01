"""Quotation marks, apostrophes and primes in place of the two signs that a keyboard has.

A whole paragraph is looked at, whatever tags are in it. What opens and what closes is seen by
what stands beside it, and only what finds its other half becomes a quotation mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from workshop_builder.languages.language import Writing

STANDS_FOR = "\ufffc"
"""Takes the place of what is not words: a picture, code, each character of an address."""

APOSTROPHE = "’"

_Place = Literal["opens", "closes", "inside", "alone"]
"""Where a sign stands: before a word, behind one, in one, or between blanks."""

_PRIMES = {"'": "′", '"': "″"}
_SIGN = re.compile("[\"']")
_BLANKS = frozenset(" \n\t\u00a0\u202f")
_BEFORE_WORDS = _BLANKS | frozenset("([{<-–—/“„«‚‘=+")
_BEHIND_WORDS = _BLANKS | frozenset(")]}>-–—/”“»’‘.,;:!?…=+%")
_MEASURES = re.compile(
    r"(?<!\w)\d{1,3}(')(?: ?\d{1,2}(?:[½¼¾]|[.,]\d{1,2}| ?\d/\d)?(\")|(?=\d))"
    r"|\d(\") ?[xX×] ?\d{1,3}(\")"
)
"""Feet and inches, and a size in inches."""
_DECADE = r"(?<!\w)'(?=\d\ds(?!\w))"
_AND = r"(?<=\s)'(?=n'\s)|(?<=\s'n)'(?=\s)"
_OWNER = re.compile(r"[sxzß]' \w", re.IGNORECASE)


def replacements(text: str, writing: Writing) -> dict[int, str]:
    """Return what each quotation mark, apostrophe and prime is printed as, by its position.

    A sign that is none of these, such as a lonely quotation mark, is left out.
    """
    parts = _fixed(text, writing)
    signs = [found.start() for found in _SIGN.finditer(text)]
    places = {sign: _place(text, sign) for sign in signs if sign not in parts}
    parts |= _pairs(text, places, writing)
    for sign, place in places.items():
        if sign not in parts and (printed := _unpaired(text, sign, place, writing)):
            parts[sign] = printed
    return parts


def _fixed(text: str, writing: Writing) -> dict[int, str]:
    """Return the signs that are no quotation marks whatever else the text has."""
    measures = ((found, n) for found in _MEASURES.finditer(text) for n in range(1, 5))
    primes = {found.start(n): _PRIMES[found[n]] for found, n in measures if found[n]}
    apostrophes = _elisions(writing).finditer(text)
    return {found.start(): APOSTROPHE for found in apostrophes} | primes


@lru_cache(maxsize=8)
def _elisions(writing: Writing) -> re.Pattern[str]:
    """Return the pattern of an apostrophe at the beginning of a word."""
    words = "|".join(map(re.escape, writing.elisions))
    known = [rf"(?<!\w)'(?=(?:{words})(?![\w']))"] if words else []
    return re.compile("|".join([_DECADE, _AND, *known]), re.IGNORECASE)


def _place(text: str, sign: int) -> _Place:
    """Return where a sign stands; other signs beside it do not count."""
    start, end = sign, sign + 1
    while start and text[start - 1] in _PRIMES:
        start -= 1
    while end < len(text) and text[end] in _PRIMES:
        end += 1
    before, behind = text[start - 1 : start] or " ", text[end : end + 1] or " "
    if before in _BEFORE_WORDS and behind in _BEHIND_WORDS:
        if behind not in _BLANKS and before not in _BLANKS:
            return "alone"
        return "alone" if behind in _BLANKS and before in _BLANKS else _beside(before)
    if before in _BEFORE_WORDS:
        return "opens"
    return "closes" if behind in _BEHIND_WORDS else "inside"


def _beside(before: str) -> _Place:
    """Return where a sign stands that has a blank on one side and punctuation on the other."""
    return "opens" if before in _BLANKS else "closes"


def _pairs(text: str, places: Mapping[int, _Place], writing: Writing) -> dict[int, str]:
    """Return the signs that have found their other half; pairs never cross."""
    before, after, inner_before, inner_after = writing.quotes
    printed = {'"': (before, after), "'": (inner_before, inner_after)}
    opened: list[int] = []
    parts: dict[int, str] = {}
    no_closers = _no_closers(text, places)
    for sign, place in places.items():
        if place == "opens" or (place == "inside" and _opens_inside(text, sign, opened)):
            opened.append(sign)
        elif sign not in no_closers and not (text[sign] == "'" and place == "inside"):
            half = _half(text, sign, opened)
            if half is not None:
                parts[opened[half]], parts[sign] = printed[text[sign]]
                del opened[half:]
    return parts


def _opens_inside(text: str, sign: int, opened: list[int]) -> bool:
    """Return whether a double sign opens in the middle of a word, as in l'"eau"."""
    return text[sign] == '"' and not any(text[other] == '"' for other in opened)


def _half(text: str, sign: int, opened: list[int]) -> int | None:
    """Return which of the open signs a closing one belongs to.

    A single sign closes only what was opened last; over lonely single ones a double sign reaches.
    """
    if text[sign] == "'":
        return len(opened) - 1 if opened and text[opened[-1]] == "'" else None
    double = [n for n, other in enumerate(opened) if text[other] == '"']
    return double[-1] if double else None


def _no_closers(text: str, places: Mapping[int, _Place]) -> set[int]:
    """Return the signs that seem to close, but leave that to a later one.

    They are the apostrophes of owners, as in 'the students' books', and primes, as in "6" wide".
    """
    found = set()
    for kind in _PRIMES:
        later: _Place = "opens"
        for sign in (sign for sign in reversed(list(places)) if text[sign] == kind):
            place = places[sign]
            measure = place == "closes" and text[sign - 1].isdigit()
            owner = place == "closes" and kind == "'" and _OWNER.match(text, sign - 1)
            if later == "closes" and (measure or owner):
                found.add(sign)
            elif place in ("opens", "closes"):
                later = "alone" if measure else place
    return found


def _unpaired(text: str, sign: int, place: _Place, writing: Writing) -> str | None:
    """Return what a sign without another half is printed as; None where it stays as it is."""
    if place == "alone":
        return None
    if place == "closes" and text[sign - 1 : sign].isdigit():
        return _PRIMES[text[sign]]
    if text[sign] == "'":
        return APOSTROPHE
    # A quotation may go on over several paragraphs.
    if place == "opens" and not text[:sign].strip(" \n'\""):
        return writing.quotes[0]
    if place == "closes" and not text[sign:].strip(" \n'\".,"):
        return writing.quotes[1]
    return None
