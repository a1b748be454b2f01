"""The words of a language, written out for a translator."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workshop_builder.errors import OutputError, Problem, RequestError, SourceError
from workshop_builder.languages.files import own_files
from workshop_builder.languages.translate import WordList, to_translate
from workshop_builder.model.fields import language_code


def write(language: str, folder: Path) -> list[str]:
    """Write the files of `language` into a folder of its own in `folder`, such as `labels/nl/`.

    What is translated there already stays. Returns what to say of each file. Raises RequestError
    for what is no language, SourceError for faults of the files that are there, and OutputError
    where they cannot be written.
    """
    try:
        code = language_code(language)
    except ValueError as error:
        raise RequestError([Problem("LANGUAGE", 0, str(error))]) from error
    try:
        lists = to_translate(code, own_files(code, folder))
        (folder / code).mkdir(parents=True, exist_ok=True)
        for each in lists:
            _write(folder / each.path, each.text)
    except SourceError as error:
        raise SourceError(
            replace(problem, path=str(folder / problem.path.removeprefix("labels/")))
            for problem in error.problems
        ) from error
    except OSError as error:
        text = f"cannot be written ({error.strerror}); name another folder with -o"
        raise OutputError([Problem(str(folder), 0, text)]) from error
    return [*(_said(each, folder) for each in lists), *_superseded(folder / f"{code}.yaml")]


def _said(each: WordList, folder: Path) -> str:
    lacking = f"  {each.lacking} to translate" if each.lacking else ""
    return f"{folder / each.path}{lacking}"


def _superseded(single: Path) -> list[str]:
    """Return what to say where the language had a single file: those of the folder count."""
    return [f"{single}: its words are in the folder now; remove it"] if single.exists() else []


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
