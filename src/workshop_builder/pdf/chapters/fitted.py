"""The largest scale at which the frames of all runs of a document hold their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from workshop_builder.pdf.chapters.book import Binder
from workshop_builder.pdf.chapters.making import MadeRun
from workshop_builder.pdf.fitting import copyfitting
from workshop_builder.pdf.fitting.copyfitting import Scale
from workshop_builder.pdf.joining.draw import NotKept

_FIRST = 3
"""How many of the fullest runs are looked at before all are."""


def made_at_largest(choices: Sequence[Scale], at: Callable[[Scale], Binder]) -> list[MadeRun]:
    """Return all runs, made by the binder `at` the largest scale that fits.

    Raises NotKept where none does, or where frames are fuller in the place of their run.
    """
    fit = _Fit()
    found = copyfitting.largest_that_fits(choices, at, fit.filled)
    made = found.document.made()
    filled = [each.filled for each in made]
    if found.filled > 1 or filled != found.document.measured(range(len(made))):
        raise NotKept
    return made


@dataclass(slots=True)
class _Fit:
    """A search; not frozen: it learns which runs are fullest."""

    fullest: list[int] = field(default_factory=list)
    """The runs, the fullest first: by their words, or the last scale at which all were measured."""

    def filled(self, binder: Binder) -> float:
        """Return the share that is taken of the fullest frame, or of the first above 1."""
        words = binder.layouts.whole.lengths
        self.fullest = self.fullest or sorted(range(len(words)), key=lambda run: -words[run])
        shares = binder.measured(self.fullest[:_FIRST])
        if max(shares, default=0) > 1:
            return max(shares)
        runs = range(len(binder.keys))
        shares = binder.measured(runs)
        self.fullest = sorted(runs, key=lambda run: -shares[run])
        return max(shares)
