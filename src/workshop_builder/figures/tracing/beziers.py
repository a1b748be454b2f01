"""Cubic Béziers through points: all lines of a drawing are fitted at once, level by level.

After Schneider, *An Algorithm for Automatically Fitting Digitized Curves* (1990): least squares
with given end tangents, a few steps of Newton's for the parameters, and a split where it is off.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices, Mask, snapped

_SPLIT_SPAN, _END_SPAN, _CLOSED_SPAN = 6, 5, 3
"""Over how many points a tangent is taken: where a line is split, at its end, at a closed one's."""
_ROUNDS = 3
_NEAR = 36
"""How many times the squared tolerance an error may be for the parameters to be improved."""
_GRID, _ERROR_PARTS = 1024, 1e9
"""Points and errors are rounded so, to decide alike on every machine."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnLine:
    """A line to be fitted."""

    points: Array
    tolerance: float
    closed: bool


@dataclass(slots=True, eq=False)
class _Spans:
    """Stretches of all lines that still need a curve."""

    low: Indices
    high: Indices
    """The first and the last point of each."""
    first: Array
    last: Array
    """The tangents at both ends, into the stretch."""
    line: Indices
    """Which line each is of."""
    tolerance: Array


def fitted(lines: Sequence[DrawnLine]) -> list[Array]:
    """Return for each line the controls of its curves: its start, then three for each curve."""
    found: list[list[tuple[int, Array]]] = [[] for _ in lines]
    points, spans = _prepared(lines, found)
    if len(points):
        steps = points[1:] - points[:-1]
        along = np.concatenate([[0.0], np.cumsum(np.sqrt((steps * steps).sum(axis=1)))])
        while len(spans.low):
            spans = _level(points, along, spans, found)
    return [_controls(curves) for curves in found]


def _controls(curves: list[tuple[int, Array]]) -> Array:
    if not curves:
        return np.zeros((0, 2))
    ordered = [curve for _, curve in sorted(curves, key=lambda each: each[0])]
    return np.concatenate([ordered[0][:1], *(curve[1:] for curve in ordered)])


def _prepared(
    lines: Sequence[DrawnLine], found: list[list[tuple[int, Array]]]
) -> tuple[Array, _Spans]:
    """Return the points of all lines in a row, and each line as one stretch."""
    kept: list[Array] = []
    rows: list[tuple[int, int, Array, Array, int, float]] = []
    base = 0
    for number, line in enumerate(lines):
        points = _distinct(snapped(line.points, _GRID))
        if len(points) == 2:
            a, b = points
            found[number].append((0, np.array([a, a + (b - a) / 3, a + (b - a) * 2 / 3, b])))
        if len(points) > 2:
            first, last = _tangents(points, closed=line.closed)
            rows.append((base, base + len(points) - 1, first, last, number, line.tolerance))
            kept.append(points)
            base += len(points)
    if not rows:
        none, nowhere = np.zeros(0, np.int64), np.zeros((0, 2))
        return nowhere, _Spans(none, none, nowhere, nowhere, none, np.zeros(0))
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return np.concatenate(kept), _Spans(*columns)


def _distinct(points: Array) -> Array:
    """Return a line without the points that repeat the one before."""
    moved = (np.abs(points[1:] - points[:-1]) > 1e-9).any(axis=1)
    found: Array = points[np.concatenate([[True], moved])]
    return found


def _tangents(points: Array, *, closed: bool) -> tuple[Array, Array]:
    last = len(points) - 1
    if closed:
        way = points[min(_CLOSED_SPAN, last)] - points[max(-_CLOSED_SPAN - 1, -last)]
        way = way / _length(way)
        return way, -way
    start = points[min(_END_SPAN, last)] - points[0]
    end = points[max(last - _END_SPAN, 0)] - points[-1]
    return start / _length(start), end / _length(end)


def _length(vector: Array) -> float:
    return max(math.sqrt(float(vector @ vector)), 1e-9)


@dataclass(slots=True, eq=False)
class _Trial:
    """The stretches whose parameters are being improved, and the points in them."""

    spans: Indices
    counts: Indices
    starts: Indices
    owner: Indices
    """Of each point, the place of its stretch among `spans`."""
    place: Indices
    """Of each point, its place in the stretch."""
    points: Array
    """Two rows: x and y."""
    at: Array
    """Of each point, where on its curve it is: from 0 to 1."""

    def totals(self, values: Array) -> Array:
        """Return the sum over each stretch."""
        total: Array = np.add.reduceat(values, self.starts)
        return total

    def only(self, chosen: Mask, at: Array) -> _Trial:
        """Return some of the stretches, with new parameters."""
        keep = chosen[self.owner]
        counts = self.counts[chosen]
        owner = np.repeat(np.arange(len(counts)), counts)
        return _Trial(
            self.spans[chosen], counts, np.cumsum(counts) - counts, owner, self.place[keep],
            self.points[:, keep], at[keep],
        )  # fmt: skip


def _level(
    points: Array, along: Array, spans: _Spans, found: list[list[tuple[int, Array]]]
) -> _Spans:
    """Fit a curve to each stretch; return those that were split since theirs was off."""
    trial = _first_trial(points, along, spans)
    count = len(spans.low)
    done, split = np.zeros(count, bool), np.full(count, -1)
    curves = np.zeros((count, 4, 2))
    for number in range(_ROUNDS):
        fit = _least_squares(trial, points, along, spans)
        off, errors, worst = _errors(trial, fit)
        allowed = spans.tolerance[trial.spans] ** 2
        errors = np.where(trial.counts == 2, 0.0, errors)
        good = errors < allowed
        done[trial.spans[good]] = True
        curves[trial.spans[good]] = fit[good]
        split[trial.spans] = worst
        going = ~good & (errors <= _NEAR * allowed)
        if number == _ROUNDS - 1 or not going.any():
            break
        improved = _improved(trial, fit, off, going)
        if improved is None:
            break
        trial = improved
    for span in np.nonzero(done)[0].tolist():
        found[spans.line[span]].append((int(spans.low[span]), curves[span]))
    return _split(points, spans, ~done, split)


def _first_trial(points: Array, along: Array, spans: _Spans) -> _Trial:
    counts = spans.high - spans.low + 1
    starts = np.cumsum(counts) - counts
    owner = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(owner)) - starts[owner]
    index = spans.low[owner] + place
    lengths = along[spans.high] - along[spans.low]
    at = (along[index] - along[spans.low][owner]) / lengths[owner]
    return _Trial(np.arange(len(counts)), counts, starts, owner, place, points.T[:, index], at)


def _shares(at: Array) -> tuple[Array, Array, Array, Array]:
    """Return how much each control counts at a place of a curve."""
    rest = 1 - at
    return rest * rest * rest, 3 * at * rest * rest, 3 * at * at * rest, at * at * at


def _least_squares(trial: _Trial, points: Array, along: Array, spans: _Spans) -> Array:
    """Return the controls of the curve that fits each stretch best."""
    one, two, three, four = _shares(trial.at)
    chosen = trial.spans
    start, end = points[spans.low[chosen]], points[spans.high[chosen]]
    first, last = spans.first[chosen], spans.last[chosen]
    lengths = along[spans.high[chosen]] - along[spans.low[chosen]]
    before, after = one + two, three + four
    ends = start.T[:, trial.owner] * before + end.T[:, trial.owner] * after
    x, y = trial.points - ends
    a, b, c = trial.totals(two * two), trial.totals(two * three), trial.totals(three * three)
    b = b * (first[:, 0] * last[:, 0] + first[:, 1] * last[:, 1])
    p = trial.totals(two * x) * first[:, 0] + trial.totals(two * y) * first[:, 1]
    q = trial.totals(three * x) * last[:, 0] + trial.totals(three * y) * last[:, 1]
    scale = a * c - b * b
    safe = np.abs(scale) > 1e-12
    scale = np.where(safe, scale, 1)
    left = np.where(safe, (p * c - q * b) / scale, 0)
    right = np.where(safe, (a * q - b * p) / scale, 0)
    least, most = lengths * 0.05, lengths * 1.5
    bad = (left < least) | (right < least) | (left > most) | (right > most) | (trial.counts == 2)
    left, right = (np.where(bad, lengths / 3, each)[:, None] for each in (left, right))
    return np.stack([start, start + first * left, end + last * right, end], axis=1)


def _errors(trial: _Trial, fit: Array) -> tuple[Array, Array, Indices]:
    """Return how far each point is off, each stretch's greatest squared error, and where it is."""
    controls = fit.T[:, :, trial.owner]
    there = sum(share * controls[:, k] for k, share in enumerate(_shares(trial.at)))
    off: Array = there - trial.points
    squares = np.floor((off * off).sum(axis=0) * _ERROR_PARTS + 0.5) / _ERROR_PARTS
    greatest = np.maximum.reduceat(squares, trial.starts)
    first = np.where(squares == greatest[trial.owner], trial.place, 1 << 30)
    return off, greatest, np.minimum.reduceat(first, trial.starts)


def _improved(trial: _Trial, fit: Array, off: Array, going: Mask) -> _Trial | None:
    """Return the stretches that are nearly right with better parameters, by Newton's step."""
    at = trial.at
    steps = 3 * (fit[:, 1:] - fit[:, :-1])
    bends = 2 * (steps[:, 1:] - steps[:, :-1])
    steps, bends = steps.T[:, :, trial.owner], bends.T[:, :, trial.owner]
    rest = 1 - at
    way = steps[:, 0] * rest * rest + steps[:, 1] * 2 * at * rest + steps[:, 2] * at * at
    bend = bends[:, 0] * rest + bends[:, 1] * at
    below = (way * way).sum(axis=0) + (off * bend).sum(axis=0)
    safe = np.abs(below) > 1e-9
    shift = (off * way).sum(axis=0) / np.where(safe, below, 1)
    better = np.clip(np.where(safe, at - shift, at), 0, 1)
    back = np.diff(better, prepend=0) < 0
    back[trial.starts] = False
    forward = ~np.logical_or.reduceat(back, trial.starts)
    chosen = going & forward
    return trial.only(chosen, better) if chosen.any() else None


def _split(points: Array, spans: _Spans, chosen: Mask, split: Indices) -> _Spans:
    """Return both halves of stretches, split where the error is greatest."""
    low, high = spans.low[chosen], spans.high[chosen]
    middle = low + np.clip(split[chosen], 1, high - low - 1)
    reach = np.minimum(np.maximum(2, middle - low), np.maximum(2, high - middle))
    reach = np.minimum(_SPLIT_SPAN, reach)
    way = points[np.maximum(low, middle - reach)] - points[np.minimum(high, middle + reach)]
    way = way / np.maximum(np.sqrt((way * way).sum(axis=1)), 1e-9)[:, None]
    return _Spans(
        np.concatenate([low, middle]), np.concatenate([middle, high]),
        np.concatenate([spans.first[chosen], -way]), np.concatenate([way, spans.last[chosen]]),
        np.tile(spans.line[chosen], 2), np.tile(spans.tolerance[chosen], 2),
    )  # fmt: skip
