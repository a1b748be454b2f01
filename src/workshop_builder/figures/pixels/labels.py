"""What each spot of a body is: skin, cloth or hair, and of which part.

It is decided where the spot is at rest, so that hems and hairlines are smooth whatever the pose
and however coarse the mesh. A label is one whole number: colour, part, and two marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from workshop_builder.figures.body.pose import SIDES, BodySide
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.shapes import Tone
from workshop_builder.figures.mesh.arrays import Indices, Mask, Pixels
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.rest_body import RestBody
from workshop_builder.figures.pixels.hair import HairMesh
from workshop_builder.figures.pixels.prostheses import made_arms, made_legs
from workshop_builder.model.figure import Prosthesis

GROUND, SKIN, TOP, LEGS, HAIR, SKIN_FAR, LEGS_FAR, STRAP, BAND, METAL, PROSTHESIS = range(11)
TONES: Mapping[int, Tone] = {
    LEGS: "legs", LEGS_FAR: "legs_far", TOP: "top", SKIN: "skin", SKIN_FAR: "skin_far",
    HAIR: "hair", PROSTHESIS: "prosthesis", STRAP: "strap", BAND: "band", METAL: "metal",
}  # fmt: skip
"""The colours in the order in which they are filled."""
THINGS = (STRAP, BAND, METAL)
"""The colours that are of no body."""
TRUNK, HEAD, EAR, HANGING_HAIR = 0, 1, 8, 9
ARMS: Mapping[BodySide, int] = {"near": 2, "far": 3}
LEGS_OF: Mapping[BodySide, int] = {"near": 4, "far": 5}
FINGERS_OF: Mapping[BodySide, int] = {"near": 10, "far": 20}
"""A finger's part is this and its number, from 1 for the thumb; 8 is the thumb of a fist."""
TOES_OF: Mapping[BodySide, int] = {"near": 30, "far": 40}
FIST_THUMB = 8
HAND_MARK, HEAD_MARK = 1 << 10, 1 << 11
MIXED = -1
"""The label of a triangle whose corners differ."""
_SLEEVE, _TROUSERS = 0.56, 1.80
"""How far down an arm and a leg cloth goes: 1 is elbow or knee, 2 wrist or ankle."""
_MADE_LEG, _MADE_ARM = 1.06, 1.2
"""How far down a limb that is made begins; cloth above it ends there."""
_HEM, _COLLAR = 7.0, -2.0
"""Where top and trousers meet above the hips; how far below the base of the neck cloth begins."""
_GROIN_FRONT, _GROIN_BACK = (-5.5, 1.05), (-5.0, 0.25)
"""The border of the far leg's tone, in front and behind: how high in the middle, and how much
higher for each step outward."""


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """How much each spot belongs to a part of the body; columns of spots."""

    head: Array
    neck: Array
    arms: Mapping[BodySide, Array]
    legs: Mapping[BodySide, Array]
    forearms: Mapping[BodySide, Array]
    hands: Array
    feet: Array
    ears: Array
    fingers: Array
    """A column for each, the near hand first."""
    toes: Array

    def at(self, corners: Indices, weights: Pixels) -> Shares:
        """Return the shares of spots on triangles, by their corners and how near each is."""

        def mixed(values: Array) -> Array:
            shown = weights if values.ndim == 1 else weights[:, :, None]
            one, two, three = (values[corners[:, k]] * shown[k] for k in range(3))
            found: Array = one + two + three
            return found

        def both(values: Mapping[BodySide, Array]) -> Mapping[BodySide, Array]:
            return {side: mixed(values[side]) for side in SIDES}

        return Shares(
            mixed(self.head), mixed(self.neck), both(self.arms), both(self.legs),
            both(self.forearms), mixed(self.hands), mixed(self.feet), mixed(self.ears),
            mixed(self.fingers), mixed(self.toes),
        )  # fmt: skip


@cache
def shares() -> Shares:
    """Return the shares of every vertex."""
    whole = mesh()
    fingers = [whole.limb(side, f"finger{k}-") for side in SIDES for k in range(1, 6)]
    toes = [(whole.toes == k) * 1.0 for k in range(1, 6)]
    return Shares(
        whole.share("head"), whole.share("neck"),
        {side: whole.arm(side) for side in SIDES}, {side: whole.leg(side) for side in SIDES},
        {side: whole.limb(side, "lowerarm", "wrist", "finger") for side in SIDES},
        whole.share("wrist", "finger"), whole.share("foot", "toes"), whole.ears,
        np.stack(fingers, axis=1), np.stack(toes, axis=1),
    )  # fmt: skip


def labelled(hair: HairMesh, points: Array, parts: Shares, *, told_apart: bool,
             prosthesis: Prosthesis = "none") -> Pixels:  # fmt: skip
    """Return the labels of spots at rest; `told_apart` gives the far side tones of its own."""
    colour = _clothed(hair.rest, points, parts)
    hairy = hair.covers(points, parts.head, parts.neck)
    if hair.style not in {"headscarf", "curly"}:
        hairy &= parts.ears <= 0.5
    if hair.style == "curly":
        hairy |= parts.ears > 0.5
    colour[hairy] = HAIR
    if told_apart:
        far = _far_leg(points) & ~_either(parts.arms)
        colour[far & (colour == LEGS)] = LEGS_FAR
        colour[(far | (parts.arms["far"] > 0.5)) & (colour == SKIN)] = SKIN_FAR
    if prosthesis != "none":
        colour[_made(hair.rest, points, parts, prosthesis)] = PROSTHESIS
    fine = (parts.hands > 0.5) | (parts.feet > 0.5)
    face = (parts.head > 0.5) & (colour != HAIR)
    marks = np.where(fine, HAND_MARK, 0) + np.where(face, HEAD_MARK, 0)
    found: Pixels = (colour | (_part(parts) << 4) | marks).astype(np.int16)
    return found


def _made(rest: RestBody, points: Array, parts: Shares, prosthesis: Prosthesis) -> Mask:
    """Return the spots of limbs that are made."""
    found = np.zeros(len(points), bool)
    for side in made_legs(prosthesis):
        found |= (parts.legs[side] > 0.5) & (_along_shank(rest, side, points) > _MADE_LEG)
    for side in made_arms(prosthesis):
        forearm = parts.forearms[side] > 0.5
        found |= forearm & (_along_arm(rest, side, points, forearm) > _MADE_ARM)
    return found


def _either(limbs: Mapping[BodySide, Array]) -> Mask:
    found: Mask = (limbs["near"] > 0.5) | (limbs["far"] > 0.5)
    return found


def _clothed(rest: RestBody, points: Array, parts: Shares) -> Pixels:
    """Return skin or cloth for each spot."""
    colour = np.full(len(points), SKIN)
    below = points - rest.joint("neck01")
    high = below[:, 0] * 0.5 + below[:, 1] * 0.866 > _COLLAR + 0.08 * below[:, 2] ** 2
    collar = (high & (np.abs(below[:, 2]) < 7)) | (parts.neck > 0.9)
    arm, leg = _either(parts.arms), _either(parts.legs)
    trunk = ~arm & (parts.head < 0.5) & ~collar
    colour[trunk] = np.where(points[trunk, 1] > _HEM, TOP, LEGS)
    for side in SIDES:
        own = np.nonzero(parts.arms[side] > 0.5)[0]
        down = _along_arm(rest, side, points[own], parts.forearms[side][own] > 0.5)
        colour[own[down < _SLEEVE]] = TOP
    colour[leg] = SKIN
    for side in SIDES:
        own = np.nonzero(parts.legs[side] > 0.5)[0]
        colour[own[_along_shank(rest, side, points[own]) < _TROUSERS]] = LEGS
    return colour


def _along_arm(rest: RestBody, side: BodySide, points: Array, forearm: Mask) -> Array:
    shoulder, elbow, wrist = (
        rest.joint(name, side) for name in ("upperarm01", "lowerarm01", "wrist")
    )
    upper, lower = elbow - shoulder, wrist - elbow
    above = (points - shoulder) @ upper / float(upper @ upper)
    beyond = 1 + (points - elbow) @ lower / float(lower @ lower)
    return np.where(forearm, np.maximum(beyond, 1), np.minimum(above, 1))


def _along_shank(rest: RestBody, side: BodySide, points: Array) -> Array:
    knee, ankle = rest.joint("lowerleg01", side), rest.joint("foot", side)
    way = ankle - knee
    found: Array = np.maximum(1 + (points - knee) @ way / float(way @ way), 0)
    return found


def _far_leg(points: Array) -> Mask:
    x, y, z = points.T
    front, outward = np.clip((x + 5) / 6, 0, 1), -np.minimum(z, 0)
    ahead = _GROIN_FRONT[0] + _GROIN_FRONT[1] * outward
    behind = _GROIN_BACK[0] + _GROIN_BACK[1] * outward
    found: Mask = (y < front * ahead + (1 - front) * behind) & (z < 0)
    return found


def _part(parts: Shares) -> Pixels:
    found = np.zeros(len(parts.head), np.int64)
    found[parts.head > 0.5] = HEAD
    for number, side in enumerate(SIDES):
        found[parts.arms[side] > 0.5] = ARMS[side]
        found[parts.legs[side] > 0.5] = LEGS_OF[side]
        for finger in range(5):
            own = parts.fingers[:, number * 5 + finger] > 0.5
            found[own] = FINGERS_OF[side] + finger + 1
    found[(parts.ears > 0.5) & (parts.head > 0.5)] = EAR
    for toe in range(5):
        spots = np.nonzero(parts.toes[:, toe] > 0.5)[0]
        far = parts.legs["far"][spots] > 0.5
        found[spots] = np.where(far, TOES_OF["far"], TOES_OF["near"]) + toe
    return found


@cache
def triangle_labels(hair: HairMesh, *, told_apart: bool, prosthesis: Prosthesis) -> Pixels:
    """Return the label of each triangle, `MIXED` where its corners differ."""
    points = hair.rest.points
    each = labelled(hair, points, shares(), told_apart=told_apart, prosthesis=prosthesis)
    each = each[mesh().triangles]
    same = (each[:, 0] == each[:, 1]) & (each[:, 0] == each[:, 2])
    found: Pixels = np.where(same, each[:, 0], MIXED)
    return found
