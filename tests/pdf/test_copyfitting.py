"""The scale at which promised pages are laid out: the largest that fits, found in few tries."""

from __future__ import annotations

import pytest

from workshop_builder.pdf.fitting.copyfitting import Scale, largest_that_fits, scales

SCALES = scales(11.0, 12.0)


def _tries(filled: dict[Scale, float]) -> tuple[Scale, int]:
    """Return the scale that is chosen where each fills the pages as told, and the tries it took."""
    tried: list[Scale] = []

    def lay_out(scale: Scale) -> Scale:
        tried.append(scale)
        return scale

    return largest_that_fits(SCALES, lay_out, lambda scale: filled[scale]).scale, len(tried)


@pytest.mark.parametrize("largest", [0.3, 0.7, 1.0])
def test_the_largest_is_taken_where_it_fits(largest: float) -> None:
    """Pages with room to spare are set at the largest scale, and laid out twice at the most."""
    filled = {scale: largest * scale.picture / SCALES[0].picture for scale in SCALES}
    chosen, tries = _tries(filled)
    assert chosen == SCALES[0]
    assert tries <= 2


@pytest.mark.parametrize("fits", range(1, len(SCALES)))
def test_a_scale_that_fits_is_found(fits: int) -> None:
    """Whichever scales fit, one of them is chosen, in five tries at the most."""
    filled = {scale: 0.95 if number >= fits else 1.2 for number, scale in enumerate(SCALES)}
    chosen, tries = _tries(filled)
    assert filled[chosen] <= 1
    assert tries <= 5


def test_pages_that_break_early_do_not_end_in_the_smallest_text() -> None:
    """Where one row too many takes a whole page more, text is not made smaller than it must be."""
    filled = {scale: 0.98 if scale.body < 11.5 else 1.73 for scale in SCALES}
    chosen, tries = _tries(filled)
    assert chosen.body > 11.3
    assert tries <= 3


def test_the_smallest_is_returned_where_none_fits() -> None:
    """What does not fit at all is given back in the smallest text, to be told how long it is."""
    chosen, _ = _tries(dict.fromkeys(SCALES, 1.5))
    assert chosen == SCALES[-1]
