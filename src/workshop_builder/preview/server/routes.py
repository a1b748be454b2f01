"""The preview's server: its page, the pictures and files that it shows, and nothing else.

Everything is looked up by its exact name among what is held in memory; no request reaches a disk.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from workshop_builder import resources
from workshop_builder.output.media_types import media_type
from workshop_builder.preview.messages import Sheet
from workshop_builder.preview.server import ebook_reader
from workshop_builder.preview.server.broadcast import Projector
from workshop_builder.preview.server.guard import PAGE_POLICY, PRODUCT_POLICY, READER_POLICY, Guard
from workshop_builder.preview.server.page_images import MEDIA_TYPE
from workshop_builder.preview.server.state import Display, Piece, as_json

_PAGE = Path(__file__).resolve().parents[1] / "page"
_FONTS = ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf")
_FOREVER = {"cache-control": "private, max-age=31536000, immutable"}
"""For what is named by its contents."""

_LONGEST_NAME = 100
"""Characters of the name of a product that a page may say it looks at."""

_SAVED = {".epub", ".pdf", ".zip"}
"""Endings of files that the website offers for download; a frame cannot show them."""


def application(projector: Projector, port: int) -> ASGIApp:
    """Return the server's application, which shows what `projector` has at `port`."""
    server = _Server(projector)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        await projector.start()
        yield
        await projector.close()

    return Guard(Starlette(routes=server.routes(), lifespan=life), port)


class _Server:
    """The answers to the requests that the guard lets through."""

    def __init__(self, projector: Projector) -> None:
        self._projector = projector
        self._page = _own_files()
        self._scripts = ebook_reader.scripts()

    def routes(self) -> list[Route]:
        """Return what can be asked for."""
        return [
            Route("/", self.page),
            Route("/reader", self.reader),
            Route("/ui/{name}", self.own),
            Route("/foliate/{name:path}", self.script),
            Route("/events", self.events),
            Route("/pages/{pdf}/{number:int}/{width:int}", self.picture),
            Route("/files/{product}/{version}/{name}", self.file),
            Route("/site/{product}/{name:path}", self.site),
            Route("/book/{product}/{name:path}", self.book),
        ]

    async def page(self, _: Request) -> Response:
        """Return the page."""
        return _found(self._page, "index.html", {"content-security-policy": PAGE_POLICY})

    async def reader(self, _: Request) -> Response:
        """Return the page that holds the reader of the e-book."""
        return _found(self._page, "reader.html", {"content-security-policy": READER_POLICY})

    async def own(self, request: Request) -> Response:
        """Return a style, script or font of the page."""
        return _found(self._page, request.path_params["name"])

    async def script(self, request: Request) -> Response:
        """Return a script of foliate-js."""
        return _found(self._scripts, request.path_params["name"])

    async def events(self, request: Request) -> Response:
        """Return the stream of news; the tab that is looked at comes as `tab`."""
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        await self._projector.look(request.query_params.get("tab", "")[:_LONGEST_NAME])
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        async for display in self._projector.news():
            yield f"data: {self._state(display)}\n\n" if display else ": nothing new\n\n"

    def _state(self, display: Display) -> str:
        shown = as_json(display, self._projector.sheets.size, reader=bool(self._scripts))
        return json.dumps(shown, ensure_ascii=False)

    async def picture(self, request: Request) -> Response:
        """Return a page of a PDF as a picture."""
        asked = request.path_params
        sheet = Sheet(asked["pdf"], asked["number"])
        data = await asyncio.to_thread(self._projector.sheets.picture, sheet, asked["width"])
        if data is None:
            raise HTTPException(404)
        return Response(data, media_type=MEDIA_TYPE, headers=_FOREVER)

    async def file(self, request: Request) -> Response:
        """Return a finished PDF or e-book, named by its version."""
        piece = self._piece(request)
        if piece.version != request.path_params["version"]:
            raise HTTPException(404)
        headers = {"content-security-policy": PRODUCT_POLICY, **_FOREVER}
        return _found(piece.files, request.path_params["name"], headers)

    async def site(self, request: Request) -> Response:
        """Return a file of the website."""
        name = request.path_params["name"]
        if not name or name.endswith("/"):
            name += "index.html"
        headers = {"content-security-policy": PRODUCT_POLICY}
        if _ending(name) in _SAVED:
            headers["content-disposition"] = "attachment"
        return _found(self._piece(request).files, name, headers)

    async def book(self, request: Request) -> Response:
        """Return a file inside the e-book; its contents page where none is named."""
        books = [data for name, data in self._piece(request).files.items() if _is_book(name)]
        if not books:
            raise HTTPException(404)
        files = await asyncio.to_thread(ebook_reader.pages, books[0])
        name = request.path_params["name"]
        if not name:
            return RedirectResponse(ebook_reader.contents(files))
        return _found(files, name, {"content-security-policy": PRODUCT_POLICY})

    def _piece(self, request: Request) -> Piece:
        """Return the product that is asked for."""
        piece = self._projector.display.pieces.get(request.path_params["product"])
        if piece is None:
            raise HTTPException(404)
        return piece


def _own_files() -> dict[str, bytes]:
    """Return the files of the page by name: its own, the colours of all products, two fonts."""
    found = {path.name: path for path in _PAGE.iterdir()}
    found["colours.css"] = resources.folder("styles") / "colours.css"
    found |= {name: path for name, path in resources.font_files().items() if name in _FONTS}
    return {name: path.read_bytes() for name, path in found.items()}


def _found(
    files: Mapping[str, bytes], name: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the file of exactly that name; raises HTTPException where there is none."""
    if name not in files:
        raise HTTPException(404)
    return Response(files[name], media_type=media_type(name), headers=headers)


def _ending(name: str) -> str:
    return Path(name).suffix.lower()


def _is_book(name: str) -> bool:
    return _ending(name) == ".epub"
