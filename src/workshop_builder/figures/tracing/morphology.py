"""Masks of pixels that grow and shrink, and values that grow into gaps."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from workshop_builder.figures.mesh.arrays import Indices, Mask, Pixels


def grown(mask: Mask, reach: int) -> Mask:
    """Return the pixels within a square's reach of a mask."""
    found = np.zeros(mask.shape, bool)
    box = box_of(mask)
    if box is None:
        return found
    (top, bottom), (left, right) = ((side.start - reach, side.stop + reach) for side in box)
    wider = _any_within(mask[box], reach)
    high, wide = mask.shape
    found[max(top, 0) : bottom, max(left, 0) : right] = wider[
        max(-top, 0) : high - top, max(-left, 0) : wide - left
    ]
    return found


def closed(mask: Mask, reach: int) -> Mask:
    """Return a mask without the gaps that are narrower than twice the reach."""
    found = np.zeros(mask.shape, bool)
    box = box_of(mask)
    if box is not None:
        found[box] = _within(np.logical_and, _any_within(mask[box], reach), reach)
    return found


def opened(mask: Mask, reach: int) -> Mask:
    """Return a mask without the strips that are narrower than twice the reach."""
    found = np.zeros(mask.shape, bool)
    box = box_of(mask)
    if box is not None and min(mask[box].shape) > 2 * reach:
        found[box] = _any_within(_within(np.logical_and, mask[box], reach), reach)
    return found


def counted(mask: Mask, reach: int) -> Pixels:
    """Return how many pixels of a mask lie within a square's reach of each."""
    wide = 2 * reach + 1
    padded = np.pad(mask.astype(np.int32), ((reach + 1, reach), (reach + 1, reach)))
    total: Pixels = padded.cumsum(axis=0).cumsum(axis=1)
    return total[wide:, wide:] - total[:-wide, wide:] - total[wide:, :-wide] + total[:-wide, :-wide]


def box_of(mask: Mask) -> tuple[slice, slice] | None:
    """Return the least rows and columns that hold a mask; None if it is empty."""
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(mask[top:bottom].any(axis=0))
    return slice(top, bottom), slice(int(columns[0]), int(columns[-1]) + 1)


def _any_within(mask: Mask, reach: int) -> Mask:
    """Return a mask grown by a reach on each side, in a picture that is so much larger."""
    return _within(np.logical_or, np.pad(mask, 2 * reach), reach)


def _within(both: np.ufunc, mask: Mask, reach: int) -> Mask:
    """Return what all of each square of a mask are together; taken by doubling."""
    wide, have = 2 * reach + 1, 1
    while have < wide:
        step = min(have, wide - have)
        mask = both(mask[step:], mask[:-step])
        mask = both(mask[:, step:], mask[:, :-step])
        have += step
    return mask


def fill_from_neighbours(pixels: Indices, source: Mask, width: int, values: Iterable[Pixels],
                         times: int) -> Indices:  # fmt: skip
    """Give pixels what a neighbour in `source` has, step by step; return those that found none.

    `source` and `values` are pictures as one row; `source` grows by what is filled.
    """
    for _ in range(times):
        for step in (1, -1, width, -width):
            if not len(pixels):
                return pixels
            beside = np.clip(pixels + step, 0, len(source) - 1)
            able = source[beside]
            to, of = pixels[able], beside[able]
            for value in values:
                value[..., to] = value[..., of]
            source[to] = True
            pixels = pixels[~able]
    return pixels
