"""docs/gallery.md: it shows every ready pose, as it is, with its drawing."""

from __future__ import annotations

import gallery_page
import kept_drawings
import pytest

from workshop_builder.figures import gallery

POSES = gallery.poses()
TEXT = gallery_page.PAGE.read_text(encoding="utf-8")


def test_the_page_is_that_of_the_poses() -> None:
    """The page is what the script writes, each pose has a drawing, and no drawing is left over."""
    assert gallery_page.page({name: gallery_page.alt(file) for name, file in POSES.items()}) == TEXT
    drawn = {path.name: path for path in gallery_page.PICTURES.iterdir()}
    assert drawn.keys() == {f"{name}.svg" for name in POSES}
    assert [name for name, path in drawn.items() if path.stat().st_size > gallery_page.MOST] == []


def test_each_drawing_is_as_old_as_its_pose() -> None:
    """Each drawing is noted to be of its pose as it is; else run scripts/gallery_page.py."""
    for name, file in POSES.items():
        note = kept_drawings.note(file.read_text(encoding="utf-8"))
        assert note in (gallery_page.PICTURES / f"{name}.svg").read_text(encoding="utf-8"), name


@pytest.mark.parametrize("name", list(POSES)[3::12])
def test_a_drawing_is_that_of_its_pose(name: str) -> None:
    """Of the drawings, these are drawn again: the engine draws as it did."""
    assert (gallery_page.PICTURES / f"{name}.svg").read_bytes() == gallery_page.drawing(POSES[name])
