"""From bytes to text, without the characters that no page can show."""

from __future__ import annotations

import re

from workshop_builder.errors import Problem

# Controls and lone surrogates, and U+0085, U+2028 and U+2029: YAML and Python end a line there,
# editors do not, and the lines that problems name would be wrong from there on.
_UNPRINTABLE = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)


def as_text(path: str, data: bytes, problems: list[Problem]) -> str:
    """Return a file as text with plain line ends; note what in it cannot be read or shown."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = "is not UTF-8 text; save the file again with the encoding UTF-8"
        problems.append(Problem(path, line, fault))
        text = data.decode("utf-8-sig", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems += unprintable_characters(path, text)
    return without_unprintable(text)


def unprintable_characters(path: str, text: str, offset: int = 0) -> list[Problem]:
    """Return a problem for each line of `text` with a character that no page can show."""
    found = {text.count("\n", 0, odd.start()) + 1: odd[0] for odd in _UNPRINTABLE.finditer(text)}
    return [Problem(path, line + offset, fault(sign)) for line, sign in found.items()]


def first_unprintable(text: str) -> str | None:
    """Return the first character of `text` that no page can show."""
    found = _UNPRINTABLE.search(text)
    return found[0] if found else None


def without_unprintable(text: str) -> str:
    """Return `text` without the characters that no page can show."""
    return _UNPRINTABLE.sub("", text)


def fault(sign: str) -> str:
    """Say what is wrong with a character, and what to do."""
    return f"holds the character U+{ord(sign):04X}, which no page can show; remove it"
