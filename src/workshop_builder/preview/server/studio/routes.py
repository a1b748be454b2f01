"""What can be requested of the studio, beside what can be of the preview.

Requests that write, or have something made, are POST: the guard lets them through only from our
own page and with the secret of the session. Each has a JSON object for a body.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from workshop_builder.preview.messages import SheetMade
from workshop_builder.preview.server.guard import PRODUCT_POLICY
from workshop_builder.preview.server.studio.requests import is_typed, read_object, tried
from workshop_builder.preview.server.studio.session import StudioSession
from workshop_builder.preview.server.studio.sheet_files import SavedSheet, is_name
from workshop_builder.preview.server.studio.source_files import ConflictError
from workshop_builder.source.names import slugify

_IMMUTABLE = {"cache-control": "private, max-age=31536000, immutable"}


class StudioEndpoints:
    """The answers to the requests of the studio's page."""

    def __init__(self, studio: StudioSession) -> None:
        """Answer for `studio`."""
        self._studio = studio

    def routes(self) -> list[Route]:
        """Return every route with its endpoint."""
        return [
            Route("/studio/catalogue", self.catalogue),
            Route("/studio/picture/{name}", self.picture),
            Route("/studio/sheets", self.sheets),
            Route("/studio/sheets/{name}", self.saved),
            Route("/studio/pdf/{pdf}/{name}", self.pdf),
            Route("/studio/make", self.make, methods=["POST"]),
            Route("/studio/save", self.save, methods=["POST"]),
        ]

    async def catalogue(self, _: Request) -> Response:
        """Return what can be chosen, what the page says, and the secret of the session."""
        found = self._studio.catalogue
        if found is None:
            raise HTTPException(404)
        more = {"words": self._studio.words(), "secret": self._studio.secret}
        return JSONResponse({**found.content, **more})

    async def picture(self, request: Request) -> Response:
        """Return the picture of an exercise."""
        found = self._studio.catalogue
        name = request.path_params["name"]
        if found is None or name not in found.pictures:
            raise HTTPException(404)
        kind, data = found.pictures[name]
        return Response(data, media_type=kind, headers=_IMMUTABLE)

    async def sheets(self, _: Request) -> Response:
        """Return the names of the sheets that are saved, and of whom they are."""
        found = await asyncio.to_thread(tried, self._studio.files.all)
        listed = [
            {"name": each.name, "student": str(each.student.get("name", ""))} for each in found
        ]
        return JSONResponse({"sheets": listed})

    async def saved(self, request: Request) -> Response:
        """Return a sheet that is saved, with its version."""
        found = await asyncio.to_thread(tried, self._studio.files.read, _name(request.path_params))
        if found is None:
            raise HTTPException(404)
        return JSONResponse(_as_json(found))

    async def pdf(self, request: Request) -> Response:
        """Return the PDF of one of the last sheets."""
        data = self._studio.pdf(request.path_params["pdf"])
        if data is None:
            raise HTTPException(404)
        headers = {"content-security-policy": PRODUCT_POLICY, **_IMMUTABLE}
        return Response(data, media_type="application/pdf", headers=headers)

    async def make(self, request: Request) -> Response:
        """Make the sheet of a student; return its pages, or what is wrong with it."""
        made = await self._studio.make(_student(await read_object(request)))
        return JSONResponse(self._made(made))

    async def save(self, request: Request) -> Response:
        """Save a sheet that can be made, unless another version of it is there meanwhile."""
        body = await read_object(request)
        student = _student(body)
        name = body.get("file") or slugify(str(student.get("name", ""))) or "sheet"
        version = body.get("version", "")
        if not isinstance(name, str) or not is_name(name) or not isinstance(version, str):
            raise HTTPException(400)
        made = await self._studio.make(student)
        if made.faults:
            return JSONResponse(self._made(made), 422)
        try:
            saved = await asyncio.to_thread(tried, self._studio.files.save, name, student, version)
        except ConflictError:
            there = await asyncio.to_thread(tried, self._studio.files.read, name)
            return JSONResponse(_as_json(there) if there else {"name": name, "version": ""}, 409)
        return JSONResponse({"name": name, "version": saved})

    def _made(self, made: SheetMade) -> dict[str, Any]:
        faults = [{"place": fault.place, "text": fault.text} for fault in made.faults]
        pages = self._studio.pages(made) if made.pdf else []
        return {"faults": faults, "told": made.told, "pages": pages}


def _as_json(sheet: SavedSheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "student": sheet.student,
        "version": sheet.version,
        "problems": sheet.problems,
    }


def _name(given: dict[str, Any]) -> str:
    """Return the name of a sheet in an address; raises HTTPException for what is none."""
    name = str(given["name"])
    if not is_name(name):
        raise HTTPException(404)
    return name


def _student(body: dict[str, Any]) -> dict[str, Any]:
    """Return the student of a request, in which each value is a text, a list, or an object."""
    student = body.get("student")
    if not isinstance(student, dict) or not is_typed(student, 4):
        raise HTTPException(400)
    return student
