"""A wheelchair, whose large wheels share the depth of the body.

Lengths are per cent of body height.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.pixels.labels import HANGING_HAIR, METAL
from workshop_builder.figures.pixels.solids import Solid, tube
from workshop_builder.figures.scene.solids import at, boxed, by_depth, rounded
from workshop_builder.model.figure import Prop
from workshop_builder.model.props import HAND_RESTS, PROPS

_LABEL = METAL | HANGING_HAIR << 4
_RADIUS, _TYRE = 17.0, 1.0
_SPOKE, _SPOKES = 0.22, 6
_LEAN = 1.0
"""How much closer to the chair a wheel is at its top."""
_CHAIR_WIDE, _WHEEL_AT, _WHEEL_BESIDE = 12.0, -3.5, 13.0
"""Half the width of a wheelchair's seat; from the hips ahead, and aside, to its large wheels."""
_CASTER, _CASTER_AHEAD = 3.2, 16.0
_REAR, _TO_KNEES, _BACK_HEIGHT, _PLATE = -10.0, 13.0, 24.0, 11.0
"""From the hips of who sits there: to the back, to the edge of the seat; how high the back is above
the seat; how long a footplate is."""
_TUBE = 0.8


def wheelchair(_: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a wheelchair but for its large wheels."""
    hips, kind = float(body.placed.skeleton.hips[0]), PROPS["wheelchair"]
    seat, wide = kind.places["seat"] or 0.0, _CHAIR_WIDE
    rear, edge = hips + _REAR, hips + _TO_KNEES
    ankle = max(float(leg.ankle[0]) for leg in body.bones.legs.values())
    plate = boxed(at(ankle - 4, kind.footrest - 1.0, -wide + 2),
                  at(ankle - 4 + _PLATE, kind.footrest, wide - 2), camera, "metal")  # fmt: skip
    sides = [_wheelchair_side(z, hips, seat, ankle, camera) for z in (-wide, wide)]
    board = boxed(at(rear, seat - 2, -wide), at(edge, seat, wide), camera, "thing")
    back = boxed(at(rear - 1.2, seat, -wide), at(rear, seat + _BACK_HEIGHT, wide), camera, "thing")
    first, second = sides if camera.toward[2] >= 0 else sides[::-1]
    return [*first, *plate, *board, *back, *second]


def _wheelchair_side(
    z: float, hips: float, seat: float, ankle: float, camera: Camera
) -> list[Shape]:
    """Return the frame of one side: leg rest, caster, armrest, handle."""
    rear, edge = hips + _REAR, hips + _TO_KNEES
    arm, foot = HAND_RESTS["armrest"].height or 0.0, PROPS["wheelchair"].footrest
    hub = hips + _CASTER_AHEAD
    lines = [
        (at(edge, seat - 1, z), at(ankle - 2, foot, z)),
        (at(edge - 4, seat - 1, z), at(hub, _CASTER, z)),
        (at(rear, arm - 1, z), at(edge - 4, arm - 1, z)),
        (at(edge - 4, seat, z), at(edge - 4, arm - 1, z)),
        (at(rear - 5, seat + _BACK_HEIGHT - 1, z), at(rear, seat + _BACK_HEIGHT - 1, z)),
    ]
    parts = [rounded(a, b, _TUBE, camera, "metal") for a, b in lines]
    caster = rounded(at(hub, _CASTER, z - 1), at(hub, _CASTER, z + 1), _CASTER, camera, "metal")
    return [*caster, *by_depth(parts, camera)]


def wheel_solids(body: PosedBody, camera: Camera) -> Iterator[Solid]:
    """Yield the parts of both wheels: tyres; of the nearer one, spokes too."""
    turn = np.linspace(0, 2 * np.pi, 43)
    for out in (-1.0, 1.0):
        hub = np.array([body.placed.skeleton.hips[0] + _WHEEL_AT, _RADIUS, out * _WHEEL_BESIDE])
        ring = [
            hub + np.array([np.cos(t) * _RADIUS, np.sin(t) * _RADIUS, -out * np.sin(t) * _LEAN])
            for t in turn
        ]
        yield Solid(*tube([*ring, ring[1]], _TYRE, 8), _LABEL)
        if out * camera.toward[2] <= 0:
            continue
        for spot in ring[: -1 : (len(ring) - 1) // _SPOKES]:
            yield Solid(*tube([hub, spot], _SPOKE, 5), _LABEL)
