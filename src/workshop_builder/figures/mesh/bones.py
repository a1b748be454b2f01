"""The bones of the mesh in a pose: each follows the joints that the figure's angles give.

A bone is turned by the rotation from its frame at rest to that of the pose, and lies where the
bone before it ends. The mesh's own lengths count; the joints say where it goes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from workshop_builder.figures.body.pose import OUTWARD, SIDES, BodySide, LimbAngles, Pose
from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.vectors import Array, cross, unit
from workshop_builder.figures.mesh.arrays import between, rotation
from workshop_builder.figures.mesh.data import LETTER, mesh
from workshop_builder.figures.mesh.rest_body import RestBody

_SPINE = {"spine05": 0.08, "spine04": 0.30, "spine03": 0.54, "spine02": 0.80, "spine01": 1.10}
"""How much of the turn from the pelvis to the chest each bone of the spine has made."""
_NECK = {"neck01": 0.25, "neck02": 0.5, "neck03": 0.75}
"""Likewise from the chest to the head."""
_TUCK = {"neck01": 2.6, "neck02": 2.4, "neck03": 1.6}
"""Of who lies on the back, how much further each goes down by what the head is tipped back: the
chin stays in, and the face looks up."""
_NECK_BASE = 29.0
"""How far above the hips the joints have the base of the neck, at rest."""
_COLLAR_FROM, _COLLAR_SHARE, _BLADE_SHARE = 50.0, 0.22, 0.6
"""Degrees of a raised arm from which the collar bone lifts, how much of them it takes, and how
much of its own lift the shoulder blade adds."""


@dataclass(slots=True, eq=False)
class ArmState:
    """An arm of a posed mesh."""

    root: Array
    elbow: Array
    wrist: Array
    hand: Array
    """The frame of the hand: its back, against the fingers, the thumb."""


@dataclass(slots=True, eq=False)
class LegState:
    """A leg of a posed mesh."""

    root: Array
    knee: Array
    ankle: Array
    foot: Array


@dataclass(slots=True, eq=False)
class PosedBones:
    """Where each bone is, and how it is turned; filled bone by bone."""

    rest: RestBody
    turns: Array = field(init=False)
    places: Array = field(init=False)
    arms: dict[BodySide, ArmState] = field(default_factory=dict)
    legs: dict[BodySide, LegState] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.turns = np.tile(np.eye(3), (len(mesh().bones), 1, 1))
        self.places = self.rest.joints.copy()

    def put(self, name: str, turn: Array, place: Array) -> None:
        """Turn a bone, and put its start at a place."""
        number = mesh().bones[name]
        self.turns[number], self.places[number] = turn, place

    def turn(self, name: str) -> Array:
        """Return how a bone is turned."""
        found: Array = self.turns[mesh().bones[name]]
        return found

    def place(self, name: str) -> Array:
        """Return where a bone begins."""
        found: Array = self.places[mesh().bones[name]]
        return found

    def moved(self, by: Array) -> PosedBones:
        """Return the bones moved by a vector."""
        found = PosedBones(self.rest)
        found.turns, found.places = self.turns, self.places + by
        found.arms = {
            side: replace(arm, root=arm.root + by, elbow=arm.elbow + by, wrist=arm.wrist + by)
            for side, arm in self.arms.items()
        }
        found.legs = {
            side: replace(leg, root=leg.root + by, knee=leg.knee + by, ankle=leg.ankle + by)
            for side, leg in self.legs.items()
        }
        return found

    def follow(self, name: str, turn: Array, before: str) -> Array:
        """Put a bone where another one carries its start, turned as given; return the place."""
        step = self.rest.joint(name) - self.rest.joint(before)
        place: Array = self.place(before) + self.turn(before) @ step
        self.put(name, turn, place)
        return place


def pose_trunk(bones: PosedBones, skeleton: Skeleton, pose: Pose) -> None:
    """Put pelvis, spine, neck and head where the joints say."""
    pelvis, chest = skeleton.pelvis_frame.T, skeleton.chest_frame.T
    head = skeleton.head_frame.T
    bones.put("root", pelvis, skeleton.hips + pelvis @ bones.rest.joint("root"))
    before = "root"
    for name, share in _SPINE.items():
        bones.follow(name, between(pelvis, chest, share), before)
        before = name
    if pose.position.startswith("lying"):
        _straighten(bones, skeleton)
    back = min(pose.neck, 0.0) if pose.position == "lying on the back" else 0.0
    for name, share in _NECK.items():
        tucked = rotation(skeleton.chest_frame[2], math.radians(-back * _TUCK[name]))
        bones.follow(name, tucked @ between(chest, head, share), before)
        before = name
    bones.follow("head", head, before)


def _straighten(bones: PosedBones, skeleton: Skeleton) -> None:
    """Move the spine so that it ends where the joints have the neck: who lies, lies on both."""
    rest, last = bones.rest, "spine01"
    above = rest.joint("neck01") - np.array([0.0, _NECK_BASE, 0.0])
    wanted = skeleton.neck_base + skeleton.chest_frame.T @ above
    end = bones.place(last) + bones.turn(last) @ (rest.joint("neck01") - rest.joint(last))
    low, high = rest.joint("spine05")[1], rest.joint("neck01")[1]
    for name in _SPINE:
        share = (rest.joint(name)[1] - low) / (high - low)
        bones.places[mesh().bones[name]] += (wanted - end) * share


def pose_shoulder(
    bones: PosedBones, skeleton: Skeleton, side: BodySide, angles: LimbAngles
) -> tuple[Array, Array]:
    """Put collar bone and shoulder blade of one side; return where the arm begins, and its turn."""
    letter, arm = LETTER[side], skeleton.arms[side]
    chest, spine = skeleton.chest_frame[1], bones.turn("spine01")
    way = unit(arm.middle - arm.root)
    raised = math.degrees(math.acos(max(-1.0, min(1.0, -float(way @ chest)))))
    lift = math.radians(max(0.0, raised - _COLLAR_FROM) * _COLLAR_SHARE)
    level = unit(way - chest * float(way @ chest)) * 0.5
    aside = spine @ np.array([0.0, 0.0, OUTWARD[side]])
    axis = cross(aside, chest * 0.7 + level)
    shifted = rotation(cross(aside, chest), math.radians(angles.shoulder_lift)) @ spine
    ahead = cross(aside, skeleton.chest_frame[0])
    shifted = rotation(ahead, math.radians(angles.shoulder_forward)) @ shifted
    collar = rotation(axis, lift) @ shifted if lift > 1e-3 else shifted
    blade = rotation(axis, lift * _BLADE_SHARE) @ collar if lift > 1e-3 else collar
    bones.follow(f"clavicle.{letter}", collar, "spine01")
    bones.follow(f"shoulder01.{letter}", blade, f"clavicle.{letter}")
    root = bones.follow(f"upperarm01.{letter}", blade, f"shoulder01.{letter}")
    return root, blade


@dataclass(frozen=True, slots=True, eq=False)
class ArmGoal:
    """What a hand's contact asks of an arm."""

    wrist: Array | None = None
    pole: Array | None = None
    """The direction from the shoulder in which the elbow points."""
    out: float = 0.0
    """By how many degrees a free arm is held away from the body."""


Goals = Mapping[BodySide, ArmGoal]
NO_GOALS: Goals = {side: ArmGoal() for side in SIDES}
