"""One PDF: made, or taken from what is kept where all that it follows from is as it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Self

from workshop_builder.model.products import Target
from workshop_builder.output.store import CHAPTERS, PRODUCTS, Store
from workshop_builder.pages import stylesheets, used_files
from workshop_builder.pages.render import Page, Renderer
from workshop_builder.pdf.tagging.page_starts import PageStart, page_starts
from workshop_builder.source import fingerprint
from workshop_builder.source.addresses import path_at

if TYPE_CHECKING:
    from workshop_builder.pdf.engine import PdfEngine

BOOK = "book"
"""The product of which the starts of pages are noted."""


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """A finished PDF."""

    data: bytes = field(repr=False)
    pages: int
    """Their number."""
    starts: tuple[PageStart, ...] = ()
    """Where they begin, if it is the book."""

    def packed(self) -> bytes:
        """Return it as it is kept: a line of JSON before the file."""
        facts = {"pages": self.pages, "starts": [asdict(start) for start in self.starts]}
        return json.dumps(facts).encode() + b"\n" + self.data

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        """Return what was `packed`."""
        line, _, data = packed.partition(b"\n")
        facts = json.loads(line)
        return cls(data, facts["pages"], tuple(PageStart(**start) for start in facts["starts"]))


def print_pdf(
    renderer: Renderer,
    engine: PdfEngine,
    keep: bool,  # noqa: FBT001  a job's arguments have no names
    jobs: int = 1,
) -> PrintedPdf:
    """Return a PDF; with `keep`, one that was made before from the same, and else kept now.

    Of a long one, `jobs` chapters are made at a time, and kept as well. Raises BuildError with
    what is wrong with it.
    """
    page = renderer.page()
    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    store = CHAPTERS if keep else None

    def made() -> PrintedPdf:
        return _made(renderer.target, page, engine, sheets, store, jobs)

    if not keep:
        return made()
    parts = tuple(_parts(renderer, page, engine, sheets))
    packed = PRODUCTS.kept(parts, lambda: made().packed())
    return PrintedPdf.unpacked(packed)


def _made(
    target: Target,
    page: Page,
    engine: PdfEngine,
    sheets: Sequence[tuple[str, str]],
    store: Store | None,
    jobs: int,
) -> PrintedPdf:
    """Lay a page out; raises BuildError with what is wrong with it."""
    if target.product.name == BOOK:
        from workshop_builder.pdf.chapters.bound import bind  # noqa: PLC0415  as the engine

        bound = bind(engine, page, target, sheets, store, jobs)
        if bound is not None:
            return PrintedPdf(bound.data, bound.pages, bound.starts)
    starts: list[PageStart] = []

    def note(document: Any, _scale: object) -> None:  # noqa: ANN401  WeasyPrint's own
        if target.product.name == BOOK:
            starts.extend(page_starts(document.pages))

    made = engine.make_pdf(page, target, sheets, note)
    return PrintedPdf(made.data, made.pages, tuple(starts))


def _parts(
    renderer: Renderer, page: Page, engine: PdfEngine, sheets: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Yield all from which a PDF follows: program, promises, page, styles, files that they show."""
    target = renderer.target
    yield fingerprint.program()
    yield repr((target.product, target.edition, target.paper, target.pages, target.file))
    yield page.html
    yield repr(sorted(page.required.items()))
    for sheet in sheets:
        yield from sheet
    files = {name: file.data for name, file in engine.files.items()} | dict(page.codes)
    own_style = any(name.startswith("styles/") for name in renderer.workshop.overrides)
    addresses = used_files.in_page(page.root)
    shown = {path for address in addresses if (path := path_at(address, files))}
    for path in sorted(files if own_style else shown):  # our own styles show no files
        yield path
        yield hashlib.sha256(files[path]).hexdigest()
