"""Short names that are made from longer ones: of files, and in addresses."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l"}
)
"""Letters that are not one of ASCII with a mark, and those that German writes otherwise."""

LONGEST_SLUG = 80
"""Characters; with product, edition, paper and ending a file's name stays below 255 bytes."""

_BLANKS = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Blanks that are no plain ones: a Mac has one in the names of its screenshots."""

_NUMBER = re.compile(r"[0-9]+")
_LONGEST_NAME = 255


def as_typed(name: str) -> str:
    """Return a file's name as keyboards type it: accented letters composed, blanks plain."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", name))


def by_number(name: str) -> tuple[str, str]:
    """Return what sorts file names as people see them sorted: `2-rest` stands before `10-rise`."""
    return _NUMBER.sub(lambda found: found[0].zfill(_LONGEST_NAME), name), name


def file_id(name: str) -> str:
    """Return a file's name with hyphens in place of blanks and signs; empty if nothing is left."""
    return re.sub(r"[^\w-]+", "-", name).strip("-")


def slugify(text: str) -> str:
    """Return `text` in small ASCII letters, digits and hyphens; empty if nothing is left.

    A long one ends with its last whole word.
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    while len("-".join(words)) > LONGEST_SLUG:
        words = words[:-1] if len(words) > 1 else [words[0][:LONGEST_SLUG]]
    return "-".join(words)
