"""Products that are kept: taken where nothing of theirs has changed, and the same either way."""

from __future__ import annotations

from pathlib import Path

import pytest

import small
from workshop_builder import build, load, resources

PRODUCTS = "{handout: {chapters: [02-rest]}, book: {}}"
CHAPTERS = {
    "chapters/01-lie-down.md": small.CHAPTER + "\n![A bar](../pictures/bar.svg)\n",
    "chapters/02-rest.md": "---\ntitle: Rest\n---\n\nRest a little.\n",
}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 3h9v3H0z"/></svg>'
EDITS = {
    "a word": ("chapters/02-rest.md", "a little", "a bit"),
    "a dose": ("exercises/rest.md", "2 min", "3 min"),
    "a caution": ("exercises/rest.md", "cold", "wet"),
    "a promise": ("workshop.yaml", "handout: {", "handout: {pages: 1-4, "),
    "a picture": ("pictures/bar.svg", "3h9", "2h9"),
    "a title": ("workshop.yaml", "Rest well", "Rest better"),
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user an empty cache folder; return where products will be kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "workshop-builder" / "products"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Write a workshop of two PDFs."""
    return small.write(tmp_path / "source", PRODUCTS, CHAPTERS | {"pictures/bar.svg": PICTURE})


def made(source: Path, output: Path, *, keep: bool) -> dict[str, bytes]:
    """Return the files of a build by their names."""
    return {file.name: file.data for file in build(load(source), output, keep=keep, jobs=1)}


def edit(source: Path, name: str) -> None:
    """Change a file of the workshop."""
    path, old, new = EDITS[name]
    text = (source / path).read_text(encoding="utf-8")
    assert old in text
    (source / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_build_after_any_edit_is_as_a_clean_one(
    source: Path, store: Path, tmp_path: Path
) -> None:
    """Edits one after the other: what is kept, and what is made anew, gives the same bytes."""
    made(source, tmp_path / "dist", keep=True)
    for name in EDITS:
        edit(source, name)
        kept = made(source, tmp_path / "dist", keep=True)
        assert kept == made(source, tmp_path / "clean", keep=False), name
    assert store.is_dir()


@pytest.mark.parametrize(
    ("name", "anew"),
    [("a word", 1), ("a picture", 1), ("a caution", 2)],
)
def test_only_what_an_edit_touches_is_made_again(
    name: str, anew: int, source: Path, store: Path, tmp_path: Path
) -> None:
    """A product that does not show what has changed is taken as it was."""
    made(source, tmp_path / "dist", keep=True)
    assert len(list(store.iterdir())) == 2
    edit(source, name)
    made(source, tmp_path / "dist", keep=True)
    assert len(list(store.iterdir())) == 2 + anew


def test_a_style_of_ones_own_may_show_any_picture(
    source: Path, store: Path, tmp_path: Path
) -> None:
    """With a style of the studio's, a changed picture makes all products anew."""
    own = resources.files("styles")["handout.css"].read_text(encoding="utf-8")
    style = f"{own} h1 {{ background: url(pictures/bar.svg) }}"
    small.write(source, PRODUCTS, CHAPTERS | {"styles/handout.css": style})
    made(source, tmp_path / "dist", keep=True)
    edit(source, "a picture")
    kept = made(source, tmp_path / "dist", keep=True)
    assert kept == made(source, tmp_path / "clean", keep=False)
    assert len(list(store.iterdir())) == 4
