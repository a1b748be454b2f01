"""The words of muscle pictures: what a language calls bones and muscles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from workshop_builder.languages.language import Language, Writing
from workshop_builder.markup.references import ALT_LENGTHS
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
    """Return as much of what a picture shows as fits into the length of a description."""
    view = words.views[view]
    drawn = [words.muscles[name] for name in muscles]
    runs: dict[str, list[str]] = {}
    for each in drawn:
        runs.setdefault(each.runs, []).append(each.name)
    paths = f"{writing.semicolon} ".join(
        f"{words.joined(names)} {way}" for way, names in runs.items()
    )
    pulls = words.joined([words.pulls[name] for name in arrows])
    names = words.joined([each.name for each in drawn])
    tails = [pulls, paths, names] if arrows else [paths, names]
    texts = [f"{view}{writing.colon} {tail}." for tail in tails if tail]
    return next((text for text in texts if len(text) <= ALT_LENGTHS[1]), f"{view}.")
