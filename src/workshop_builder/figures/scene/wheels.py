"""The large wheels of a wheelchair, which share the depth of the body.

Lengths are per cent of body height.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.pixels.labels import HANGING_HAIR, METAL
from workshop_builder.figures.pixels.solids import Solid, tube
from workshop_builder.figures.scene.furniture import WHEEL_AT, WHEEL_BESIDE

_LABEL = METAL | HANGING_HAIR << 4
_RADIUS, _TYRE = 17.0, 1.0
_SPOKE, _SPOKES = 0.22, 6
_LEAN = 1.0
"""How much closer to the chair a wheel is at its top."""


def wheel_solids(body: PosedBody, camera: Camera) -> Iterator[Solid]:
    """Yield the parts of both wheels: tyres; of the nearer one, spokes too."""
    turn = np.linspace(0, 2 * np.pi, 43)
    for out in (-1.0, 1.0):
        hub = np.array([body.placed.skeleton.hips[0] + WHEEL_AT, _RADIUS, out * WHEEL_BESIDE])
        ring = [
            hub + np.array([np.cos(t) * _RADIUS, np.sin(t) * _RADIUS, -out * np.sin(t) * _LEAN])
            for t in turn
        ]
        yield Solid(*tube([*ring, ring[1]], _TYRE, 8), _LABEL)
        if out * camera.toward[2] <= 0:
            continue
        for spot in ring[: -1 : (len(ring) - 1) // _SPOKES]:
            yield Solid(*tube([hub, spot], _SPOKE, 5), _LABEL)
