"""From bytes to text, without the characters that no page can show."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Mapping

from workshop_builder.errors import Problem

_UNPRINTABLE = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)
"""Controls and lone surrogates; and U+0085, U+2028 and U+2029, where YAML and Python end a line
and editors do not, so that from there on problems would name wrong lines."""

_TEXTS = (".md", ".yaml", ".html", ".css")

_OF_NO_TEXT = re.compile("[\\x00-\\x08\\x0e-\\x1a\\x1c-\\x1f]")
_MOST_OF_THEM = 50
"""A file with more of these controls is no text."""
_NO_TEXT = "is no text, or is damaged; save it again as plain text with the encoding UTF-8"

LONG_WORD = re.compile(r"\w{501}")
"""The beginning of what is no word: an engine tries for minutes to break it."""
TOO_LONG = "a word of more than 500 letters; divide it"


def as_text(path: str, data: bytes, problems: list[Problem]) -> str:
    """Return `data`, the file `path`, as text with plain line ends.

    What in it cannot be read or shown is left out or replaced, and added to `problems`.
    """
    if encoding := _of_windows(data):
        text = f"is {encoding.upper()} text; save the file again with the encoding UTF-8"
        problems.append(Problem(path, 1, text))
        data = data.decode(encoding, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = "is not UTF-8 text; save the file again with the encoding UTF-8"
        problems.append(Problem(path, line, text))
        text = data.decode("utf-8-sig", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(_OF_NO_TEXT.findall(text)) > _MOST_OF_THEM:
        problems.append(Problem(path, 1, _NO_TEXT))
    else:
        problems += unprintable_characters(path, text)
    return without_unprintable(text)


def without_consequences(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems without the others of a file that is no text, which say nothing of it."""
    found = list(problems)
    lost = {problem.path for problem in found if problem.text == _NO_TEXT}
    return [each for each in found if each.path not in lost or each.text == _NO_TEXT]


def _of_windows(data: bytes) -> str:
    """Return the encoding of two or four bytes a sign that `data` has; empty for any other."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        high = data[first::2]
        if high.count(0) * 2 > len(high) and not data[1 - first :: 2].count(0):
            return encoding
    return ""


def texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the files among `files` in which a person writes words, as text."""
    return {
        path: data.decode("utf-8", "replace")
        for path, data in files.items()
        if path.lower().endswith(_TEXTS)
    }


def unusual(texts: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Return the first line of each character beyond Latin-1, by the files that have some."""
    found: dict[str, dict[str, int]] = {}
    for path, text in texts.items():
        if not text.isascii():
            lines: dict[str, int] = {}
            for number, line in enumerate(text.split("\n"), 1):
                for sign in () if line.isascii() else line:
                    if sign > "\xff":
                        lines.setdefault(sign, number)
            found[path] = lines
    return found


def line_of(word: str, text: str) -> int:
    """Return the first line of `text` that has `word`, whatever signs stand in it; 0 for none.

    A line that has the word as it is goes before one that has it in other signs or in another.
    """
    wanted = _letters(word)
    typed = [line.split() for line in text.split("\n")]
    lines = [[_letters(each) for each in words] for words in typed]
    folded = [[each.casefold() for each in words] for words in lines]
    joined = ["".join(words) for words in folded]
    tries = ((word, typed), (wanted, lines), (wanted.casefold(), folded))
    found = [n for each, among in tries for n, words in enumerate(among, 1) if each in words]
    found += [n for n, letters in enumerate(joined, 1) if wanted.casefold() in letters]
    return found[0] if wanted and found else 0


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def unprintable_characters(path: str, text: str, offset: int = 0) -> list[Problem]:
    """Return a problem for each line of `text` with a character that no page can show.

    `offset` lines of the file come before `text`.
    """
    if not _UNPRINTABLE.search(text):
        return []
    first = {number: first_unprintable(line) for number, line in enumerate(text.split("\n"), 1)}
    return [Problem(path, n + offset, unprintable(sign)) for n, sign in first.items() if sign]


def first_unprintable(text: str) -> str | None:
    """Return the first character of `text` that no page can show; None where all can be shown."""
    found = _UNPRINTABLE.search(text)
    return found[0] if found else None


def without_unprintable(text: str) -> str:
    """Return `text` without the characters that no page can show."""
    return _UNPRINTABLE.sub("", text)


def unprintable(sign: str) -> str:
    """Return what is wrong with a character that no page can show, and what to do."""
    return f"holds the character U+{ord(sign):04X}, which no page can show; remove it"
