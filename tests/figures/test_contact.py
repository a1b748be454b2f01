"""Contact of any pose: what rests is down, what holds is held, or it is said why it cannot be."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop_builder.figures.body.joint_limits import overbent
from workshop_builder.figures.body.placement import PlacedBody, place_body
from workshop_builder.figures.body.pose import SIDES, apply_posture, pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.posed_body import PosedBody, pose_body
from workshop_builder.figures.mesh.skin import skin
from workshop_builder.model.figure import BuildName, PoseFigure
from workshop_builder.model.posture import FootPlace, Position

CHAIR = {"prop": "chair", "place": "seat"}
ON_SIDE = {"position": "lying on the right side"}
HANDS = (
    "free", "floor", "near thigh", "far knee", "near shin", "hips", "low back", "belly", "chest",
    "head", "side of head", "other hand", "other wrist", "other elbow", "other shoulder",
)  # fmt: skip
ANGLES = {
    "hip": st.integers(-15, 100), "hip_out": st.integers(-5, 45), "knee": st.integers(0, 110),
    "shoulder": st.integers(-20, 150), "shoulder_out": st.integers(0, 90),
    "elbow": st.integers(0, 110), "hip_turn": st.integers(-20, 60),
}  # fmt: skip
FEET = st.sampled_from([each for each in get_args(FootPlace) if each != "wall"])
LIMBS = st.fixed_dictionaries({}, optional={"foot": FEET, "hand": st.sampled_from(HANDS), **ANGLES})
FILES = st.fixed_dictionaries(
    {"position": st.sampled_from(get_args(Position)), "near": LIMBS, "far": LIMBS},
    optional={"spine": st.integers(-15, 35), "props": st.just([CHAIR])},
)


def _part(*bones: str) -> Indices:
    found: Indices = np.nonzero(mesh().share(*bones) > 0.5)[0]
    return found


def _placed(figure: PoseFigure) -> PlacedBody | None:
    """Return the joints of a figure; None where the program says that they cannot be so."""
    placed = place_body(pose_of(figure), figure, BUILDS["medium"])
    return None if placed.faults or any(overbent(placed.skeleton)) else placed


def _posed(file: dict[str, Any], build: BuildName = "medium") -> PosedBody:
    figure = PoseFigure.model_validate(file)
    assert _placed(figure) is not None
    return pose_body(pose_of(figure), figure, build, f"{build}-f")


def _lowest(points: Array, part: Indices, stray: int = 8) -> float:
    return float(np.sort(points[part, 1])[stray])


@settings(max_examples=30)
@given(FILES)
def test_a_pose_rests_or_the_program_says_why_not(file: dict[str, Any]) -> None:
    """Of any pose within the limits that is drawn, nothing hovers and no part is in the floor."""
    figure = PoseFigure.model_validate(file)
    if not _placed(figure):
        return
    body = pose_body(pose_of(figure), figure, "medium", "medium-f")
    points = skin(body.bones)
    if figure.position != "sitting" or not figure.props:
        assert _lowest(points, np.arange(len(points))) < 1.5
    for bones in (("root", "spine"), ("upperleg", "lowerleg"), ("foot", "toes"), ("head",)):
        assert _lowest(points, _part(*bones)) > -4.5
    for side in SIDES:
        sole = np.nonzero(mesh().limb(side, "foot", "toes") > 0.5)[0]
        if body.placed.pose.limb(side).foot in {"floor", "ball", "heel"}:
            assert -1.2 < _lowest(points, sole, 3) < 1.6


@pytest.mark.parametrize("build", BUILDS)
def test_who_lies_on_a_side_has_the_head_on_the_arm_and_the_legs_on_each_other(
    build: BuildName,
) -> None:
    """Whatever the build, the head is no higher than its arm, the lower leg on the floor."""
    body = _posed(ON_SIDE, build)
    assert _lowest(body.points, _part("head")) == pytest.approx(4.2, abs=2.2)
    legs = [np.nonzero(mesh().limb(side, "lowerleg") > 0.5)[0] for side in ("far", "near")]
    lower, upper = (body.points[leg] for leg in legs)
    assert _lowest(body.points, legs[0]) < 1
    gap = np.sqrt(((upper[::9, None] - lower[None, ::9]) ** 2).sum(axis=2)).min()
    assert gap < 3


def test_the_upper_knee_opens_like_a_shell() -> None:
    """Turned out, the knee of who lies on a side goes up, and the foot stays on the other one."""
    shut, opened = _posed(ON_SIDE), _posed({**ON_SIDE, "near": {"hip_turn": 40}})
    knee, foot = (np.array([body.bones.legs["near"].knee for body in (shut, opened)]),
                  np.array([body.bones.legs["near"].ankle for body in (shut, opened)]))  # fmt: skip
    assert knee[1, 1] > knee[0, 1] + 3
    assert np.abs(foot[1] - foot[0]).max() < 1


def test_head_and_shoulder_that_rest_are_on_the_floor() -> None:
    """Who threads the needle has the lower shoulder and the head down, by as much as it takes."""
    body = _posed({
        "position": "on all fours", "twist": 50, "neck": -20,
        "resting": ["far shoulder", "head"], "far": {"shoulder": 75, "shoulder_out": -45},
    })  # fmt: skip
    assert abs(_lowest(skin(body.bones), _part("head"))) < 1.5
    assert float(body.bones.arms["far"].root[1]) < 6


def test_a_head_that_cannot_rest_is_told() -> None:
    """Who stands cannot have the head on the floor, and is told by how much."""
    figure = PoseFigure.model_validate({"position": "standing", "resting": ["head"]})
    faults = place_body(pose_of(figure), figure, BUILDS["medium"]).faults
    assert [key for fault in faults for key in fault.keys] == ["resting"]
    assert "cm above the floor" in faults[0].text


def test_another_position_may_lift_what_rests() -> None:
    """What rests, rests at the start too, unless that says that nothing does."""
    bowed = {"position": "on all fours", "resting": ["head"]}
    for posture, rests in (({"spine": 0}, ("head",)), ({"resting": []}, ())):
        figure = PoseFigure.model_validate({**bowed, "start": posture})
        assert figure.start is not None
        assert apply_posture(pose_of(figure), figure.start).resting == rests


@pytest.mark.parametrize(
    ("keys", "moved"),
    [({"shoulder_lift": 25}, 1), ({"shoulder_forward": 25}, 0)],
)
def test_a_shoulder_blade_takes_the_arm_along(keys: dict[str, int], moved: int) -> None:
    """A shrug lifts the whole arm, a blade drawn forward brings it ahead: in joints and skin."""
    still = _posed({"position": "standing"})
    body = _posed({"position": "standing", "near": keys})
    for arms in ((still.bones.arms, body.bones.arms),):
        assert float((arms[1]["near"].root - arms[0]["near"].root)[moved]) > 2
    hand = np.nonzero(mesh().limb("near", "wrist") > 0.5)[0]
    assert float((body.points - still.points)[hand, moved].mean()) > 1.5


def test_a_wrist_bends_towards_its_palm_and_back() -> None:
    """With the palm down, a bent wrist points the fingers down, one that is bent back up."""
    arm = {"shoulder": 90, "elbow": 0, "forearm_turn": -80}
    bodies = [
        _posed({"position": "standing", "near": {**arm, "wrist": wrist}}) for wrist in (60, -60)
    ]
    down, up = (-body.bones.arms["near"].hand[1][1] for body in bodies)
    assert down < -0.6
    assert up > 0.6


def test_clasped_hands_are_together() -> None:
    """Wherever the arms lead, clasped hands meet in the middle of the body."""
    for shoulder in (-35, 60, 165):
        both = {"shoulder": shoulder, "elbow": 10, "fingers": "clasped"}
        body = _posed({"position": "standing", "both": both})
        near, far = (body.bones.arms[side].wrist for side in SIDES)
        assert float(np.linalg.norm(near - far)) < 4
        assert abs(float((near + far)[2])) < 1


@pytest.mark.parametrize("foot", ["other shin", "other knee", "other thigh inside"])
def test_a_sole_is_against_the_inside_of_the_other_leg(foot: str) -> None:
    """In the tree the foot touches the leg that stands, and the knee is out to its side."""
    body = _posed({"position": "standing", "near": {"foot": foot}})
    sole = body.points[np.nonzero(mesh().limb("near", "foot", "toes") > 0.5)[0]]
    leg = body.points[np.nonzero(mesh().limb("far", "upperleg", "lowerleg") > 0.5)[0]]
    apart = np.sqrt(((sole[::5, None] - leg[None, ::5]) ** 2).sum(axis=2)).min()
    assert apart < 1.5
    assert float(body.bones.legs["near"].knee[2]) > 12


@pytest.mark.parametrize(
    "far",
    [{"foot": "far thigh"}, {"foot": "other shin"}],
)
def test_feet_that_have_no_place_are_told(far: dict[str, str]) -> None:
    """A foot on its own thigh, and feet that are each on the other leg, are refused."""
    file = {"position": "standing", "near": {"foot": "other knee"}, "far": far}
    assert _placed(PoseFigure.model_validate(file)) is None
