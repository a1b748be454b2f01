"""One e-book: made, or taken from what is kept where all that it follows from is as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workshop_builder.making.history import Making, digest
from workshop_builder.output.store import PRODUCTS
from workshop_builder.pages import stylesheets
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf.tagging.page_starts import PageStart
from workshop_builder.pictures.prepare import Picture
from workshop_builder.source import fingerprint


def bind(
    renderer: Renderer, screened: Mapping[str, Picture], starts: Sequence[PageStart] = ()
) -> bytes:
    """Return the e-book; `starts` tell where the pages of the printed book begin."""
    from workshop_builder.epub import archive  # noqa: PLC0415  not for a sheet alone

    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    return archive.make_epub(renderer, screened, stylesheets.flattened(sheets), starts)


def bind_once(
    renderer: Renderer,
    screened: Mapping[str, Picture],
    starts: Sequence[PageStart],
    keep: bool,  # noqa: FBT001  a job's arguments have no names
) -> tuple[bytes, Making]:
    """Return the e-book, and how it came about; with `keep`, one made before from the same."""
    sources = _sources(renderer)
    parts = tuple(_parts(renderer, sources, starts))
    known = keep and bool(sources)
    data = PRODUCTS.found(parts) if known else None
    making = Making(digest(parts), data is not None, frozenset(sources))
    if data is None:
        data = bind(renderer, screened, starts)
        if known:
            PRODUCTS.keep(parts, data)
    return data, making


def _sources(renderer: Renderer) -> dict[str, str]:
    """Return the digests of the files that may be seen in it: all but chapters that it has not."""
    workshop = renderer.workshop
    shown = {chapter.path for chapter in renderer.chapters}
    others = {chapter.path for chapter in workshop.chapters} - shown
    return {path: each for path, each in workshop.digests.items() if path not in others}


def _parts(
    renderer: Renderer, sources: Mapping[str, str], starts: Sequence[PageStart]
) -> Iterator[str]:
    """Yield all from which an e-book follows."""
    yield fingerprint.program()
    yield repr(renderer.target)
    yield repr([chapter.path for chapter in renderer.workshop.chapters])
    for pair in sources.items():
        yield from pair
    yield repr(starts)
