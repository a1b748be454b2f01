"""The setting in which promised pages are laid out: the widest that fits, found in few tries."""

from __future__ import annotations

import pytest

from workshop_builder.pdf.copyfitting import Scale, largest_that_fits, scales

RUNGS = scales(11.0, 12.0)


def _tries(filled: dict[Scale, float]) -> tuple[Scale, int]:
    """Return the setting that is chosen where each fills the pages so far, and after how many."""
    tried: list[Scale] = []

    def lay(setting: Scale) -> Scale:
        tried.append(setting)
        return setting

    return largest_that_fits(RUNGS, lay, lambda setting: filled[setting]).setting, len(tried)


def test_the_widest_is_taken_at_once_where_it_fits() -> None:
    """Pages with room to spare are set in the largest text, and laid out once."""
    assert _tries(dict.fromkeys(RUNGS, 0.95)) == (RUNGS[0], 1)


@pytest.mark.parametrize("fits", range(1, len(RUNGS)))
def test_a_setting_that_fits_is_found(fits: int) -> None:
    """Whichever settings fit, one of them is chosen, in five tries at the most."""
    filled = {rung: 0.95 if number >= fits else 1.2 for number, rung in enumerate(RUNGS)}
    chosen, tries = _tries(filled)
    assert filled[chosen] <= 1
    assert tries <= 5


def test_pages_that_break_early_do_not_end_in_the_smallest_text() -> None:
    """Where one row too many takes a whole page more, text is not made smaller than it must be."""
    filled = {rung: 0.98 if rung.body < 11.5 else 1.73 for rung in RUNGS}
    chosen, tries = _tries(filled)
    assert chosen.body > 11.3
    assert tries <= 3


def test_the_tightest_is_returned_where_none_fits() -> None:
    """What does not fit at all is given back in the smallest text, to be told how long it is."""
    chosen, _ = _tries(dict.fromkeys(RUNGS, 1.5))
    assert chosen == RUNGS[-1]
