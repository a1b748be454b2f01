"""The studio: what its page asks for, and the sheets that the build process makes for it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from workshop_builder.errors import Problem
from workshop_builder.languages.files import ENGLISH, ours
from workshop_builder.languages.kinds import MOVEMENT, labels_of
from workshop_builder.languages.layers import lineage, merged
from workshop_builder.preview.messages import (
    Catalogue,
    CheckAsked,
    CheckMade,
    EditForms,
    PdfPage,
    PoseAsked,
    PoseDrawn,
    ProductUpdate,
    SheetAsked,
    SheetFault,
    SheetMade,
    ToStudio,
)
from workshop_builder.preview.server.page_images import PageImages
from workshop_builder.preview.server.studio.sheet_files import SheetFiles
from workshop_builder.preview.server.supervisor import Supervisor

_Answer = TypeVar("_Answer")

PICTURES = ".sheets"
"""In place of a product, whose name this cannot be: for the pictures of the pages of sheets."""

_KEPT = 8
"""Sheets whose PDFs can still be asked for."""
_PATIENCE = 90.0
"""Seconds after which a sheet that has not come is given up."""


@dataclass(slots=True)
class StudioSession:
    """What is known for the page of the studio; for one event loop."""

    source: Path
    supervisor: Supervisor
    page_images: PageImages
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    """What a request that writes has to carry; new each time that the studio is opened."""
    catalogue: Catalogue | None = None
    version: str = ""
    """A short name for the catalogue; empty as long as there is none."""
    forms: EditForms | None = None
    """What can be edited; None as long as the build process has not said."""
    _number: int = 0
    _waiting: dict[int, asyncio.Future[SheetMade]] = field(default_factory=dict)
    _checks: dict[int, asyncio.Future[CheckMade]] = field(default_factory=dict)
    _poses: dict[str, asyncio.Future[bytes]] = field(default_factory=dict)
    _pdfs: OrderedDict[str, bytes] = field(default_factory=OrderedDict)

    @property
    def files(self) -> SheetFiles:
        """The sheets that are saved."""
        return SheetFiles(self.source)

    def is_ours(self, secret: str) -> bool:
        """Return whether this is the secret."""
        return hmac.compare_digest(secret.encode(), self.secret.encode())

    def receive(self, message: ToStudio) -> None:
        """Take a message of the build process."""
        match message:
            case Catalogue():
                self.catalogue = message
                self.version = _sum(repr(message.content).encode())
            case EditForms():
                self.forms = message
            case CheckMade(number):
                _answer(self._checks.pop(number, None), message)
            case PoseDrawn(name, svg):
                _answer(self._poses.get(name), svg)
            case SheetMade():
                for number in [number for number in self._waiting if number <= message.number]:
                    _answer(self._waiting.pop(number), message)

    async def check(self, files: Mapping[str, bytes | None]) -> tuple[Problem, ...]:
        """Return what would be wrong if files, by their path, were in the folder."""
        self._number += 1
        number = self._number
        future = self._checks[number] = asyncio.get_running_loop().create_future()
        await asyncio.to_thread(self.supervisor.send, CheckAsked(number, files))
        try:
            made: CheckMade = await asyncio.wait_for(future, _PATIENCE)
        except TimeoutError:
            self._checks.pop(number, None)
            text = f"could not be checked for {_PATIENCE:.0f} s; try again"
            return (Problem(next(iter(files)), 0, text),)
        return made.problems

    async def pose(self, name: str) -> bytes:
        """Return the drawing of a ready pose; empty where it has none."""
        if name not in self._poses:
            self._poses[name] = asyncio.get_running_loop().create_future()
            await asyncio.to_thread(self.supervisor.send, PoseAsked(name))
        try:
            return await asyncio.wait_for(asyncio.shield(self._poses[name]), _PATIENCE)
        except TimeoutError:
            self._poses.pop(name, None)
            return b""

    async def make(self, student: Mapping[str, Any]) -> SheetMade:
        """Return the sheet of a student; of one that is asked for later, if that is made first."""
        self._number += 1
        number = self._number
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        await asyncio.to_thread(self.supervisor.send, SheetAsked(number, student))
        try:
            made: SheetMade = await asyncio.wait_for(future, _PATIENCE)
        except TimeoutError:
            self._waiting.pop(number, None)
            text = f"no sheet has come for {_PATIENCE:.0f} s; mend what is wrong in the workshop"
            return SheetMade(number, faults=(SheetFault((), text),))
        if made.pdf:
            await asyncio.to_thread(self._keep, made)
        return made

    def pages(self, made: SheetMade) -> list[list[Any]]:
        """Return the pages of a sheet as the browser's page reads them: PDF, number, size."""
        name = _sum(made.pdf)
        pages = [PdfPage(name, number) for number in range(made.pages)]
        measured = [(page, self.page_images.size(page)) for page in pages]
        return [[page.pdf, page.number, *size] for page, size in measured if size]

    def pdf(self, name: str) -> bytes | None:
        """Return one of the last sheets by the name of its PDF."""
        return self._pdfs.get(name)

    def told(self) -> dict[str, str]:
        """Return what every state tells: the version of the catalogue, the names of the tabs."""
        words = self.words()
        return {
            "version": self.version,
            "sheets": words["sheets"],
            "content": words["content"],
        }

    def words(self) -> dict[str, Any]:
        """Return what the page says, as a workshop of this kind says it, in its language."""
        words = self._said("studio")
        content = self.catalogue.content if self.catalogue else {}
        return labels_of(content.get("kind", MOVEMENT), words)

    def help(self) -> dict[str, Any]:
        """Return how fields are called, and what they are, by what English has for it."""
        return self._said("fields")

    def _said(self, part: str) -> dict[str, Any]:
        """Return one part of the language of the workshop, or else of English."""
        code = self.catalogue.content["language"] if self.catalogue else ENGLISH
        return merged([ours(each, part) for each in dict.fromkeys([ENGLISH, *lineage(code)])])

    def _keep(self, made: SheetMade) -> None:
        name = _sum(made.pdf)
        self._pdfs[name] = made.pdf
        self._pdfs.move_to_end(name)
        while len(self._pdfs) > _KEPT:
            self._pdfs.popitem(last=False)
        pages = tuple(PdfPage(name, number) for number in range(made.pages))
        self.page_images.add(
            ProductUpdate(PICTURES, is_draft=False, pages=pages, pdfs={name: made.pdf})
        )


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _answer(future: asyncio.Future[_Answer] | None, answer: _Answer) -> None:
    if future and not future.done():
        future.set_result(answer)
