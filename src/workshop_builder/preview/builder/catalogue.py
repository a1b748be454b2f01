"""What the studio shows to choose from: the exercises of a workshop, as its page reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop_builder.model.base import ProductSettings
from workshop_builder.model.figure import PoseFigure
from workshop_builder.model.workshop import Exercise
from workshop_builder.preview.builder.picture_cache import sha256
from workshop_builder.preview.builder.snapshot import Snapshot
from workshop_builder.preview.messages import Catalogue

_USUAL = "take-home"
"""The product whose exercises are taken where a student's name none."""
_DOSE = ("hold", "takes", "repeat", "frequency")
"""The fields of a dose that are texts."""


def catalogue(snapshot: Snapshot) -> Catalogue:
    """Return what a snapshot has to choose from."""
    workshop = snapshot.workshop
    settings = workshop.settings
    usual = settings.products.get(_USUAL, ProductSettings())
    shown = {item.picture for item in workshop.exercises.values() if item.picture}
    screened = {path: snapshot.pictures[path][1] for path in sorted(shown)}
    names = {path: sha256(picture.data) for path, picture in screened.items()}
    content = {
        "language": settings.language,
        "kind": settings.kind,
        "title": settings.title,
        "paper": settings.paper,
        "weeks": usual.weeks,
        "usual": [item.id for item in workshop.select(usual.exercises or workshop.in_order)],
        "groups": {name: list(members) for name, members in settings.groups.items()},
        "conditions": {name: words.plain for name, words in settings.conditions.items()},
        "exercises": [
            _exercise(snapshot, number, workshop.exercises[name], names)
            for number, name in enumerate(workshop.in_order, 1)
        ],
    }
    data = {names[path]: (each.media_type, each.data) for path, each in screened.items()}
    return Catalogue(content, data)


def _exercise(
    snapshot: Snapshot, number: int, item: Exercise, pictures: Mapping[str, str]
) -> dict[str, Any]:
    """Return an exercise: what is shown of it, what it is found by, and its own dose."""
    fields, labels = item.fields, snapshot.labels
    steps = " ".join(step.plain for step in item.steps)
    return {
        "id": item.id,
        "path": item.path,
        "number": number,
        "name": fields.name,
        "kind": labels[f"kind_{fields.kind}"],
        "targets": [text.plain for text in fields.targets],
        "needs": [text.plain for text in fields.needs],
        "position": _position(snapshot, item),
        "avoid": [each.words.source for each in item.avoided],
        "text": steps,
        "dose": str(labels.dose(fields)),
        "own": {name: getattr(fields, name).text for name in _DOSE if getattr(fields, name)}
        | {"sides": fields.sides},
        "picture": pictures.get(item.picture or "", ""),
    }


def _position(snapshot: Snapshot, item: Exercise) -> str:
    """Return how one lies, sits or stands in an exercise, by its figure; empty without one."""
    figure = snapshot.workshop.figures.get(item.picture or "")
    words = snapshot.workshop.language.figures
    if not isinstance(figure, PoseFigure) or not words:
        return ""
    return str(words["positions"].get(figure.position, ""))
