"""The file of a figure, as a person fills it in: a posture in joint angles, and what is around it.

Angles are degrees, as anatomists count them: flexion is positive, extension negative.
Directions count from the right of the picture: 0 right, 90 up, 180 left. Of the limbs, `near`
are those on the side towards the reader, `far` the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from workshop_builder.model.base import Value
from workshop_builder.model.fields import Texts, YesNo
from workshop_builder.model.posture import Degrees, HandPlace, Limbs, Position, Posture
from workshop_builder.model.props import PLACES, PROPS, only_place
from workshop_builder.source.yaml_text import KeyPath

View = Literal["side", "front", "back", "top", "three-quarter"]
AnatomyView = Literal["front", "back", "back-in-layers", "side"]
SideName = Literal["right", "left"]
SIDE_UP: Mapping[str, SideName] = {
    "lying on the left side": "right",
    "lying on the right side": "left",
}
"""The side that is up, and so the near one, of who lies on the other."""
_MIDDLE_REGIONS = (
    "throat", "back of neck", "between shoulder blades", "upper back", "low back", "chest",
    "abdomen",
)  # fmt: skip
SIDED_REGIONS = (
    "jaw", "neck", "shoulder", "back of shoulder", "side of back", "waist", "front upper arm",
    "back upper arm", "front forearm", "back forearm", "hand", "buttock", "outer hip",
    "front hip", "groin", "front thigh", "back thigh", "inner thigh", "outer thigh", "knee",
    "calf", "shin", "ankle", "sole",
)  # fmt: skip
"""The regions that the body has on each side."""
if TYPE_CHECKING:
    Region: TypeAlias = str
else:
    Region = Literal[(*_MIDDLE_REGIONS, *SIDED_REGIONS, *(f"far {name}" for name in SIDED_REGIONS))]
if TYPE_CHECKING:
    PropName: TypeAlias = str
    PropPlace: TypeAlias = str
else:
    # Their words follow from the table of props, which no type checker can read.
    PropName = Literal[tuple(PROPS)]
    PropPlace = Literal[PLACES]
_THEIR_PLACES = (
    "their hips", "their upper back", "their low back", "their head",
    *(
        f"their {side} {part}"
        for part in ("shoulder", "elbow", "hand", "hip", "thigh", "knee", "calf", "ankle", "foot")
        for side in ("near", "far")
    ),
)  # fmt: skip
if TYPE_CHECKING:
    TheirPlace: TypeAlias = str
else:
    TheirPlace = Literal[_THEIR_PLACES]
ArrowPlace = Literal[
    "hips", "pelvis", "waist", "chest", "head", "near knee", "far knee", "near foot", "far foot",
    "near hand", "far hand", "near elbow", "far elbow", "near shoulder", "far shoulder",
]  # fmt: skip
Toward = Literal["right", "left", "up", "down", "up right", "up left", "down right", "down left"]
Hair = Literal["short", "bun", "ponytail", "curly", "bob", "long", "bald", "headscarf"]
BuildName = Literal["slim", "medium", "broad", "full"]
Age = Literal["child", "young", "middle", "old"]
Prosthesis = Literal[
    "none", "near lower leg", "far lower leg", "both lower legs", "near forearm", "far forearm"
]
Scarf = Literal["cream", "sage", "sky", "rose", "wine"]
Skin = Literal["pale", "fair", "tan", "brown", "dark"]
HairColour = Literal["black", "brown", "fair", "red", "grey"]
Clothes = Literal["teal", "plum", "rust", "moss", "blue"]


def _no_zero(value: float) -> float:
    if not value:
        raise ValueError("0 is no turn; write degrees, like 25 or -25")
    return value


def _above_floor(value: float) -> float:
    if not 0 <= value <= 90:
        text = "write degrees from 0, level with the body, to 90, the ceiling"
        raise ValueError(f"nobody is seen from {value:g} degrees up; {text}")
    return value


def _as_mapping(value: object) -> object:
    """Return a prop given by its bare name as a mapping."""
    return {"prop": value} if isinstance(value, str) else value


class Prop(Value):
    """A thing beside, below or around the body."""

    prop: PropName = Field(description="What it is")
    place: PropPlace | None = Field(default=None, description="Where: below, at or around what")


def _checked_place(prop: Prop) -> Prop:
    """Return a prop; raises ValueError where its place is none of its own, or is missing."""
    places = PROPS[prop.prop].places
    if prop.place is None and (only := only_place(prop.prop)):
        return prop.model_copy(update={"place": only})
    if prop.place is None and not (places and PROPS[prop.prop].place_required):
        return prop
    if prop.place not in places:
        remedy = (
            f"write 'place:' with one of {', '.join(places)}" if places else "leave 'place' out"
        )
        given = f"'{prop.place}' is no place for it" if prop.place else "it needs a place"
        raise ValueError(f"{prop.prop}: {given}; {remedy}")
    return prop


class Arrow(Value):
    """A movement."""

    at: ArrowPlace = Field(description="What moves")
    toward: Toward | None = Field(
        default=None, description="Where it moves, in a straight line; else as from start to end"
    )
    around: Literal["hips", "waist", "near hip", "far hip", "near knee", "far knee"] | None = Field(
        default=None, description="What it turns round"
    )
    by: Annotated[Degrees, AfterValidator(_no_zero)] = Field(
        default=25, description="How far it turns; negative is clockwise"
    )
    both_ways: YesNo = Field(default=False, description="yes: to and fro")
    behind: YesNo = Field(default=False, description="yes: drawn behind what moves, as a push")
    when: Literal["start", "end"] = Field(
        default="start", description="Of start and end, the picture in which it is drawn"
    )


class Person(Value):
    """Who is drawn; what is left out is chosen in turn, one person for each exercise."""

    build: BuildName | None = Field(default=None, description="slim, medium, broad or full")
    age: Age | None = Field(default=None, description="child, young, middle or old")
    skin: Skin | None = Field(default=None, description="pale, fair, tan, brown or dark")
    hair: Hair | None = Field(default=None, description="How the hair is worn")
    hair_colour: HairColour | None = Field(
        default=None, description="black, brown, fair, red, grey"
    )
    scarf: Scarf | None = Field(default=None, description="The colour of a headscarf")
    clothes: Clothes | None = Field(default=None, description="teal, plum, rust, moss or blue")
    glasses: YesNo | None = Field(default=None, description="yes: wears glasses")
    prosthesis: Prosthesis | None = Field(
        default=None, description="The part of a limb that is made"
    )


class PartnerLimbs(Limbs):
    """The arm and the leg of one side of a second person."""

    hand: HandPlace | TheirPlace | None = Field(default=None, description="Where the hand is")


class Partner(Posture):
    """A second person, in a posture of their own, whose hands may lie on the first."""

    position: Position = Field(description="What their posture starts from")
    at: Literal["behind", "in front", "beside near", "beside far"] = Field(
        default="behind", description="Where they are"
    )
    facing: Literal["towards", "away", "same"] = Field(
        default="towards", description="Where they look: to the first person, away, as they do"
    )
    distance: Annotated[float, Field(ge=0, le=150)] | None = Field(
        default=None, description="Between the hips of both, in per cent of body height"
    )
    both: PartnerLimbs = Field(default=PartnerLimbs(), description="What both sides do")
    near: PartnerLimbs = Field(default=PartnerLimbs(), description="What the near side does")
    far: PartnerLimbs = Field(default=PartnerLimbs(), description="What the far side does")
    person: Person = Field(default=Person(), description="Who is drawn")


FigureSettings = Person
"""`figures` in workshop.yaml: who is drawn where a figure does not say."""


FromAbove = Annotated[Degrees, AfterValidator(_above_floor)]
"""Degrees above the horizon."""
CloseUp = Literal["head", "upper body", "hands", "near hand", "far hand", "legs", "feet",
                  "near foot", "far foot"]  # fmt: skip


class PoseFigure(Posture):
    """figures/name.yaml: a posture, or two, with what is around it."""

    position: Position = Field(description="What the posture starts from")
    title: str | None = Field(default=None, description="What it is called; else the file's name")
    view: View = Field(default="side", description="Where it is seen from")
    side: SideName = Field(default="right", description="Whose side is the near one")
    turn: Degrees | None = Field(default=None, description="How far round: 0 side, 90 front")
    tilt: FromAbove | None = Field(default=None, description="How far from above: 90 the ceiling")
    height: FromAbove | None = Field(default=None, description="Another word for tilt")
    close_up: CloseUp | None = Field(default=None, description="The part that is shown, large")
    start: Posture | None = Field(
        default=None, description="Where the movement starts, drawn beside the end: what differs"
    )
    ghost: Posture | None = Field(
        default=None, description="Where it starts, as a dashed outline: what differs"
    )
    first: Literal["near", "far"] | None = Field(
        default=None, description="The side that moves first; else both move at once"
    )
    props: tuple[
        Annotated[
            Prop,
            BeforeValidator(_as_mapping, json_schema_input_type=Prop | str),
            AfterValidator(_checked_place),
        ],
        ...,
    ] = Field(default=(), description=", ".join(PROPS).capitalize())
    arrows: tuple[Arrow, ...] = Field(default=(), description="What moves, and where to")
    felt: tuple[Region, ...] = Field(
        default=(), description="Where it is felt; on the near side, unless far is said"
    )
    in_front: Literal["near leg", "far leg", "near arm", "far arm"] | None = Field(
        default=None, description="The limb that is drawn last"
    )
    person: Person = Field(default=Person(), description="Who is drawn")
    partner: Partner | None = Field(default=None, description="A second person")
    behind: Literal["nothing", "sunrise"] = Field(
        default="nothing", description="What stands behind the body, as for a cover"
    )
    alt: str | None = Field(
        default=None, description="Words for the picture; else made from the data"
    )
    notes: Texts = Field(default=(), description="Notes to yourself")

    @model_validator(mode="before")
    @classmethod
    def _with_side(cls, data: object) -> object:
        """Return what a file says, with the side that is up where it lies on the other."""
        up = SIDE_UP.get(str(data.get("position"))) if isinstance(data, Mapping) else None
        return {"side": up, **data} if up and isinstance(data, Mapping) else data

    @property
    def moves(self) -> bool:
        """Whether it says from where the movement comes, so that it can be a film."""
        return self.start is not None or self.ghost is not None


def _as_named(value: object) -> object:
    """Return the bare name of a place as a mapping."""
    return {"at": value} if isinstance(value, str) else value


class NamedPlace(Value):
    """A place of a muscle picture that has a label."""

    at: str = Field(description="What is named: a muscle, an end of it, a bone; or an arrow")
    text: str | None = Field(default=None, description="Its words; else those of the language")


_NamedPlaceField: TypeAlias = Annotated[
    NamedPlace, BeforeValidator(_as_named, json_schema_input_type=NamedPlace | str)
]


class AnatomyFigure(Value):
    """figures/name.yaml: bones, the muscles on them, and their names."""

    anatomy: AnatomyView = Field(description="Where the bones are seen from")
    title: str | None = Field(default=None, description="Else the names of the muscles")
    muscles: Texts | None = Field(
        default=None, description="The muscles that are drawn; else all that this view has"
    )
    labels: tuple[_NamedPlaceField, ...] | None = Field(
        default=None, description="What is named; else the muscles and both their ends"
    )
    arrows: tuple[_NamedPlaceField, ...] = Field(
        default=(), description="Which way the pelvis is pulled"
    )
    alt: str | None = Field(default=None, description="Words for the picture; else made from it")


class FigureFault(NamedTuple):
    """A fault in the file of a figure."""

    keys: KeyPath
    """The keys that lead to it."""
    text: str
    """What is wrong; what to do."""
    kind: str = ""
    """Of what no body can do: `reach`, `hover`, `sink` or `fold`; else empty."""
    excess: float = 0.0
    """How much more it is than what passes: per cent of body height, or degrees of a fold."""


Figure: TypeAlias = PoseFigure | AnatomyFigure
"""What a file of figures/ can be: a body in a posture, or muscles on their bones."""
