"""The words of muscle pictures: what a language calls bones and muscles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from workshop_builder.languages.language import Language, Writing
from workshop_builder.model.base import Value


class MuscleWords(Value):
    """What is said of a muscle in a description."""

    name: str
    runs: str
    """From where to where."""


class AnatomyWords(Value):
    """The words of a language for muscle pictures, as its file has them."""

    and_: str
    """Between the last two of several names."""
    views: Mapping[str, str]
    """What is seen, by the name of the plate."""
    muscles: Mapping[str, MuscleWords]
    marks: Mapping[str, str]
    """The labels of landmarks."""
    arrows: Mapping[str, str]
    """The labels of arrows."""
    pulls: Mapping[str, str]
    """What an arrow shows, in a description."""

    def joined(self, names: Sequence[str]) -> str:
        """Return names as one text, such as `a, b and c`."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.and_} {names[-1]}"


@lru_cache(maxsize=8)
def muscle_words(language: Language) -> AnatomyWords | None:
    """Return the words of a language; None where there are none."""
    return AnatomyWords.model_validate(language.muscles) if language.muscles else None


def compose_description(
    words: AnatomyWords, writing: Writing, view: str, muscles: Sequence[str], arrows: Sequence[str]
) -> str:
    """Return what a picture shows: each muscle from where to where, and which way it pulls."""
    runs: dict[str, list[str]] = {}
    for each in (words.muscles[name] for name in muscles):
        runs.setdefault(each.runs, []).append(each.name)
    told = [f"{words.joined(names)} {way}" for way, names in runs.items()]
    told += [words.joined([words.pulls[name] for name in arrows])] if arrows else []
    told = [f"{writing.colon} {f'{writing.semicolon} '.join(told)}"] if told else []
    return f"{words.views[view]}{''.join(told)}."
