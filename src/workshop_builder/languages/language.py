"""A language as a value: all that its files say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from workshop_builder.languages.kinds import WorkshopKind

Words: TypeAlias = Mapping[str, Any]
"""Texts by their names, or by names within names, as a file of a language has them."""


@dataclass(frozen=True, slots=True, eq=False)
class Writing:
    """How a language is written and counted, and how its prose speaks of doses."""

    quotes: tuple[str, str, str, str]
    """Quotation marks: outer before and after, inner before and after."""
    elisions: Sequence[str]
    """What is left of words whose beginning an apostrophe stands for, such as `til`."""
    colon: str
    """What stands behind a label."""
    semicolon: str
    """What stands between the parts of a description."""
    spaces: Mapping[str, str]
    """Marks with a blank beside them, as they are typed, and as they are set."""
    first_day: str
    """How the first day of a month is written in a date."""
    callouts: Mapping[str, str]
    """The titles of boxes that GitHub knows, by the kind of box in small letters."""
    plurals: Mapping[str, str]
    """The rule of each form that a number gives to a word; see `plurals`."""
    units: Sequence[str]
    """Words that stay on one line with the number before them."""
    numbers: Mapping[str, str]
    """Numbers in words, also half of one, and what each is in digits."""
    counts: Mapping[str, str]
    """Numbers of times in one word, likewise."""
    doses: Mapping[str, Sequence[str]]
    """The words that tell of a dose, by what they tell."""

    def spaced(self, text: str) -> str:
        """Return `text` with fixed blanks beside its marks, where the language has them."""
        for typed, printed in self.spaces.items():
            text = text.replace(typed, printed)
        return text


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """All that a language says; what a region leaves out is as in the language itself."""

    code: str
    """Such as `de` or `en-GB`."""
    kind: WorkshopKind
    """The kind of workshop that its labels are for."""
    labels: Mapping[str, str] = field(repr=False)
    """What the products print by themselves."""
    figures: Words | None = field(repr=False)
    """The words from which figures are described; None where nobody has written them."""
    muscles: Words | None = field(repr=False)
    """The words in and about pictures of muscles; None where nobody has written them."""
    writing: Writing = field(repr=False)
    remarks: Words = field(repr=False)
    """The words by which a text is looked over; empty where nobody has written them."""
