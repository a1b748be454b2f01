"""What can be requested of the preview's server: its page, the images and files it shows.

Everything is looked up by its exact name in memory; no request reaches the disk.
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
from workshop_builder.preview.messages import PdfPage
from workshop_builder.preview.server import ebook_reader, page_images
from workshop_builder.preview.server.broadcast import Broadcast
from workshop_builder.preview.server.guard import PAGE_POLICY, PRODUCT_POLICY, READER_POLICY, Guard
from workshop_builder.preview.server.state import PreviewState, ProductState, as_json
from workshop_builder.preview.server.studio.content_routes import ContentEndpoints
from workshop_builder.preview.server.studio.editing import Editing
from workshop_builder.preview.server.studio.routes import StudioEndpoints

_PAGE = Path(__file__).resolve().parents[1] / "page"
_FONTS = ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf")
_IMMUTABLE = {"cache-control": "private, max-age=31536000, immutable"}
"""For files whose address changes with their contents."""

_MAX_NAME = 100
"""Characters of a product's name that a browser may send."""

_DOWNLOADS = {".epub", ".pdf", ".zip"}
"""Endings of files that the website offers for download; a frame cannot show them."""


def application(broadcast: Broadcast, port: int) -> ASGIApp:
    """Return the application that shows the state of `broadcast`, to be served at `port`."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await broadcast.start()
        yield
        await broadcast.close()

    routes = _Endpoints(broadcast).routes()
    studio = broadcast.studio
    if studio is None:
        return Guard(Starlette(routes=routes, lifespan=lifespan), port)
    own = [*StudioEndpoints(studio).routes(), *ContentEndpoints(Editing(studio)).routes()]
    writable = [route.path for route in own if route.methods == {"POST"}]
    app = Starlette(routes=[*routes, *own], lifespan=lifespan)
    return Guard(app, port, writable, studio.is_ours)


class _Endpoints:
    """The answers to the requests that the guard lets through."""

    def __init__(self, broadcast: Broadcast) -> None:
        self._broadcast = broadcast
        self._page = _page_files()
        self._scripts = ebook_reader.foliate_scripts()

    def routes(self) -> list[Route]:
        """Return every route with its endpoint."""
        return [
            Route("/", self.page),
            Route("/reader", self.reader),
            Route("/ui/{name}", self.page_file),
            Route("/foliate/{name:path}", self.script),
            Route("/events", self.events),
            Route("/pages/{pdf}/{number:int}/{width:int}", self.page_image),
            Route("/files/{product}/{version}/{name}", self.file),
            Route("/site/{product}/{name:path}", self.site),
            Route("/book/{product}/{name:path}", self.book),
        ]

    async def page(self, _: Request) -> Response:
        """Return the preview's own page."""
        return _response(self._page, "index.html", {"content-security-policy": PAGE_POLICY})

    async def reader(self, _: Request) -> Response:
        """Return the page that holds the reader of the e-book."""
        return _response(self._page, "reader.html", {"content-security-policy": READER_POLICY})

    async def page_file(self, request: Request) -> Response:
        """Return a style, script or font of the preview's own page."""
        return _response(self._page, request.path_params["name"])

    async def script(self, request: Request) -> Response:
        """Return a script of foliate-js."""
        return _response(self._scripts, request.path_params["name"])

    async def events(self, request: Request) -> Response:
        """Return the stream of states; the query `tab` names the product that is viewed."""
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        await self._broadcast.set_viewed(request.query_params.get("tab", "")[:_MAX_NAME])
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        async for state in self._broadcast.states():
            yield f"data: {self._json(state)}\n\n" if state else ": nothing new\n\n"

    def _json(self, state: PreviewState) -> str:
        size = self._broadcast.page_images.size
        studio = self._broadcast.studio
        told = studio.told() if studio else None
        content = as_json(state, size, told, has_reader=bool(self._scripts))
        return json.dumps(content, ensure_ascii=False)

    async def page_image(self, request: Request) -> Response:
        """Return the image of a page of a PDF."""
        asked = request.path_params
        page = PdfPage(asked["pdf"], asked["number"])
        data = await asyncio.to_thread(self._broadcast.page_images.image, page, asked["width"])
        if data is None:
            raise HTTPException(404)
        return Response(data, media_type=page_images.MEDIA_TYPE, headers=_IMMUTABLE)

    async def file(self, request: Request) -> Response:
        """Return a finished PDF or e-book, named by its version."""
        product = self._product(request)
        if product.version != request.path_params["version"]:
            raise HTTPException(404)
        headers = {"content-security-policy": PRODUCT_POLICY, **_IMMUTABLE}
        return _response(product.files, request.path_params["name"], headers)

    async def site(self, request: Request) -> Response:
        """Return a file of the website; for a folder its index.html."""
        name = request.path_params["name"]
        if not name or name.endswith("/"):
            name += "index.html"
        headers = {"content-security-policy": PRODUCT_POLICY}
        if _ending(name) in _DOWNLOADS:
            headers["content-disposition"] = "attachment"
        return _response(self._product(request).files, name, headers)

    async def book(self, request: Request) -> Response:
        """Return a file inside the e-book; without a name, redirect to its table of contents."""
        files = self._product(request).files
        books = [data for name, data in files.items() if _ending(name) == ".epub"]
        if not books:
            raise HTTPException(404)
        inside = await asyncio.to_thread(ebook_reader.unpacked, books[0])
        name = request.path_params["name"]
        if not name:
            return RedirectResponse(ebook_reader.contents_page(inside))
        return _response(inside, name, {"content-security-policy": PRODUCT_POLICY})

    def _product(self, request: Request) -> ProductState:
        """Return the product that is requested; raises HTTPException where there is none."""
        product = self._broadcast.state.products.get(request.path_params["product"])
        if product is None:
            raise HTTPException(404)
        return product


def _page_files() -> dict[str, bytes]:
    """Return the files of the page by name: its own, the colours of all products, two fonts."""
    found = {path.name: path for path in _PAGE.iterdir()}
    found["colours.css"] = resources.folder("styles") / "colours.css"
    found |= {name: path for name, path in resources.font_files().items() if name in _FONTS}
    return {name: path.read_bytes() for name, path in found.items()}


def _response(
    files: Mapping[str, bytes], name: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the file of exactly that name; raises HTTPException where there is none."""
    if name not in files:
        raise HTTPException(404)
    return Response(files[name], media_type=media_type(name), headers=headers)


def _ending(name: str) -> str:
    return Path(name).suffix.lower()
