"""Loads a source folder: a workshop, or every problem of it in one run."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from workshop_builder.errors import Problem, SourceError, WorkshopError
from workshop_builder.languages.files import ENGLISH
from workshop_builder.languages.kinds import KINDS, MOVEMENT
from workshop_builder.languages.read import read as read_language
from workshop_builder.loading import conditions, dose_faults, exercise_steps, prose_doses
from workshop_builder.loading.cross_references import broken_links, check_references
from workshop_builder.loading.dose_phrases import phrases
from workshop_builder.loading.figures import marks
from workshop_builder.loading.figures import read as read_figure
from workshop_builder.loading.read_before import converted
from workshop_builder.markup.convert import Prose
from workshop_builder.model.base import ChapterFields, Value
from workshop_builder.model.exercise_fields import ExerciseFields
from workshop_builder.model.fields import language_of
from workshop_builder.model.figure import Figure
from workshop_builder.model.validate import validate
from workshop_builder.model.workshop import Chapter, Exercise, Settings, Workshop
from workshop_builder.source import characters, yaml_text
from workshop_builder.source import folder as folders
from workshop_builder.source.characters import as_text, without_consequences
from workshop_builder.source.folder import SETTINGS_FILE, Folder
from workshop_builder.source.names import by_number, file_id
from workshop_builder.source.yaml_text import Tree, YamlDocument

_Fields = TypeVar("_Fields", bound=Value)

_LONGEST_STAND_IN = 40
"""Characters of a file's name that take the place of a title that is missing."""


class _Loader:
    """The files of a folder, and what has been found in them so far."""

    def __init__(self, folder: Folder) -> None:
        self.files = folder.files
        self.names = frozenset(folder.files)
        self.language = read_language(ENGLISH)[0]
        self.problems: list[Problem] = list(folder.problems)
        self.prose: dict[str, Prose] = {}
        self.figure_words: dict[str, str] = {}
        """The description of each figure, by its path."""
        self.figure_marks: dict[str, tuple[str, ...]] = {}
        """What is marked in each, by its path."""
        self.told: dict[str, Any] = {}
        """What workshop.yaml tells the fields of exercises."""

    def text(self, path: str) -> str:
        """Return a file as text; note what cannot be read."""
        return as_text(path, self.files[path], self.problems)

    def markdown_files(self, folder: str) -> dict[str, str]:
        """Return the paths of the Markdown files in `folder` by their id, in order of their names.

        Notes a second file with the same id, capitals aside: some disks see no difference.
        """
        found: dict[str, str] = {}
        first: dict[str, str] = {}
        paths = (path for path in self.names if path.startswith(folder + "/"))
        for path in sorted(paths, key=by_number):
            name = re.sub(r"\.md$", "", path.removeprefix(folder + "/"), flags=re.IGNORECASE)
            found_id = file_id(name) or folder.removesuffix("s")
            other = first.setdefault(unicodedata.normalize("NFKC", found_id).casefold(), path)
            if other != path:
                fault = f"has the same name as {other}, capitals and signs aside; give it another"
                self.problems.append(Problem(path, 0, fault))
            found.setdefault(found_id, path)
        return found

    def convert(self, path: str, body: str, offset: int) -> Prose:
        """Return the text of a file as prose, and note its problems."""
        shown = tuple(self.figure_words.items())
        writing = self.language.writing
        prose, problems = converted(path, body, offset, writing, self.names, shown)
        self.problems += problems
        self.prose[path] = prose
        return prose


@dataclass(frozen=True, slots=True)
class _MarkdownFile:
    """A Markdown file in its two parts."""

    sheet: YamlDocument
    body: str
    offset: int
    """Lines of the file above the body."""


def load(source: str | os.PathLike[str]) -> Workshop:
    """Return the workshop in the folder `source`; raises SourceError with every problem of it."""
    return from_folder(folders.read(Path(source)))


def from_folder(folder: Folder) -> Workshop:
    """Return the workshop that `folder` holds; raises SourceError with every problem of it."""
    if SETTINGS_FILE not in folder.files:  # it went while the folder was read
        raise SourceError(folder.problems)
    loader = _Loader(folder)
    settings, sheet = _settings(loader)
    figures = _figures(loader)
    loader.told = {"breath": settings.breath, "conditions": settings.conditions}
    exercises = conditions.resolve(settings, _exercises(loader), loader.language, loader.problems)
    advised = conditions.advised(settings, sheet, exercises, loader.language, loader.problems)
    chapters = _chapters(loader, exercises)
    say = phrases(loader.language.writing)
    check_references(settings, sheet, exercises, chapters, loader.names, say, loader.problems)
    loader.problems += broken_links(loader.prose)
    if loader.problems:
        raise SourceError(without_consequences(loader.problems))
    pictures = _pictures_in_use(settings, exercises, chapters, loader.prose)
    workshop = Workshop(
        settings=settings,
        language=loader.language,
        chapters=tuple(chapters),
        exercises=exercises,
        pictures={path: folder.files[path] for path in sorted(pictures) if path not in figures},
        figures={path: figures[path] for path in sorted(pictures) if path in figures},
        overrides=_overrides(folder),
        lines=sheet.lines,
        advised=advised,
        texts=characters.texts(folder.files),
    )
    object.__setattr__(workshop, "digest", folder.digest)  # by no argument: see the field
    object.__setattr__(workshop, "digests", folder.digests)
    return workshop


def _overrides(folder: Folder) -> dict[str, bytes]:
    own = ("templates/", "styles/", "labels/")
    return {path: data for path, data in folder.files.items() if path.startswith(own)}


def _pictures_in_use(
    settings: Settings,
    exercises: Mapping[str, Exercise],
    chapters: Sequence[Chapter],
    prose: Mapping[str, Prose],
) -> set[str]:
    logo = settings.studio.logo if settings.studio else None
    named = {settings.cover, logo, *(exercise.picture for exercise in exercises.values())}
    named |= {chapter.fields.picture for chapter in chapters}
    shown = {path for text in prose.values() for path in text.pictures}
    return shown | {path for path in named if path}


def _settings(loader: _Loader) -> tuple[Settings, YamlDocument]:
    sheet = _yaml(loader, SETTINGS_FILE, loader.text(SETTINGS_FILE), 0)
    stand_ins = {"title": "Workshop", "language": ENGLISH}
    if isinstance(sheet.data, dict):
        code = language_of(sheet.data.get("language"))
        kind = next((each for each in KINDS if each == sheet.data.get("kind")), MOVEMENT)
        loader.language, problems = read_language(code, loader.files, kind)
        loader.problems += problems
        if isinstance(named := sheet.data.get("products"), dict):
            # A product that is named is made, whether or not anything is said of it.
            made: Tree = {name: {} if said is None else said for name, said in named.items()}
            sheet = replace(sheet, data={**sheet.data, "products": made})
    return _fields(loader, Settings, sheet, stand_ins), sheet


def _figures(loader: _Loader) -> dict[str, Figure]:
    """Return the figures without faults by their path, and keep their descriptions."""
    paths = sorted(path for path in loader.names if path.startswith("figures/"))
    if not paths:
        return {}
    figures = {}
    for path in paths:
        figure, words, problems = read_figure(path, loader.text(path), loader.language)
        loader.problems += problems
        if figure is not None:
            figures[path] = figure
            loader.figure_words[path] = words
            loader.figure_marks[path] = marks(figure)
    return figures


def _exercises(loader: _Loader) -> dict[str, Exercise]:
    exercises = {}
    say = phrases(loader.language.writing)
    for name, path in loader.markdown_files("exercises").items():
        document = _markdown_file(loader, path, "name")
        sheet, body, offset = document.sheet, document.body, document.offset
        fields = _fields(loader, ExerciseFields, sheet, {"name": name[:_LONGEST_STAND_IN]})
        prose = loader.convert(path, body, offset)
        loader.problems += _no_blocks(path, prose)
        loader.problems += dose_faults.problems(sheet, fields)
        loader.problems += prose_doses.check_exercise(say, sheet, body, offset, fields)
        if prose.body:
            loader.problems += exercise_steps.problems(path, body, offset, prose.body)
        steps = exercise_steps.split(prose.body, name)
        exercises[name] = Exercise(
            id=name,
            path=path,
            fields=fields,
            steps=steps.items,
            body=steps.text,
            lines=sheet.lines,
            picture=fields.figure or fields.picture,
            alt=fields.alt or loader.figure_words.get(fields.figure or ""),
            marks=loader.figure_marks.get(fields.figure or "", ()),
            breath=loader.told["breath"],
        )
    return exercises


def _no_blocks(path: str, prose: Prose) -> list[Problem]:
    fault = "a block cannot stand in an exercise; move it to a chapter"
    return [Problem(path, use.line, fault) for use in prose.uses]


def _chapters(loader: _Loader, exercises: Mapping[str, Exercise]) -> list[Chapter]:
    chapters: list[Chapter] = []
    say = phrases(loader.language.writing)
    for name, path in loader.markdown_files("chapters").items():
        document = _markdown_file(loader, path, "title")
        fields = _fields(loader, ChapterFields, document.sheet, {"title": name[:_LONGEST_STAND_IN]})
        prose = loader.convert(path, document.body, document.offset)
        body, offset = document.body, document.offset
        loader.problems += prose_doses.check_chapter(say, path, body, offset, exercises)
        chapters.append(Chapter(name, path, fields, prose.body, prose.uses))
    return chapters


def _markdown_file(loader: _Loader, path: str, required: str) -> _MarkdownFile:
    """Return a Markdown file in its parts, and note what is wrong with its front matter."""
    text = loader.text(path)
    front, body, offset = yaml_text.split_front_matter(text)
    if front is not None:
        return _MarkdownFile(_yaml(loader, path, front, 1), body, offset)
    if yaml_text.front_matter_is_open(text):
        fault = "the front matter has no end; close it with a line '---'"
        body = ""
    else:
        fault = f"has no front matter; begin with a line '---', then '{required}: …', then '---'"
    loader.problems.append(Problem(path, 1, fault))
    return _MarkdownFile(YamlDocument(path, None, {}), body, 0)


def _yaml(loader: _Loader, path: str, text: str, offset: int) -> YamlDocument:
    """Return the data of a YAML text; note what cannot be read, and return none then."""
    try:
        return yaml_text.read(path, text, offset)
    except WorkshopError as error:
        loader.problems += error.problems
        return YamlDocument(path, None, {})


def _fields(
    loader: _Loader, model: type[_Fields], sheet: YamlDocument, stand_ins: Mapping[str, str]
) -> _Fields:
    if sheet.data is None:
        return model.model_validate(stand_ins)
    return validate(model, sheet, stand_ins, loader.problems, loader.language, **loader.told)
