"""What the e-book claims of its accessibility: what a person has evaluated, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

import small
from workshop_builder import SourceError, build, load

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
EVALUATED = f"evaluated:\n  by: Ann Reader\n  date: 2026-11-20\n  standard: {STANDARD}\n"


def claims(folder: Path, more: str) -> dict[str, str | None]:
    """Build the small e-book with `more` in workshop.yaml; return what it claims, by property."""
    source = small.write(folder / "rest", "{epub: {}}")
    with (source / "workshop.yaml").open("a", encoding="utf-8") as file:
        file.write(more)
    build(load(source), folder / "dist")
    with zipfile.ZipFile(folder / "dist/rest.epub") as book:
        root = etree.fromstring(book.read("EPUB/content.opf"))
    wanted = {"dcterms:conformsTo", "a11y:certifiedBy", "dcterms:date"}
    found = {str(meta.get("property")): meta.text for meta in root.iter("{*}meta")}
    return {name: text for name, text in found.items() if name in wanted}


def test_nothing_is_claimed_that_nobody_has_evaluated(tmp_path: Path) -> None:
    """Without `evaluated` the e-book says only what is computed from its content."""
    assert claims(tmp_path, "") == {}


def test_an_evaluation_is_claimed_with_its_evaluator_and_day(tmp_path: Path) -> None:
    """With `evaluated` it says by whom, when and against what."""
    assert claims(tmp_path, EVALUATED) == {
        "dcterms:conformsTo": STANDARD,
        "a11y:certifiedBy": "Ann Reader",
        "dcterms:date": "2026-11-20",
    }


def test_a_claim_that_is_none_is_refused(tmp_path: Path) -> None:
    """A standard that EPUB Accessibility does not know is a problem at its line."""
    with pytest.raises(SourceError) as caught:
        claims(tmp_path, EVALUATED.replace("Level AA", "Level AAAA"))
    (problem,) = caught.value.problems
    assert (problem.path, "standard" in problem.text) == ("workshop.yaml", True)
