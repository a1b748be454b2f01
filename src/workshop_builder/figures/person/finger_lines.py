"""The short lines between the fingers of hands that are drawn plainly, and at the ankles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from workshop_builder.figures.body.pose import OUTWARD, SIDES, BodySide
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.mesh.arrays import Indices, Mask
from workshop_builder.figures.mesh.data import FINGERS, LETTER, mesh
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.pixels.fists import FIST, SQUARE, fist_axes, fist_middle
from workshop_builder.figures.pixels.label_picture import LabelPicture
from workshop_builder.figures.pixels.labels import LEGS_OF
from workshop_builder.figures.pixels.solids import rounded
from workshop_builder.figures.tracing.morphology import grown
from workshop_builder.figures.tracing.smooth_lines import length, smoothed

_BETWEEN = (-0.5, 0.0, 0.5)
"""Where the three lines of a fist are, across it."""
_ROUND = (-100.0, 215.0)
"""From where to where they go round it, in degrees from the knuckles to the palm."""
_SEEN_DEPTH_FIST, _SEEN_DEPTH = 0.25, 0.55
"""How far below what is seen a line may lie and be seen."""
_ANKLE_BONES = ((2.2, -0.3, 0.3), (-2.2, 0.1, 0.7))
"""Where the bones of an ankle are from its joint: outward, forward and up."""
_ANKLE_TURN, _ANKLE_RADIUS, _ANKLE_CLEAR, _SEEN_DEPTH_ANKLE = (170.0, 350.0), 0.95, 5, 1.2
"""The curve below such a bone: degrees from ahead by way of up, its radius, how many pixels it is
off the foot's edge, and how far below what is seen it may lie."""
_SHORTEST_STEPS, _SHORTEST = 4, 9.0
"""A line between fingers has at least so many points, and is so many pixels long."""


def finger_lines(picture: LabelPicture, body: PosedBody, camera: Camera) -> list[Array]:
    """Return the short lines between the fingers of plain hands, as corners of pixels."""
    found = []
    for number, side in enumerate(SIDES, 1):
        if body.grips[side] in {"fist", "clasped"}:
            lines, depth = _on_fist(body, side), _SEEN_DEPTH_FIST
        elif body.grips[side] in {"hooked", "round", "draped"}:
            lines, depth = _between_fingers(body, side), _SEEN_DEPTH
        else:
            continue
        hand = picture.plain_hand == number
        seen = (_longest_seen(picture, line, camera, hand, depth) for line in lines)
        found += [line for line in seen if line is not None]
    return found


def ankle_lines(picture: LabelPicture, body: PosedBody, camera: Camera) -> list[Array]:
    """Return the short curves below the bones of bare ankles, as corners of pixels."""
    found = []
    for side in SIDES:
        foot = (picture.part == LEGS_OF[side]) & picture.fine
        within = ~grown(~picture.grid(foot), _ANKLE_CLEAR).ravel()
        for line in _below_ankle_bones(body, side) if within.any() else ():
            seen = _longest_seen(picture, line, camera, within, _SEEN_DEPTH_ANKLE)
            found += [] if seen is None else [seen]
    return found


def _below_ankle_bones(body: PosedBody, side: BodySide) -> Iterator[Array]:
    bones, rest = body.bones, body.bones.rest
    number = mesh().bones[f"foot.{LETTER[side]}"]
    angles = np.radians(np.linspace(*_ANKLE_TURN, 24))
    for aside, ahead, up in _ANKLE_BONES:
        middle = rest.joints[number] + [ahead, up, aside * OUTWARD[side]]
        ring = np.stack([np.cos(angles), np.sin(angles), np.zeros(24)], axis=1) * _ANKLE_RADIUS
        yield bones.places[number] + (middle + ring - rest.joints[number]) @ bones.turns[number].T


def _on_fist(body: PosedBody, side: BodySide) -> Iterator[Array]:
    turn = np.radians(np.linspace(*_ROUND, 60))
    for across in _BETWEEN:
        ring = np.stack([np.cos(turn), np.full(60, across * 0.92), -np.sin(turn)], axis=1)
        line = rounded(ring, SQUARE) * FIST * 1.01
        line[:, 1] = across * FIST[1]
        yield fist_middle(body, side) + line @ fist_axes(body, side)


def _between_fingers(body: PosedBody, side: BodySide) -> Iterator[Array]:
    bones, letter = body.bones, LETTER[side]
    back = bones.rest.frames[side].hand[0]
    fingers = []
    for finger in FINGERS:
        numbers = [mesh().bones[f"{finger}-{k}.{letter}"] for k in (1, 2, 3)]
        last = numbers[-1]
        tip = bones.turns[last] @ (bones.rest.ends[last] - bones.rest.joints[last]) * 0.8
        points = [*bones.places[numbers], bones.places[last] + tip]
        outs = [bones.turns[number] @ back for number in (*numbers, last)]
        fingers.append(np.array(points) + np.array(outs) * 0.55)
    at = np.linspace(0.45, 2.6, 16)
    for one, other in pairwise(fingers):
        middle = (one + other) / 2
        yield np.stack([np.interp(at, np.arange(4), middle[:, k]) for k in range(3)], axis=1)


def _longest_seen(picture: LabelPicture, line: Array, camera: Camera, own: Mask,
                  depth: float) -> Array | None:  # fmt: skip
    """Return the longest stretch of a line in space that is seen on pixels of its own."""
    flat, window = picture.to_pixels(camera.project(line)), picture.window
    x, y = np.floor(flat).astype(int).T
    inside = (x >= 0) & (y >= 0) & (x < window.width) & (y < window.height)
    at: Indices = np.where(inside, y * window.width + x, 0)
    seen = inside & own[at]
    seen &= picture.depth[at] <= line @ camera.toward + depth
    edges = np.flatnonzero(np.diff(np.concatenate([[0], seen.astype(int), [0]]))).reshape(-1, 2)
    if not len(edges):
        return None
    start, end = max(edges.tolist(), key=lambda run: int(run[1] - run[0]))
    if end - start < _SHORTEST_STEPS:
        return None
    part = smoothed(flat[start:end], 1.2, closed=False)
    return part if length(part) >= _SHORTEST else None
