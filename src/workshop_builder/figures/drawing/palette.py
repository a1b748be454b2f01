"""The colours of figures: flat tones for print and screen, or outlines alone to save ink."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1b2428"
"""The colour of every outline."""
OUTLINE = 2.4
"""The width of an outline in units of a drawing: 0.75 pt in a figure printed 53 mm wide."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The tones of a drawing, as SVG writes colours."""

    skin: str
    skin_far: str
    hair: str
    top: str
    top_far: str
    legs: str
    legs_far: str
    prop: str
    """Mats, chairs, walls."""
    prop_edge: str
    cushion: str
    strap: str
    felt: str
    """Under the hatching that shows where a stretch is felt."""
    felt_line: str
    arrow: str
    ghost: str
    bone: str
    disc: str
    muscle: str
    muscle_2: str
    muscle_3: str
    body: str
    """The soft outline of the body behind bones."""
    floor: str = "#c39a6b"
    """The line on which people stand."""
    sky: str = "#e2eeee"
    sun: str = "#f6cf8f"
    hill: str = "#c8dedc"
    leaf: str = "#2a7c86"
    pot: str = "#d98a56"


def person_palette(skin: tuple[str, str], hair: str, clothes: tuple[str, str]) -> Palette:
    """Return the palette of a person: skin (near, far), hair, clothes (top, trousers)."""
    return Palette(
        skin=skin[0],
        skin_far=skin[1],
        hair=hair,
        top=clothes[0],
        top_far=clothes[0],
        legs=clothes[1],
        legs_far="#a3afbb",
        prop="#cfe0e0",
        prop_edge="#c39a6b",
        cushion="#f4e6c9",
        strap="#d9a03f",
        felt="#ffd08a",
        felt_line="#a3401f",
        arrow="#1f6f78",
        ghost="none",
        bone="#f9f0dc",
        disc="#b7cdd6",
        muscle="#c1503a",
        muscle_2="#e79a63",
        muscle_3="#f0b8a0",
        body="#d3e4e2",
    )


ANATOMY = person_palette(("#f6d3b8", "#e6bfa2"), "#5a3a28", ("#2a7c86", "#2c3a4d"))
"""The palette of a picture without a person."""
INK_SAVER = Palette(
    skin="#fff", skin_far="#fff", hair="#d8d8d8", top="#fff", top_far="#fff", legs="#fff",
    legs_far="#fff", prop="#fff", prop_edge="#fff", cushion="#fff", strap="#fff", felt="#fff",
    felt_line=INK, arrow=INK, ghost="none", bone="#fff", disc="#fff", muscle="#fff",
    muscle_2="#fff", muscle_3="#fff", body="none", floor=INK,
    sky="#fff", sun="#fff", hill="#fff", leaf="#fff", pot="#fff",
)  # fmt: skip
"""Outlines and hatching on white; the hair alone is grey."""
