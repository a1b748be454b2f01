"""The characters that no source file should hold, because no page can show them."""

from __future__ import annotations

import re

from workshop_builder.errors import Problem

# Controls and lone surrogates, and U+0085, U+2028 and U+2029: YAML and Python end a line there,
# editors do not, and the lines that problems name would be wrong from there on.
_ODD = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)


def odd_characters(path: str, text: str, offset: int = 0) -> list[Problem]:
    """Return a problem for each line of `text` with a character that no page can show."""
    found = {text.count("\n", 0, odd.start()) + 1: odd[0] for odd in _ODD.finditer(text)}
    return [Problem(path, line + offset, fault(sign)) for line, sign in found.items()]


def first_odd(text: str) -> str | None:
    """Return the first character of `text` that no page can show."""
    found = _ODD.search(text)
    return found[0] if found else None


def without_odd(text: str) -> str:
    """Return `text` without the characters that no page can show."""
    return _ODD.sub("", text)


def fault(sign: str) -> str:
    """Say what is wrong with a character, and what to do."""
    return f"holds the character U+{ord(sign):04X}, which no page can show; remove it"
