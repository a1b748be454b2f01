"""The plates of muscle pictures: bones and muscles as shapes, from the files in `data/`.

As in an atlas, a plate is a view of the body: every bone and muscle that is seen from there, in
painter's order, and the places where labels go. Lengths are units of the drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import PlainValidator

from workshop_builder.figures.drawing.svg import Point
from workshop_builder.figures.muscles.curves import Spline, Transform, parse_spline
from workshop_builder.model.base import Value
from workshop_builder.model.figure import AnatomyView
from workshop_builder.source import yaml_text

FOLDER = Path(__file__).parent / "data"

VIEWS: tuple[str, ...] = get_args(AnatomyView)
"""The names of the plates."""


def _closed(text: str) -> Spline:
    return parse_spline(text, closed=True)


def _point(text: str) -> Point:
    x, y = text.split(",")
    return float(x), float(y)


def _transform(text: str) -> Transform:
    """Return the transform written as `x,y`, or `x,y,scale` or `x,y,scale,turn`."""
    x, y, *more = (float(part) for part in text.split(","))
    scale, turn = (*more, *(1.0, 0.0)[len(more) :])
    return Transform(x, y, scale, turn)


def _is_yes(text: object) -> bool:
    return text == "yes"


_NumberField: TypeAlias = Annotated[float, PlainValidator(float)]
_PointField: TypeAlias = Annotated[tuple[float, float], PlainValidator(_point)]
_ClosedSpline: TypeAlias = Annotated[Spline, PlainValidator(_closed)]
_OpenSpline: TypeAlias = Annotated[Spline, PlainValidator(parse_spline)]
_Placement: TypeAlias = Annotated[Transform, PlainValidator(_transform)]
_YesNo: TypeAlias = Annotated[bool, PlainValidator(_is_yes)]
FibrePattern: TypeAlias = Literal["long", "dashed", "slanted", "slanted back"]


class Structure(Value):
    """A bone, a disc, a tendon, or the soft outline of the body."""

    name: str
    fill: Literal["body", "bone", "disc"] = "bone"
    shapes: tuple[_ClosedSpline, ...] = ()
    """Outlines; what lies in two of them is a hole."""
    lines: tuple[_OpenSpline, ...] = ()
    """Thin lines on it."""
    places: tuple[_Placement, ...] = ()
    """Where it is seen, if its shapes are drawn about 0,0."""
    both: _YesNo = False
    """Whether it is seen on the other side of the middle too."""
    beside: str | None = None
    """The muscle without which it is not drawn."""


class Belly(Value):
    """A muscle where it is seen: strands from its start to its end, from one edge to the other."""

    muscle: str
    strands: tuple[_OpenSpline, ...]
    both: _YesNo = False
    """Whether it is seen on the other side of the middle too."""
    ghost: _YesNo = False
    """Whether it is behind a bone, and drawn as a dashed outline alone."""


class Borrowed(Value):
    """Structures of another plate that are seen here too."""

    plate: str
    names: tuple[str, ...]
    place: _Placement


class Muscle(Value):
    """What is true of a muscle wherever it is drawn."""

    tone: Literal["muscle", "muscle_2", "muscle_3"]
    pattern: FibrePattern
    fibres: Annotated[int, PlainValidator(int)]
    tendons: _PointField = (0.0, 1.0)
    """Where its belly begins and ends; 0 is the muscle's start, 1 its end."""
    starts: tuple[str, ...]
    """The structures that it starts from."""
    ends: tuple[str, ...]
    """The structures that it ends at."""


class Landmark(Value):
    """A place that can be labelled, and where its label is."""

    of: tuple[str, ...] = ()
    """The muscles whose usual labels name it."""
    spots: tuple[_PointField, ...] = ()
    """Where the leaders of the label end; without any, the label is on the structure itself."""
    place: _PointField
    """The edge of the label from which it grows away from the picture; its middle, if on it."""
    side: Literal["left", "right", "above", "below", "on", "heading"]
    """Where the label is, seen from the bones."""
    width: _NumberField
    """How wide a line of the label may be."""
    root: _NumberField | None = None
    """The x at which the leaders of a label above or below begin; else in its middle."""
    strong: _YesNo = False


class Pull(Value):
    """An arrow, and where its label is."""

    path: _OpenSpline
    mark: Landmark


class PlateData(Value):
    """A file of `data/`, as it is written."""

    size: _PointField
    """Width and height of what is drawn."""
    margin: _NumberField
    """Room at the left and at the right, for labels in a font that is wider than ours."""
    middle: _NumberField = 0.0
    """The x about which left and right mirror each other."""
    panel: _NumberField = 0.0
    """From one step to the next, where muscles are taken off one by one; else 0."""
    parts: tuple[Structure | Belly | Borrowed, ...]
    """All that is seen, the farthest first."""
    muscles: Mapping[str, Muscle]
    marks: Mapping[str, Landmark]
    arrows: Mapping[str, Pull] = {}


@dataclass(frozen=True, slots=True, eq=False)
class PaintedStructure:
    """A structure as it is painted."""

    structure: Structure
    outlines: tuple[Spline, ...]
    lines: tuple[Spline, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PaintedMuscle:
    """A muscle as it is painted."""

    belly: Belly
    muscle: Muscle
    strands: tuple[Spline, ...]


Painted: TypeAlias = PaintedStructure | PaintedMuscle


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """A view of the body."""

    data: PlateData
    painted: tuple[Painted, ...]
    """All that is seen, the farthest first."""


@cache
def load_plate(name: str) -> Plate:
    """Return the plate of a view, such as `front`; the same value each time."""
    data = _plate_data(name)
    painted = [each for part in data.parts for each in _painted(part, data)]
    return Plate(data, tuple(painted))


@cache
def _plate_data(name: str) -> PlateData:
    path = FOLDER / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    return PlateData.model_validate(yaml_text.read(path.name, text).data)


def _painted(part: Structure | Belly | Borrowed, data: PlateData) -> list[Painted]:
    """Return a part of a plate wherever it is seen."""
    if isinstance(part, Borrowed):
        return [each for own in _lent(part) for each in _placed(own, [part.place])]
    moves = [Transform()]
    if part.both:
        moves.append(Transform(2 * data.middle, mirrored=True))
    if isinstance(part, Structure):
        return _placed(part, moves)
    muscle = data.muscles[part.muscle]
    return [PaintedMuscle(part, muscle, _moved(part.strands, move)) for move in moves]


def _lent(part: Borrowed) -> list[Structure]:
    parts = _plate_data(part.plate).parts
    return [each for each in parts if isinstance(each, Structure) and each.name in part.names]


def _placed(structure: Structure, moves: list[Transform]) -> list[Painted]:
    """Return a structure at each of its places, each moved by each of `moves`."""
    found: list[Painted] = []
    for move in moves:
        for place in structure.places or (Transform(),):
            shapes, lines = _moved(structure.shapes, place), _moved(structure.lines, place)
            found.append(PaintedStructure(structure, _moved(shapes, move), _moved(lines, move)))
    return found


def _moved(splines: tuple[Spline, ...], move: Transform) -> tuple[Spline, ...]:
    return tuple(each.moved(move) for each in splines)
