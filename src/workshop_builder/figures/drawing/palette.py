"""The colours of figures: flat tones for print and screen, or outlines alone to save ink."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1b2428"
"""The colour of every outline."""
OUTLINE = 2.4
"""The width of an outline in units of a drawing: 0.75 pt in a figure printed 53 mm wide."""


_PALE = 0.28
"""How much nearer to white trousers are on the far side."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The tones of a drawing, as SVG writes colours; those of a person come first."""

    skin: str
    skin_far: str
    hair: str
    top: str
    legs: str
    legs_far: str
    prosthesis: str = "#aeb9bd"
    prop: str = "#cfe0e0"
    """Mats and walls."""
    shade: str = "#a9c6c8"
    """Where a body lies on a mat."""
    prop_edge: str = "#c39a6b"
    """Legs and frames, of wood."""
    seat: str = "#e6c48f"
    """Seats, and the tops of tables."""
    thing: str = "#b4a3d8"
    """Balls, rollers, blocks."""
    metal: str = "#66737b"
    band: str = "#d8647f"
    cushion: str = "#f4e6c9"
    strap: str = "#d9a03f"
    felt: str = "#ffd08a"
    """Under the hatching that shows where a stretch is felt."""
    felt_line: str = "#a3401f"
    arrow: str = "#1f6f78"
    ghost: str = "#f1ece0"
    """The other position of a body."""
    ghost_line: str = "#55666c"
    bone: str = "#f9f0dc"
    disc: str = "#b7cdd6"
    muscle: str = "#c1503a"
    muscle_2: str = "#e79a63"
    muscle_3: str = "#f0b8a0"
    body: str = "#d3e4e2"
    """The soft outline of the body behind bones."""
    floor: str = "#c39a6b"
    """The line on which people stand."""
    floor_oval: str = "#eee6d8"
    """Where they stand, if they are seen from elsewhere than the side."""
    sky: str = "#e2eeee"
    sun: str = "#f6cf8f"
    hill: str = "#c8dedc"
    leaf: str = "#2a7c86"
    pot: str = "#d98a56"


def person_palette(skin: tuple[str, str], hair: str, clothes: tuple[str, str]) -> Palette:
    """Return the palette of a person: skin (near, far), hair, clothes (top, trousers)."""
    top, trousers = clothes
    return Palette(*skin, hair, top, trousers, _paler(trousers))


def _paler(colour: str) -> str:
    """Return a colour on its way to white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * _PALE):02x}" for part in parts)


ANATOMY = person_palette(("#f6d3b8", "#e6bfa2"), "#5a3a28", ("#2a7c86", "#2c3a4d"))
"""The palette of a picture without a person."""
_WHITE = dict.fromkeys(Palette.__slots__, "#fff")
_GREY = {"hair": "#d8d8d8", "floor_oval": "#ececec"}
_INK_LINES = dict.fromkeys(("felt_line", "arrow", "floor", "ghost_line"), INK)
INK_SAVER = Palette(**_WHITE | _INK_LINES | _GREY | {"body": "none"})
"""Outlines and hatching on white; the hair and an oval on the floor alone are grey."""
