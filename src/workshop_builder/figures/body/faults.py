"""What is impossible about a body that was placed, in words; lengths are told in centimetres.

Each fault says what is wrong, and what would help if no nearer pose is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from workshop_builder.figures.body.inverse_kinematics import SLACK
from workshop_builder.model.figure import FigureFault
from workshop_builder.source.yaml_text import KeyPath

_BODY = 1.7
"""Centimetres for one per cent of body height, of somebody of 170 cm."""
_FLOATING = 3.5
"""How far above the floor a resting part may be before it shows: hair and clothes fill the gap."""
_PROPPED = 9.0
"""How high a shoulder is at least above its elbow on the floor."""
_SUNK, SUNK_ROLLED = 1.5, 5.0
"""How far a part may sink into the floor before it shows, and in a twisted body, whose pelvis
is broader than it is deep."""


def centimetres(length: float) -> str:
    """Return a length, in per cent of body height, in whole centimetres."""
    return f"{max(length * _BODY, 1):.0f} cm"


def too_far(side: str, end: str, place: str, shortfall: float) -> Iterator[FigureFault]:
    """Yield a fault where a hand or foot falls visibly short of its place."""
    if shortfall > SLACK:
        fault = f"the {side} {end} cannot reach {place}, by {centimetres(shortfall)}"
        remedy = "bring it nearer by the angles of hip, spine or shoulder, or choose another place"
        yield FigureFault((side, end), f"{fault}; {remedy}", "reach", shortfall - SLACK)


def too_low(side: str, shoulder: float) -> Iterator[FigureFault]:
    """Yield a fault where a shoulder is too near to the floor for its forearm to prop it up."""
    if shoulder < _PROPPED:
        fault = f"the {side} forearm cannot prop a chest that lies on the floor"
        remedy = "raise it: tip the pelvis back and arch the spine, or write 'hand: floor'"
        yield FigureFault((side, "hand"), f"{fault}; {remedy}", "sink", _PROPPED - shoulder)


def hovering(
    part: str, height: float, keys: KeyPath, remedy: str, let_pass: float = 0.0
) -> Iterator[FigureFault]:
    """Yield a fault where a part that rests is too far above the floor, or what is below it."""
    if height > _FLOATING + let_pass:
        fault = f"the {part} hovers {centimetres(height)} above the floor"
        yield FigureFault(keys, f"{fault}; {remedy}", "hover", height - _FLOATING - let_pass)


def sinking(
    part: str, height: float, keys: KeyPath, let_pass: float = _SUNK
) -> Iterator[FigureFault]:
    """Yield a fault where the lowest point of a body, which is a part's, is below the floor."""
    if height < -let_pass:
        fault = f"the {part} sinks {centimetres(-height)} into the floor"
        remedy = "change the angles so that it rests there"
        yield FigureFault(keys, f"{fault}; {remedy}", "sink", -height - let_pass)


def folded(side: str, joint: str, end: str, degrees: float) -> Iterator[FigureFault]:
    """Yield a fault where a knee or elbow would have to bend by so many degrees too far."""
    if degrees > 0:
        fault = f"the {side} {joint} would have to bend {max(degrees, 1):.0f}° further than it can"
        remedy = f"move the hips or shoulders further away from what the {end} is on"
        yield FigureFault((side, end), f"{fault}; {remedy}", "fold", degrees)
