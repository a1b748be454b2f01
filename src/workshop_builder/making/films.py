"""The films of a workshop: figures that move, for the pages of its exercises on the website."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from workshop_builder import resources
from workshop_builder.figures import kept
from workshop_builder.figures.person.casting import cast
from workshop_builder.model.figure import Person, PoseFigure
from workshop_builder.model.workshop import Workshop
from workshop_builder.workers import Workers

_STEP = 100
"""Milliseconds for which each drawing on the way is seen."""
_BEFORE, _HELD, _TURNING = 600, 1500, 300
"""Milliseconds for which the start is seen, and the end; and both, of what goes to and fro."""
_ENGINES = ("pillow", "resvg-py")


def make_films(workshop: Workshop, workers: Workers) -> dict[str, bytes]:
    """Return the film of each figure that moves on the website, by the path of its file.

    Those that are not kept are made side by side. None are made unless workshop.yaml asks.
    """
    moving = {
        exercise.picture: figure
        for exercise in workshop.exercises.values()
        if exercise.picture and (figure := workshop.moving(exercise))
    }
    who = cast(workshop)
    films = {path: kept.found(_parts(moving[path], who[path])) for path in sorted(moving)}
    for path in [path for path, data in films.items() if data is None]:
        workers.start(f"film of {path}", film, moving[path], who[path])
    made = workers.results()
    return {path: data or made[f"film of {path}"] for path, data in films.items()}


def film(figure: PoseFigure, who: Person) -> bytes:
    """Return a figure that moves as an animated picture: there, held, and back."""
    return kept.kept(_parts(figure, who), lambda: _made(figure, who))


def _made(figure: PoseFigure, who: Person) -> bytes:
    from workshop_builder.figures.film import draw_film  # noqa: PLC0415  for a new one only
    from workshop_builder.pictures.pixels.animation import animate  # noqa: PLC0415  likewise

    drawings = draw_film(figure, who)
    last = len(drawings) - 1
    to_and_fro = any(arrow.both_ways for arrow in figure.arrows)
    before, held = (_TURNING, _TURNING) if to_and_fro else (_BEFORE, _HELD)
    there = [(number, _STEP) for number in range(1, last)]
    return animate(drawings, [(0, before), *there, (last, held), *reversed(there)])


def _parts(figure: PoseFigure, who: Person) -> tuple[str, ...]:
    """Return all that a film follows from, but for the code of the figures."""
    return "film", figure.model_dump_json(), who.model_dump_json(), *_made_by()


@cache
def _made_by() -> tuple[str, ...]:
    """Return what makes an animated picture of drawings."""
    own = [
        resources.folder("pictures") / "pixels" / "animation.py",
        resources.folder("making") / "films.py",
    ]
    digests = (hashlib.sha256(path.read_bytes()).hexdigest() for path in own)
    return *digests, *(f"{name} {version(name)}" for name in _ENGINES)
