"""Bodies from angles: bones keep their length, hands and feet are where the file says."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from languages import ENGLISH
from workshop_builder.figures import read
from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.hand_contact import HAND_THICKNESS
from workshop_builder.figures.body.joint_limits import JOINTS
from workshop_builder.figures.body.placement import PlacedBody, place_body
from workshop_builder.figures.body.pose import SIDES, BodySide, Pose, apply_posture, pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.body.skeleton import forward_kinematics
from workshop_builder.figures.body.vectors import Array
from workshop_builder.model.figure import PoseFigure
from workshop_builder.model.props import PROPS
from workshop_builder.source import yaml_text

SAMPLE = Path(__file__).parents[2] / "workshop" / "figures"


def figure(text: str) -> PoseFigure:
    """Return the figure of a file without faults."""
    problems: list[object] = []
    found = read.read(yaml_text.read("figures/test.yaml", text, 0), ENGLISH, problems)  # type: ignore[arg-type]
    assert not problems, problems
    assert isinstance(found, PoseFigure)
    return found


def _sample() -> dict[str, PoseFigure]:
    files = {path.stem: path.read_text(encoding="utf-8") for path in SAMPLE.glob("*.yaml")}
    return {name: figure(text) for name, text in files.items() if "\nanatomy:" not in text}


POSES = _sample()


def _postures(shown: PoseFigure) -> list[Pose]:
    pose = pose_of(shown)
    others = [apply_posture(pose, each) for each in (shown.start, shown.ghost) if each]
    return [pose, *others]


def _placed(shown: PoseFigure) -> list[PlacedBody]:
    return [place_body(pose, shown, BUILDS["medium"]) for pose in _postures(shown)]


def _direction(start: Array, end: Array) -> float:
    """Return the direction of a line in the plane of a side view, in degrees."""
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def _apart(first: float, second: float) -> float:
    """Return how far two directions differ."""
    return abs((first - second + 180) % 360 - 180)


@pytest.mark.parametrize(
    ("pelvis", "spine", "hip", "knee", "shoulder", "elbow"),
    [
        (90, 0, 0, 0, 0, 0),
        (180, 0, 75, 0, 20, 60),
        (45, 50, 45, 90, 105, 0),
        (12, -28, -12, 0, 45, 90),
    ],
)
def test_angles_add_up_as_the_conventions_say(
    pelvis: float, spine: float, hip: float, knee: float, shoulder: float, elbow: float
) -> None:
    """Each segment points in the direction that the angles from the pelvis on add up to."""
    shown = PoseFigure.model_validate(
        {
            "position": "standing",
            "pelvis": pelvis,
            "spine": spine,
            "both": {"hip": hip, "knee": knee, "shoulder": shoulder, "elbow": elbow},
        }
    )
    bones = forward_kinematics(pose_of(shown), chest_stays=False)
    leg, arm = bones.legs["near"], bones.arms["near"]
    thigh, chest = pelvis - 180 + hip, pelvis - spine
    upper_arm = chest - 180 + shoulder
    assert _apart(_direction(bones.hips, bones.waist), pelvis) < 0.01
    assert _apart(_direction(bones.waist, bones.neck_base), chest) < 0.01
    assert _apart(_direction(leg.root, leg.middle), thigh) < 0.01
    assert _apart(_direction(leg.middle, leg.end), thigh - knee) < 0.01
    assert _apart(_direction(arm.root, arm.middle), upper_arm) < 0.01
    assert _apart(_direction(arm.middle, arm.end), upper_arm + elbow) < 0.01


def test_a_leg_moves_out_and_turns_out_to_its_own_side() -> None:
    """Abduction takes each foot outward; turning a bent thigh out takes the shin inward."""
    shown = PoseFigure.model_validate(
        {"position": "sitting", "both": {"hip_out": 30, "hip_turn": 40, "foot": "free"}}
    )
    bones = forward_kinematics(pose_of(shown), chest_stays=False)
    near, far = bones.legs["near"], bones.legs["far"]
    assert near.middle[2] > near.root[2] + 5
    assert far.middle[2] < far.root[2] - 5
    assert near.end[2] < near.middle[2] - 5
    assert far.end[2] > far.middle[2] + 5


@pytest.mark.parametrize("name", POSES)
def test_bones_keep_their_length(name: str) -> None:
    """Whatever a limb reaches for, it is as long as before."""
    for body in _placed(POSES[name]):
        for side in SIDES:
            leg, arm = body.skeleton.legs[side], body.skeleton.arms[side]
            lengths = [
                (leg.root, leg.middle, proportions.THIGH),
                (leg.middle, leg.end, proportions.SHANK),
                (arm.root, arm.middle, proportions.UPPER_ARM),
                (arm.middle, arm.end, proportions.FOREARM),
            ]
            for start, end, length in lengths:
                assert float(np.linalg.norm(end - start)) == pytest.approx(length, abs=0.05)


@pytest.mark.parametrize("name", POSES)
def test_nothing_floats_and_nothing_sinks(name: str) -> None:
    """Every sample figure touches the floor, a seat carries those who sit, soles stand."""
    shown = POSES[name]
    for pose, body in zip(_postures(shown), _placed(shown), strict=True):
        skin = body.surface
        soles = [skin.feet[side].slice(0, 3) for side in SIDES]  # toes bend with the floor
        parts = [skin.trunk, skin.skull, *skin.thighs.values(), *skin.shanks.values(), *soles]
        lowest = min(part.lowest() for part in parts)
        assert abs(lowest) < (5 if pose.twist else 1.6)
        for side in SIDES:
            if pose.limb(side).foot == "floor":
                assert skin.feet[side].lowest() == pytest.approx(0, abs=0.1)
            if pose.limb(side).foot == "heel":
                assert skin.feet[side].lowest() == pytest.approx(0, abs=0.3)
        if pose.position == "sitting":
            assert skin.trunk.lowest() == pytest.approx(PROPS["chair"].places["seat"], abs=1.5)


def test_a_hand_on_a_leg_lies_on_its_skin() -> None:
    """A hand on the thigh is a hand's thickness above it, one behind the knee is behind it."""
    lunge = POSES["hip-flexor-stretch"]
    pose = pose_of(lunge)
    both = replace(pose, near=replace(pose.near, hand="far thigh", shoulder=35, elbow=5))
    bones = place_body(both, lunge, BUILDS["medium"]).skeleton
    thigh = bones.legs["far"]
    along = (thigh.middle - thigh.root) / proportions.THIGH
    for side in SIDES:
        palm = bones.arms[side].end - bones.arms[side].tip[1] * 4
        offset = palm - thigh.root
        off_line = float(np.linalg.norm((offset - along * float(offset @ along))[:2]))
        assert 0 < float(offset @ along) < proportions.THIGH
        assert off_line < 7.0
    held = _placed(POSES["knees-to-chest"])[0].skeleton
    leg, hand = held.legs["near"], held.arms["near"].end
    behind = float((hand - leg.middle) @ leg.upper[0])
    assert behind < 0


def test_hands_on_the_floor_are_on_it() -> None:
    """On hands and knees, both wrists are a hand's thickness above the floor."""
    for body in _placed(POSES["cat-camel"]):
        for side in SIDES:
            assert body.skeleton.arms[side].end[1] == pytest.approx(HAND_THICKNESS, abs=0.01)


def test_the_strap_leads_from_hands_to_sole() -> None:
    """The hands that hold the strap are above the shoulders and nearer to the foot."""
    bones = _placed(POSES["straight-leg-hamstring"])[0].skeleton
    foot = bones.legs["near"].end
    for side in SIDES:
        arm = bones.arms[side]
        assert np.linalg.norm(arm.end - foot) < np.linalg.norm(arm.root - foot)
        assert arm.end[1] > arm.root[1]


@pytest.mark.parametrize("build", BUILDS)
def test_every_build_rests_where_it_should(build: str) -> None:
    """A thicker body has its bones higher, and neither floats nor sinks."""
    for name in ("knees-to-chest", "hip-flexor-stretch", "chair-hamstring-hinge", "bridge"):
        shown = POSES[name]
        body = place_body(pose_of(shown), shown, BUILDS[build])  # type: ignore[index]
        assert body.faults == ()


def test_the_limits_take_every_pose_of_the_sample_and_no_impossible_one() -> None:
    """The sample's angles are all within the limits; each limit refuses five degrees more."""
    assert POSES.keys() >= {"pelvic-tilt", "cat-camel", "two-minute-walk"}
    for joint, (least, most) in JOINTS.items():
        limb = joint.startswith(("hip", "knee", "ankle", "shoulder", "elbow", "forearm", "wrist"))
        for angle in (least - 5, most + 5):
            angles = {"near": {joint: angle}} if limb else {joint: angle}
            problems: list[object] = []
            text = f"position: standing\n{_yaml(angles)}"
            read.read(yaml_text.read("figures/x.yaml", text, 0), ENGLISH, problems)  # type: ignore[arg-type]
            expected = f"{joint}: {angle:g} is 5° further than people can go"
            assert any(expected in str(problem) for problem in problems)


def _yaml(angles: Mapping[str, object]) -> str:
    lines = []
    for key, value in angles.items():
        if isinstance(value, dict):
            lines += [f"{key}:", *(f"  {k}: {v:g}" for k, v in value.items())]
        else:
            lines.append(f"{key}: {value:g}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("position", "angles"), [("on all fours", (5, 0)), ("kneeling", (95, 40))])
@pytest.mark.parametrize(("lifted", "carrying"), [("near", "far"), ("far", "near")])
def test_a_free_foot_frees_its_leg(
    position: str, angles: tuple[int, int], lifted: BodySide, carrying: BodySide
) -> None:
    """Who kneels on one knee rests on that one, whichever it is, and the free leg is in the air."""
    hip, knee = angles
    limb = f"{{hip: {hip}, knee: {knee}, foot: free}}"
    shown = figure(f"position: {position}\n{lifted}: {limb}\n")
    (placed,) = _placed(shown)
    assert placed.faults == ()
    assert abs(placed.surface.shanks[carrying].lowest()) < 1
    assert placed.surface.shanks[lifted].lowest() > 10
