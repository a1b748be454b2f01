"""A new prop: what CONTRIBUTING.md says of a ball is all that a ball takes."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import resvg_py
from lxml import etree
from numpy.typing import NDArray
from PIL import Image

import recipes
from workshop_builder.figures.drawing.palette import ANATOMY
from workshop_builder.figures.person.people import CLOTHES

FIGURE = """\
position: sitting
person: {clothes: plum}
props:
  - prop: ball
    place: seat
"""
PROGRAM = """\
from pathlib import Path
from workshop_builder.commands import figure, schema
figure.draw(Path("ball.yaml"), Path("ball.svg"), ink_saver=False)
print(schema.text("figure"))
"""
WIDTH = 960


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Carry out the recipe, and let the changed program draw somebody who sits on a ball."""
    folder = tmp_path_factory.mktemp("ball")
    assert len(recipes.carry_out("Add a prop", folder)) == 3
    (folder / "ball.yaml").write_text(FIGURE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "schema.json").write_text(done.stdout, encoding="utf-8")
    return folder


def test_the_picture_shows_a_round_ball_under_the_body(folder: Path) -> None:
    """Rasterized, the ball is a disc on the floor, its middle below that of the trunk."""
    dots = _pixels((folder / "ball.svg").read_text(encoding="utf-8"))
    ball, trunk = (_where(dots, tone) for tone in (ANATOMY.prop, CLOTHES["plum"][0]))
    left, bottom = ball[:, 0].min(), ball[:, 1].max()
    lowest = ball[ball[:, 1] == bottom, 0]
    middle_x = float(lowest.mean())
    radius = middle_x - left
    middle = np.array([middle_x, bottom - radius])
    assert abs(middle_x - trunk[:, 0].mean()) < radius / 4
    assert trunk[:, 1].max() <= bottom - 1.5 * radius
    assert np.linalg.norm(ball - middle, axis=1).max() == pytest.approx(radius, abs=2.5)
    # Nothing covers the lower half behind the legs: its edge is that of a circle all along.
    for degrees in range(95, 176, 10):
        way = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
        along = (ball - middle) @ way
        across = np.abs((ball - middle) @ np.array([-way[1], way[0]]))
        assert along[across < 1].max() == pytest.approx(radius, abs=2.5), degrees


def test_words_and_schema_know_the_ball(folder: Path) -> None:
    """The description names the ball, and an editor completes it."""
    root = etree.fromstring((folder / "ball.svg").read_bytes())
    assert "sitting on a ball" in (root.findtext("{*}desc") or "").lower()
    assert '"ball"' in (folder / "schema.json").read_text(encoding="utf-8")


def _pixels(svg: str) -> NDArray[np.int_]:
    """Return a drawing's pixels as rows of red, green and blue."""
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH, background="white"))
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def _where(dots: NDArray[np.int_], tone: str) -> NDArray[np.int_]:
    """Return the pixels of a tone as pairs of x and y, the y from the top down."""
    colour = [int(tone[n : n + 2], 16) for n in (1, 3, 5)]
    y, x = np.nonzero((np.abs(dots - colour) <= 2).all(axis=2))
    return np.stack([x, y], axis=1)
