"""Hands and feet as an illustrator draws them: rounded shapes, with a line or two between fingers.

Sizes are pixels, `SHARP` to a unit of the drawing; an outline is about `2 * SHARP` wide.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workshop_builder.figures.body.pose import SIDES, BodySide
from workshop_builder.figures.mesh.arrays import Indices, Mask, Pixels
from workshop_builder.figures.pixels.label_picture import LabelPicture
from workshop_builder.figures.pixels.labels import (
    ARMS,
    FINGERS_OF,
    FIST_THUMB,
    LEGS_OF,
    THINGS,
    TOES_OF,
)
from workshop_builder.figures.tracing.morphology import (
    box_of,
    closed,
    counted,
    fill_from_neighbours,
    grown,
    opened,
)

_LEAST = 60
"""A hand of which fewer pixels are seen stays as it is."""
_THIN, _FATTER, _GAP, _SOFT = 3, 2, 4, 3
"""Half the width of what is thin as a line and becomes fatter, by how much, half the width of the
gaps between fingers that close, and how far the edge is made smooth."""
_HOLE, _NOTCH = 4, 0.9
"""Half the width of holes in hands that hold, and of the notch between their thumb and fingers, in
per cent of body height."""
_HEEL, _HEEL_LENGTH = 1.2, 4.0
"""The radius of a heel and how long it is, in per cent of body height."""
_SCRAP = 2
"""Half the width of what is no finger but a scrap of one."""
_BEFORE = 0.6
"""How much nearer than a hand what it grows over may be, in per cent of body height."""
_ONE_LINE, _TWO_LINES = 5.5, 7.0
"""Pixels for one per cent of body height below which one line parts the fingers, or two."""
_PAIRS, _MIDDLE_PAIR = {2: 3, 5: 4}, {4: 3}
"""The fingers that go with another there, from 2 for the index."""


def close_plain_hands(picture: LabelPicture, plain: tuple[BodySide, ...]) -> None:
    """Close the holes of hands, and note where they are."""
    for number, side in enumerate(SIDES, 1):
        if side not in plain:
            continue
        part, first = picture.part, FINGERS_OF[side]
        hand = (part > first) & (part <= first + FIST_THUMB)
        hand |= (part == number + 1) & picture.fine
        if hand.sum() < 30:
            continue
        grid = picture.grid(hand)
        reach = max(_HOLE, round(_NOTCH * picture.density))
        new = np.nonzero((closed(grid, reach) & ~grid).ravel())[0]
        new = new[~np.isin(picture.colour[new], THINGS)]
        fill_from_neighbours(
            new, hand.copy(), picture.window.width, picture.everything(), reach + 2
        )
        hand[new] = picture.fine[new]
        picture.plain_hand[hand] = number


def mend_hands_and_feet(picture: LabelPicture) -> None:
    """Round their outlines in place, close the gaps in them, and leave few lines in hands."""
    part = picture.part
    for side in SIDES:
        first, toes, limb = FINGERS_OF[side], TOES_OF[side], part == LEGS_OF[side]
        foot = ((part >= toes) & (part < toes + 10)) | (limb & picture.fine)
        if foot.sum() >= _LEAST:
            _round_heel(picture, limb & picture.fine, foot | limb)
            _rounded(picture, foot, foot | limb)
        limb = part == ARMS[side]
        hand = ((part > first) & (part <= first + FIST_THUMB)) | (limb & picture.fine)
        if hand.sum() >= _LEAST:
            _rounded(picture, hand, hand | limb)
            _fewer_fingers(picture, first)
            _whole_fingers(picture, hand, first)


def _round_heel(picture: LabelPicture, heel: Mask, leg: Mask) -> None:
    """Take the corners off a heel; `leg` is the whole leg, which goes on from it."""
    ahead = picture.rest[0]
    heel = heel & (ahead < ahead[heel].min(initial=np.inf) + _HEEL_LENGTH)
    grid = picture.grid(heel)
    reach = round(_HEEL * picture.density)
    box = box_of(grown(grid, 3 * reach))
    if box is not None:
        # What hides the leg goes on from it too, so that only corners beside the ground go.
        whole = (picture.body | picture.grid(leg))[box]
        _shrink(picture, heel, _at(picture, box, grid[box] & ~opened(whole, reach)))


def _rounded(picture: LabelPicture, hand: Mask, arm: Mask) -> None:
    """Give a hand, or a foot, a smooth outline; `arm` is it and what it is at the end of."""
    grid, around = picture.grid(hand), picture.grid(arm)
    box = box_of(grown(grid, 3 * _SOFT))
    if box is None:
        return
    grid, around = grid[box], around[box]
    thin = grid & ~opened(grid, _THIN)
    shape = closed(grid | grown(thin, _FATTER), _GAP) | around
    smooth = 2 * counted(shape, _SOFT) > (2 * _SOFT + 1) ** 2
    zone = grown(grid, 2 * _SOFT)
    wanted = np.where(zone, smooth, around)
    _grow(picture, arm, _at(picture, box, wanted & ~around))
    _shrink(picture, hand, _at(picture, box, around & ~wanted & grid))


def _at(picture: LabelPicture, box: tuple[slice, slice], mask: Mask) -> Indices:
    """Return the pixels of a mask of a part of the picture."""
    rows, columns = np.nonzero(mask)
    found: Indices = (rows + box[0].start) * picture.window.width + columns + box[1].start
    return found


def _grow(picture: LabelPicture, arm: Mask, new: Indices) -> None:
    """Let a hand grow over pixels, but for those of what lies before it."""
    new = new[~np.isin(picture.colour[new], THINGS)]
    wide, times = picture.window.width, _GAP + _FATTER + _SOFT
    depth = picture.depth.copy()
    lost = fill_from_neighbours(new, arm.copy(), wide, (depth,), times)
    new = new[~np.isin(new, lost)]
    new = new[picture.depth[new] <= depth[new] + _BEFORE]
    fill_from_neighbours(new, arm.copy(), wide, picture.everything(), times)


def _shrink(picture: LabelPicture, hand: Mask, gone: Indices) -> None:
    """Give pixels of a hand to what is beside it."""
    source = ~hand
    source[gone] = False
    fill_from_neighbours(gone, source, picture.window.width, picture.everything(), 2 * _SOFT)
    picture.plain_hand[gone] = 0


def _fewer_fingers(picture: LabelPicture, first: int) -> None:
    """Let fingers that are too narrow for a line between them go in pairs."""
    pairs: Mapping[int, int] = {}
    if picture.density < _ONE_LINE:
        pairs = _PAIRS
    elif picture.density < _TWO_LINES:
        pairs = _MIDDLE_PAIR
    for finger, other in pairs.items():
        own: Pixels = picture.part == first + finger
        picture.part[own] = first + other


def _whole_fingers(picture: LabelPicture, hand: Mask, first: int) -> None:
    """Give the scraps of a finger between others to those."""
    scraps = np.zeros(picture.window.size, bool)
    for finger in range(first + 1, first + FIST_THUMB + 1):
        own = picture.grid(picture.part == finger)
        if own.any():
            scraps |= (own & ~opened(own, _SCRAP)).ravel()
    whole = hand & (picture.colour > 0) & ~scraps
    places = np.nonzero(scraps)[0]
    fill_from_neighbours(places, whole, picture.window.width, (picture.part,), 4 * _SCRAP)
