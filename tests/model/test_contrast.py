"""Contrast of colours, held against ratios that WCAG and its techniques name."""

from __future__ import annotations

import pytest

from workshop_builder.model.colours.contrast import contrast

WHITE = (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("shade", "ratio"),
    [(0x00, 21.0), (0xFF, 1.0), (0x76, 4.54), (0x77, 4.48), (0x59, 7.0)],
)
def test_greys_on_white(shade: int, ratio: float) -> None:
    """Black on white has 21, white on white 1; #767676 is the lightest grey that is enough."""
    grey = (shade / 255,) * 3
    assert contrast(grey, WHITE) == pytest.approx(ratio, abs=0.005)
    assert contrast(WHITE, grey) == contrast(grey, WHITE)
