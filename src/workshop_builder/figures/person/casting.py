"""Who is drawn in each figure of a workshop: one person for all figures of an exercise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from workshop_builder.figures.person.people import in_turn
from workshop_builder.model.figure import Figure, Person, PoseFigure
from workshop_builder.model.workshop import Exercise, Workshop
from workshop_builder.source.addresses import path_at


def cast(workshop: Workshop) -> dict[str, Person]:
    """Return who is drawn in each figure in use, under the paths of their files."""
    names: dict[str, str] = {}
    for exercise in workshop.exercises.values():
        for address in _shown(exercise):
            if path := path_at(address, workshop.figures):
                names.setdefault(path, exercise.id)
    return {
        path: person_of(figure, workshop.settings.figures, names.get(path) or stem(path))
        for path, figure in workshop.figures.items()
    }


def person_of(figure: Figure, default: Person, name: str) -> Person:
    """Return who is drawn in a figure; `name` is that of its exercise, or its own."""
    own = figure.person if isinstance(figure, PoseFigure) else Person()
    return in_turn(own, default, name)


def stem(path: str) -> str:
    """Return the name of a figure that belongs to no exercise."""
    return PurePosixPath(path).stem


def _shown(exercise: Exercise) -> Iterator[str]:
    """Yield the addresses of the pictures of an exercise."""
    if exercise.picture:
        yield exercise.picture
    for fragment in (*exercise.steps, exercise.body):
        yield from (str(picture.get("src")) for picture in fragment.root.iter("img"))
