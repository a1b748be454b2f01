"""How large a product is set so that it takes the pages that are promised.

A setting is the size of the text and, with it, of pictures and gaps. The
widest one that fits is looked for among a dozen; what is below the tightest
would be too small to read, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

_Laid = TypeVar("_Laid")

_STEPS = 12
_GROWTH = 1.5
"""The power of the text's size by which a page fills: lines grow in height, and in number."""

_WIDEST_GAP = 9.0
"""In millimetres; wider ones would let the rows of a sheet fall apart."""

_FULL = 0.9
"""A share of the promised pages that is full enough to look for no larger text."""

BRIM = 0.98
"""A share of the promised pages below which the rest is given to the gaps."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One way to set the same pages."""

    body: float
    """Body text, in points."""
    picture: float
    """Height of an exercise's picture, in millimetres."""
    gap: float
    """Space between rows, in millimetres."""

    @property
    def css(self) -> str:
        """The setting as a style sheet."""
        return (
            f"html{{font-size:{self.body:g}pt}}"
            f":root{{--picture:{self.picture:g}mm;--gap:{self.gap:g}mm}}"
        )


def scales(smallest: float, largest: float) -> list[Scale]:
    """Return the settings from the widest to the tightest, for body text in points."""
    shares = [1 - step / _STEPS for step in range(_STEPS + 1)]
    return [
        Scale(
            body=round(smallest + (largest - smallest) * share, 2),
            picture=round(30 + 22 * share, 2),
            gap=round(1.2 + 3.8 * share, 2),
        )
        for share in shares
    ]


@dataclass(frozen=True, slots=True)
class Fit(Generic[_Laid]):
    """What was laid out, in which setting, and how full its pages are."""

    laid: _Laid
    setting: Scale
    filled: float
    """The share of the promised pages that is used; above 1 it does not fit."""


def largest_that_fits(
    rungs: Sequence[Scale], lay: Callable[[Scale], _Laid], fill: Callable[[_Laid], float]
) -> Fit[_Laid]:
    """Return the widest setting that fits, or the tightest where none does.

    Each try tells how full the pages are, and so about where to try next: two or three
    layouts are enough, where halving would take four. A page that breaks early seems far
    too long, so no try leaves out more than two thirds of the settings that are left.
    """
    first, last = 0, len(rungs) - 1
    best: Fit[_Laid] | None = None
    step = first
    while True:
        laid = lay(rungs[step])
        tried = Fit(laid, rungs[step], fill(laid))
        if tried.filled <= 1:
            best, last = tried, step - 1
        else:
            first = step + 1
        guess = _likely(rungs, tried)
        if first > last or (best and (best.filled >= _FULL or guess > last)):
            return best or tried
        step = min(max(guess, first), first + 2 * (last - first) // 3 if tried.filled > 1 else last)


def with_wider_gaps(setting: Scale, spare: float, gaps: int) -> Scale:
    """Return `setting` with most of the `spare` millimetres of a page shared among its gaps."""
    wider = min(setting.gap + 0.85 * spare / gaps, _WIDEST_GAP)
    return replace(setting, gap=round(wider, 2))


def _likely(rungs: Sequence[Scale], tried: Fit[_Laid]) -> int:
    """Return the rung that should just fit, by how full the tried one is."""
    body = tried.setting.body * (1 / max(tried.filled, 0.01)) ** (1 / _GROWTH)
    return next((n for n, rung in enumerate(rungs) if rung.body <= body), len(rungs) - 1)
