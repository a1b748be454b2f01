"""The files of a workshop: what each of them promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from small import write
from workshop_builder import load
from workshop_builder.errors import SourceError
from workshop_builder.model.fields import Pages
from workshop_builder.model.products import select_targets


@pytest.mark.parametrize(
    ("said", "standard"),
    [("1", Pages(1, 1)), ("2-4", Pages(2, 4))],
)
def test_large_print_takes_the_pages_that_it_needs(
    tmp_path: Path, said: str, standard: Pages
) -> None:
    """A promise of pages is none in large print, whose type is not made smaller."""
    workshop = load(write(tmp_path, f"{{handout: {{pages: {said}}}}}"))
    targets = select_targets(workshop, editions=("standard", "large-print"))
    assert [target.pages for target in targets] == [standard, None]


def test_a_poster_is_twice_as_large_as_the_paper(tmp_path: Path) -> None:
    """It is on A3 where the paper is A4, and on Tabloid where it is Letter; slides are on none."""
    workshop = load(write(tmp_path, "{poster: {papers: [a4, letter]}, cards: , slides: {}}"))
    sheets = [(target.file, target.sheet, target.size) for target in select_targets(workshop)]
    assert sheets == [
        ("rest-poster.pdf", "a3", (297, 420)),
        ("rest-poster-letter.pdf", "tabloid", (279.4, 431.8)),
        ("rest-cards.pdf", "a4", (210, 297)),
        ("rest-slides.pdf", None, (338.67, 190.5)),
    ]


def test_some_products_are_made_only_where_they_are_named(tmp_path: Path) -> None:
    """Where workshop.yaml names no products, neither cards nor a poster are made."""
    made = {target.product.name for target in select_targets(load(write(tmp_path, "{}")))}
    assert {"handout", "book", "website"} <= made
    assert not {"cards", "poster"} & made


def test_an_edition_that_a_product_cannot_have_is_told(tmp_path: Path) -> None:
    """Cards in large print would be cards no more: the line that asks for them is named."""
    with pytest.raises(SourceError) as told:
        load(write(tmp_path, "{cards: {editions: [standard, large-print]}}"))
    assert str(told.value.problems[0]) == (
        "workshop.yaml:6: cards has no edition 'large-print'; leave it out of this line"
    )
