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
from workshop_builder.pdf import glyphs, speed, visible_text, warnings_log
from workshop_builder.pdf.chapters.book import Binder
from workshop_builder.pdf.chapters.division import divide
from workshop_builder.pdf.chapters.fitted import made_at_largest
from workshop_builder.pdf.chapters.keys import keys
from workshop_builder.pdf.chapters.making import Layouts, MadeRun
from workshop_builder.pdf.chapters.whole import Whole
from workshop_builder.pdf.engine import PdfEngine
from workshop_builder.pdf.fitting import copyfitting, misfits, overflow
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
    tell: Callable[[tuple[PageStart, ...]], None] | None = None,
) -> Bound | None:
    """Return a long PDF, joined from chapters that were laid out by themselves.

    Chapters are kept in `store`; `jobs` of them are made at a time, and what `note` returns of the
    laid-out pages of each can be had. `tell` is called with where pages begin once that is known,
    unless something turns out to be wrong later. It is None where all has to be laid out together,
    be it to tell what is wrong, or because the engine is another version. Raises BuildError where
    a character is in no font, or words of safety cannot be seen.
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
    divided = _Divided(engine, target, whole, sheets, around, store, jobs, note)
    with warnings_log.collected() as log:
        try:
            bound = joined(whole, engine.fonts, divided.made(), tell)
        except (NotKept, UnknownFontError):
            return None
    if log.lines:
        return None
    visible_text.check_safety(bound.words, page, target)
    return bound


@dataclass(frozen=True, slots=True)
class _Divided:
    """A document that is divided, and all that its runs are made with, at any scale."""

    engine: PdfEngine
    target: Target
    whole: Whole
    sheets: Sequence[Any]
    around: Sequence[tuple[str, ...]]
    store: Store | None
    jobs: int
    note: Callable[[Any], Any] | None
    _binders: list[Binder] = field(default_factory=list)
    """All stay: their style sheets are told apart by where they lie in memory."""

    def made(self) -> list[MadeRun]:
        """Return all runs, at the largest scale that fits; raises NotKept as `Binder.made`."""
        if not self._is_framed:
            return self._at("").made()
        scales = copyfitting.scales(*self.target.product.body)
        return made_at_largest(scales, lambda scale: self._at(scale.css))

    @property
    def _is_framed(self) -> bool:
        return overflow.has_frames(self.whole.html.etree_element)

    def _at(self, css: str) -> Binder:
        sized = [*self.sheets, self.engine.size_style(self.target, css)]
        breaking = self.engine.style("misfits", misfits.BREAKING)
        apart = self._is_framed or self.target.product.surface == "screen"
        layouts = Layouts(self.whole, self.engine.fonts, sized, breaking, self.note, apart)
        keys_at = [(*key, css) for key in self.around]
        self._binders.append(Binder(layouts, keys_at, self.store, self.jobs))
        return self._binders[-1]


def _shown(styles: Sequence[str], files: Mapping[str, Resource]) -> Iterator[str]:
    """Yield the styles, and digests of the files if some may be shown by a style."""
    yield from styles
    if any(word in style for style in styles for word in _SHOWING):
        yield from (hashlib.sha256(files[path].data).hexdigest() for path in sorted(files))


def joined(
    whole: Whole,
    fonts: Any,  # noqa: ANN401
    made: Sequence[MadeRun],
    tell: Callable[[tuple[PageStart, ...]], None] | None = None,
) -> Bound:
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
    if tell:
        tell(tuple(starts))
    data = join(_empty(whole.html, fonts), [each.drawn for each in made])
    seen_words = {key: " ".join(seen) for key, seen in words.items()}
    return Bound(data, pages, tuple(starts), seen_words, noted)


def _empty(html: Any, fonts: Any) -> Document:  # noqa: ANN401
    """Return a document without pages that knows what the whole tells of itself."""
    about = DocumentMetadata(**get_html_metadata(html))
    return Document([], about, html.url_fetcher, fonts, {}, None)
