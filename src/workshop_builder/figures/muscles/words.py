"""What a language calls the bones and muscles of the pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from workshop_builder.figures.muscles.plates import FOLDER
from workshop_builder.model.base import Value
from workshop_builder.source import yaml_text

SHORTEST, LONGEST = 40, 150
"""Characters of a description."""


class MuscleWords(Value):
    """What is said of a muscle in a description."""

    name: str
    runs: str
    """From where to where."""


class Words(Value):
    """The words of a language, as anatomy/words-xx.yaml has them."""

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
    path = FOLDER / f"words-{language.lower().partition('-')[0]}.yaml"
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    return Words.model_validate(yaml_text.read(path.name, text).data)


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
