"""What is checked: the workshop, the files it was read from, and the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from workshop_builder.checking.words import RemarkWords, words_of
from workshop_builder.loading.dose_phrases import Phrases, phrases
from workshop_builder.markup import xhtml
from workshop_builder.markup.fragment import Fragment
from workshop_builder.model.workshop import Chapter, Exercise, Workshop
from workshop_builder.source.folder import SETTINGS_FILE
from workshop_builder.source.yaml_text import split_front_matter

_STEP = re.compile(r" {0,3}\d+[.)] ")
_BLOCKS = frozenset({"p", "li", "td", "dd", "h2", "h3", "h4", "h5", "h6"})
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_PHYSICAL = {"stretch", "mobility", "strength"}
_TELLING = 32
"""Letters at the start of a text by which it is found in its file."""
_FIELDS = ("feel", "caution", "easier", "harder", "mistakes", "targets", "caption", "alt")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the workshop's text, without signs of Markdown."""

    path: str
    """The file that holds it."""
    line: int
    """The line at which it begins."""
    text: str
    """Its words."""

    @property
    def sentences(self) -> list[str]:
        """Its sentences."""
        return _SENTENCE_END.split(self.text)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A workshop as its author has it on the desk."""

    workshop: Workshop
    files: Mapping[str, bytes] = field(repr=False)
    """Every file of the source folder, by its path in it."""
    today: date
    """By which a date is found to be stale."""

    @property
    def words(self) -> RemarkWords:
        """The words of the workshop's language."""
        return words_of(self.workshop.language)

    @property
    def is_physical(self) -> bool:
        """Whether people move in it so that they could hurt themselves."""
        return any(each.fields.kind in _PHYSICAL for each in self.exercises)

    @property
    def doses(self) -> Phrases:
        """What the language's prose says of a dose."""
        return phrases(self.workshop.language.writing)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises in the order of their files."""
        return tuple(sorted(self.workshop.exercises.values(), key=lambda each: each.path))

    def steps(self, exercise: Exercise) -> list[Passage]:
        """Return the steps of an exercise, each with its line."""
        body, offset = self._body(exercise.path)
        lines = [n for n, line in enumerate(body.split("\n"), 1) if _STEP.match(line)]
        if len(lines) != len(exercise.steps):
            return [
                Passage(exercise.path, self._line(exercise.path, str(step)), str(step))
                for step in exercise.steps
            ]
        return [
            Passage(exercise.path, line + offset, str(step))
            for line, step in zip(lines, exercise.steps, strict=True)
        ]

    def prose(self, holder: Chapter | Exercise) -> Iterator[Passage]:
        """Yield the paragraphs, headings and cells of a chapter, or of what follows the steps."""
        for text in _paragraphs(holder.body):
            yield Passage(holder.path, self._line(holder.path, text), text)

    def passages(self) -> Iterator[Passage]:
        """Yield every text of the workshop that students read."""
        yield from self.front()
        for exercise in self.exercises:
            yield from self.card(exercise)
            yield from self.prose(exercise)
        for chapter in self.workshop.chapters:
            yield from self.chapter(chapter)

    def card(self, exercise: Exercise) -> Iterator[Passage]:
        """Yield the texts of an exercise's card: its fields and its steps."""
        yield from self._fields(exercise)
        yield from self.steps(exercise)

    def chapter(self, chapter: Chapter) -> Iterator[Passage]:
        """Yield every text of a chapter."""
        yield Passage(chapter.path, 1, chapter.fields.title)
        if chapter.fields.summary:
            yield Passage(chapter.path, 1, str(chapter.fields.summary))
        yield from self.prose(chapter)

    def front(self) -> Iterator[Passage]:
        """Yield what workshop.yaml says of the workshop as a whole."""
        settings = self.workshop.settings
        for name in ("title", "subtitle", "description"):
            if text := getattr(settings, name):
                yield Passage(SETTINGS_FILE, self.workshop.line(name), str(text))
        for number, goal in enumerate(settings.goals):
            yield Passage(SETTINGS_FILE, self.workshop.line("goals", number), str(goal))

    def line_with(self, path: str, words: str) -> int:
        """Return the first line of a file that holds some words as they are; else 1."""
        lines = self.files[path].decode("utf-8-sig", "replace").splitlines()
        return next((number for number, line in enumerate(lines, 1) if words in line), 1)

    def _fields(self, exercise: Exercise) -> Iterator[Passage]:
        """Yield the texts of an exercise's front matter."""
        yield Passage(exercise.path, exercise.line("name"), exercise.fields.name)
        for name in _FIELDS:
            value = getattr(exercise.fields, name) or ()
            for number, text in enumerate(value if isinstance(value, tuple) else (value,)):
                line = exercise.lines.get((name, number), exercise.line(name))
                yield Passage(exercise.path, line, str(text))

    def _body(self, path: str) -> tuple[str, int]:
        """Return the text below the front matter of a file, and the lines above it."""
        text = self.files[path].decode("utf-8-sig", "replace").replace("\r\n", "\n")
        _, body, offset = split_front_matter(text)
        return body, offset

    def _line(self, path: str, text: str) -> int:
        """Return the line of a file at which a text begins, whatever signs stand between."""
        wanted = "".join(filter(str.isalnum, text))[:_TELLING]
        body, offset = self._body(path)
        letters, lines = _letters(body)
        start = letters.find(wanted) if wanted else -1
        return lines[start] + offset if start >= 0 else 1


@lru_cache(maxsize=8)
def _letters(body: str) -> tuple[str, tuple[int, ...]]:
    """Return the letters and digits of a text, and the line of each."""
    lines = enumerate(body.split("\n"), 1)
    found = [(sign, number) for number, line in lines for sign in line if sign.isalnum()]
    return "".join(sign for sign, _ in found), tuple(number for _, number in found)


def _paragraphs(body: Fragment) -> Iterator[str]:
    """Yield the words of each innermost block of a text, without its footnotes."""
    root = body.copy()
    for notes in list(root.iter("section")):
        xhtml.remove(notes)
    for element in root.iter():
        inside = any(child.tag in _BLOCKS for child in element.iterdescendants())
        if element.tag in _BLOCKS and not inside and (text := xhtml.words(element)):
            yield text
