"""What a bundle can prove: what was checked, by what, with what result; sums, rights, versions.

One value is written twice, for programs and for people. What is not known stands in neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from workshop_builder import resources
from workshop_builder.making.judges import JUDGES, Verdict
from workshop_builder.markup import xhtml
from workshop_builder.model import products
from workshop_builder.model.base import Evaluation
from workshop_builder.model.colours.contrast import LEAST_CONTRAST
from workshop_builder.model.editions import EDITIONS, PAPERS
from workshop_builder.model.workshop import Workshop
from workshop_builder.output import package
from workshop_builder.output.package import EVIDENCE, EVIDENCE_JSON, File
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.templates import Templates
from workshop_builder.pdf.visible_text import SMALLEST_PT
from workshop_builder.source import fingerprint
from workshop_builder.source.addresses import path_at

_PAGE = "evidence.html"
_STYLES = ("colours.css", "evidence.css")
_COPYRIGHT, _VERSION, _LICENCE, _LICENCE_ADDRESS = 0, 5, 13, 14
"""The numbers of these texts in a font's table of names."""


def evidence(
    workshop: Workshop, files: Sequence[File], verdicts: Mapping[str, Verdict | None]
) -> list[File]:
    """Return EVIDENCE.html and EVIDENCE.json for those of the finished `files` that are offered.

    `verdicts` are those of the judges that were asked.
    """
    offered = sorted((file for file in files if file.offered), key=lambda file: file.name)
    content = _content(workshop, offered, verdicts)
    data = (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
    facts = {"product": "bundle", "language": workshop.settings.language}
    page = _page(workshop, content)
    return [File(f"{EVIDENCE}.html", page, facts), File(EVIDENCE_JSON, data, facts)]


def _content(
    workshop: Workshop, files: Sequence[File], verdicts: Mapping[str, Verdict | None]
) -> dict[str, Any]:
    """Return the evidence as it is written as JSON."""
    settings = workshop.settings
    return {
        "workshop": {
            "title": settings.title,
            "version": settings.version,
            "date": settings.date.isoformat() if settings.date else None,
            "language": settings.language,
        },
        "files": [package.entry(file) for file in files],
        "checks": [
            {"by": package.program(), "result": "passed"} | check
            for check in _checks(workshop, files)
            if check["files"]
        ],
        "judges": list(_judges(files, verdicts)),
        "rights": _rights(workshop),
        "program": package.program(),
        "engines": fingerprint.engines(),
    }


def _checks(workshop: Workshop, files: Sequence[File]) -> Iterator[dict[str, Any]]:
    """Yield what the program itself has checked, or it would not have made the files."""
    every = [file.name for file in files]
    pdfs = [name for name in every if name.endswith(".pdf")]
    targets = products.select_targets(workshop, editions=EDITIONS, papers=tuple(PAPERS))
    promised = {target.file for target in targets if target.pages}
    limits = {"points": SMALLEST_PT, "contrast": LEAST_CONTRAST}
    yield {"name": "safety-seen", **limits, "files": pdfs}
    yield {"name": "safety-kept", "files": [name for name in every if name.endswith(".epub")]}
    yield {"name": "in-place", "files": pdfs}
    yield {"name": "pages-promised", "files": [name for name in pdfs if name in promised]}
    yield {"name": "pictures-described", "files": every}


def _judges(
    files: Sequence[File], verdicts: Mapping[str, Verdict | None]
) -> Iterator[dict[str, Any]]:
    """Yield each judge of such files, and what it says of those that are offered."""
    for judge in JUDGES:
        mine = [file.name for file in files if file.name.endswith(judge.ending)]
        if not mine:
            continue
        verdict = verdicts.get(judge.name)
        missing = "not at hand" if judge.name in verdicts else "not asked"
        yield {
            "name": judge.name,
            "version": verdict.version if verdict else None,
            "rules": list(judge.rules),
            "result": "passed" if verdict else missing,
            "files": mine,
        }


def _rights(workshop: Workshop) -> dict[str, Any]:
    settings = workshop.settings
    shown = sorted(set(_shown(workshop)))
    return {
        "author": settings.author,
        "texts": settings.rights.plain if settings.rights else None,
        "evaluated": _evaluation(settings.evaluated) if settings.evaluated else None,
        "pictures": [_picture(workshop, path) for path in shown],
        "fonts": list(_fonts()),
    }


def _evaluation(evaluation: Evaluation) -> dict[str, str]:
    date = evaluation.date.isoformat()
    return {"by": evaluation.by, "date": date, "standard": evaluation.standard}


def _shown(workshop: Workshop) -> Iterator[str]:
    """Yield the pictures and figures that are not for the teacher alone."""
    settings = workshop.settings
    named = [settings.cover, settings.studio.logo if settings.studio else None]
    yield from (path for path in named if path)
    for exercise in workshop.exercises.values():
        if exercise.picture:
            yield exercise.picture
    bodies = [each.body for each in workshop.exercises.values()]
    bodies += [each.body for each in workshop.chapters if each.fields.audience == "everyone"]
    known = workshop.pictures.keys() | workshop.figures.keys()
    for body in bodies:
        root = body.copy()
        for box in root.findall(".//div[@data-box='teacher']"):
            xhtml.remove(box)
        for image in root.iter("img"):
            if path := path_at(image.get("src", ""), known):
                yield path


def _picture(workshop: Workshop, path: str) -> dict[str, str | None]:
    """Return who has made a picture or a figure, as far as it is known."""
    credit = workshop.settings.credits.get(path)
    drawn = path in workshop.figures
    return {"file": path, "credit": credit, "drawn_by": package.program() if drawn else None}


def _fonts() -> Iterator[dict[str, str]]:
    """Yield the families of the shipped fonts, with what their files say of their rights."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  not for an e-book alone

    families: dict[str, dict[str, str]] = {}
    for path in resources.font_files().values():
        with TTFont(path, lazy=True) as font:
            names = font["name"]
            said = {
                "name": names.getBestFamilyName(),
                "version": names.getDebugName(_VERSION).split(";")[0],
                "copyright": names.getDebugName(_COPYRIGHT),
                "licence": names.getDebugName(_LICENCE).split(". ")[0],
                "address": names.getDebugName(_LICENCE_ADDRESS),
            }
        families.setdefault(said["name"], said)
    yield from families.values()


def _page(workshop: Workshop, content: Mapping[str, Any]) -> bytes:
    """Return the evidence for people; no template or style of the studio's can change it."""
    labels = Labels(workshop.language)
    styles = resources.files("styles")
    offered = products.offered(workshop)
    context = {
        "evidence": content,
        "w": workshop.settings,
        "labels": labels,
        "titles": {name: labels.product(product) for name, (product, _) in offered.items()},
        "style": "\n".join(styles[name].read_text(encoding="utf-8") for name in _STYLES),
    }
    root = Templates({}, workshop.language.writing).page(_PAGE, context)
    text = etree.tostring(root, method="html", encoding="unicode").strip()
    return f"<!doctype html>\n{text}\n".encode()
