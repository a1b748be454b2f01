"""Who is drawn: skin, hair, clothes and build, as a file chooses them or in turn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from workshop_builder.model.figure import BuildName, Clothes, Hair, HairColour, Person, Skin

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
    "grey": "#8c8c8c",
}
CLOTHES: dict[Clothes, tuple[str, str]] = {
    "teal": ("#2a7c86", "#2c3a4d"),
    "plum": ("#8a4a78", "#33344f"),
    "rust": ("#b8583a", "#2f3d4a"),
    "moss": ("#5b7736", "#333c3a"),
    "blue": ("#3f74b5", "#2b2f45"),
}
"""The tones of each set of clothes: of the top, and of the trousers."""

_CAST: tuple[tuple[BuildName, Skin, Hair, HairColour, Clothes], ...] = (
    ("medium", "tan", "bun", "black", "teal"),
    ("full", "brown", "curly", "black", "plum"),
    ("broad", "fair", "short", "grey", "blue"),
    ("medium", "pale", "bob", "red", "moss"),
    ("slim", "dark", "short", "black", "rust"),
    ("full", "fair", "bun", "fair", "teal"),
    ("medium", "brown", "headscarf", "black", "blue"),
    ("broad", "dark", "bald", "black", "moss"),
)
"""The people who are drawn in turn where no file chooses."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a person looks, with nothing left open."""

    build: BuildName
    skin: Skin
    hair: Hair
    hair_colour: HairColour
    clothes: Clothes


def choose_appearance(person: Person, default: Person, name: str) -> Appearance:
    """Return how the person of a figure looks.

    What `person` leaves open is as in `default`, the workshop's choice; what that leaves open too
    is of the person whose turn it is, which the name of the figure decides.
    """
    turn = hashlib.sha256(name.encode()).digest()[0] % len(_CAST)
    build, skin, hair, colour, clothes = _CAST[turn]
    return Appearance(
        person.build or default.build or build,
        person.skin or default.skin or skin,
        person.hair or default.hair or hair,
        person.hair_colour or default.hair_colour or colour,
        person.clothes or default.clothes or clothes,
    )
