"""A body as pixels: at each, the label, the depth, and the spot of the resting body that is seen.

A unit of the drawing is `SHARP` pixels wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workshop_builder.figures.body.pose import SIDES, BodySide
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.mesh.arrays import Indices, Mask, Pixels
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.posed_body import PosedBody, pressed
from workshop_builder.figures.pixels.fists import fist_solids, without_fingers
from workshop_builder.figures.pixels.hair import HairMesh
from workshop_builder.figures.pixels.labels import (
    GROUND,
    HAIR,
    HAND_MARK,
    HANGING_HAIR,
    HEAD_MARK,
    MIXED,
    labelled,
    shares,
    triangle_labels,
)
from workshop_builder.figures.pixels.prostheses import made_arms, on_pylons
from workshop_builder.figures.pixels.solids import Solid
from workshop_builder.figures.tracing.raster import Hits, PixelWindow, rasterized
from workshop_builder.model.figure import Prosthesis

SHARP = 3
"""Pixels for a unit of the drawing."""
_AROUND = 8
"""Pixels of ground around a body, so that masks can grow."""
_BEYOND = 6.0
"""How far beyond the box of a close-up the pixels go, so that what is cut off is whole there."""
_NOWHERE, _DEEPEST = 1e3, -1e9
"""Where the ground is at rest, and how deep it lies."""
_WHOLE_ARM = 0.5
"""The share of an arm from which a vertex goes with it."""
_BEFORE = 30.0
"""How much nearer to the reader a limb is taken to be that the file puts in front."""


@dataclass(slots=True, eq=False)
class LabelPicture:
    """Pixels, row by row; what tidies the picture changes them in place."""

    window: PixelWindow
    density: float
    """Pixels for one per cent of body height."""
    colour: Pixels
    part: Pixels
    rest: Pixels
    """Three rows: where the spot is at rest."""
    depth: Pixels
    fine: Mask
    """Hands and feet."""
    thin: Mask
    """Hands, feet and face, whose inner lines are thin."""
    plain_hand: Pixels
    """1 for the near hand, 2 for the far one, where it is drawn without its own inner lines."""
    softened: Mask
    """Where the border of the far tone was made smooth."""

    def grid(self, values: Pixels) -> Pixels:
        """Return values as rows and columns."""
        return values.reshape(self.window.height, self.window.width)

    @property
    def body(self) -> Mask:
        """What is not ground, as rows and columns."""
        found: Mask = self.grid(self.colour) != GROUND
        return found

    def to_plane(self, corners: Array) -> Array:
        """Return corners of pixels in the plane of the drawing, in per cent of body height."""
        left, top = self.window.left, self.window.top
        x, y = (corners[:, 0] + left) / self.density, (corners[:, 1] + top) / -self.density
        return np.stack([x, y], axis=1)

    def to_pixels(self, flat: Array) -> Array:
        """Return points of the plane as corners of pixels."""
        pixels: Array = flat * np.array([self.density, -self.density])
        return pixels - self.window.corner

    def clear(self, pixels: Indices) -> None:
        """Make pixels ground."""
        self.colour[pixels] = GROUND
        self.part[pixels] = 0
        self.rest[:, pixels] = _NOWHERE
        self.depth[pixels] = _DEEPEST
        self.fine[pixels] = self.thin[pixels] = False
        self.plain_hand[pixels] = 0

    def everything(self) -> tuple[Pixels, ...]:
        """Return all that a pixel takes over from a neighbour that grows."""
        return self.colour, self.part, self.rest, self.thin, self.fine, self.depth


@dataclass(frozen=True, slots=True, eq=False)
class Scene3d:
    """Everything of a picture that has a depth."""

    points: Array
    """Vertices: of the body, of its hair, of solids."""
    triangles: Indices
    labels: Pixels
    two_sided: int
    """The first triangle that is seen from both sides."""
    own: int
    """How many triangles, from the first, are the body's own."""
    prosthesis: Prosthesis


def scene_of(
    body: PosedBody,
    hair: HairMesh,
    solids: Sequence[Solid],
    camera: Camera,
    prosthesis: Prosthesis = "none",
    armless: Sequence[BodySide] = (),
) -> Scene3d:
    """Return a body with its hair, its fists and solids around it, without some of its arms."""
    points = pressed(hair.on(body.bones, on_pylons(body.points, body.bones, prosthesis)))
    triangles = mesh().triangles
    labels = triangle_labels(hair, told_apart=camera.tells_sides, prosthesis=prosthesis)
    fists: list[BodySide] = [side for side in SIDES if body.grips[side] in {"fist", "clasped"}]
    if fists:
        kept = without_fingers(tuple(fists))
        triangles, labels = triangles[kept], labels[kept]
    for side in armless:
        kept = np.asarray((mesh().arm(side)[triangles] < _WHOLE_ARM).any(axis=1))
        triangles, labels = triangles[kept], labels[kept]
    own = len(triangles)
    parts, codes = [triangles, hair.triangles + mesh().size], [labels]
    codes.append(np.full(len(hair.triangles), HAIR | HANGING_HAIR << 4, np.int16))
    two_sided = own + (0 if hair.open else len(hair.triangles))
    made = made_arms(prosthesis)
    held = [each for side in fists for each in fist_solids(body, side, camera, made=side in made)]
    for solid in (*solids, *held):
        parts.append(solid.triangles + len(points))
        points = np.concatenate([points, solid.points])
        codes.append(np.full(len(solid.triangles), solid.label, np.int16))
    triangles, labels = np.concatenate(parts), np.concatenate(codes)
    return Scene3d(points, triangles, labels, two_sided, own, prosthesis)


def window_of(
    scenes: Sequence[Scene3d], camera: Camera, density: float, within: Array | None = None
) -> PixelWindow:
    """Return the pixels around scenes that are drawn in one place, or of a box of the plane."""
    flat = np.concatenate([camera.project(scene.points) for scene in scenes])
    if within is not None:
        low, high = within[:2] - _BEYOND, within[2:] + _BEYOND
        flat = np.stack([np.maximum(flat.min(axis=0), low), np.minimum(flat.max(axis=0), high)])
    pixels = flat * np.array([density, -density])
    left, top = (np.floor(pixels.min(axis=0)).astype(int) - _AROUND).tolist()
    right, bottom = (np.ceil(pixels.max(axis=0)).astype(int) + _AROUND).tolist()
    return PixelWindow(left, top, right - left, bottom - top)


def pictured(scene: Scene3d, hair: HairMesh, camera: Camera, window: PixelWindow, density: float,
             in_front: str | None = None) -> LabelPicture:  # fmt: skip
    """Return the picture of a scene; `in_front` names a limb that is drawn before all else."""
    pixels = camera.project(scene.points) * np.array([density, -density]) - window.corner
    depth = scene.points @ camera.toward
    if in_front:
        depth[: mesh().size] += _BEFORE * _limb_share(in_front)
    hits = rasterized(pixels, depth, scene.triangles, window, scene.two_sided).off_edges(
        window, _AROUND
    )
    corners = scene.triangles.copy()
    corners[scene.own :] = 0
    places = _at_rest(hair.rest.points, corners, hits)
    labels = scene.labels[hits.triangles]
    mixed = np.nonzero(labels == MIXED)[0]
    spots = shares().at(corners[hits.triangles[mixed]], hits.weights[:, mixed])
    labels[mixed] = labelled(
        hair,
        places[:, mixed].T.astype(float),
        spots,
        told_apart=camera.tells_sides,
        prosthesis=scene.prosthesis,
    )
    return _filled(hits, labels, places, window, density)


def _at_rest(points: Array, triangles: Indices, hits: Hits) -> Pixels:
    """Return where what is seen is at rest: rows of x, y and z."""
    corners = np.ascontiguousarray(points.astype(np.float32)[triangles].T)
    return np.stack([
        sum(corner[hits.triangles] * near for corner, near in zip(row, hits.weights, strict=True))
        for row in corners
    ])  # fmt: skip


def _filled(
    hits: Hits, labels: Pixels, places: Pixels, window: PixelWindow, density: float
) -> LabelPicture:
    size = window.size
    picture = LabelPicture(
        window, density, np.zeros(size, np.uint8), np.zeros(size, np.uint8),
        np.full((3, size), _NOWHERE, np.float32), np.full(size, _DEEPEST, np.float32),
        np.zeros(size, bool), np.zeros(size, bool), np.zeros(size, np.uint8), np.zeros(size, bool),
    )  # fmt: skip
    at = hits.pixels
    picture.colour[at] = labels & 15
    picture.part[at] = labels >> 4 & 63
    picture.rest[:, at] = places
    picture.depth[at] = hits.depth
    picture.fine[at] = (labels & HAND_MARK) > 0
    picture.thin[at] = (labels & (HAND_MARK | HEAD_MARK)) > 0
    return picture


def _limb_share(name: str) -> Array:
    side: BodySide = "near" if name.startswith("near") else "far"
    return mesh().leg(side) if name.endswith("leg") else mesh().arm(side)
