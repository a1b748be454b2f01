"""What a language's prose says of doses: how long something is held, how often repeated."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from workshop_builder.languages.dose_words import any_of
from workshop_builder.languages.language import Writing

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_DIGITS = r"[0-9]{1,4}(?:[.,][0-9]{1,2})?[½¼¾]?|[½¼¾]"
_GAP = r"[\s-]{0,3}"
_ALONE = r"(?<![\w.,:/])(?<!\w[-–])"
"""What stands before a number that is no part of another."""
_CLAUSE_END = re.compile(r"\s*(?:[.,;:!?)…]|$)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of seconds or of times that a sentence tells."""

    low: int
    high: int
    """Equal to `low` where there is no span."""
    text: str
    """As it stands in the sentence."""
    start: int
    """Where it begins in the sentence."""
    in_breaths: bool = False
    """Whether it is a number of breaths, and not of seconds."""


@dataclass(frozen=True, slots=True)
class _Verb:
    """Words that an amount can belong to, as patterns."""

    cue: re.Pattern[str]
    """Such as 'hold'."""
    others: re.Pattern[str]
    """What else an amount can belong to, such as 'rest'."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a language's prose says of a dose, as patterns."""

    numbers: Mapping[str, float]
    """Numbers in words."""
    hold: _Verb
    repeat: _Verb
    duration: re.Pattern[str]
    """A time, in groups: minutes and seconds with a colon, or numbers with their units."""
    times: re.Pattern[str]
    """How many times, likewise."""
    set_count: re.Pattern[str]
    """How many sets, likewise."""
    later: re.Pattern[str]
    """What stands behind an amount of which nothing is said before it."""
    more: re.Pattern[str]
    """What stands behind a number of times that is no dose: 'a week', 'more'."""
    clause: re.Pattern[str]
    """What stands between two clauses."""
    opening: re.Pattern[str]
    """The beginning of a sentence, up to an amount."""

    def tells(self, sentence: str) -> bool:
        """Return whether a sentence speaks of holding or repeating."""
        return bool(self.hold.cue.search(sentence) or self.repeat.cue.search(sentence))

    def holds(self, sentence: str) -> Iterator[Amount]:
        """Yield the times that a sentence tells for holding, in seconds."""
        for found in self._belonging(self.duration, self.hold, sentence):
            amount = self._seconds(found)
            if amount.high > 1 or amount.text[:1].isdigit():  # 'for a second' is but a manner
                yield amount

    def repeats(self, sentence: str) -> Iterator[Amount]:
        """Yield the numbers of times that a sentence tells for repeating."""
        for found in self._belonging(self.times, self.repeat, sentence):
            low, high = self._span(found["count"] or found["low"], found["high"])
            once = low == high == 1 and not found[0][:1].isdigit()
            if not (once and not _CLAUSE_END.match(sentence, found.end())):
                yield _amount(low, high, found)

    def sets(self, sentence: str) -> Iterator[Amount]:
        """Yield the numbers of sets that a sentence tells; one set can be any."""
        for found in self.set_count.finditer(sentence):
            low, high = self._span(found["low"], found["high"])
            if high > 1:
                yield _amount(low, high, found)

    def _belonging(
        self, amount: re.Pattern[str], verb: _Verb, sentence: str
    ) -> Iterator[re.Match[str]]:
        """Yield the amounts that belong to a verb: one before them, else one behind them."""
        if not verb.cue.search(sentence):
            return
        cues = [(found.start(), True) for found in verb.cue.finditer(sentence)]
        cues += [(found.start(), False) for found in verb.others.finditer(sentence)]
        cues.sort()
        for found in amount.finditer(sentence):
            before = bisect_left(cues, (found.start(), False))
            if self.more.match(sentence, found.end()):
                continue
            if cues[before - 1][1] if before else self._leads(found, verb, sentence):
                yield found

    def _leads(self, found: re.Match[str], verb: _Verb, sentence: str) -> bool:
        """Return whether an amount belongs to the word behind it, as in 'a 30-second hold'."""
        cue = verb.cue.search(sentence, found.end())
        if not cue or self.later.match(sentence, found.end()):
            return False
        if self.clause.search(sentence, found.end(), cue.start()):
            return bool(self.opening.fullmatch(sentence, 0, found.start()))
        return not verb.others.search(sentence, found.end(), cue.start())

    def _seconds(self, found: re.Match[str]) -> Amount:
        if found["m1"]:
            clock = int(found["m1"]) * 60 + int(found["s1"])
            until = int(found["m2"]) * 60 + int(found["s2"]) if found["m2"] else clock
            return _amount(clock, until, found)
        low, high = self._span(found["low"], found["high"])
        if found["breaths"]:
            return replace(_amount(low, high, found), in_breaths=True)
        half = 0.5 if found["half"] or found["half_more"] else 0
        factor = 60 if found["minutes"] else 1
        more = self._value(found["seconds"]) if found["seconds"] else 0
        return _amount((low + half) * factor + more, (high + half) * factor + more, found)

    def _span(self, first: str, second: str | None) -> tuple[float, float]:
        low = self._value(first)
        high = self._value(second) if second else low
        if second and high < 10 < low and second.isalpha():  # 'forty-two' has the sign of a span
            return low + high, low + high
        return low, high

    def _value(self, text: str) -> float:
        """Return what a number in digits or in words is worth."""
        word = " ".join(text.lower().split())
        if word in self.numbers:
            return self.numbers[word]
        digits = text.rstrip("".join(_FRACTIONS)).replace(",", ".")
        return float(digits or 0) + _FRACTIONS.get(text[-1], 0)


def _amount(low: float, high: float, found: re.Match[str]) -> Amount:
    return Amount(round(low), round(high), " ".join(found[0].split()), found.start())


@lru_cache(maxsize=8)
def phrases(writing: Writing) -> Phrases:
    """Return the patterns for the words of a language; the same ones for the same words."""
    words = {key: any_of(texts) for key, texts in writing.doses.items()}
    numbers = {word.lower(): float(value) for word, value in writing.numbers.items()}
    counts = {word.lower(): float(value) for word, value in writing.counts.items()}
    number = rf"(?:{_DIGITS}|{any_of(tuple(numbers))}(?=[\s-]))"
    to = any_of((*writing.doses["to"], *writing.doses["or"]))
    span = rf"(?P<low>{number})(?:\s{{0,2}}{to}\s{{0,2}}(?P<high>{number}))?"
    again = rf"{words['more']}|{words['a_day']}|{words['a_week']}"
    return Phrases(
        numbers | counts,
        _Verb(_word(words["hold"]), _word(words["not_hold"])),
        _Verb(_word(words["repeat"]), _word(words["not_repeat"])),
        _duration(number, span, to, words),
        re.compile(
            rf"{_ALONE}(?:{span}{_GAP}{words['times']}|(?P<count>{any_of(tuple(counts))}))(?!\w)",
            re.IGNORECASE,
        ),
        re.compile(rf"{_ALONE}{span}{_GAP}{words['sets']}(?!\w)", re.IGNORECASE),
        re.compile(rf"\.?\s+{words['later']}(?!\w)", re.IGNORECASE),
        re.compile(rf"\s+(?:{again})(?!\w)", re.IGNORECASE),
        re.compile(rf"[,;:]|\s{words['and']}\s", re.IGNORECASE),
        re.compile(rf"[\W\d_]*(?:{words['for']}\s+)?", re.IGNORECASE),
    )


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _duration(number: str, span: str, to: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """Return the pattern for a time, such as '1:30 min' or 'a minute and a half'."""
    minutes, seconds, half = words["minutes"], words["seconds"], words["and_half"]
    clock = r"(?P<m{0}>[0-9]{{1,2}}):(?P<s{0}>[0-5][0-9])"
    first, second = clock.format(1), clock.format(2)
    more = rf"[.,]?\s{{0,2}}(?:{words['and']}\s)?(?P<seconds>{number}){_GAP}{seconds}"
    behind = rf"(?P<half_more>\s+{half})|{more}"
    forms = (
        rf"{first}(?:\s{{0,2}}{to}\s{{0,2}}{second})?\s{{0,2}}{minutes}",
        rf"{span}(?P<half>\s+{half})?{_GAP}(?:(?P<minutes>{minutes})(?:{behind})?|{seconds}|(?P<breaths>{words['breaths']}))",
    )
    return re.compile(rf"{_ALONE}(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
