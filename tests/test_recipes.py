"""The recipes of CONTRIBUTING.md: what they say of a new product or field is all that it takes."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest

import recipes
import small


def test_a_new_product(tmp_path: Path) -> None:
    """A template, a style, an entry and its labels give pocket cards, on the website too."""
    assert len(recipes.carry_out("Add a product", tmp_path)) == 4
    workshop = small.write(tmp_path / "workshop", "{pocket: {}, website: {}}")
    text = _pdf_text(_built(tmp_path, workshop) / "rest-pocket.pdf")
    assert "Rest" in text
    assert "2\u00a0min" in text
    assert "Not on a cold floor." in text
    page = (tmp_path / "dist/site/index.html").read_text(encoding="utf-8")
    assert "Pocket cards" in page
    assert "to cut out and take along" in page


@pytest.mark.slow
def test_a_new_field(tmp_path: Path) -> None:
    """The model, a label and the sentence of the dose print a field on every card."""
    assert len(recipes.carry_out("Add a field", tmp_path)) == 4
    exercise = small.EXERCISE.replace("hold: 2 min\n", "breaths: 7\n")
    assert exercise != small.EXERCISE
    products = "{handout: {}, take-home: {}, book: {}, teacher: {}, epub: {}, website: {}}"
    more = {"exercises/rest.md": exercise}
    package = _built(tmp_path, small.write(tmp_path / "workshop", products, more))
    with zipfile.ZipFile(package / "rest.epub") as book:
        pages = [book.read(name).decode() for name in book.namelist() if name.endswith("xhtml")]
    texts = {path.name: _pdf_text(path) for path in package.glob("*.pdf")}
    texts["epub"] = "".join(pages)
    texts["site"] = (package / "site/exercises/rest.html").read_text(encoding="utf-8")
    assert len(texts) == 6
    assert {name for name, text in texts.items() if "7 slow breaths" not in text} == set()


def _built(program: Path, workshop: Path) -> Path:
    """Build a workshop by the changed program; return the package."""
    output = program / "dist"
    done = subprocess.run(
        [sys.executable, "-m", "workshop_builder", "build", str(workshop), "-o", str(output)],
        env={"PYTHONPATH": str(program / "src")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return output


def _pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
