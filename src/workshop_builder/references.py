"""Names that one file uses for a thing in another: each must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from workshop_builder.errors import Problem, did_you_mean
from workshop_builder.folder import SETTINGS_FILE
from workshop_builder.model import Chapter, Exercise, Settings
from workshop_builder.yamltext import Place, Sheet


def check_references(
    settings: Settings,
    sheet: Sheet,
    exercises: Mapping[str, Exercise],
    chapters: Sequence[Chapter],
    files: frozenset[str],
    problems: list[Problem],
) -> None:
    """Add to `problems` every name of the workshop that leads nowhere, with its line."""
    chapter_ids = [chapter.id for chapter in chapters]
    groups = set(settings.groups)
    problems += _settings_names(settings, sheet, set(exercises), groups, chapter_ids)
    problems += _session_sum(settings, sheet)
    for chapter in chapters:
        problems += _chapter_slots(chapter, set(exercises), groups)
    problems += _pictures(settings, sheet, exercises, files)


def _settings_names(
    settings: Settings, sheet: Sheet, exercises: set[str], groups: set[str], chapters: list[str]
) -> list[Problem]:
    found: list[tuple[Place, str, str, Iterable[str]]] = []
    for group, members in settings.groups.items():
        found += [(("groups", group, n), "exercise", name, exercises)
                  for n, name in enumerate(members)]
    for n, block in enumerate(settings.session):
        place: Place = ("session", n)
        found += [((*place, "exercises", m), "exercise or group", name, exercises | groups)
                  for m, name in enumerate(block.exercises)]
        if block.chapter:
            found.append(((*place, "chapter"), "chapter", block.chapter, chapters))
    for product, wish in settings.products.items():
        place = ("products", product)
        found += [((*place, "exercises", m), "exercise or group", name, exercises | groups)
                  for m, name in enumerate(wish.exercises)]
        found += [((*place, "chapters", m), "chapter", name, chapters)
                  for m, name in enumerate(wish.chapters)]
    return [
        Problem(SETTINGS_FILE, sheet.line(place), _unknown(kind, name, known))
        for place, kind, name, known in found
        if name not in known
    ]


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    hint = did_you_mean(name, names)
    if not hint:
        hint = f"; there are {', '.join(names[:8])}" if names else "; there is none yet"
    return f"there is no {kind} '{name}'{hint}"


def _session_sum(settings: Settings, sheet: Sheet) -> list[Problem]:
    """Hold the minutes of the session plan against the length that is promised."""
    total = sum(block.minutes for block in settings.session)
    promised = settings.session_minutes
    if promised is None or not settings.session or total == promised:
        return []
    text = (
        f"the session's blocks add up to {total} minutes, not {promised}; "
        "change the minutes of a block, or session_minutes"
    )
    return [Problem(SETTINGS_FILE, sheet.line(("session_minutes",)), text)]


def _chapter_slots(chapter: Chapter, exercises: set[str], groups: set[str]) -> list[Problem]:
    known = {"exercise": exercises, "exercises": groups}
    kinds = {"exercise": "exercise", "exercises": "group of exercises"}
    return [
        Problem(chapter.path, use.line, _unknown(kinds[use.name], use.argument, known[use.name]))
        for use in chapter.blocks
        if use.name in known and use.argument not in known[use.name]
    ]


def _pictures(
    settings: Settings, sheet: Sheet, exercises: Mapping[str, Exercise], files: frozenset[str]
) -> list[Problem]:
    logo = settings.studio.logo if settings.studio else None
    named = [(SETTINGS_FILE, sheet.line(("cover",)), settings.cover)]
    named.append((SETTINGS_FILE, sheet.line(("studio", "logo")), logo))
    named += [(item.path, item.line("picture"), item.fields.picture) for item in exercises.values()]
    known = sorted(file for file in files if file.startswith("pictures/"))
    problems = [
        Problem(path, line, f"the picture '{picture}' is not there{_near(picture, known)}")
        for path, line, picture in named
        if picture and picture not in files
    ]
    missing = "has a picture but no 'alt'; add 'alt: …' with what the picture shows"
    problems += [
        Problem(item.path, item.line("picture"), missing)
        for item in exercises.values()
        if item.fields.picture and not item.fields.alt
    ]
    return problems


def _near(picture: str, known: Sequence[str]) -> str:
    return did_you_mean(picture, known) or "; put it into pictures/ or mend the name"
