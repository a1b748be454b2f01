"""Where lines are drawn: the cracks between pixels that an illustrator would ink."""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.mesh.arrays import Indices, Mask, Pixels
from workshop_builder.figures.pixels.label_picture import LabelPicture
from workshop_builder.figures.pixels.labels import (
    ARMS,
    EAR,
    FINGERS_OF,
    FIST_THUMB,
    GROUND,
    HAIR,
    HEAD,
    LEGS,
    LEGS_FAR,
    LEGS_OF,
    THINGS,
    TOES_OF,
)
from workshop_builder.figures.tracing.chains import Chain, Cracks, chained

OUTER, INNER, THIN, OUTER_FINE = 1, 2, 3, 4
"""Kinds of lines: the outline, where colours meet or a part lies before another, likewise on hands
and in faces, and the outline of hands and feet."""
CERTAIN = 99.0
"""The strength of a crack that does not come from a part before another."""
_CANDIDATE = 0.49
"""The squared distance at rest below which two pixels of one label are one surface."""
_BEFORE = 1.3
"""The distance at rest from which one part lies before another; of a crack that comes from one, it
is the strength."""
_FACE_BEFORE, _ARM_BEFORE, _LEG_BEFORE = 3.2, 5.0, 0.7
"""Likewise within a face, within an arm (a twisted one's skin folds), and between the legs."""
_DEPTH_JUMP, _FAR_APART = 0.4, 5.0
"""How much depth must change there, unless the spots are so far apart at rest."""
_TONES_MEET, _TONES_MEET_SOFT = 0.6, 4.0
"""The distance at rest within which two tones of one cloth meet without a line between them."""


def traced(picture: LabelPicture) -> list[Chain]:
    """Return the chains of all cracks of a picture."""
    window = picture.window
    upright, level = _cracks(picture, 1), _cracks(picture, window.width)
    return chained(upright, level, window.width)


def _cracks(picture: LabelPicture, step: int) -> Cracks:
    """Return the cracks between each pixel and the one `step` further."""
    pixels = _candidates(picture, step)
    beside = pixels + step
    rest = picture.rest
    apart = np.sqrt(((rest[:, pixels] - rest[:, beside]) ** 2).sum(axis=0))
    one, other = picture.colour[pixels], picture.colour[beside]
    outer = (one == GROUND) != (other == GROUND)
    differ = (one != other) & ~outer
    before, fingers = _overlaps(picture, pixels, beside, apart, ~outer & ~differ)
    thin = picture.thin[pixels] & picture.thin[beside]
    kind = np.where(fingers | (before & thin), THIN, np.where(before, INNER, 0))
    kind = np.where(
        differ, np.where(_same_cloth(picture, pixels, one, other, apart), THIN, INNER), kind
    )
    fine = picture.fine[pixels] | picture.fine[beside]
    kind = np.where(outer, np.where(fine, OUTER_FINE, OUTER), kind)
    strength = np.where(outer | differ | fingers, CERTAIN, apart)
    drawn = kind > 0
    y, x = pixels[drawn] // picture.window.width, pixels[drawn] % picture.window.width
    right, down = (1, 0) if step == 1 else (0, 1)
    return Cracks(x + right, y + down, kind[drawn], strength[drawn])


def _candidates(picture: LabelPicture, step: int) -> Indices:
    """Return the pixels that differ in any way from the one `step` further."""
    squares = picture.rest[0, :-step] - picture.rest[0, step:]
    squares = squares * squares
    for row in picture.rest[1:]:
        change = row[:-step] - row[step:]
        squares += change * change
    differ = picture.colour[:-step] != picture.colour[step:]
    differ |= picture.part[:-step] != picture.part[step:]
    return np.nonzero(differ | (squares > _CANDIDATE))[0]


def _same_cloth(
    picture: LabelPicture, pixels: Indices, one: Pixels, other: Pixels, apart: Pixels
) -> Mask:
    """Return where both tones of the trousers meet on one surface."""
    tones = ((one == LEGS) & (other == LEGS_FAR)) | ((one == LEGS_FAR) & (other == LEGS))
    soft = picture.softened[pixels] & (apart < _TONES_MEET_SOFT)
    found: Mask = tones & ((apart < _TONES_MEET) | soft)
    return found


def _overlaps(
    picture: LabelPicture, pixels: Indices, beside: Indices, apart: Pixels, same: Mask
) -> tuple[Mask, Mask]:
    """Return where, within one colour, a part lies before another, and where fingers meet."""
    first, second = picture.part[pixels], picture.part[beside]
    colour = picture.colour[pixels]
    jump = np.abs(picture.depth[pixels] - picture.depth[beside])
    before = same & (apart > _BEFORE) & ((jump > _DEPTH_JUMP) | (apart > _FAR_APART))
    before &= ~((first == HEAD) & (second == HEAD) & (apart < _FACE_BEFORE))
    in_arm = (first == second) & ((first == ARMS["near"]) | (first == ARMS["far"]))
    before &= ~(in_arm & (apart < _ARM_BEFORE))
    toes = np.minimum(first, second) >= TOES_OF["near"]
    before &= ~toes
    before &= ~((first == second) & (first > FINGERS_OF["near"]) & ~toes)
    fingers = (first >= FINGERS_OF["near"]) & (second >= FINGERS_OF["near"])
    fingers &= ~toes | (np.minimum(first % 10, second % 10) % 2 == 0)
    fingers = same & (first != second) & (fingers | (first == EAR) | (second == EAR))
    hairy = (colour == HAIR) | np.isin(colour, THINGS)
    hand = picture.plain_hand[pixels]
    plain = (hand == picture.plain_hand[beside]) & (hand > 0)
    plain &= (first % 10 != FIST_THUMB) & (second % 10 != FIST_THUMB)
    legs = np.minimum(first, second) == LEGS_OF["near"]
    legs &= (np.maximum(first, second) == LEGS_OF["far"]) & same & (apart > _LEG_BEFORE)
    return (before & ~hairy & ~plain) | legs, fingers & ~hairy & ~plain
