"""One PDF: made, or taken from what is kept where all that it follows from is as it was."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from workshop_builder.making.history import Making, digest
from workshop_builder.model.products import Target
from workshop_builder.model.workshop import Workshop
from workshop_builder.output.store import CHAPTERS, PRODUCTS, Store
from workshop_builder.pages import stylesheets, used_files
from workshop_builder.pages.render import Page, Renderer
from workshop_builder.pdf.tagging.page_starts import PageStart, page_starts
from workshop_builder.source import fingerprint
from workshop_builder.source.addresses import path_at
from workshop_builder.source.folder import SETTINGS_FILE

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from workshop_builder.pdf.engine import PdfEngine

_ROOM = 32_768
"""Bytes that a pipe takes at once, and more."""
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
    told: Connection | None = None,
) -> tuple[PrintedPdf, Making]:
    """Return a PDF, and how it came about; with `keep`, one that was made before from the same.

    Where the pages of a book begin is sent to `told` before it is joined from its chapters.
    With it, one that is made now is kept. Of a long one, `jobs` chapters are made at a time, and
    kept as well. Raises BuildError with what is wrong with it.
    """
    page = renderer.page()
    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    files = {name: file.data for name, file in engine.files.items()} | dict(page.codes)
    shown = _shown(renderer.workshop, page, files)
    parts = tuple(_parts(renderer, page, sheets, files, shown))
    packed = PRODUCTS.found(parts) if keep else None
    making = Making(digest(parts), packed is not None, _sources(renderer, page, sheets, shown))
    if packed is not None:
        return PrintedPdf.unpacked(packed), making
    if not keep:
        return _made(renderer.target, page, engine, sheets, None, jobs, told), making
    from workshop_builder.pdf import kept_letters  # noqa: PLC0415  as the engine

    with kept_letters.kept():
        made = _made(renderer.target, page, engine, sheets, CHAPTERS, jobs, told)
    PRODUCTS.keep(parts, made.packed())
    return made, making


def _made(
    target: Target,
    page: Page,
    engine: PdfEngine,
    sheets: Sequence[tuple[str, str]],
    store: Store | None,
    jobs: int,
    told: Connection | None,
) -> PrintedPdf:
    """Lay a page out; raises BuildError with what is wrong with it."""
    is_book = target.product.name == BOOK
    if target.pages is None:  # and so it may be long
        from workshop_builder.pdf.chapters.bound import bind  # noqa: PLC0415  as the engine

        tell = partial(_tell, told) if told else None
        bound = bind(engine, page, target, sheets, store, jobs, tell=tell)
        if bound is not None:
            return PrintedPdf(bound.data, bound.pages, bound.starts if is_book else ())
    starts: list[PageStart] = []

    def note(document: Any, _scale: object) -> None:  # noqa: ANN401  WeasyPrint's own
        if is_book:
            starts.extend(page_starts(document.pages))

    made = engine.make_pdf(page, target, sheets, note)
    return PrintedPdf(made.data, made.pages, tuple(starts))


def _tell(told: Connection, starts: tuple[PageStart, ...]) -> None:
    """Send where pages begin, unless it is so much that it would wait for whoever reads it."""
    data = pickle.dumps(starts, 5)
    if len(data) < _ROOM:
        told.send_bytes(data)


def _shown(workshop: Workshop, page: Page, files: Mapping[str, bytes]) -> set[str]:
    """Return the files that a page may show: a style of the studio's any, our own none."""
    if any(name.startswith("styles/") for name in workshop.overrides):
        return set(files)
    addresses = used_files.in_page(page.root)
    return {path for address in addresses if (path := path_at(address, files))}


def _parts(
    renderer: Renderer,
    page: Page,
    sheets: Sequence[tuple[str, str]],
    files: Mapping[str, bytes],
    shown: Iterable[str],
) -> Iterator[str]:
    """Yield all from which a PDF follows: program, promises, page, styles, files that they show."""
    target = renderer.target
    yield fingerprint.program()
    yield repr((target.product, target.edition, target.paper, target.pages, target.file))
    yield page.html
    yield repr(sorted(page.required.items()))
    for sheet in sheets:
        yield from sheet
    for path in sorted(shown):
        yield path
        yield hashlib.sha256(files[path]).hexdigest()


def _sources(
    renderer: Renderer, page: Page, sheets: Sequence[tuple[str, str]], shown: Iterable[str]
) -> frozenset[str]:
    """Return the files of the source folder that are seen in a page."""
    marks = {element.get(name) for element in page.root.iter("*") for name in ("id", "data-card")}
    texts = {path for mark, path in page.sources.items() if mark in marks}
    own = {path for path in renderer.workshop.overrides if not path.startswith("styles/")}
    return frozenset({SETTINGS_FILE, *texts, *own, *(name for name, _ in sheets), *shown})
