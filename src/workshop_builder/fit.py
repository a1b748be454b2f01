"""How large a product is set so that it takes exactly the pages that are promised.

A setting is the size of the text and, with it, of pictures and gaps. The
largest one that fits is found by halving between the widest and the tightest;
what is below the tightest would be too small to read, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

_Laid = TypeVar("_Laid")

SMALLEST_PT = 11.0
"""No promised page is set with body text below this size."""

_STEPS = 12


@dataclass(frozen=True, slots=True)
class Setting:
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


def ladder(smallest: float, largest: float) -> list[Setting]:
    """Return the settings from the widest to the tightest."""
    rungs = []
    for step in range(_STEPS + 1):
        share = 1 - step / _STEPS
        rungs.append(
            Setting(
                body=round(smallest + (largest - smallest) * share, 2),
                picture=round(30 + 22 * share, 2),
                gap=round(1.6 + 3.4 * share, 2),
            )
        )
    return rungs


@dataclass(frozen=True, slots=True)
class Fit(Generic[_Laid]):
    """What was laid out, and in which setting."""

    laid: _Laid
    setting: Setting


def widest(
    rungs: list[Setting], lay: Callable[[Setting], _Laid], fits: Callable[[_Laid], bool]
) -> Fit[_Laid] | None:
    """Return the widest setting that fits, or None where even the tightest does not."""
    best: Fit[_Laid] | None = None
    low, high = 0, len(rungs) - 1
    while low <= high:
        middle = (low + high) // 2
        laid = lay(rungs[middle])
        if fits(laid):
            best = Fit(laid, rungs[middle])
            high = middle - 1
        else:
            low = middle + 1
    return best
