"""A new prop: what CONTRIBUTING.md says of a stool is all that a stool takes."""

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
  - prop: stool
    place: seat
"""
PROGRAM = """\
from pathlib import Path
from workshop_builder.commands import figure, schema
figure.draw(Path("stool.yaml"), Path("stool.svg"), ink_saver=False)
print(schema.text("figure"))
"""
WIDTH = 960


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Carry out the recipe, and let the changed program draw somebody who sits on a stool."""
    folder = tmp_path_factory.mktemp("stool")
    assert len(recipes.carry_out("Add a prop", folder)) == 4
    (folder / "stool.yaml").write_text(FIGURE, encoding="utf-8")
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


def test_the_picture_shows_a_stool_under_the_body(folder: Path) -> None:
    """Rasterized, the stool stands on the floor, as wide as it was asked for, below the trunk."""
    dots = _pixels((folder / "stool.svg").read_text(encoding="utf-8"))
    stool, trunk = (_where(dots, tone) for tone in (ANATOMY.prop, CLOTHES["plum"][0]))
    left, top = stool.min(axis=0)
    right, bottom = stool.max(axis=0)
    assert (left + right) / 2 == pytest.approx(trunk[:, 0].mean(), abs=(right - left) / 4)
    assert trunk[:, 1].max() < top + (bottom - top) / 4
    # Its lower part is free of the body: 18 wide where it is 26 high, the outline taken off both.
    low = stool[stool[:, 1] > bottom - (bottom - top) / 3]
    assert np.ptp(low[:, 0]) / (bottom - top) == pytest.approx(18 / 26, rel=0.15)


def test_words_and_schema_know_the_stool(folder: Path) -> None:
    """The description names the stool, and an editor completes it."""
    root = etree.fromstring((folder / "stool.svg").read_bytes())
    assert "sitting on a stool" in (root.findtext("{*}desc") or "").lower()
    assert '"stool"' in (folder / "schema.json").read_text(encoding="utf-8")


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
