"""What a language calls the bones and muscles of the pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from workshop_builder.languages.read import read
from workshop_builder.model.base import Value

SHORTEST, LONGEST = 40, 150
"""Characters of a description."""


class MuscleWords(Value):
    """What is said of a muscle in a description."""

    name: str
    runs: str
    """From where to where."""


class Words(Value):
    """The words of a language, as its file has them."""

    and_: str
    """Between the last two of several names."""
    views: Mapping[str, str]
    """What is seen, by plate."""
    muscles: Mapping[str, MuscleWords]
    marks: Mapping[str, str]
    arrows: Mapping[str, str]
    pulls: Mapping[str, str]
    """What an arrow tells, in a description."""

    def joined(self, names: Sequence[str]) -> str:
        """Return several names as one text."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.and_} {names[-1]}"


@cache
def words(language: str) -> Words | None:
    """Return the words of `language`, such as `de-AT`; None if nobody has written them yet."""
    found, problems = read(language)
    return None if problems or not found.muscles else Words.model_validate(found.muscles)


def description(words: Words, plate: str, muscles: Sequence[str], arrows: Sequence[str]) -> str:
    """Return a description in 40 to 150 characters: as much of what is seen as they can hold."""
    view = words.views[plate]
    told = [words.muscles[name] for name in muscles]
    runs: dict[str, list[str]] = {}
    for each in told:
        runs.setdefault(each.runs, []).append(each.name)
    paths = "; ".join(f"{words.joined(names)} {way}" for way, names in runs.items())
    pulls = words.joined([words.pulls[name] for name in arrows])
    names = words.joined([each.name for each in told])
    tails = [pulls, paths, names] if arrows else [paths, names]
    texts = [f"{view}: {tail}." for tail in tails if tail]
    return next((text for text in texts if len(text) <= LONGEST), f"{view}.")
