"""Who is drawn: build, age, skin, hair and clothes, as a file chooses them or in turn."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from workshop_builder.figures.drawing.palette import Palette, person_palette
from workshop_builder.model.figure import (
    Age,
    BuildName,
    Clothes,
    Hair,
    HairColour,
    Person,
    Prosthesis,
    Scarf,
    Skin,
)

SKINS: dict[Skin, tuple[str, str]] = {
    "pale": ("#f6d3b8", "#e6bfa2"),
    "fair": ("#eebf9b", "#dcaa84"),
    "tan": ("#dca274", "#c98e61"),
    "brown": ("#b87d52", "#a26b43"),
    "dark": ("#8f5c3c", "#7d4e31"),
}
"""The tones of each skin: of the near side, and of the far one."""
HAIR: dict[HairColour, str] = {
    "black": "#2b2322",
    "brown": "#5a3a28",
    "fair": "#b98b45",
    "red": "#96482a",
    "grey": "#a3a3a0",
}
SCARVES: dict[Scarf, str] = {
    "cream": "#ecdfc3",
    "sage": "#a9bf9a",
    "sky": "#9cc0d6",
    "rose": "#d99aa0",
    "wine": "#a8475c",
}
"""The cloth of headscarves: no colour that hair has."""
CLOTHES: dict[Clothes, tuple[str, str]] = {
    "teal": ("#2a7c86", "#2c3a4d"),
    "plum": ("#8a4a78", "#33344f"),
    "rust": ("#b8583a", "#2f3d4a"),
    "moss": ("#5b7736", "#333c3a"),
    "blue": ("#3f74b5", "#2b2f45"),
}
"""The tones of each set of clothes: of the top, and of the trousers."""
_SEX: Mapping[Hair, str] = {"short": "m", "bald": "m"}
"""Whether a person with this hair has a man's body; if not named, a woman's."""


def _one(build: BuildName, age: Age, skin: Skin, hair: Hair, colour: HairColour, clothes: Clothes,
         scarf: Scarf = "cream", *, glasses: bool = False) -> Person:  # fmt: skip
    return Person(
        build=build, age=age, skin=skin, hair=hair, hair_colour=colour, clothes=clothes,
        scarf=scarf, glasses=glasses,
    )  # fmt: skip


_CAST = (
    _one("medium", "young", "tan", "bun", "black", "teal"),
    _one("full", "middle", "brown", "curly", "black", "plum"),
    _one("broad", "old", "fair", "short", "grey", "blue", glasses=True),
    _one("medium", "middle", "pale", "bob", "red", "moss"),
    _one("slim", "young", "dark", "short", "black", "rust"),
    _one("full", "middle", "fair", "bun", "fair", "teal"),
    _one("medium", "young", "brown", "headscarf", "black", "blue"),
    _one("broad", "middle", "dark", "bald", "black", "moss"),
    _one("slim", "old", "pale", "bun", "grey", "plum", glasses=True),
    _one("medium", "young", "fair", "ponytail", "brown", "rust"),
    _one("medium", "middle", "tan", "short", "black", "plum"),
    _one("full", "old", "brown", "curly", "grey", "teal"),
    _one("slim", "middle", "tan", "long", "black", "moss"),
    _one("full", "middle", "pale", "short", "brown", "rust"),
    _one("broad", "middle", "tan", "headscarf", "black", "plum", "sage"),
    _one("medium", "middle", "dark", "curly", "black", "blue", glasses=True),
    _one("slim", "middle", "fair", "short", "fair", "teal"),
    _one("broad", "young", "brown", "ponytail", "black", "moss"),
    _one("medium", "old", "dark", "bald", "grey", "rust"),
    _one("full", "young", "tan", "long", "brown", "blue"),
)
"""The people who are drawn in turn where no file chooses."""
_SHUFFLE = 126
"""What their turns follow from, with the name: neighbours in the sample differ by this one."""


def in_turn(person: Person, default: Person, name: str) -> Person:
    """Return the person of a figure, with nothing left open.

    What `person` leaves open is as in `default`, the workshop's choice; what that leaves open too
    is of the person whose turn it is, which `name` decides: of an exercise, or of a figure.
    """
    digest = hashlib.sha256(f"{_SHUFFLE} {name}".encode()).digest()
    other = _CAST[int.from_bytes(digest[:2], "big") % len(_CAST)]
    return _filled(_fitting(_filled(person, default), other), other)


def _filled(person: Person, other: Person) -> Person:
    """Return a person in whom `other` says what was left open."""
    said = {key: value for key, value in person if value is not None}
    return other.model_copy(update=said)


def _fitting(person: Person, other: Person) -> Person:
    """Return a person of a chosen age with what goes with it where the other's would not."""
    said: dict[str, str] = {}
    if person.age == "old" and not person.hair_colour:
        said["hair_colour"] = "grey"
    if person.age == "child":
        said["hair_colour"] = "brown" if other.hair_colour == "grey" else other.hair_colour or ""
        said["hair"] = {"bald": "short", "bun": "ponytail", "headscarf": "bob"}.get(
            other.hair or "", other.hair or ""
        )
    return person.model_copy(
        update={key: value for key, value in said.items() if getattr(person, key) is None}
    )


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a person looks, with nothing left open."""

    build: BuildName
    age: Age
    skin: Skin
    hair: Hair
    hair_colour: HairColour
    scarf: Scarf
    clothes: Clothes
    glasses: bool
    prosthesis: Prosthesis

    @property
    def body(self) -> str:
        """The name of the mesh's body."""
        body = f"{self.build}-{_SEX.get(self.hair, 'f')}"
        return body if self.age == "young" else f"{self.age}-{body}"

    @property
    def on_head(self) -> str:
        """The colour of the hair, or of the cloth over it."""
        return SCARVES[self.scarf] if self.hair == "headscarf" else HAIR[self.hair_colour]


def choose_appearance(person: Person, default: Person, name: str) -> Appearance:
    """Return how the person of a figure looks, chosen as by `in_turn`."""
    who = in_turn(person, default, name)
    return Appearance(
        who.build or "medium",
        who.age or "middle",
        who.skin or "tan",
        who.hair or "bun",
        who.hair_colour or "black",
        who.scarf or "cream",
        who.clothes or "teal",
        bool(who.glasses),
        who.prosthesis or "none",
    )


def palette_of(appearance: Appearance) -> Palette:
    """Return the colours of a drawing of somebody who looks so."""
    return person_palette(SKINS[appearance.skin], appearance.on_head, CLOTHES[appearance.clothes])


def choose_other(person: Person, first: Appearance, name: str) -> Appearance:
    """Return how a second person looks: as `person` says, and else not like the first one."""
    looks = [choose_appearance(person, Person(), f"{name} {n}") for n in range(2, 2 + len(_CAST))]
    unlike = (look for look in looks if look.clothes != first.clothes and look.hair != first.hair)
    return next(unlike, looks[0])
