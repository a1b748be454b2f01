"""Exercises that move on the website: the page has the film, and everything else the still."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

import small
from packages import forks
from workshop_builder import build, load
from workshop_builder.figures import film
from workshop_builder.pictures.pixels.animation import MOST_BYTES

pytestmark = forks

FIGURE = """position: lying on the back
near: {hip: 70}
ghost: {near: {hip: 30}}
"""
WEB = "website: {url: https://studio.example/rest, moving: yes}\n"
FILES = {
    "workshop.yaml": small.SETTINGS.format(products="{epub: {}, website: {}}") + WEB,
    "exercises/rest.md": small.EXERCISE.replace("---\n\n1.", "figure: rest.yaml\n---\n\n1."),
    "exercises/stand.md": small.EXERCISE.replace("---\n\n1.", "figure: stand.yaml\n---\n\n1."),
    "figures/rest.yaml": FIGURE,
    "figures/stand.yaml": "position: standing\n",
}
FILM = "pictures/rest-moving.webp"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the website of a workshop with an exercise that moves, and one that does not."""
    folder = tmp_path_factory.mktemp("films")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(film, "DRAWINGS", 3)
        build(load(small.write(folder / "source", more=FILES)), folder / "dist")
    return folder / "dist" / "site"


def _page(site: Path, name: str) -> html.HtmlElement:
    text = (site / f"exercises/{name}.html").read_text(encoding="utf-8")
    return html.document_fromstring(text)


def test_the_page_of_an_exercise_has_its_film(site: Path) -> None:
    """For who did not ask for less motion, the film; else the still, under the same words.

    A switch without a script shows the other of the two.
    """
    page = _page(site, "rest")
    wished, other = page.iter("picture")
    (source,), (reverse,) = wished.iter("source"), other.iter("source")
    assert source.get("media") == "(prefers-reduced-motion: no-preference)"
    assert reverse.get("media") == "(prefers-reduced-motion: reduce)"
    assert {source.get("srcset"), reverse.get("srcset")} == {f"../{FILM}"}
    images = list(page.xpath("//picture/img"))
    assert {image.get("src") for image in images} == {"../pictures/rest.svg"}
    assert len({image.get("alt") for image in images}) == 1
    assert images[1].get("loading") == "lazy"
    (switch,) = page.xpath("//figure/input")
    assert page.xpath(f"//label[@for='{switch.get('id')}']")
    with Image.open(site / FILM) as picture:
        assert picture.width >= 480
        assert picture.n_frames == 4  # type: ignore[attr-defined]
    assert (site / FILM).stat().st_size <= MOST_BYTES


def test_machines_are_told_of_a_film(site: Path) -> None:
    """workshop.json names the film beside the still; it is no video, and the e-book has none."""
    data = json.loads((site / "workshop.json").read_text(encoding="utf-8"))
    exercise = next(each for each in data["exercises"] if each["id"] == "rest")
    assert exercise["moving"]["path"] == FILM
    assert exercise["moving"]["media_type"] == "image/webp"
    assert exercise["picture"]["path"] == "pictures/rest.svg"
    assert "VideoObject" not in (site / "exercises/rest.html").read_text(encoding="utf-8")
    manifest = json.loads((site.parent / "manifest.json").read_text(encoding="utf-8"))
    assert f"site/{FILM}" in {each["file"] for each in manifest["files"]}
    assert b"webp" not in (site.parent / "rest.epub").read_bytes()


def test_a_figure_of_one_posture_stays(site: Path) -> None:
    """There is the still picture alone, and no switch."""
    page = _page(site, "stand")
    assert page.xpath("//picture | //figure/input") == []
    assert len(page.xpath("//figure/img")) == 1


@pytest.mark.parametrize(("asked", "moves"), [("moving: yes", True), ("moving: no", False)])
def test_only_what_is_asked_for_moves(tmp_path: Path, asked: str, moves: bool) -> None:  # noqa: FBT001  a case
    """Figures move for `moving: yes` alone."""
    settings = FILES["workshop.yaml"].replace("moving: yes", asked)
    workshop = load(small.write(tmp_path, more=FILES | {"workshop.yaml": settings}))
    assert (workshop.moving(workshop.exercises["rest"]) is not None) is moves
    assert workshop.moving(workshop.exercises["stand"]) is None
