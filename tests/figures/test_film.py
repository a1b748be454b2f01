"""Figures that move: drawings on one canvas, and the animated picture that is made of them."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from workshop_builder.figures import film
from workshop_builder.figures.drawing import palette
from workshop_builder.making import films
from workshop_builder.model.figure import Arrow, Person, PoseFigure
from workshop_builder.model.posture import Limbs, Posture
from workshop_builder.pictures.pixels import animation

KNEE_LIFT = PoseFigure(
    position="standing",
    title="Knee lift",
    near=Limbs(hip=90, knee=90, foot="free"),
    ghost=Posture(near=Limbs(hip=0, knee=0, foot="floor")),
)
FELT = palette.ANATOMY.felt_line
LEGS = 320
"""The row of pixels below which there are legs and floor alone."""
SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 32'>{}</svg>"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a film have three drawings of one way, to be made in less time."""
    monkeypatch.setattr(film, "DRAWINGS", 3)


def _drawing(x: int) -> bytes:
    return SQUARE.format(f"<rect x='{x}' y='8' width='9' height='9' fill='#2a7b87'/>").encode()


def _shown(data: bytes) -> list[Image.Image]:
    with Image.open(BytesIO(data)) as picture:
        found = []
        for number in range(picture.n_frames):  # type: ignore[attr-defined]
            picture.seek(number)
            found.append(picture.convert("RGBA"))
        return found


def test_a_figure_without_a_start_has_no_film() -> None:
    """One posture does not move."""
    assert film.draw_film(KNEE_LIFT.model_copy(update={"ghost": None}), Person()) == ()


@pytest.mark.usefixtures("short")
def test_only_what_moves_moves() -> None:
    """Who lifts the arms stands still below, on one floor; what is felt comes last.

    The same film comes out the same.
    """
    figure = PoseFigure(
        position="standing",
        title="Arms up",
        both=Limbs(shoulder=120),
        ghost=Posture(both=Limbs(shoulder=0)),
        felt=("shoulder",),
    )
    drawings = film.draw_film(figure, Person(build="slim"))
    assert film.draw_film(figure, Person(build="slim")) == drawings
    steps = [(number, 100) for number in range(3)]
    pictures = [np.asarray(each).astype(int) for each in _shown(animation.animate(drawings, steps))]
    for before, after in pairwise(pictures):
        changed = np.abs(after - before).max(axis=-1) > 150
        assert changed[:LEGS].sum() > 500
        assert changed[LEGS:].sum() < 40
    felt = FELT.encode()
    assert [felt in each for each in drawings] == [False, False, True]


def test_an_animated_picture_shows_each_step_for_its_time() -> None:
    """Drawings are shown in the order and as long as was asked, for ever, on a clear ground."""
    data = animation.animate([_drawing(1), _drawing(21)], [(0, 600), (1, 150), (0, 80), (1, 90)])
    assert data == animation.animate(
        [_drawing(1), _drawing(21)], [(0, 600), (1, 150), (0, 80), (1, 90)]
    )
    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.info["loop"]) == ("WEBP", 0)
        assert picture.size == (640, 427)
        times = []
        for number in range(picture.n_frames):  # type: ignore[attr-defined]
            picture.seek(number)
            picture.load()
            times.append(picture.info["duration"])
    assert times == [600, 150, 80, 90]
    first, second, *_ = _shown(data)
    assert first.getpixel((60, 160)) == second.getpixel((340, 160)) == (0x2A, 0x7B, 0x87, 255)
    assert first.getpixel((340, 160))[3] == second.getpixel((60, 160))[3] == 0  # type: ignore[index]


def test_a_heavy_film_is_less_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would have more bytes than a page can bear is made smaller, down to the least width."""
    monkeypatch.setattr(animation, "MOST_BYTES", 10)
    with Image.open(BytesIO(animation.animate([_drawing(1)], [(0, 100)]))) as picture:
        assert picture.width == animation.WIDTHS[-1]


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(("both_ways", "held"), [(False, 1500), (True, 300)])
def test_a_film_goes_there_and_back(both_ways: bool, held: int) -> None:  # noqa: FBT001  a case
    """The end is held, but in what goes to and fro; and the way back is the way there."""
    arrow = Arrow(at="near foot", toward="up", both_ways=both_ways)
    made = films.film(KNEE_LIFT.model_copy(update={"arrows": (arrow,)}), Person())
    assert len(made) < animation.MOST_BYTES
    with Image.open(BytesIO(made)) as picture:
        picture.seek(2)
        picture.load()
        assert picture.n_frames == 4  # type: ignore[attr-defined]
        assert picture.info["duration"] == held
    _, there, _, back = _shown(made)
    assert there.tobytes() == back.tobytes()
