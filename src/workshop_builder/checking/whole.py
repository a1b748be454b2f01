"""Remarks on the workshop as a whole: its safety words, its date, its labels, its files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workshop_builder.checking.manuscript import Manuscript
from workshop_builder.checking.remark import Remark
from workshop_builder.languages import files as languages
from workshop_builder.languages.files import ENGLISH
from workshop_builder.model.workshop import Workshop
from workshop_builder.source.characters import texts
from workshop_builder.source.folder import SETTINGS_FILE, Folder

_STALE_YEARS = 2
_LONGEST_NAME = 143
"""Bytes of a name that a folder can hold which is encrypted file by file."""
_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_TWICE = re.compile("[ÂÃ][^“”‘’–—…]|â€.")
"""How a letter or quotation mark of UTF-8 begins that was taken for letters of Windows."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def warnings(folder: Folder, workshop: Workshop, today: date) -> tuple[Remark, ...]:
    """Return what a build tells too: that people move, and nothing at all is said of safety."""
    safety = workshop.settings.safety
    if safety.red_flags or safety.stop_if or "no-safety" in workshop.settings.silence:
        return ()
    return tuple(no_safety(Manuscript(workshop, folder.files, today)))


def no_safety(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark where people move, and nothing says when to stop."""
    safety = text.workshop.settings.safety
    if text.is_physical and not (safety.red_flags and safety.stop_if):
        lacking = " and ".join(n for n in ("red_flags", "stop_if") if not getattr(safety, n))
        said = f"people move in this workshop, and 'safety' has no {lacking}; add them"
        yield Remark(SETTINGS_FILE, text.workshop.line("safety"), "no-safety", said)


def no_review(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark where people move, and nothing says who has looked at it."""
    if text.is_physical and not text.workshop.settings.reviewed:
        said = "people move in this workshop, and 'reviewed' is missing"
        remedy = "say who has read it, or that nobody has"
        yield Remark(SETTINGS_FILE, 1, "no-review", f"{said}; {remedy}")


def stale_date(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for a date that is long ago, or before a year that the sources name."""
    written = text.workshop.settings.date
    if written is None:
        return
    named = [str(each.text) for each in text.workshop.settings.sources]
    named.append(str(text.workshop.settings.reviewed or ""))
    years = [int(year) for each in named for year in _YEAR.findall(each)]
    newest = max((year for year in years if year <= text.today.year), default=0)
    line = text.workshop.line("date")
    if newest > written.year:
        said = f"the date is of {written.year}, and the text names {newest}; write the new date"
        yield Remark(SETTINGS_FILE, line, "stale-date", said)
    elif (text.today - written).days > _STALE_YEARS * 366:
        said = f"the date is more than {_STALE_YEARS} years ago; read it again, and write the day"
        yield Remark(SETTINGS_FILE, line, "stale-date", said)


def english_labels(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each file of labels with sentences that nobody has translated."""
    code = text.workshop.language.code
    if code.split("-")[0] == ENGLISH:
        return
    english = languages.ours(ENGLISH, "labels")
    for own in languages.own(code, text.files, []):
        same = [
            key
            for key, label in (own.words.items() if own.part == "labels" else ())
            if label == english.get(key) and len(str(label).split()) > 1
        ]
        if same:
            others = f" and {len(same) - 1} more" if len(same) > 1 else ""
            said = f"the label '{same[0]}'{others} is still English; translate what is left"
            line = own.document.line((*own.place, same[0]))
            yield Remark(own.document.path, line, "english-labels", said)


def unused_condition(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each condition by whose name no exercise is left out."""
    used = {words.source for each in text.exercises for words in each.fields.avoid_with}
    for name in text.workshop.settings.conditions:
        if name not in used:
            said = f"the condition '{name}' is in no 'avoid_with'; name it there, or take it out"
            line = text.workshop.line("conditions", name)
            yield Remark(SETTINGS_FILE, line, "unused-condition", said)


def file_name(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each file that cannot be copied to every computer under its name."""
    seen: dict[str, str] = {}
    for path in sorted(text.files):
        before = seen.setdefault(path.casefold(), path)
        if fault := next(filter(None, map(_unholdable, path.split("/"))), ""):
            yield Remark(path, 0, "file-name", f"{fault}; rename the file")
        elif before != path:
            said = f"Windows and Macs take it for {before}; give one of them another name"
            yield Remark(path, 0, "file-name", said)


def _unholdable(name: str) -> str:
    """Return why some systems cannot hold a file or folder of this name; empty where all can."""
    if found := _FORBIDDEN.search(name):
        return f"Windows allows no '{found[0]}' in a name"
    if _RESERVED.fullmatch(name):
        return f"Windows keeps the name '{name.partition('.')[0]}' for itself"
    if name.rpartition(".")[0].endswith((" ", ".")) or name.endswith((" ", ".")):
        return "some systems drop the blank or dot before the ending"
    if len(name.encode()) > _LONGEST_NAME:
        return f"encrypted folders hold no name of more than {_LONGEST_NAME} bytes"
    return ""


def wrong_letters(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each file with letters that another encoding has made of one."""
    for path, words in texts(text.files).items():
        for number, line in enumerate(words.split("\n"), 1):
            slips = {found: _before(found) for found in _TWICE.findall(line) if _before(found)}
            if slips:
                typed, meant = next(iter(slips.items()))
                said = f"'{typed}' was '{meant}' before it was saved with another encoding"
                yield Remark(path, number, "wrong-letters", f"{said}; type such letters again")
                break


def _before(letters: str) -> str:
    """Return what letters of Windows were in UTF-8; empty where they were nothing else."""
    try:
        return letters.encode("cp1252").decode()
    except UnicodeError:
        return ""
