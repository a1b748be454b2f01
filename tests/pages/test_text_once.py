"""A text is read once: at load it becomes a value, and no product changes or reads it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from markdown import Markdown

from sample import SOURCE
from small import write
from workshop_builder import load
from workshop_builder.epub.archive import make_epub
from workshop_builder.epub.documents import content_documents
from workshop_builder.errors import BuildError
from workshop_builder.loading import read_before
from workshop_builder.markup import rich_text, xhtml
from workshop_builder.markup.fragment import Fragment
from workshop_builder.model.products import Target, select_targets
from workshop_builder.model.workshop import Workshop
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Page, Renderer

LINKING = """---
name: Bridge
mistakes: ["*Not* so high"]
---

1. Lie as in [the text](../chapters/01-lie-down.md#how).
2. Go on to [rest](rest.md).

See [a chapter](../chapters/02-more.md) as well.
"""
CHAPTER = """---
title: Lie down
---

## How {#how}

/// exercise | bridge
///
"""
MORE = "---\ntitle: More\n---\n\nText.\n"


def _renderers(workshop: Workshop, product: str) -> Iterator[Renderer]:
    for target in select_targets(workshop):
        if target.product.name == product:
            yield Renderer(workshop, target, Labels(workshop.language))


def _pages(workshop: Workshop) -> dict[Target, list[Page]]:
    """Return the pages of every PDF and of the e-book."""
    found = {}
    for target in select_targets(workshop):
        renderer = Renderer(workshop, target, Labels(workshop.language))
        if target.product.format == "pdf":
            found[target] = [renderer.page()]
        elif target.product.format == "epub":
            found[target] = [each.page for each in content_documents(renderer, {})]
    return found


def _fragments(workshop: Workshop) -> list[Fragment]:
    exercises = workshop.exercises.values()
    bodies = [chapter.body for chapter in workshop.chapters]
    bodies += [exercise.body for exercise in exercises]
    return bodies + [step for exercise in exercises for step in exercise.steps]


def test_nothing_is_read_again_while_products_are_rendered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Loading the sample reads each text as Markdown; rendering all its products reads none."""
    read: list[str] = []
    convert = Markdown.convert

    def noted(self: Markdown, source: str) -> str:
        read.append(source)
        return convert(self, source)

    monkeypatch.setattr(Markdown, "convert", noted)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # where nothing is kept
    _forget()
    workshop = load(SOURCE)
    assert len(read) > 300
    read.clear()
    _forget()
    assert len(_pages(workshop)) > 4
    assert read == []


def _forget() -> None:
    """Forget the texts that were read before: what is remembered is not read."""
    rich_text.read.cache_clear()
    read_before.converted.cache_clear()


def test_no_product_changes_a_text() -> None:
    """The trees of chapters, exercises and steps are the same after all products as before."""
    workshop = load(SOURCE)
    texts = _fragments(workshop)
    before = [text.__html__() for text in texts]
    assert len(texts) > 100
    first, again = _pages(workshop), _pages(workshop)
    assert [text.__html__() for text in texts] == before
    assert [page.html for pages in again.values() for page in pages] == [
        page.html for pages in first.values() for page in pages
    ]


def test_each_file_of_the_e_book_is_parsed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every document is parsed when its template is filled, and by no check of the book again."""
    parsed: list[str | bytes] = []
    fromstring = etree.fromstring

    def noted(text: str | bytes, *more: object) -> object:
        parsed.append(text)
        return fromstring(text, *more)

    workshop = load(write(tmp_path, "{epub: {}}"))
    (renderer,) = _renderers(workshop, "epub")
    monkeypatch.setattr(etree, "fromstring", noted)
    assert make_epub(renderer, {}, "").startswith(b"PK")
    documents = [text for text in parsed if "<html" in str(text)]
    (renderer,) = _renderers(workshop, "epub")
    assert len(documents) == len(content_documents(renderer, {}))


def test_links_of_an_exercise_lead_where_its_card_stands(tmp_path: Path) -> None:
    """Links in a card lead into its product; what the product does not show is words alone."""
    more = {
        "exercises/bridge.md": LINKING,
        "chapters/01-lie-down.md": CHAPTER,
        "chapters/02-more.md": MORE,
    }
    workshop = load(write(tmp_path, "{book: {}, epub: {}, handout: {}}", more))
    (book,) = _renderers(workshop, "book")
    assert _links(book.page()) == {
        "the text": "#chapter-01-lie-down--how",
        "rest": "#ex-rest",
        "a chapter": "#chapter-02-more",
    }
    (epub,) = _renderers(workshop, "epub")
    (card,) = (
        each for each in content_documents(epub, {}) if 'data-card="bridge"' in each.page.html
    )
    assert _links(card.page) == {
        "the text": "chapter-01-lie-down.xhtml#chapter-01-lie-down--how",
        "rest": "exercises.xhtml#ex-rest",
        "a chapter": "chapter-02-more.xhtml",
        "Read this first": "safety.xhtml",
    }
    (handout,) = _renderers(workshop, "handout")
    assert _links(handout.page()) == {"rest": "#ex-rest"}
    assert "Lie as in the text." in xhtml.words(handout.page().root)


def _links(page: Page) -> dict[str, str]:
    """Return where the links of the card lead, by their words."""
    card = next(each for each in page.root.iter("{*}article") if each.get("data-card") == "bridge")
    return {xhtml.words(link): link.get("href") for link in card.iter("{*}a")}


@pytest.mark.parametrize(
    "reach", ["root", "copy()", "root.getroottree().write('reached')", "_root", "__class__"]
)
def test_a_template_reaches_no_tree(tmp_path: Path, reach: str) -> None:
    """A studio's template prints texts and sees their words; a tree could write files."""
    template = f"<html><body>{{{{ cards[0].exercise.body.{reach} }}}}</body></html>"
    more = {"templates/poster.html": template, "styles/poster.css": ""}
    product = "{poster: {template: poster.html, style: poster.css}}"
    workshop = load(write(tmp_path, product, more))
    (renderer,) = _renderers(workshop, "poster")
    with pytest.raises(BuildError, match="the template failed"):
        renderer.page()


def test_quotation_marks_of_fields_are_those_of_the_studio(tmp_path: Path) -> None:
    """A field is set in the quotation marks that the studio's own language names."""
    folder = write(tmp_path, more={"labels/en/writing.yaml": "quotes: [«, », ‹, ›]\n"})
    settings = folder / "workshop.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"goals: ['say \"ah\" now']\n{text}", encoding="utf-8")
    workshop = load(folder)
    assert [goal.plain for goal in workshop.settings.goals] == ["say «ah» now"]
