"""What moves in a figure, and what stays still, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workshop_builder.figures.body.pose import SIDES, BodySide, Pose
from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.describing.phrases import BodyWords, split_place
from workshop_builder.figures.describing.trunk import ASIDE
from workshop_builder.figures.describing.ways import arrow_way, way_names
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.movement.between import Movement
from workshop_builder.model.figure import Arrow, PoseFigure

_STANDING_FEET = {"floor", "heel", "ball", "top", "wall", "step", "toes tucked"}
_RESTING_HANDS = {
    "floor", "forearm on floor", "wall", "desk", "table", "chair back", "chair seat", "doorway",
    "block", "step", "armrest",
}  # fmt: skip
"""Places of feet and hands that do not move by themselves."""
_ON_KNEES = {"kneeling", "half kneeling", "on all fours"}


@dataclass(frozen=True, slots=True, eq=False)
class ToldMovement:
    """A figure as one that moves."""

    figure: PoseFigure
    pose: Pose
    start: Pose
    """That of the start; of one picture, the same."""
    skeleton: Skeleton
    camera: Camera
    phrases: BodyWords
    between: Movement | None
    """From start to end; None where there is but one picture."""
    even: bool
    """Whether both sides do the same, so that an arrow at one of them is one of both."""

    def moves(self, when: str) -> Iterator[str]:
        """Yield each movement of the first or the second picture, once where both sides do it."""
        arrows = [arrow for arrow in self.figure.arrows if arrow.when == when]
        told = [(arrow.at, self._way(arrow)) for arrow in arrows]
        found = []
        for arrow, (place, way) in zip(arrows, told, strict=True):
            kind, which = self._moved(place)
            other = next((w for at, w in told if at != place and split_place(at)[0] == kind), None)
            if other is not None:
                which = "both" if other == way else split_place(place)[1]
            found.append(self._move(arrow, kind, which, way))
        yield from dict.fromkeys(found)

    def _turn(self, place: str) -> float:
        """Return by how much a part turns to the near side from start to end."""
        if place == "head":
            return self.pose.neck_turn - self.start.neck_turn or self.pose.neck_turn
        upright = place == "chest" and not self.pose.position.startswith("lying")
        return (self.pose.twist - self.start.twist or self.pose.twist) if upright else 0.0

    def _move(self, arrow: Arrow, kind: str, which: str, way: str) -> str:
        words = self.phrases.words["moves"]
        if abs(turn := self._turn(arrow.at)) >= ASIDE and not arrow.both_ways:
            name = self.phrases.names["near" if turn > 0 else "far"]
            return str(
                words["turns"].format(
                    part=self.phrases.part(kind, which), way=self.phrases.words["ways"][name]
                )
            )
        many = which == "both" or kind in words["many"]
        name = "rolls" if arrow.around == arrow.at else "goes"
        part = self.phrases.part(kind, which)
        text = str(words[name]["many" if many else "one"].format(part=part, way=way))
        if arrow.around and arrow.around != arrow.at:
            joint = self.phrases.part(*self._moved(arrow.around))
            text = str(words["around"].format(move=text, joint=joint))
        if which == "both" and self.figure.first:
            first = self.phrases.part(kind, self.figure.first)
            text = str(words["first"].format(move=text, part=first))
        return text

    def _moved(self, place: str) -> tuple[str, str]:
        """Return the name of a part and its side: both where both sides do the same."""
        kind, which = split_place(place)
        rolled = kind == "knee" and self.pose.position.startswith("lying") and self.pose.twist
        return kind, "both" if (self.even or rolled) and kind != place else which

    def _way(self, arrow: Arrow) -> str:
        words = self.phrases.words["moves"]
        way = arrow_way(arrow, self.skeleton, self.camera, self.between)
        there = self._direction(way_names(way, self.figure, self.skeleton))
        if not arrow.both_ways:
            return there
        back = self._direction(way_names(-way, self.figure, self.skeleton))
        return str(words["to and fro"].format(there=there, back=back))

    def _direction(self, names: list[str]) -> str:
        ways = self.phrases.words["ways"]
        sides = self.phrases.names
        return self.phrases.joined([ways[sides.get(name, name)] for name in names])

    def stays(self) -> str:
        """Return what stays still; an empty text where nothing moves or nothing stays."""
        moving = self.figure.arrows or self.figure.start or self.figure.ghost
        if not moving or is_walking(self.pose):
            return ""
        found = list(self._resting())
        if not found:
            return ""
        words = self.phrases.words["moves"]
        many = len(found) > 1 or found[0][1] == "both" or found[0][0] in words["many"]
        parts = self.phrases.joined([self.phrases.part(*each) for each in found])
        return str(words["stays"]["many" if many else "one"].format(part=parts))

    def _resting(self) -> Iterator[tuple[str, str]]:
        """Yield the parts of the body that carry it and do not move."""
        moving = {self._moved(arrow.at) for arrow in self.figure.arrows}
        moving |= {(kind, side) for kind, which in moving if which == "both" for side in SIDES}
        upper = moving & {("head", "near"), ("chest", "near")}
        if self.pose.position == "lying on the back" and not upper:
            yield "head", "one"
            yield "shoulders", "one"
        if self.pose.position == "sitting" and ("hips", "near") not in moving:
            yield "hips", "one"
        yield from _merged("knee", [side for side in self._knees() if ("knee", side) not in moving])
        yield from _merged("foot", [side for side in SIDES if self._foot_stays(side, moving)])
        hands = [side for side in SIDES if self._hand_stays(side, moving)]
        lain = [side for side in hands if self.pose.limb(side).hand == "forearm on floor"]
        yield from _merged("forearm", lain)
        yield from _merged("hand", [side for side in hands if side not in lain])

    def _knees(self) -> tuple[BodySide, ...]:
        return self.pose.knees_down if self.pose.position in _ON_KNEES else ()

    def _foot_stays(self, side: BodySide, moving: set[tuple[str, str]]) -> bool:
        if side in self._knees() or {("foot", side), ("knee", side)} & moving:
            return False
        return self.pose.limb(side).foot in _STANDING_FEET

    def _hand_stays(self, side: BodySide, moving: set[tuple[str, str]]) -> bool:
        return ("hand", side) not in moving and self.pose.limb(side).hand in _RESTING_HANDS


def is_walking(pose: Pose) -> bool:
    """Return whether somebody who stands is in the middle of a step."""
    return pose.position == "standing" and {pose.near.foot, pose.far.foot} == {"heel", "ball"}


def _merged(kind: str, sides: list[BodySide]) -> Iterator[tuple[str, str]]:
    if sides:
        yield kind, "both" if len(sides) > 1 else sides[0]
