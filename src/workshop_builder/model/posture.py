"""A posture in joint angles, and what hands, feet and head touch.

Angles are degrees, as anatomists count them: flexion is positive, extension negative. Of the
limbs, `near` are those on the side towards the reader, or the upper ones of who lies on a side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field

from workshop_builder.model.base import Value
from workshop_builder.model.props import HAND_RESTS

Position = Literal[
    "lying on the back", "lying on the front", "lying on the left side", "lying on the right side",
    "sitting", "standing", "kneeling", "half kneeling", "on all fours",
]  # fmt: skip
_BODY_PLACES = (
    "free", "floor", "near thigh", "far thigh", "behind near thigh", "behind far thigh",
    "near knee", "far knee", "near shin", "far shin", "near ankle", "far ankle",
    "near foot", "far foot", "hips", "low back", "belly", "chest",
    "head", "behind head", "side of head",
    "other hand", "other wrist", "other elbow", "other shoulder", "forearm on floor",
)  # fmt: skip
if TYPE_CHECKING:
    HandPlace: TypeAlias = str
else:
    # The words of props follow from their table, which no type checker can read.
    HandPlace = Literal[(*_BODY_PLACES, *HAND_RESTS)]
FootPlace = Literal[
    "free", "floor", "heel", "ball", "top", "toes tucked", "wall", "near thigh", "far thigh",
    "other foot", "other shin", "other knee", "other thigh inside",
]  # fmt: skip
Fingers = Literal["open", "fist", "resting", "clasped"]
RestingPart = Literal["head", "near shoulder", "far shoulder"]


def _degrees(value: object) -> object:
    """Return an angle that was typed as text as a number; raises ValueError where it is none."""
    if not isinstance(value, str):
        return value
    try:
        return float(value.removesuffix("°").strip().replace("−", "-"))
    except ValueError:
        raise ValueError(f"'{value}' is not an angle; write degrees, like 45 or -20") from None


def _in_circle(value: float) -> float:
    if not -360 <= value <= 360:
        raise ValueError(f"{value:g} is more than a whole turn; write degrees from -360 to 360")
    return value


Degrees = Annotated[float, BeforeValidator(_degrees), AfterValidator(_in_circle)]


class Limbs(Value):
    """The arm and the leg of one side."""

    hip: Degrees | None = Field(default=None, description="Flexion of the hip; 90 when seated")
    hip_out: Degrees | None = Field(default=None, description="The thigh out to its side")
    hip_turn: Degrees | None = Field(default=None, description="The thigh turned outward")
    knee: Degrees | None = Field(default=None, description="Flexion of the knee; 0 is straight")
    ankle: Degrees | None = Field(default=None, description="Toes up; negative points the foot")
    shoulder: Degrees | None = Field(default=None, description="The arm forward and up")
    shoulder_out: Degrees | None = Field(default=None, description="The arm out to its side")
    shoulder_turn: Degrees | None = Field(default=None, description="The upper arm turned outward")
    shoulder_lift: Degrees | None = Field(
        default=None, description="The shoulder towards the ear; negative pulls it down"
    )
    shoulder_forward: Degrees | None = Field(
        default=None, description="The shoulder blade forward; negative squeezes it back"
    )
    elbow: Degrees | None = Field(default=None, description="Flexion of the elbow; 0 is straight")
    forearm_turn: Degrees | None = Field(
        default=None, description="The palm turned up; negative turns it down"
    )
    wrist: Degrees | None = Field(
        default=None, description="The hand bent towards its palm; negative bends it back"
    )
    fingers: Fingers | None = Field(default=None, description="What the fingers do")
    hand: HandPlace | None = Field(default=None, description="Where the hand is")
    foot: FootPlace | None = Field(default=None, description="Where the foot is")


class Posture(Value):
    """How the body stands, sits or lies; what is left out is as the position has it."""

    position: Position | None = Field(default=None, description="What the posture starts from")
    pelvis: Degrees | None = Field(
        default=None, description="Where the pelvis points with its upper end: 90 up, 180 left"
    )
    spine: Degrees | None = Field(default=None, description="Rounding; negative arches")
    side_bend: Degrees | None = Field(default=None, description="The chest to its right")
    twist: Degrees | None = Field(
        default=None, description="Upright: the chest turned right. Lying: the knees rolled right"
    )
    neck: Degrees | None = Field(default=None, description="Chin to chest; negative looks up")
    neck_tilt: Degrees | None = Field(default=None, description="The ear to its right shoulder")
    neck_turn: Degrees | None = Field(default=None, description="The face turned to its right")
    resting: tuple[RestingPart, ...] = Field(
        default=(), description="What of head and shoulders lies on the floor"
    )
    both: Limbs = Field(default=Limbs(), description="What both sides do")
    near: Limbs = Field(default=Limbs(), description="What the near side does")
    far: Limbs = Field(default=Limbs(), description="What the far side does")
