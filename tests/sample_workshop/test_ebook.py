"""What the sample's e-book says of how it can be read (EPUB Accessibility 1.1)."""

from __future__ import annotations

import pytest

from sample import Sample, source
from sample_reading import documents, package

pytestmark = pytest.mark.judge


def stated(sample: Sample) -> dict[str, list[str]]:
    """Return what the package states, by the name of the property."""
    found: dict[str, list[str]] = {}
    for meta in package(sample.book).iterfind(".//{*}meta[@property]"):
        found.setdefault(str(meta.get("property")), []).append(meta.text or "")
    return found


def test_the_e_book_says_how_it_can_be_read(sample: Sample) -> None:
    """Modes, features, hazards and a summary are stated, with the words of schema.org."""
    told = stated(sample)
    assert told["schema:accessMode"] == ["textual", "visual"]
    assert "textual" in told["schema:accessModeSufficient"]
    assert set(told["schema:accessibilityFeature"]) >= {
        "alternativeText",
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    }
    assert told["schema:accessibilityHazard"] == ["none"]
    assert len(told["schema:accessibilitySummary"][0]) > 40
    claims = {"dcterms:conformsTo", "a11y:certifiedBy"}
    assert not claims & set(told), "nobody has evaluated the sample"


def test_the_e_book_says_who_made_it_and_when(sample: Sample) -> None:
    """Title, language, author and the date of the text are stated."""
    settings = source().settings
    words = {
        e.tag.rpartition("}")[2]: e.text for e in package(sample.book).iterfind(".//{*}metadata/*")
    }
    assert (words["title"], words["language"]) == (settings.title, "en-GB")
    assert (words["creator"], words["date"]) == (settings.author, str(settings.date))
    assert stated(sample)["dcterms:modified"] == [f"{settings.date}T00:00:00Z"]


def test_what_the_e_book_states_is_so(sample: Sample) -> None:
    """Each picture has its words, and contents and reading order hold every document."""
    roots = documents(sample.book)
    images = [image for root in roots.values() for image in root.iter("{*}img")]
    assert len(images) > 20
    assert all((image.get("alt") or "").strip() for image in images)
    toc = next(nav for nav in roots["nav.xhtml"].iter("{*}nav") if nav.get("id") == "toc")
    linked = {link.get("href").partition("#")[0] for link in toc.iter("{*}a")}
    assert linked == set(roots) - {"nav.xhtml"}
    assert all(root.get("lang") == "en-GB" for root in roots.values())
