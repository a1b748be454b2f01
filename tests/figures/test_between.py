"""The poses between the start and the end of a movement."""

from __future__ import annotations

import numpy as np
import pytest

from workshop_builder.figures.body.placement import place_body
from workshop_builder.figures.body.pose import SIDES, BodySide, pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.body.skeleton import forward_kinematics
from workshop_builder.figures.movement.between import Movement, movement_of
from workshop_builder.figures.movement.joint_angles import as_placed
from workshop_builder.model.figure import PoseFigure, Prop
from workshop_builder.model.posture import Limbs, Posture

SQUAT = PoseFigure(
    position="standing",
    start=Posture(position="standing"),
    pelvis=62,
    both=Limbs(hip=84, knee=84, ankle=28, shoulder=105),
)
MARCHING = Limbs(hip=88, knee=95, foot="free")
RISING = PoseFigure(
    position="standing",
    start=Posture(position="sitting", pelvis=62, both=Limbs(hip=118, knee=100)),
    props=(Prop(prop="chair", place="front of seat"),),
)


def _movement(figure: PoseFigure) -> Movement:
    movement = movement_of(figure)
    assert movement is not None
    return movement


def test_a_figure_without_start_or_ghost_does_not_move() -> None:
    """One posture is no movement."""
    assert movement_of(PoseFigure(position="standing")) is None


def test_a_movement_begins_and_ends_as_the_file_says() -> None:
    """At 0 and at 1 the poses are those of the file; the middle of an eased way is its half."""
    movement = _movement(SQUAT)
    first, second, middle, *_, last = movement.eased(5)
    assert (first, last) == (movement.start, movement.end)
    assert first.near.knee < second.near.knee < middle.near.knee / 2
    assert middle.near.shoulder == pytest.approx(105 / 2)


@pytest.mark.parametrize("side", SIDES)
def test_one_side_moves_before_the_other(side: BodySide) -> None:
    """Halfway the first side is where it ends, and the other still where it starts."""
    figure = PoseFigure(
        position="lying on the back",
        first=side,
        ghost=Posture(both=Limbs(hip=45, knee=105)),
        both=Limbs(hip=120, knee=130),
    )
    movement = _movement(figure)
    start, *_, halfway, _, _, _, end = movement.eased(9)
    other: BodySide = "far" if side == "near" else "near"
    assert (start, end) == (movement.start, movement.end)
    assert halfway.limb(side).hip == pytest.approx(end.limb(side).hip, abs=1)
    assert halfway.limb(other).hip == pytest.approx(start.limb(other).hip, abs=1)


@pytest.mark.parametrize("figure", [SQUAT, RISING])
def test_feet_stay_where_they_are(figure: PoseFigure) -> None:
    """Both feet stay on their spot while the hips come up or go down without a jump."""
    movement = _movement(figure)
    feet, hips = [], []
    for pose in movement.eased(5):
        skeleton = place_body(pose, figure, BUILDS["medium"]).skeleton
        skeleton = skeleton.moved(movement.offset(skeleton))
        feet.append([skeleton.legs[side].end for side in SIDES])
        hips.append(float(skeleton.hips[1]))
    assert movement.still == "near foot"
    assert np.ptp(np.array(feet), axis=0).max() < 0.1
    assert len(set(np.sign(np.diff(hips)))) == 1


def test_angles_are_read_from_a_placed_body() -> None:
    """The angles that contact gives to arms and legs make the same joints again."""
    hands = Limbs(hip=60, hip_out=20, knee=80, foot="floor", shoulder_out=30, hand="belly")
    figure = PoseFigure(position="lying on the back", both=hands, far=Limbs(hand="floor"))
    pose = pose_of(figure)
    placed = place_body(pose, figure, BUILDS["medium"]).skeleton
    again = forward_kinematics(as_placed(pose, placed), chest_stays=True)
    again = again.moved(placed.hips - again.hips)
    for side in SIDES:
        assert np.allclose(again.arms[side].end, placed.arms[side].end, atol=0.01)
        assert np.allclose(again.legs[side].end, placed.legs[side].end, atol=0.01)


def test_furniture_stays_where_hands_hold_it() -> None:
    """Who steps back from a chair keeps the hands on its back, and the feet go."""
    hold = Limbs(shoulder=35, elbow=5, hand="chair back")
    figure = PoseFigure(
        position="standing",
        both=hold,
        near=Limbs(hip=-18, knee=15, foot="ball"),
        far=Limbs(hip=30, knee=35),
        ghost=Posture(near=Limbs(hip=0, knee=20), far=Limbs(hip=12, knee=16)),
        props=(Prop(prop="chair", place="front"),),
    )
    movement = _movement(figure)
    hands = []
    for pose in movement.eased(4):
        skeleton = place_body(pose, figure, BUILDS["medium"]).skeleton
        hands.append(skeleton.moved(movement.offset(skeleton)).arms["near"].end[[0, 2]])
    assert movement.still == "near hand"
    assert np.ptp(np.array(hands), axis=0).max() < 0.1


def test_who_rises_from_a_seat_leads_with_the_chest() -> None:
    """Halfway the trunk leans further over the feet than at either end."""
    movement = _movement(RISING)
    start, halfway, end = movement.eased(3)
    assert halfway.pelvis < min(start.pelvis, end.pelvis)


@pytest.mark.parametrize("first", [None, *SIDES])
def test_who_changes_feet_stands_on_the_lower_one(first: BodySide | None) -> None:
    """While the legs of a march take turns, the lowest foot is on the floor, none below it."""
    figure = PoseFigure(
        position="standing",
        first=first,
        start=Posture(near=Limbs(hip=0, knee=0, foot="floor"), far=MARCHING),
        near=MARCHING,
    )
    for pose in _movement(figure).eased(7):
        surface = place_body(pose, figure, BUILDS["medium"]).surface
        assert min(surface.feet[side].lowest() for side in SIDES) == pytest.approx(0, abs=1)
