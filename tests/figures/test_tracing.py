"""From triangles to curves: pixels, borders and Béziers are where they should be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Mask
from workshop_builder.figures.tracing import morphology, outlines
from workshop_builder.figures.tracing.beziers import DrawnLine, fitted
from workshop_builder.figures.tracing.chains import Cracks, chained
from workshop_builder.figures.tracing.raster import PixelWindow, rasterized

WINDOW = PixelWindow(0, 0, 40, 30)
SQUARE = np.array([[5.0, 5], [25, 5], [25, 25], [5, 25]])
TRIANGLES = np.array([[0, 2, 1], [0, 3, 2]])


def _masks() -> st.SearchStrategy[Mask]:
    """Return small pictures with a margin of ground."""
    rows = st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=6, max_size=6)
    return rows.map(lambda each: np.pad(np.array(each), 3))


def test_a_square_covers_its_pixels_once() -> None:
    """Two triangles that share a side leave no pixel out and count none twice."""
    hits = rasterized(SQUARE, np.zeros(4), TRIANGLES, WINDOW, 2)
    assert len(hits.pixels) == len(set(hits.pixels.tolist())) == 400
    assert np.allclose(hits.weights.sum(axis=0), 1, atol=1e-5)


def test_what_is_nearer_hides_what_is_behind() -> None:
    """Of two squares the one with more depth is seen; one that faces away is not seen at all."""
    points = np.concatenate([SQUARE, SQUARE])
    depth = np.array([0.0] * 4 + [1.0] * 4)
    both = np.concatenate([TRIANGLES, TRIANGLES + 4])
    assert set(rasterized(points, depth, both, WINDOW, 4).triangles.tolist()) == {2, 3}
    turned = np.concatenate([TRIANGLES, TRIANGLES[:, ::-1] + 4])
    assert set(rasterized(points, depth, turned, WINDOW, 4).triangles.tolist()) == {0, 1}
    assert set(rasterized(points, depth, turned, WINDOW, 2).triangles.tolist()) == {2, 3}


@given(_masks())
def test_outlines_enclose_what_they_go_round(mask: Mask) -> None:
    """The areas within all outlines of a mask, holes taken away, are its pixels."""
    lines = outlines.loops(mask)
    assert abs(sum(outlines.area(line) for line in lines)) == mask.sum()


@given(_masks(), st.integers(1, 2))
def test_closing_adds_and_opening_takes_away(mask: Mask, reach: int) -> None:
    """No pixel goes by closing gaps, none comes by opening strips."""
    assert (morphology.closed(mask, reach) | ~mask).all()
    assert (mask | ~morphology.opened(mask, reach)).all()


def test_cracks_become_lines_between_nodes() -> None:
    """Four cracks round a pixel are one closed line; a fifth that leaves it makes a node."""
    one, zero = np.ones(2, int), np.zeros(2)
    upright = Cracks(np.array([1, 2]), np.array([1, 1]), one, zero)
    level = Cracks(np.array([1, 1]), np.array([1, 2]), one, zero)
    (ring,) = chained(upright, level, 10)
    assert ring.closed
    assert len(ring.points) == 5
    longer = Cracks(np.array([1, 1, 2]), np.array([1, 2, 1]), np.ones(3, int), np.zeros(3))
    lines = chained(upright, longer, 10)
    assert sorted((len(line.points), line.closed) for line in lines) == [(2, False), (5, False)]


def _on_curves(controls: Array) -> Array:
    """Return many points of Béziers."""
    t = np.linspace(0, 1, 600)[:, None]
    a, b, c, d = (controls[k : len(controls) - 3 + k : 3][:, None] for k in range(4))
    points = (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d
    return np.asarray(points).reshape(-1, 2)


@settings(max_examples=20)
@given(st.floats(0.5, 3), st.floats(0, 6), st.sampled_from([0.1, 0.3, 1.0]))
def test_curves_pass_the_points_within_their_tolerance(
    waves: float, phase: float, tolerance: float
) -> None:
    """Every point of a wavy line is as near to the fitted curves as was asked, or nearer."""
    x = np.linspace(0, 60, 120)
    points = np.stack([x, 12 * np.sin(x / 60 * 2 * np.pi * waves + phase)], axis=1)
    (controls,) = fitted([DrawnLine(points, tolerance, closed=False)])
    apart = np.sqrt(((points[:, None] - _on_curves(controls)[None]) ** 2).sum(axis=2)).min(axis=1)
    assert apart.max() < tolerance + 0.05
    assert controls[0] == pytest.approx(points[0], abs=0.01)
    assert controls[-1] == pytest.approx(points[-1], abs=0.01)


def test_lines_fitted_together_are_as_if_each_had_been_alone() -> None:
    """A line's curves depend on no other line."""
    x = np.linspace(0, 9, 60)
    lines = [
        DrawnLine(np.stack([x, np.sin(x * (1 + k))], axis=1), 0.05, closed=False) for k in range(4)
    ]
    together = fitted(lines)
    for line, controls in zip(lines, together, strict=True):
        assert fitted([line])[0] == pytest.approx(controls, abs=1e-9)
