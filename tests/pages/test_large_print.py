"""Large print is laid out for itself, by templates and styles of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from small import write
from workshop_builder import load
from workshop_builder.model.products import select_targets
from workshop_builder.pages import stylesheets

OWN = {"styles/handout.css": "p { color: red }"}
BOTH = OWN | {"styles/handout-large-print.css": "p { color: blue }"}


@pytest.mark.parametrize(
    ("files", "styles"),
    [
        ({}, ["large-print.css", "handout-large-print.css"]),
        (OWN, ["handout.css", "large-print.css"]),
        (BOTH, ["large-print.css", "handout-large-print.css"]),
    ],
)
def test_a_studios_style_counts_in_large_print(
    tmp_path: Path, files: dict[str, str], styles: list[str]
) -> None:
    """Ours stands in for that of the product, but never for one of the studio's own."""
    workshop = load(write(tmp_path, "{handout: {editions: [large-print]}}", files))
    (target,) = select_targets(workshop, only=("handout",))
    sheets = stylesheets.for_target(workshop, target)
    names = [name.removeprefix("styles/") for name, _ in sheets]
    assert names[names.index("base.css") + 1 :] == styles
    own = files.get(f"styles/{styles[-1]}")
    assert own is None or sheets[-1][1] == own
