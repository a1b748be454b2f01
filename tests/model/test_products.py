"""The files of a workshop: what each of them promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from small import write
from workshop_builder import load
from workshop_builder.model.fields import Pages
from workshop_builder.model.products import select_targets


@pytest.mark.parametrize(
    ("said", "standard", "large"),
    [("1", Pages(1, 1), Pages(1, 3)), ("2-4", Pages(2, 4), Pages(2, 12))],
)
def test_large_print_may_take_more_pages_and_need_not(
    tmp_path: Path, said: str, standard: Pages, large: Pages
) -> None:
    """A promise of pages is one of at most three times as many in large print."""
    workshop = load(write(tmp_path, f"{{handout: {{pages: {said}}}}}"))
    targets = select_targets(workshop, editions=("standard", "large-print"))
    assert [target.pages for target in targets] == [standard, large]
