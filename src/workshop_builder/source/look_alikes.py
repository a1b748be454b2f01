"""Characters that few fonts have, and those that look the same and are in every font."""

from __future__ import annotations

_BLANKS = "\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
NO_BREAK = "\u2060"
"""The word joiner: no line is broken before or after it, and nothing is seen of it."""
_UNSEEN = "\u200b\u200c" + "".join(
    map(chr, (0x200E, 0x200F, 0x20E3, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_FULL_WIDTH = range(0xFF01, 0xFF5F)

_SIGNS = {
    "\u2010": "-",
    "\u2011": f"-{NO_BREAK}",  # of Word, for Ctrl+Shift+hyphen
    "\ufeff": NO_BREAK,
    "\u2012": "–",
    "\u2015": "—",
    "\u2043": "-",
    "\u2500": "–",
    "\u2007": "\u00a0",
    "\u02bc": "’",
    "\u2219": "·",
    "\u22c5": "·",
    "\u2027": "·",
    "\u25cf": "•",
    "\u301c": "~",
    "\u2103": "°C",
    "\u2109": "°F",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
}
_SYMBOLS = {
    "⇒➔➙➛➜➝➞": "→",
    "⇐": "←",
    "⇔": "↔",
    "►▸▹➢➤": "▶",
    "□❏❐❑❒": "☐",
    "✗✘": "✖",
    "◦‣": "•",
    "★": "⭐",
    "♡": "♥",
    "☞☛": "👉",
    "✎✐": "✏",
    "☏✆": "☎",
    "✁✃✄": "✂",
    "✱✲∗": "*",
    "∼": "~",
}
_TABLE = str.maketrans(
    _SIGNS
    | {sign: like for signs, like in _SYMBOLS.items() for sign in signs}
    | dict.fromkeys(_BLANKS, " ")
    | dict.fromkeys(_UNSEEN, "")
    | {chr(code): chr(code - 0xFEE0) for code in _FULL_WIDTH}
)


def as_set(text: str) -> str:
    """Return `text` as it is set: with characters that the fonts have for others that look alike.

    A sign that only tells how a line is broken or which way it runs is left out.
    """
    return text if text.isascii() else text.translate(_TABLE)
