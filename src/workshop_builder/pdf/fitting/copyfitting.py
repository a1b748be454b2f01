"""Copyfitting: the largest scale at which a product takes the pages that are promised.

A scale is a size of text with pictures and gaps to match, and there are a dozen
of them. Text below the smallest would be too small to read, so what does not fit
even then is refused by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Generic, TypeVar

_Document = TypeVar("_Document")

_STEPS = 12
_FEW = 6
"""Of so many scales one is enough where pages are full at any."""
_GROWTH = 1.5
"""The power of the text's size by which a page fills: lines grow in height, and in number."""
_SHARES = (0.65, 0.3, 0.05)
"""The parts of a page that text, pictures and gaps take as a rule, at the largest scale."""
_LIKELY = (0.67, 0.83)
"""How far down the first try is: of pages that are broken, and of one measured as a whole."""
_STEEPEST = 4.0
"""How many times as fast as a rule, at the most, a page is taken to fill."""

_PICTURE = (30.0, 52.0)
"""Height of a picture at the smallest and at the largest scale, in millimetres."""
_GAP = (1.2, 5.0)
"""The same of the space between rows."""

_LEADING = (1.13, 1.3)
"""The same of the height of a line, in sizes of its text."""

_WIDEST_GAP = 9.0
"""Millimetres; with wider gaps the rows of a sheet would fall apart."""
_SHARED = 0.85
"""The part of a page's free height that is given to its gaps; a little stays free."""

_FULL = 0.9
"""The share of the promised pages from which no larger scale is looked for."""

WELL_FILLED = 0.98
"""The share of the promised pages from which nothing is left for the gaps."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large everything on a page is."""

    body: float
    """Body text, in points."""
    picture: float
    """Height of an exercise's picture, in millimetres."""
    gap: float
    """Space between rows, in millimetres."""
    leading: float = _LEADING[1]
    """The height of a line, in sizes of its text, where a style asks for it."""
    between: float = 0.0
    """The part of `gap` that it has of height that was free, in millimetres."""

    @property
    def css(self) -> str:
        """The scale as a style sheet."""
        return (
            f"html{{font-size:{self.body:g}pt}}"
            f":root{{--picture:{self.picture:g}mm;--gap:{self.gap:g}mm;--leading:{self.leading:g};"
            f"--between:{self.between:g}mm;--padding:{round(self.gap - self.between, 2):g}mm}}"
        )


def scales(smallest: float, largest: float) -> list[Scale]:
    """Return the scales from the largest to the smallest, for body text in points."""
    shares = [1 - step / _STEPS for step in range(_STEPS + 1)]
    return [
        Scale(
            body=_between(smallest, largest, share),
            picture=_between(*_PICTURE, share),
            gap=_between(*_GAP, share),
            leading=_between(*_LEADING, share),
        )
        for share in shares
    ]


def few(choices: Sequence[Scale]) -> list[Scale]:
    """Return some of `choices`, for a page that is so full that the last one is tried first."""
    return list(choices[::_FEW])


def _between(low: float, high: float, share: float) -> float:
    return round(low + (high - low) * share, 2)


@dataclass(frozen=True, slots=True)
class Layout(Generic[_Document]):
    """A document as it was laid out at one scale."""

    document: _Document
    scale: Scale
    filled: float
    """The share of the promised pages that it takes; above 1 it does not fit."""


def largest_that_fits(
    choices: Sequence[Scale],
    lay_out: Callable[[Scale], _Document],
    filled: Callable[[_Document], float],
    *,
    whole: bool = False,
    tight: bool = False,
) -> Layout[_Document]:
    """Return the layout at the largest of `choices` that fits, or at the last where none does.

    `choices` are in the order of `scales`; `filled` returns the share of the promised pages that
    a document takes. Pages are rather full as a rule, so that one of the smaller is tried first. It
    tells about where to try next, and the last two tell better: one to three layouts are enough,
    where halving would take four. A page that breaks early seems far too long, so no try leaves out
    more than two thirds of the scales that are left, unless a page is measured as a `whole`,
    without breaks. One that is `tight` is tried at the last first.
    """
    first, last = 0, len(choices) - 1
    best: Layout[_Document] | None = None
    step = last if tight else round(_LIKELY[whole] * last)
    sizes = [_size(scale, choices[0]) for scale in choices]
    tries: list[tuple[float, float]] = []
    while True:
        document = lay_out(choices[step])
        tried = Layout(document, choices[step], filled(document))
        tries.append((sizes[step], max(tried.filled, 0.01)))
        if tried.filled <= 1:
            best, last = tried, step - 1
        else:
            first = step + 1
        guess = _likely(sizes, tries)
        full = len(tries) > 1 and best and best.filled >= _FULL
        if first > last or full or (best and guess > last):
            return best or tried
        wary = tried.filled > 1 and not whole
        step = min(max(guess, first), first + 2 * (last - first) // 3 if wary else last)


def with_wider_gaps(scale: Scale, free: float, gaps: int) -> Scale:
    """Return `scale` with most of the `free` millimetres of a page shared among its `gaps`."""
    wider = round(min(scale.gap + _SHARED * free / gaps, _WIDEST_GAP), 2)
    return replace(scale, gap=wider, between=round(wider - scale.gap, 2))


def _likely(sizes: Sequence[float], tries: Sequence[tuple[float, float]]) -> int:
    """Return the index of the size that should just fit.

    `tries` are sizes, and the shares that were filled with them.
    """
    size, filled = tries[-1]
    wanted = size * filled ** (-1 / _steepness(tries[-2:]))
    return next((number for number, each in enumerate(sizes) if each <= wanted), len(sizes) - 1)


def _steepness(tries: Sequence[tuple[float, float]]) -> float:
    """Return how fast pages fill as the size grows, by two tries; 1 is as a rule."""
    if len(tries) == 1:
        return 1.0
    (size, filled), (other, less) = tries
    return min(max(log(filled / less) / log(size / other), 1 / _STEEPEST), _STEEPEST)


def _size(scale: Scale, largest: Scale) -> float:
    """Return about how high pages are at a scale; at the `largest` it is 1."""
    text, pictures, gaps = _SHARES
    body = (scale.body / largest.body) ** _GROWTH * scale.leading / largest.leading
    pictures *= scale.picture / largest.picture
    return float(text * body + pictures + gaps * scale.gap / largest.gap)
