"""Who is drawn: builds, skins, hair and clothes; by turns, unless a file chooses."""

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
"""Each skin, near and far."""
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
"""Each set of clothes: the top, the trousers."""

_TURNS: tuple[tuple[BuildName, Skin, Hair, HairColour, Clothes], ...] = (
    ("medium", "tan", "bun", "black", "teal"),
    ("full", "brown", "curly", "black", "plum"),
    ("broad", "fair", "short", "grey", "blue"),
    ("medium", "pale", "bob", "red", "moss"),
    ("slim", "dark", "short", "black", "rust"),
    ("full", "fair", "bun", "fair", "teal"),
    ("medium", "brown", "headscarf", "black", "blue"),
    ("broad", "dark", "bald", "black", "moss"),
)
"""The people who take turns."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person, with nothing left open."""

    build: BuildName
    skin: Skin
    hair: Hair
    hair_colour: HairColour
    clothes: Clothes


def chosen(person: Person, everyone: Person, name: str) -> Sitting:
    """Return who is drawn: what the figure says, else the workshop, else whose turn it is."""
    turn = hashlib.sha256(name.encode()).digest()[0] % len(_TURNS)
    build, skin, hair, colour, clothes = _TURNS[turn]
    return Sitting(
        person.build or everyone.build or build,
        person.skin or everyone.skin or skin,
        person.hair or everyone.hair or hair,
        person.hair_colour or everyone.hair_colour or colour,
        person.clothes or everyone.clothes or clothes,
    )
