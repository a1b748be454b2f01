"""Names by which one file refers to something in another: each must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from workshop_builder.errors import Problem, did_you_mean
from workshop_builder.loading import prose_doses
from workshop_builder.loading.dose_phrases import Phrases
from workshop_builder.markup.convert import Prose
from workshop_builder.markup.markdown.structure.boxes import ALL
from workshop_builder.markup.references import (
    InternalLink,
    figure_words_fault,
    is_figure,
    missing_figure,
    missing_picture,
)
from workshop_builder.model import session
from workshop_builder.model.base import ProductSettings
from workshop_builder.model.products import PRODUCTS
from workshop_builder.model.workshop import Chapter, Exercise, Settings
from workshop_builder.source.folder import SETTINGS_FILE
from workshop_builder.source.yaml_text import KeyPath, YamlDocument


def check_references(
    settings: Settings,
    sheet: YamlDocument,
    exercises: Mapping[str, Exercise],
    chapters: Sequence[Chapter],
    files: frozenset[str],
    say: Phrases,
    problems: list[Problem],
) -> None:
    """Add to `problems` every name in the workshop that refers to nothing, with its line."""
    groups = _group_names(settings, sheet)
    chapter_ids = {chapter.id for chapter in chapters}
    problems += _settings_names(settings, sheet, set(exercises), groups, chapter_ids)
    problems += _products(settings, sheet)
    problems += _editions(settings, sheet)
    problems += _private_websites(settings, sheet)
    problems += _groups(settings, sheet, exercises)
    problems += session.problems(settings, sheet)
    for number, block in enumerate(settings.session):
        line = sheet.line(("session", number, "cue"))
        cue = str(block.cue or "")
        problems += prose_doses.check_cue(say, SETTINGS_FILE, line, cue, block.exercises, exercises)
    for chapter in chapters:
        problems += _chapter_slots(chapter, set(exercises), groups)
    problems += _pictures(settings, sheet, exercises, chapters, files)
    for exercise in exercises.values():
        problems += _figure(exercise, files)


def _group_names(settings: Settings, sheet: YamlDocument) -> set[str] | None:
    """Return the names of the groups, faulty ones too; None if workshop.yaml could not be read."""
    if not isinstance(sheet.data, dict):
        return None
    groups = sheet.data.get("groups")
    return set(groups) if isinstance(groups, dict) else set(settings.groups)


def _settings_names(
    settings: Settings,
    sheet: YamlDocument,
    exercises: set[str],
    groups: set[str] | None,
    chapters: set[str],
) -> list[Problem]:
    both = exercises | (groups or set())
    known = {"exercise": exercises, "exercise or group": both, "chapter": chapters}
    return [
        Problem(SETTINGS_FILE, sheet.line(place), _unknown(kind, name, known[kind]))
        for place, kind, name in _named(settings)
        if name not in known[kind]
    ]


def _named(settings: Settings) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield each name in workshop.yaml: where it is, what it should refer to, and the name."""
    for group, members in settings.groups.items():
        for n, name in enumerate(members):
            yield ("groups", group, n), "exercise", name
    for n, block in enumerate(settings.session):
        for m, name in enumerate(block.exercises):
            yield ("session", n, "exercises", m), "exercise or group", name
        if block.chapter:
            yield ("session", n, "chapter"), "chapter", block.chapter
    for m, name in enumerate(settings.website.read if settings.website else ()):
        yield ("website", "read", m), "chapter", name
    yield from _named_in_products(settings)


def _named_in_products(settings: Settings) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield the same of what is said of products."""
    for product, wish in settings.products.items():
        for m, name in enumerate(wish.exercises):
            yield ("products", product, "exercises", m), "exercise or group", name
        for m, name in enumerate(wish.chapters):
            yield ("products", product, "chapters", m), "chapter", name
        for n, other in enumerate(wish.instead):
            for m, name in enumerate(other.exercises):
                place = ("products", product, "instead", n, "exercises", m)
                yield place, "exercise or group", name


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    hint = did_you_mean(name, names)
    if not hint:
        hint = f"; there are {', '.join(names[:8])}" if names else "; there is none yet"
    return f"there is no {kind} '{name}'{hint}"


def _products(settings: Settings, sheet: YamlDocument) -> list[Problem]:
    """Return a problem for each product that is neither ours nor complete as the studio's own."""
    shipped = [product.name for product in PRODUCTS]
    own = f"; the products are {', '.join(shipped)}; for one of your own add 'template' and 'style'"
    return [
        Problem(
            SETTINGS_FILE,
            sheet.line(("products", name)),
            f"unknown product '{name}'{did_you_mean(name, shipped) or own}",
        )
        for name, wish in settings.products.items()
        if name not in shipped and not (wish.template and wish.style)
    ]


def _editions(settings: Settings, sheet: YamlDocument) -> Iterator[Problem]:
    """Yield a problem for each edition that a product of ours cannot come in."""
    for product in PRODUCTS:
        wish = settings.products.get(product.name)
        for edition in wish.editions if wish else ():
            if edition not in product.editions:
                line = sheet.line(("products", product.name, "editions"))
                text = f"{product.name} has no edition '{edition}'; leave it out of this line"
                yield Problem(SETTINGS_FILE, line, text)


def _private_websites(settings: Settings, sheet: YamlDocument) -> Iterator[Problem]:
    fault = "a website is for everyone; leave out 'private', or the product"
    if settings.products.get("website", ProductSettings()).private:
        yield Problem(SETTINGS_FILE, sheet.line(("products", "website", "private")), fault)


def _groups(
    settings: Settings, sheet: YamlDocument, exercises: Mapping[str, Exercise]
) -> list[Problem]:
    problems = []
    for name, members in settings.groups.items():
        line = sheet.line(("groups", name))
        if name in exercises:
            text = f"the group '{name}' is named like an exercise; give it another name"
            problems.append(Problem(SETTINGS_FILE, line, text))
        if not members:
            text = f"the group '{name}' is empty; name an exercise below it after '- '"
            problems.append(Problem(SETTINGS_FILE, line, text))
    return problems


def _chapter_slots(chapter: Chapter, exercises: set[str], groups: set[str] | None) -> list[Problem]:
    swaps = {ALL, *groups} if groups is not None else None
    known = {"exercise": exercises, "exercises": groups, "swaps": swaps}
    kinds = {"exercise": "exercise", "exercises": "group of exercises", "swaps": "group"}
    problems = []
    for use in chapter.blocks:
        names = known.get(use.name)
        if use.argument and names is not None and use.argument not in names:
            text = _unknown(kinds[use.name], use.argument, names)
            problems.append(Problem(chapter.path, use.line, text))
    return problems


def _pictures(
    settings: Settings,
    sheet: YamlDocument,
    exercises: Mapping[str, Exercise],
    chapters: Sequence[Chapter],
    files: frozenset[str],
) -> list[Problem]:
    logo = settings.studio.logo if settings.studio else None
    named = [(SETTINGS_FILE, sheet.line(("studio", "logo")), logo)]
    named += [(SETTINGS_FILE, sheet.line(("credits",)), path) for path in settings.credits]
    named += [(item.path, item.line("picture"), item.fields.picture) for item in exercises.values()]
    problems = [
        Problem(path, line, missing_picture(picture, files))
        for path, line, picture in named
        if picture and not (picture in files and picture.startswith("pictures/"))
    ]
    opening = [(SETTINGS_FILE, sheet.line(("cover",)), settings.cover)]
    opening += [(chapter.path, 1, chapter.fields.picture) for chapter in chapters]
    problems += [
        Problem(path, line, missing_picture(picture, files))
        for path, line, picture in opening
        if picture and not (picture in files and picture.startswith(("pictures/", "figures/")))
    ]
    missing = "has a picture but no 'alt'; add 'alt: …' with what the picture shows"
    problems += [
        Problem(item.path, item.line("picture"), missing)
        for item in exercises.values()
        if item.fields.picture and not item.fields.alt
    ]
    return problems


def _figure(exercise: Exercise, files: frozenset[str]) -> Iterator[Problem]:
    """Yield what is wrong with the figure of an exercise, and with its alternative text."""
    fields = exercise.fields
    if not fields.figure:
        return
    line = exercise.line("figure")
    if fields.picture:
        text = "has a 'figure' and a 'picture'; take one of them out"
        yield Problem(exercise.path, line, text)
    if fields.figure not in files or not is_figure(fields.figure):
        yield Problem(exercise.path, line, missing_figure(fields.figure, files))
        return
    words = (fields.figure, exercise.alt or "", str(fields.caption or ""))
    own = bool(fields.alt)
    if exercise.alt and (fault := figure_words_fault(*words, "as 'alt: …'", own=own)):
        yield Problem(exercise.path, exercise.line("alt") if own else line, fault)


def broken_links(prose: Mapping[str, Prose]) -> list[Problem]:
    """Return a problem for each link to a place that is not in the file it leads to."""

    def fault(link: InternalLink) -> str:
        mark = f"#{link.fragment}"
        remedy = f"give its heading the mark {{{mark}}}, or leave out '{mark}'"
        return f"the link leads to no '{mark}' in {link.path}; {remedy}"

    return [
        Problem(path, link.line, fault(link))
        for path, text in prose.items()
        for link in text.links
        if link.fragment and link.fragment not in prose[link.path].ids
    ]
