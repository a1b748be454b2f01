"""docs/gallery.md: it shows every ready pose, as it is, with its drawing."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from workshop_builder.commands import figure
from workshop_builder.figures import gallery

ROOT = Path(__file__).resolve().parents[2]
POSES = gallery.poses()


def _script() -> ModuleType:
    """Return the script that writes the page as a module."""
    spec = importlib.util.spec_from_file_location("gallery_page", ROOT / "scripts/gallery_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gallery_page"] = module
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()
TEXT = SCRIPT.PAGE.read_text(encoding="utf-8")


def test_the_page_is_that_of_the_poses() -> None:
    """The page is what the script writes, each pose has a drawing, and no drawing is left over."""
    assert _without_alts(TEXT) == _without_alts(SCRIPT.page(dict.fromkeys(POSES, "words")))
    drawn = {path.name: path for path in SCRIPT.PICTURES.iterdir()}
    assert drawn.keys() == {f"{name}.svg" for name in POSES}
    assert [name for name, path in drawn.items() if path.stat().st_size > SCRIPT.MOST] == []


def _without_alts(text: str) -> str:
    return re.sub(r"!\[[^\]]+\]", "!", text)


FEW = [
    name if number % 60 == 7 else pytest.param(name, marks=pytest.mark.slow)
    for number, name in enumerate(POSES)
]
"""All poses; every sixtieth is drawn by the quick tests too."""


@pytest.mark.parametrize("name", FEW)
def test_a_drawing_is_that_of_its_pose(name: str) -> None:
    """Each drawing and its words are what its pose gives; else run scripts/gallery_page.py."""
    pose = figure.read(POSES[name])
    assert (SCRIPT.PICTURES / f"{name}.svg").read_bytes() == pose.svg(ink_saver=False)
    assert f"![{pose.alt}](pictures/gallery/{name}.svg)" in TEXT
