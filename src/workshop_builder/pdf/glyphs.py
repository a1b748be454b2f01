"""The characters of a page that no font has, told before anything is laid out."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator, Mapping
from functools import cache

from workshop_builder import resources
from workshop_builder.errors import BuildError, Problem
from workshop_builder.markup.xhtml import Element
from workshop_builder.model.products import Target
from workshop_builder.output.store import PIECES
from workshop_builder.pages.render import Page
from workshop_builder.source import fingerprint
from workshop_builder.source.characters import unusual
from workshop_builder.source.look_alikes import NO_BREAK, as_set

_USUAL = frozenset([*map(chr, range(0x100)), *"–—‘’‚“”„•…\u202f"])
"""What need not be looked up: Latin-1, dashes, quotation marks, bullets, a narrow blank."""
_JOINING = frozenset(f"\u200d\ufe0e\ufe0f{NO_BREAK}")
"""What is no character by itself: it joins emoji or words, or says how an emoji is shown."""
_UNPRINTED = {"head", "script", "style", "template"}
_SHOWN = 5
"""How many characters a message names."""

_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH")
_INSTALL = "not in the fonts; run 'pip install noto-cjk-sans-jp-regular', which has them"
_WRITE = "not in the fonts; write it in words, or show it as a picture"
_RIGHT_TO_LEFT = (
    "of a script from right to left, which is not set yet;"
    " write it in Latin letters, or show it as a picture"
)


def check(page: Page, target: Target) -> None:
    """Raise BuildError for characters of a page that cannot be set: one line a file and cause.

    A file that has some is told with all that it has, so that every product says the same of it.
    """
    bad = {sign for sign in _unusual(page.root) if not _can_be_set(sign)}
    known = unusual(page.texts) if bad else {}
    homes = {path: signs for path, signs in known.items() if not bad.isdisjoint(signs)}
    problems = [problem for path, lines in homes.items() for problem in _problems(path, lines)]
    if lost := bad.difference(*homes.values()):
        problems += _problems(target.file, dict.fromkeys(sorted(lost), 0))
    if problems:
        raise BuildError(problems)


def _unusual(root: Element) -> set[str]:
    body = root.find("body")
    signs: set[str] = set()
    for element in (root if body is None else body).iter("*"):
        if element.tag not in _UNPRINTED:
            signs.update(element.text or "")
        signs.update(element.tail or "")
    return signs - _USUAL - _JOINING


def _can_be_set(sign: str) -> bool:
    return sign in _JOINING or all(
        ord(each) in _characters() and not _runs_left(each) for each in as_set(sign)
    )


@cache
def _characters() -> frozenset[int]:
    """Return the characters of all fonts, which are looked up in them once."""
    fonts = (f"{path} {path.stat().st_mtime_ns}" for path in resources.font_files().values())
    parts = "characters", fingerprint.program(), *fonts
    kept = PIECES.kept(parts, lambda: array("I", resources.font_characters()).tobytes())
    return frozenset(array("I", kept))


def _runs_left(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in {"R", "AL"}


def _problems(path: str, lines: Mapping[str, int]) -> Iterator[Problem]:
    """Yield a problem for each cause, with the first line of a file that has such a character."""
    causes: dict[str, list[str]] = {}
    for sign in sorted(lines, key=lambda sign: (lines[sign], sign)):
        if not _can_be_set(sign):
            causes.setdefault(_remedy(sign), []).append(sign)
    for remedy, signs in causes.items():
        yield Problem(path, lines[signs[0]], _fault(signs, remedy))


def _remedy(sign: str) -> str:
    if _runs_left(sign):
        return _RIGHT_TO_LEFT
    return _INSTALL if unicodedata.name(sign, "").startswith(_EAST_ASIAN) else _WRITE


def _fault(signs: list[str], remedy: str) -> str:
    more = len(signs) - _SHOWN
    rest = f" and {more} more" if more > 0 else ""
    code = f" (U+{ord(signs[0]):04X})" if len(signs) == 1 else ""
    verb = "is" if len(signs) == 1 else "are"
    return f"'{''.join(signs[:_SHOWN])}'{code}{rest} {verb} {remedy}"
