"""Masks of pixels that grow and shrink, and values that grow into gaps."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from workshop_builder.figures.mesh.arrays import Indices, Mask, Pixels


def grown(mask: Mask, reach: int) -> Mask:
    """Return the pixels within a square's reach of a mask; taken by doubling."""
    for axis in (0, 1):
        mask = _grown_along(mask, reach, axis)
    return mask


def _grown_along(mask: Mask, reach: int, axis: int) -> Mask:
    found = np.moveaxis(mask, axis, 0).copy()
    wide, have = 2 * reach + 1, 1
    while have < wide:
        step = min(have, wide - have)
        more = found.copy()
        more[step:] |= found[:-step]
        found, have = more, have + step
    centered = np.zeros_like(found)
    centered[:-reach] = found[reach:]
    centered[-reach:] = found[-1:]
    return np.moveaxis(centered, 0, axis)


def closed(mask: Mask, reach: int) -> Mask:
    """Return a mask without the gaps that are narrower than twice the reach."""
    return ~grown(~grown(mask, reach), reach)


def opened(mask: Mask, reach: int) -> Mask:
    """Return a mask without the strips that are narrower than twice the reach."""
    return grown(~grown(~mask, reach), reach)


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
