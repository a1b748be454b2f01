"""What an illustrator would not draw: specks, slivers and holes, taken from a picture of pixels.

Sizes are pixels, `SHARP` to a unit of the drawing.
"""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.pose import BodySide
from workshop_builder.figures.mesh.arrays import Indices
from workshop_builder.figures.pixels.hands import close_plain_hands, mend_hands_and_feet
from workshop_builder.figures.pixels.label_picture import SHARP, LabelPicture
from workshop_builder.figures.pixels.labels import (
    ARMS,
    EAR,
    GROUND,
    HEAD,
    LEGS,
    LEGS_FAR,
    LEGS_OF,
    SKIN,
    SKIN_FAR,
    THINGS,
    TOES_OF,
    TONES,
    TOP,
)
from workshop_builder.figures.tracing import outlines
from workshop_builder.figures.tracing.morphology import (
    box_of,
    closed,
    counted,
    fill_from_neighbours,
    grown,
    opened,
)

_STRIP, _GAP, _GAP_AT_THINGS, _SLIVER = 2, 6, 3, 5
"""Half the width of what goes: strips of a colour, gaps of a body and those beside what it holds,
slivers of the far tone."""
_HOLE = 40.0 * SHARP**2
"""The area of a hole through which no ground shows, and of what is left out where it is seen apart
from the rest of the body."""
_HOLE_IN_HAND, _OF_HAND = 150.0 * SHARP**2, 0.5
"""Likewise of a hole in hands, and the share of its edge that is of them."""
_SOFT, _SOFT_GAP = 8, 0.36
"""How wide the far tone's border is made smooth; the squared distance at rest of one cloth."""
_SPECK, _CHIP, _FINE_SPECK = 55.0 * SHARP**2, 130.0 * SHARP**2, 28.0 * SHARP**2
"""The area below which a patch joins what is around it; one of a far tone, one on hands, feet."""
_APART = 0.4
"""The share of what is seen of the far leg below which a piece of it is a scrap."""
_HANGS_ON = 6
"""The pixels of edge that it may share with a far limb in cloth, of which it would be missed."""
_PEEP, _PEEP_FOOT, _PEEP_HAND, _FREE = 120.0 * SHARP**2, 28.0, 44.0, 0.3
"""The area below which what peeps out of a far limb is left out, also in squares of a per cent of
body height, by limb; if so much of its edge is beside the ground, it becomes ground."""
_THORN = 3
"""Half the width of a thin point that is left when something is taken away."""


def tidy(picture: LabelPicture, plain: tuple[BodySide, ...]) -> None:
    """Tidy a picture in place; `plain` are the hands that are drawn without every finger."""
    close_plain_hands(picture, plain)
    mend_hands_and_feet(picture)
    _majority(picture)
    _no_holes_or_islands(picture)  # no gap beside an island is closed
    _close_gaps(picture)
    _no_holes_or_islands(picture)
    _no_slivers(picture)
    _no_scraps(picture)
    _no_chips(picture)
    _no_strips(picture)
    _no_specks(picture)
    _soft_border(picture)


def _border(picture: LabelPicture) -> Indices:
    """Return the pixels near a border of colours."""
    colour = picture.grid(picture.colour)
    edge = np.zeros(colour.shape, bool)
    differ = colour[:, 1:] != colour[:, :-1]
    edge[:, 1:] |= differ
    edge[:, :-1] |= differ
    differ = colour[1:] != colour[:-1]
    edge[1:] |= differ
    edge[:-1] |= differ
    edge = grown(edge, 1)
    edge[0] = edge[-1] = edge[:, 0] = edge[:, -1] = False
    return np.nonzero(edge.ravel())[0]


def _majority(picture: LabelPicture) -> None:
    """Give each pixel the colour that most of the nine around it have."""
    at, wide = _border(picture), picture.window.width
    steps = [down * wide + right for down in (-1, 0, 1) for right in (-1, 0, 1)]
    around = np.stack([picture.colour[at + step] for step in steps])
    most, winner = np.zeros(len(at), np.uint8), around[4].copy()
    for colour in np.unique(around[4]):
        count = (around == colour).sum(axis=0, dtype=np.uint8)
        more = count > most
        most[more], winner[more] = count[more], colour
    body = picture.colour > 0
    picture.colour[at] = winner
    picture.clear(at[winner == GROUND])
    new = at[(winner != GROUND) & ~body[at]]
    _, *others = picture.everything()
    fill_from_neighbours(new, body, wide, others, 2)


def _close_gaps(picture: LabelPicture) -> None:
    """Close the gaps of the body through which less ground than a line is wide is seen."""
    body, things = picture.body, picture.grid(np.isin(picture.colour, THINGS))
    gaps = (closed(body & ~things, _GAP) | closed(body, _GAP_AT_THINGS)) & ~body
    new = np.nonzero(gaps.ravel())[0]
    fill_from_neighbours(
        new, body.ravel().copy(), picture.window.width, picture.everything(), _GAP + 2
    )


def _no_holes_or_islands(picture: LabelPicture) -> None:
    """Close holes smaller than a fingertip; make ground of what is seen apart and as small."""
    lines = outlines.loops(picture.body)
    areas = [outlines.area(line) for line in lines]
    outer = max(areas, key=abs, default=0.0) > 0
    for line, size in zip(lines, areas, strict=True):
        is_hole = (size > 0) != outer
        if abs(size) > (_HOLE_IN_HAND if is_hole else _HOLE):
            continue
        inside = outlines.pixels_in(line, picture.window.width)
        if not is_hole:
            picture.clear(inside)
            continue
        if abs(size) > _HOLE and not _is_in_hand(picture, inside):
            continue
        inside = inside[picture.colour[inside] == GROUND]
        reach = int(np.ptp(line, axis=0).max()) + 2
        fill_from_neighbours(
            inside, picture.colour > 0, picture.window.width, picture.everything(), reach
        )


def _is_in_hand(picture: LabelPicture, hole: Indices) -> bool:
    """Return whether most of what is around a hole is of hands."""
    wide = picture.window.width
    around = np.concatenate([hole + step for step in (1, -1, wide, -wide)])
    around = around[picture.colour[around] != GROUND]
    return bool((picture.fine[around] & (picture.part[around] < TOES_OF["near"])).mean() > _OF_HAND)


def _no_slivers(picture: LabelPicture) -> None:
    """Give strips of a far tone that are thinner than a line to the near tone beside them."""
    colour = picture.grid(picture.colour)
    for far, near in ((LEGS_FAR, LEGS), (SKIN_FAR, SKIN)):
        own = colour == far
        thin = own & ~opened(own, _SLIVER) if own.any() else own
        if thin.any():
            beside = (colour == near) & (picture.grid(picture.part) != HEAD)
            joined = np.nonzero((grown(beside, 2 * _SLIVER) & thin).ravel())[0]
            values = picture.colour, picture.part, picture.rest, picture.depth
            wide = picture.window.width
            fill_from_neighbours(joined, beside.ravel().copy(), wide, values, 2 * _SLIVER + 2)


def _no_scraps(picture: LabelPicture) -> None:
    """Give the near tone to a small piece of the far leg that no ground is beside."""
    wide = picture.window.width
    lines = outlines.loops(picture.grid(picture.colour == LEGS_FAR))
    most = _APART * max((abs(outlines.area(line)) for line in lines), default=0.0)
    for line in lines:
        inside = outlines.pixels_in(line, wide)
        inside = inside[picture.colour[inside] == LEGS_FAR]
        around = np.concatenate([inside + step for step in (1, -1, wide, -wide)])
        if abs(outlines.area(line)) < most and not (picture.colour[around] == GROUND).any():
            picture.colour[inside] = LEGS


def _no_chips(picture: LabelPicture) -> None:
    """Leave out what peeps out of a far hand or foot behind or within the near one."""
    wide, foot = picture.window.width, [LEGS_OF["far"], *range(TOES_OF["far"], TOES_OF["far"] + 10)]
    for line in outlines.loops(picture.grid(picture.colour == SKIN_FAR)):
        inside = outlines.pixels_in(line, wide)
        inside = inside[picture.colour[inside] == SKIN_FAR]
        least = _PEEP_FOOT if np.isin(picture.part[inside], foot).any() else _PEEP_HAND
        if abs(outlines.area(line)) >= max(_PEEP, least * picture.density**2) or not len(inside):
            continue
        ring = np.concatenate([inside + step for step in (1, -1, wide, -wide)])
        ring = ring[picture.colour[ring] != SKIN_FAR]
        if np.isin(picture.part[ring], (ARMS["far"], LEGS_OF["far"])).sum() > _HANGS_ON:
            continue
        if (picture.colour[ring] == GROUND).mean() > _FREE:
            picture.clear(inside)
            _no_thorns(picture, inside)
            continue
        source = picture.colour > 0
        source[inside] = False
        values = picture.colour, picture.part, picture.rest, picture.depth
        reach = int(np.ptp(line, axis=0).max()) + 2
        fill_from_neighbours(inside, source, wide, values, reach)
        picture.plain_hand[inside] = 0


def _no_thorns(picture: LabelPicture, cleared: Indices) -> None:
    """Make ground of the thin points of the body that are left beside what was made ground."""
    body = picture.body
    near = np.zeros(picture.window.size, bool)
    near[cleared] = True
    thin = body & ~opened(body, _THORN) & grown(picture.grid(near), 3 * _THORN)
    picture.clear(np.nonzero(thin.ravel())[0])


def _no_strips(picture: LabelPicture) -> None:
    """Give strips of a colour that are thinner than a line to their neighbours."""
    colour = picture.grid(picture.colour)
    thin = np.zeros(colour.shape, bool)
    for tone in (SKIN, TOP, LEGS):
        own = colour == tone
        if own.any():
            thin |= own & ~opened(own, _STRIP)
    strips = thin.ravel() & ~picture.fine & (picture.part != HEAD) & (picture.part != EAR)
    source = (picture.colour > 0) & ~strips
    values = picture.colour, picture.part, picture.rest
    fill_from_neighbours(
        np.nonzero(strips)[0], source, picture.window.width, values, 2 * _STRIP + 2
    )


def _no_specks(picture: LabelPicture) -> None:
    """Give patches of a colour that are smaller than a fingernail to what is around them."""
    for tone in sorted(TONES.keys() - THINGS):
        own = picture.grid(picture.colour == tone)
        lines = outlines.loops(own)
        outer = max((outlines.area(line) for line in lines), key=abs, default=0.0) > 0
        for line in lines:
            size = outlines.area(line)
            most = _CHIP if tone in {LEGS_FAR, SKIN_FAR} else _SPECK
            if (size > 0) != outer or abs(size) > most:
                continue
            inside = outlines.pixels_in(line, picture.window.width)
            inside = inside[picture.colour[inside] == tone]
            if picture.fine[inside].mean() > 0.5 and abs(size) > _FINE_SPECK:
                continue
            source = picture.colour > 0
            source[inside] = False
            reach = int(np.ptp(line, axis=0).max()) + 2
            values = picture.colour, picture.part, picture.rest
            fill_from_neighbours(inside, source, picture.window.width, values, reach)


def _soft_border(picture: LabelPicture) -> None:
    """Make the border between the two tones of one cloth a smooth line: a running majority."""
    wide = picture.window.width
    border = np.zeros(picture.window.size, bool)
    for step in (1, wide):
        at = np.nonzero(picture.colour[:-step] != picture.colour[step:])[0]
        one, other = picture.colour[at], picture.colour[at + step]
        pair = ((one == LEGS) & (other == LEGS_FAR)) | ((one == LEGS_FAR) & (other == LEGS))
        at = at[pair]
        apart = ((picture.rest[:, at] - picture.rest[:, at + step]) ** 2).sum(axis=0)
        border[at[apart < _SOFT_GAP]] = True
    area = box_of(grown(grown(picture.grid(border), _SOFT), _SOFT))
    if area is None:
        return
    colour = picture.grid(picture.colour)[area]
    cloth = (colour == LEGS) | (colour == LEGS_FAR)
    zone = grown(picture.grid(border)[area], _SOFT) & cloth
    near = 2 * counted(colour == LEGS, _SOFT) >= counted(cloth, _SOFT)
    colour[zone] = np.where(near, LEGS, LEGS_FAR)[zone]
    picture.grid(picture.softened)[area][zone] = True
