"""Remarks on how hard a text is to read: its school grade, and words that few people know."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType

import numpy as np

from workshop_builder.checking.manuscript import Manuscript, Passage
from workshop_builder.checking.remark import Remark

_FEWEST_WORDS = 50
"""Words below which a grade says nothing."""
_EASE, _GRADE = (0.0, 30.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0), (18, 16, 12, 9, 7, 6, 5, 4)
"""Flesch's reading ease, and the school grade that he gives for it."""
_PLAIN = "part"
"""An easy word in place of one that the glossary explains."""
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_STEM = 4
"""Letters that two words of one stem share at least, and three quarters of the shorter one."""


def _by_ease(measure: ModuleType, text: str) -> float:
    return float(np.interp(measure.flesch_reading_ease(text), _EASE, _GRADE))


_FORMULAS: Mapping[str, Callable[[ModuleType, str], float]] = {
    "en": lambda measure, text: float(measure.flesch_kincaid_grade(text)),
    "de": lambda measure, text: float(measure.wiener_sachtextformel(text, 1)),
    "fr": _by_ease,
    "es": _by_ease,
}
"""By language: from a text to the years of school that it asks for."""


def reading_grade(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark where the sheet or a chapter asks for more years of school than was set."""
    language = text.workshop.language.code.split("-")[0]
    if language not in _FORMULAS:
        return
    measure, formula, terms = _textstat(language), _FORMULAS[language], _terms(text)
    for name, limit, passages in _parts(text):
        texts = [_in_sentences(passage.text, terms) for passage in passages]
        whole = " ".join(texts)
        if len(whole.split()) < _FEWEST_WORDS or (grade := formula(measure, whole)) <= limit:
            continue
        place = max(zip(texts, passages, strict=True), key=lambda each: _length(each[0]))[1]
        said = f"the {name} asks for {grade:.0f} years of school, and {limit} are set"
        remedy = "shorten sentences and words, first of all here"
        yield Remark(place.path, place.line, "reading-grade", f"{said}; {remedy}")


def _parts(text: Manuscript) -> Iterator[tuple[str, int, list[Passage]]]:
    """Yield each part of which the grade is taken: its name, the highest grade, its texts."""
    limits = text.workshop.settings.reading_grade
    sheet = text.workshop.settings.products.get("take-home")
    named = text.workshop.select(sheet.exercises) if sheet and sheet.exercises else text.exercises
    yield "take-home sheet", limits.sheet, [each for item in named for each in text.card(item)]
    for chapter in text.workshop.chapters:
        if chapter.fields.audience == "everyone":
            yield "chapter", limits.book, list(text.chapter(chapter))


def _in_sentences(text: str, terms: re.Pattern[str]) -> str:
    """Return a text that ends like a sentence, with a plain word for each of the glossary's."""
    return terms.sub(_PLAIN, text if text.rstrip()[-1:] in set(".!?…") else f"{text}.")


def _length(text: str) -> float:
    """Return the mean length of a text's sentences in letters."""
    sentences = re.split(r"(?<=[.!?…])\s+", text)
    return len(text) / len(sentences)


def hard_word(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each word that few people know and the glossary does not explain."""
    told: set[str] = set()
    explained = [term.term.casefold() for term in text.workshop.settings.glossary]
    stems = {word for term in explained for word in _WORD.findall(term)}
    for passage in _for_everyone(text):
        for word in text.words.hard.findall(passage.text):
            key = word.casefold()
            if key not in told and not any(_same_stem(key, stem) for stem in stems):
                told.add(key)
                said = f"'{word}' is a hard word; say it with an easier one, or explain it"
                remedy = "in 'glossary'"
                yield Remark(passage.path, passage.line, "hard-word", f"{said} {remedy}")


def _for_everyone(text: Manuscript) -> Iterator[Passage]:
    """Yield the texts of the workshop without those for the teacher."""
    teacher = {each.path for each in text.workshop.chapters if each.fields.audience == "teacher"}
    yield from (passage for passage in text.passages() if passage.path not in teacher)


def _same_stem(one: str, other: str) -> bool:
    shared = max(_SHORTEST_STEM, min(len(one), len(other)) * 3 // 4)
    return one[:shared] == other[:shared]


def _terms(text: Manuscript) -> re.Pattern[str]:
    """Return a pattern for the words that the glossary explains."""
    terms = sorted((term.term for term in text.workshop.settings.glossary), key=len, reverse=True)
    either = "|".join(map(re.escape, terms))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if terms else r"(?!)", re.IGNORECASE)


def _textstat(language: str) -> ModuleType:
    """Return the measure, set to a language. It is imported here: it takes half a second."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it imports itself
        import textstat  # noqa: PLC0415  only for this remark
    measure: ModuleType = textstat
    measure.set_lang(language)
    return measure
