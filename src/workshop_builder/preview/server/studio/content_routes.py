"""What can be requested of the studio to edit exercises and facts, and to add some.

What writes is POST, as in `routes`, and answers 422 with what is wrong, and 409 where a file has
been changed elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from workshop_builder.preview.server.studio import documents
from workshop_builder.preview.server.studio.editing import Editing, Written
from workshop_builder.preview.server.studio.requests import is_typed, read_bytes, read_object, tried
from workshop_builder.preview.server.studio.source_files import FOLDERS, ConflictError, is_ours
from workshop_builder.source.folder import SETTINGS_FILE

_MEBIBYTE = 1024 * 1024
_LARGEST_TEXT = 2 * _MEBIBYTE
_LARGEST_PICTURE = 40 * _MEBIBYTE
_LONGEST_NAME = 200
_DEEPEST = 8
"""Levels of what a field has."""


class ContentEndpoints:
    """The answers to the requests of the studio's second page."""

    def __init__(self, editing: Editing) -> None:
        """Answer for `editing`."""
        self._editing = editing

    def routes(self) -> list[Route]:
        """Return every route with its endpoint."""
        return [
            Route("/studio/forms", self.forms),
            Route("/studio/files", self.files),
            Route("/studio/file", self.file),
            Route("/studio/pose/{name}", self.pose),
            Route("/studio/edit", self.edit, methods=["POST"]),
            Route("/studio/add-picture", self.add_picture, methods=["POST"]),
            Route("/studio/add-exercise", self.add_exercise, methods=["POST"]),
            Route("/studio/undo", self.undo, methods=["POST"]),
            Route("/studio/redo", self.redo, methods=["POST"]),
        ]

    async def forms(self, _: Request) -> Response:
        """Return the fields of each kind of file with their help, and the ready poses."""
        forms = self._editing.studio.forms
        if forms is None:
            raise HTTPException(404)
        poses = [[name, about] for name, (about, _) in forms.poses.items()]
        studio = self._editing.studio
        more = {"words": studio.words(), "secret": studio.secret, **studio.help()}
        return JSONResponse({**forms.fields, "poses": poses, **more})

    async def files(self, _: Request) -> Response:
        """Return the paths of what can be edited and shown, and what can be taken back."""
        found = await asyncio.to_thread(tried, self._listed)
        return JSONResponse({**found, **self._steps()})

    def _listed(self) -> dict[str, list[str]]:
        return {folder: self._editing.files.names(folder) for folder in FOLDERS}

    async def file(self, request: Request) -> Response:
        """Return a file as a form has it; the query `path` names it."""
        path = _editable(request.query_params.get("path"))
        data = await asyncio.to_thread(tried, self._editing.files.read, path)
        if data is None:
            raise HTTPException(404)
        found = documents.opened(path, data)
        return JSONResponse(
            {
                "path": path,
                "version": found.version,
                "fields": found.fields,
                "body": found.body,
                "problems": [str(problem) for problem in found.problems],
            }
        )

    async def pose(self, request: Request) -> Response:
        """Return the drawing of a ready pose."""
        forms, name = self._editing.studio.forms, request.path_params["name"]
        svg = await self._editing.studio.pose(name) if forms and name in forms.poses else b""
        if not svg:
            raise HTTPException(404)
        headers = {"cache-control": "private, max-age=600"}
        return Response(svg, media_type="image/svg+xml", headers=headers)

    async def edit(self, request: Request) -> Response:
        """Change fields of a file, or its text; with `only_check`, tell what would be wrong."""
        asked = await read_object(request, _LARGEST_TEXT)
        path, seen = _editable(asked.get("path")), asked.get("version")
        fields, body = asked.get("fields", {}), asked.get("body")
        right = isinstance(seen, str) and isinstance(body, str | None) and isinstance(fields, dict)
        if not right or not is_typed(fields, _DEEPEST, empty=True):
            raise HTTPException(400)
        only_check = asked.get("only_check") is True
        return await self._answer(
            self._editing.save(path, str(seen), fields, body, only_check=only_check)
        )

    async def add_picture(self, request: Request) -> Response:
        """Put the picture that is the body into pictures/; the query `name` is that of its file."""
        name = request.query_params.get("name", "")[-_LONGEST_NAME:]
        data = await read_bytes(request, _LARGEST_PICTURE)
        return await self._answer(self._editing.add_picture(name, data))

    async def add_exercise(self, request: Request) -> Response:
        """Write a new exercise, which starts from a ready pose."""
        asked = await read_object(request)
        name, pose, forms = asked.get("name"), asked.get("pose"), self._editing.studio.forms
        named = isinstance(name, str) and 0 < len(name.strip()) < _LONGEST_NAME
        if not named or not forms or pose not in forms.poses:
            raise HTTPException(400)
        return await self._answer(self._editing.add_exercise(str(name).strip(), str(pose)))

    async def undo(self, _: Request) -> Response:
        """Take back what was written last."""
        return await self._answer(self._editing.step(redo=False))

    async def redo(self, _: Request) -> Response:
        """Write again what was taken back last."""
        return await self._answer(self._editing.step(redo=True))

    async def _answer(self, writing: Awaitable[Written | None]) -> Response:
        """Return what has come of a request to write."""
        try:
            done = await writing
        except ConflictError as error:
            return JSONResponse({"path": str(error), **self._steps()}, 409)
        except OSError as error:
            raise HTTPException(507, error.strerror or "") from error
        if done is None:
            return JSONResponse(self._steps())
        faults = [{"place": fault.place, "text": fault.text} for fault in done.faults]
        told = {"path": done.path, "version": done.version, "faults": faults, **self._steps()}
        return JSONResponse(told, 422 if faults else 200)

    def _steps(self) -> dict[str, Any]:
        """Return which files the next undo and redo would change."""
        history = self._editing.history
        steps = {"undo": history.next(redo=False), "redo": history.next(redo=True)}
        return {name: step.path if step else "" for name, step in steps.items()}


def _editable(path: object) -> str:
    """Return the path of a file that a form can have; raises HTTPException for any other."""
    if isinstance(path, str) and is_ours(path) and path.endswith((".md", SETTINGS_FILE)):
        return path
    raise HTTPException(400)
