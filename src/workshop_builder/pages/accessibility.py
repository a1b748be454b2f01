"""How a publication can be perceived, in the words of schema.org and EPUB Accessibility 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workshop_builder.pages.labels import Labels

HAZARD = "none"
"""Nothing in a workshop flashes, moves or sounds."""

NAVIGATION = ("readingOrder", "structuralNavigation")
"""The features that files of every format have."""

PAGES = ("pageBreakMarkers", "pageNavigation")
"""The features of an e-book that tells the pages of a printed one."""

OWN_FEATURES: Mapping[str, tuple[str, ...]] = {
    "epub": ("tableOfContents", "displayTransformability"),
    "pdf": ("taggedPDF",),
}
"""The features that files of one format have besides."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a publication can be perceived, as far as its images bear it out."""

    modes: tuple[str, ...]
    """The senses that it speaks to."""
    sufficient: tuple[tuple[str, ...], ...]
    """The sets of senses each of which is enough."""
    alternatives: tuple[str, ...]
    """The feature of alternative texts, if there are images and each has one."""
    is_described: bool
    """Whether no image lacks its alternative text."""
    summary: str
    """All this in a sentence, in the workshop's language."""

    def features(self, file_format: str) -> tuple[str, ...]:
        """Return the features of a file of one format, `epub` or `pdf`."""
        return (*NAVIGATION, *self.alternatives, *OWN_FEATURES[file_format])


def assess(alternative_texts: Iterable[str], labels: Labels) -> Access:
    """Return how a publication can be perceived that has an image for each of the texts.

    A text is empty where an image has none.
    """
    texts = list(alternative_texts)
    described = all(text.strip() for text in texts)
    seen: tuple[tuple[str, ...], ...] = (("textual", "visual"),) if texts else ()
    return Access(
        modes=("textual", "visual") if texts else ("textual",),
        sufficient=(*seen, ("textual",)) if described else seen,
        alternatives=("alternativeText",) if texts and described else (),
        is_described=described,
        summary=labels["summary_access"],
    )
