"""The plates of the muscle pictures: bones and muscles as shapes, from the files in anatomy/.

A plate is a view of the body. It knows every bone and muscle that is seen from there,
in the order in which they are painted, and the places where words can stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import PlainValidator

from workshop_builder.figures.drawing.svg import Point
from workshop_builder.figures.muscles.curves import Line, Move, line
from workshop_builder.model.base import Value
from workshop_builder.source import yaml_text

FOLDER = Path(__file__).parent / "data"

Fill = Literal["body", "bone", "disc"]
Pattern = Literal["long", "dashed", "slanted", "slanted back"]
Side = Literal["left", "right", "above", "below", "on", "heading"]


def _outline(text: str) -> Line:
    return line(text, closed=True)


def _spot(text: str) -> Point:
    x, y = text.split(",")
    return float(x), float(y)


def _move(text: str) -> Move:
    """Read `x,y`, and after it if need be the scale and the turn."""
    x, y, *more = (float(part) for part in text.split(","))
    scale, turn = (*more, *(1.0, 0.0)[len(more) :])
    return Move(x, y, scale, turn)


def _flag(text: object) -> bool:
    return text == "yes"


Outline = Annotated[Line, PlainValidator(_outline)]
Stroke = Annotated[Line, PlainValidator(line)]
Spot = Annotated[tuple[float, float], PlainValidator(_spot)]
Place = Annotated[Move, PlainValidator(_move)]
Flag = Annotated[bool, PlainValidator(_flag)]


class Part(Value):
    """A bone, a disc, a tendon, the soft shape of the body."""

    name: str
    fill: Fill = "bone"
    shapes: tuple[Outline, ...] = ()
    """Outlines; what lies in two of them is a hole."""
    lines: tuple[Stroke, ...] = ()
    """Thin lines on it."""
    places: tuple[Place, ...] = ()
    """Where it is seen, if its shapes are drawn about 0,0."""
    both: Flag = False
    """Whether it is seen on the other side of the middle too."""
    beside: str | None = None
    """The muscle with which alone it is drawn."""


class Belly(Value):
    """A muscle where it is seen: strands from its start to its end, from one edge to the other."""

    muscle: str
    strands: tuple[Stroke, ...]
    both: Flag = False
    ghost: Flag = False
    """Whether it is behind a bone, and shows as a dashed line alone."""


class Borrowed(Value):
    """Parts of another plate, seen here too."""

    plate: str
    names: tuple[str, ...]
    place: Place


class Muscle(Value):
    """What is true of a muscle wherever it is drawn."""

    tone: Literal["muscle", "muscle_2", "muscle_3"]
    pattern: Pattern
    fibres: Annotated[int, PlainValidator(int)]
    tendons: Spot = (0.0, 1.0)
    """Where the flesh begins and ends; 0 is the muscle's start, 1 its end."""
    starts: tuple[str, ...]
    """The parts that it starts from."""
    ends: tuple[str, ...]


class Mark(Value):
    """A place that can be named, and where its words stand."""

    of: tuple[str, ...] = ()
    """The muscles to whose usual labels it belongs."""
    spots: tuple[Spot, ...] = ()
    """Where its lines lead; without any, the words stand on the thing itself."""
    place: Spot
    """Where the words begin to grow away from the picture; their middle if they stand on it."""
    side: Side
    """Where the words stand as seen from the bones."""
    width: Annotated[float, PlainValidator(float)]
    root: Annotated[float, PlainValidator(float)] | None = None
    """How far to the right the lines begin, of words above or below; else in their middle."""
    strong: Flag = False


class Pull(Value):
    """An arrow, and where its words stand."""

    path: Stroke
    mark: Mark


class PlateFile(Value):
    """A file of anatomy/, as it is written."""

    size: Spot
    """Width and height of what is drawn."""
    margin: Annotated[float, PlainValidator(float)]
    """Room at the left and at the right, for words in a wider font than ours."""
    middle: Annotated[float, PlainValidator(float)] = 0.0
    """About where left and right are the same."""
    panel: Annotated[float, PlainValidator(float)] = 0.0
    """From one step to the next, where each muscle has a picture of its own."""
    parts: tuple[Part | Belly | Borrowed, ...]
    muscles: Mapping[str, Muscle]
    marks: Mapping[str, Mark]
    arrows: Mapping[str, Pull] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A part as it is painted."""

    part: Part
    outlines: tuple[Line, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Flesh:
    """A muscle as it is painted."""

    belly: Belly
    muscle: Muscle
    strands: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """A view of the body. There is one of each, and so of all in it."""

    sheet: PlateFile
    painted: tuple[Shape | Flesh, ...]
    """All that is seen, from what is farthest to what is nearest."""


@cache
def plate(name: str) -> Plate:
    """Return the plate `name`, such as `front`."""
    sheet = _sheet(name)
    painted = [shape for part in sheet.parts for shape in _painted(part, sheet)]
    return Plate(sheet, tuple(painted))


@cache
def _sheet(name: str) -> PlateFile:
    path = FOLDER / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    return PlateFile.model_validate(yaml_text.read(path.name, text).data)


def _painted(part: Part | Belly | Borrowed, sheet: PlateFile) -> list[Shape | Flesh]:
    if isinstance(part, Borrowed):
        return [each for own in _lent(part) for each in _shapes(own, [part.place])]
    moves = _mirrored([Move()], sheet.middle) if part.both else [Move()]
    if isinstance(part, Part):
        return _shapes(part, moves)
    muscle = sheet.muscles[part.muscle]
    return [Flesh(part, muscle, _all(part.strands, move)) for move in moves]


def _lent(part: Borrowed) -> list[Part]:
    parts = _sheet(part.plate).parts
    return [each for each in parts if isinstance(each, Part) and each.name in part.names]


def _shapes(part: Part, moves: list[Move]) -> list[Shape | Flesh]:
    """Return a part at each of its places, each taken along by each of `moves`."""
    found: list[Shape | Flesh] = []
    for move in moves:
        for place in part.places or (Move(),):
            shapes, lines = _all(part.shapes, place), _all(part.lines, place)
            found.append(Shape(part, _all(shapes, move), _all(lines, move)))
    return found


def _mirrored(moves: list[Move], middle: float) -> list[Move]:
    return [*moves, *(Move(2 * middle - move.x, move.y, mirrored=True) for move in moves)]


def _all(lines: tuple[Line, ...], move: Move) -> tuple[Line, ...]:
    return tuple(each.moved(move) for each in lines)
