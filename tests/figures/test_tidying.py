"""What an illustrator would not draw: specks, islands, stray spots without a place."""

from __future__ import annotations

import numpy as np
import pytest

from workshop_builder.figures.body.pose import pose_of
from workshop_builder.figures.person.finger_lines import ankle_lines
from workshop_builder.figures.person.people import choose_appearance
from workshop_builder.figures.person.portrait import Sitting, seen
from workshop_builder.figures.pixels.label_picture import LabelPicture
from workshop_builder.figures.pixels.labels import (
    GROUND,
    LEGS,
    LEGS_FAR,
    LEGS_OF,
    SKIN,
    SKIN_FAR,
    STRAP,
)
from workshop_builder.figures.pixels.tidying import tidy
from workshop_builder.figures.scene.picture import posed, stage_picture
from workshop_builder.figures.tracing.raster import PixelWindow
from workshop_builder.model.figure import Person, PoseFigure

_SIDE = 120


def _picture() -> LabelPicture:
    """Return a square of skin on ground, all at one place of the body."""
    size = _SIDE * _SIDE
    colour = np.zeros((_SIDE, _SIDE), np.uint8)
    colour[20:100, 20:100] = SKIN
    rest = np.where(colour.ravel() > 0, 1.0, 1000.0)
    return LabelPicture(
        PixelWindow(0, 0, _SIDE, _SIDE), 1.0, colour.ravel(), np.zeros(size, np.uint8),
        np.stack([rest, rest, rest]).astype(np.float32),
        np.where(colour.ravel() > 0, 0, -1e9).astype(np.float32), np.zeros(size, bool),
        np.zeros(size, bool), np.zeros(size, np.uint8), np.zeros(size, bool),
    )  # fmt: skip


@pytest.mark.parametrize("tone", [SKIN_FAR, LEGS, GROUND])
def test_a_speck_within_the_body_is_no_more(tone: int) -> None:
    """A patch or a hole smaller than a fingernail becomes what is around it."""
    picture = _picture()
    picture.grid(picture.colour)[50:56, 50:56] = tone
    tidy(picture, ())
    assert (picture.grid(picture.colour)[45:60, 45:60] == SKIN).all()


def test_a_speck_beside_the_body_is_no_more() -> None:
    """What is seen apart from the body and smaller than a fingernail becomes ground."""
    picture = _picture()
    picture.grid(picture.colour)[5:10, 50:60] = SKIN
    tidy(picture, ())
    assert (picture.grid(picture.colour)[:15] == GROUND).all()


@pytest.mark.parametrize(("beside", "left"), [(SKIN, SKIN), (STRAP, GROUND)])
def test_a_slit_is_closed_unless_a_thing_is_beside_it(beside: int, left: int) -> None:
    """Between two limbs no ground thinner than a line is seen; between two straps there may be."""
    picture = _picture()
    colour = picture.grid(picture.colour)
    colour[20:100, 50:100] = beside
    picture.clear(np.flatnonzero(np.pad(np.ones((70, 10), bool), ((20, 30), (60, 50))).ravel()))
    tidy(picture, ())
    assert colour[60, 65] == left


def test_a_large_patch_stays() -> None:
    """A patch of cloth is not taken for a speck."""
    picture = _picture()
    picture.grid(picture.colour)[40:80, 40:80] = LEGS
    tidy(picture, ())
    assert (picture.colour == LEGS).sum() > 1500


def test_a_scrap_of_the_far_leg_within_the_near_one_has_its_tone() -> None:
    """A piece of the far leg far smaller than the rest of it, with no ground beside it, is near."""
    picture = _picture()
    colour = picture.grid(picture.colour)
    colour[20:100, 20:100] = LEGS
    colour[20:100, 20:70] = LEGS_FAR
    colour[30:50, 76:90] = LEGS_FAR
    tidy(picture, ())
    assert (colour[30:50, 76:90] == LEGS).all()
    assert (colour == LEGS_FAR).sum() > 3500


def test_a_far_leg_that_peeps_out_has_its_tone() -> None:
    """A strip of the far leg that is wider than a line keeps its tone, as all of that leg has."""
    picture = _picture()
    colour = picture.grid(picture.colour)
    colour[20:100, 20:100] = LEGS
    colour[20:100, 84:100] = LEGS_FAR
    tidy(picture, ())
    assert colour[60, 92] == LEGS_FAR


def test_what_joins_the_body_has_a_place_on_it() -> None:
    """A dent of one pixel that is filled takes place and depth from the body beside it."""
    picture = _picture()
    at = 20 * _SIDE + 60
    picture.clear(np.array([at]))
    tidy(picture, ())
    assert picture.colour[at] == SKIN
    assert picture.rest[:, at].tolist() == [1.0, 1.0, 1.0]
    assert picture.depth[at] == 0


@pytest.mark.parametrize("turn", [0, 35, 160])
def test_the_bone_of_a_bare_ankle_lies_within_its_foot(turn: int) -> None:
    """From wherever a body is seen, an ankle has a short curve, clear of the foot's edge."""
    figure = PoseFigure(position="standing", turn=turn)
    looks = choose_appearance(Person(build="medium"), Person(), "")
    staged = stage_picture(figure, looks, posed(figure, looks, pose_of(figure)))
    picture = seen(Sitting(staged.body, staged.hair, staged.camera, 12.0))
    lines = ankle_lines(picture, staged.body, staged.camera)
    foot = picture.grid(picture.fine & np.isin(picture.part, list(LEGS_OF.values())))
    assert 1 <= len(lines) <= 4
    for x, y in np.concatenate(lines).astype(int).tolist():
        assert foot[y - 3 : y + 4, x - 3 : x + 4].all()
