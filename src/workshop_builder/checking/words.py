"""The words of a language by which remarks are found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workshop_builder.languages.language import Language

_NO_WORDS: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class RemarkWords:
    """Patterns for the words of a language; where it has none, they match nothing."""

    numbers: Mapping[str, int]
    """The numbers in words."""
    sides: re.Pattern[str]
    """One side of the body."""
    action: re.Pattern[str]
    """A clause, from its beginning, that asks for a movement of its own."""
    pair: re.Pattern[str]
    """The first of two movements that are one, such as 'lift and' of 'lift and lower'."""
    joins: re.Pattern[str]
    """What stands between two clauses."""
    cures: re.Pattern[str]
    """That something is sure to heal."""
    denials: re.Pattern[str]
    """What takes a promise back."""
    exercises: re.Pattern[str]
    """That a chapter has exercises."""
    about: re.Pattern[str]
    """That a title tells about a thing, and does not promise it."""
    minutes: re.Pattern[str]
    """A number, and that it counts minutes."""
    routines: re.Pattern[str]
    """What is said to take some minutes."""
    hard: re.Pattern[str]
    """A word that few people know."""

    def count(self, found: re.Match[str]) -> int:
        """Return the number that `minutes` has found."""
        number = found[1].lower()
        return self.numbers.get(number) or int(number)


@lru_cache(maxsize=8)
def words_of(language: Language) -> RemarkWords:
    """Return the words of a language."""
    words = language.remarks

    def each(key: str) -> str:
        return _any_of(words.get(key, _NO_WORDS))

    spoken = language.writing.numbers
    numbers = {
        word: int(number) for word, number in spoken.items() if number.isdecimal() and number != "1"
    }
    adverbs, others, action = each("adverbs"), each("not_actions"), each("actions")
    last = rf"(?!.*{each('to_do')}\s).*{each('last_actions')}\W*$"
    patterns = (
        each("sides"),
        rf"\s*(?:{adverbs}\s+)*(?!{others}){action}|{last}",
        rf"^{action}\s+{each('joins')}\s+(?={action})",
        rf"[.;:!,]\s+(?:{each('joins')}\s)?|\s{each('joins')}\s",
        each("cures"),
        each("denials"),
        each("exercises"),
        each("about"),
        rf"(?<![\w–-])(\d{{1,3}}|{_any_of(tuple(numbers))})[\s-]+{each('minutes')}",
        each("routines"),
        each("hard"),
    )
    return RemarkWords(numbers, *(re.compile(each, re.IGNORECASE) for each in patterns))


def as_words(text: str) -> str:
    """Return a text as it is compared with another: its words alone, in small letters."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _any_of(words: Sequence[str]) -> str:
    """Return a pattern for any of some words, in which a * stands for any ending."""
    found = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)
    return rf"(?:(?<!\w)(?:{'|'.join(found)})(?!\w))" if words else r"(?!)"
