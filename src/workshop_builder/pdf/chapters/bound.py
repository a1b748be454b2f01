"""The PDF of a long document, joined from its runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from weasyprint.document import Document, DocumentMetadata
from weasyprint.html import get_html_metadata

from workshop_builder.model.products import Target
from workshop_builder.output.store import Store
from workshop_builder.pages.render import Page
from workshop_builder.pdf import glyphs, speed, warnings_log
from workshop_builder.pdf.chapters.book import Binder
from workshop_builder.pdf.chapters.division import divide
from workshop_builder.pdf.chapters.fitted import made_at_largest
from workshop_builder.pdf.chapters.keys import keys
from workshop_builder.pdf.chapters.making import Layouts, MadeRun
from workshop_builder.pdf.chapters.whole import Whole
from workshop_builder.pdf.engine import PdfEngine, check_safety
from workshop_builder.pdf.fitting import copyfitting, misfits, overflow
from workshop_builder.pdf.fitting.copyfitting import Scale
from workshop_builder.pdf.joining.draw import NotKept
from workshop_builder.pdf.joining.join import join
from workshop_builder.pdf.joining.lettering import UnknownFontError
from workshop_builder.pdf.served_files import Resource
from workshop_builder.pdf.tagging.page_starts import PageStart
from workshop_builder.source import fingerprint

_SHOWING = ("url(", "@import", "src(", "image(", "image-set(")
"""By what a style may show a file."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A PDF, and what is known of its pages."""

    data: bytes = field(repr=False)
    pages: int
    starts: tuple[PageStart, ...]
    words: dict[str, str]
    """The words that are seen, by the key of their element."""
    noted: tuple[tuple[int, Any], ...]
    """How many parts each run has, and what was noted of it; None of one that is left out."""


def bind(
    engine: PdfEngine,
    page: Page,
    target: Target,
    styles: Sequence[tuple[str, str]],
    store: Store | None,
    jobs: int,
    note: Callable[[Any], Any] | None = None,
) -> Bound | None:
    """Return a long PDF, joined from chapters that were laid out by themselves.

    Chapters are kept in `store`; `jobs` of them are made at a time, and what `note` returns of the
    laid-out pages of each can be had. It is None where all has to be laid out together, be it to
    tell what is wrong, or because the engine is another version. Raises BuildError where a
    character is in no font, or words of safety cannot be seen.
    """
    if target.pages is not None or not speed.is_known():
        return None
    glyphs.check(page, target)
    html, fetcher = engine.read(page)
    sheets = [engine.style(name, text) for name, text in styles]
    texts = [text for _, text in styles]
    whole = divide(html, engine.fonts, [*sheets, engine.size_style(target)], texts)
    if whole is None:
        return None
    name = getattr(note, "__qualname__", "")
    common = (fingerprint.program(), repr(target.size), name, *_shown(texts, fetcher.files))
    around = [(*common, *key) for key in keys(whole, texts, fetcher.files)]
    breaking = engine.style("misfits", misfits.BREAKING)
    framed = overflow.has_frames(html.etree_element)
    apart = framed or target.product.surface == "screen"
    binders: dict[str, Binder] = {}

    def at(scale: Scale | None) -> Binder:
        css = scale.css if scale else ""
        sized = [*sheets, engine.size_style(target, css)]
        layouts = Layouts(whole, engine.fonts, sized, breaking, note, apart)
        binders[css] = Binder(layouts, [(*key, css) for key in around], store, jobs)
        return binders[css]

    with warnings_log.collected() as log:
        try:
            if framed:
                made = made_at_largest(copyfitting.scales(*target.product.body), at)
            else:
                made = at(None).made()
            bound = joined(whole, engine.fonts, made)
        except (NotKept, UnknownFontError):
            return None
    if log.lines:
        return None
    check_safety(bound.words, page, target)
    return bound


def _shown(styles: Sequence[str], files: Mapping[str, Resource]) -> Iterator[str]:
    """Yield the styles, and digests of the files if some may be shown by a style."""
    yield from styles
    if any(word in style for style in styles for word in _SHOWING):
        yield from (hashlib.sha256(files[path].data).hexdigest() for path in sorted(files))


def joined(whole: Whole, fonts: Any, made: Sequence[MadeRun]) -> Bound:  # noqa: ANN401
    """Return the PDF of all runs; raises UnknownFontError where a font is not what it was."""
    odd = sum(each.extent.pages for each in made) % 2
    left_out = [bool(odd and run.spare) for run in made]
    noted = tuple(
        (len(parts), None if out else run.noted)
        for parts, run, out in zip(whole.runs, made, left_out, strict=True)
    )
    made = [run for run, out in zip(made, left_out, strict=True) if not out]
    starts: list[PageStart] = []
    words: dict[str, list[str]] = {}
    pages = 0
    for each in made:
        starts += (replace(start, page=start.page + pages) for start in each.starts)
        for key, seen in each.words.items():
            words.setdefault(key, []).append(seen)
        pages += each.extent.pages
    data = join(_empty(whole.html, fonts), [each.drawn for each in made])
    seen_words = {key: " ".join(seen) for key, seen in words.items()}
    return Bound(data, pages, tuple(starts), seen_words, noted)


def _empty(html: Any, fonts: Any) -> Document:  # noqa: ANN401
    """Return a document without pages that knows what the whole tells of itself."""
    about = DocumentMetadata(**get_html_metadata(html))
    return Document([], about, html.url_fetcher, fonts, {}, None)
