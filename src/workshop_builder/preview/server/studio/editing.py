"""What the studio writes into the workshop: checked first, whole or not at all, taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import PurePosixPath
from typing import Any

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.preview.messages import SheetFault
from workshop_builder.preview.server.studio import documents
from workshop_builder.preview.server.studio.history import History, Step
from workshop_builder.preview.server.studio.session import StudioSession
from workshop_builder.preview.server.studio.source_files import ConflictError, SourceFiles, version
from workshop_builder.source.characters import without_consequences
from workshop_builder.source.folder import SETTINGS_FILE
from workshop_builder.source.names import slugify
from workshop_builder.source.yaml_writing import scalars

_STARTS = (
    (b"\x89PNG", ".png"),
    (b"\xff\xd8", ".jpg"),
    (b"RIFF", ".webp"),
    (b"<", ".svg"),
    (b"\xef\xbb\xbf<", ".svg"),
)
"""How the files begin that can be pictures, and the ending of each."""


@dataclass(frozen=True, slots=True)
class Written:
    """What has come of a request to write."""

    path: str
    """The file that was meant first."""
    version: str = ""
    """Its new version; empty where nothing was written, or the file was taken away."""
    faults: tuple[SheetFault, ...] = ()
    """Why nothing was written."""


@dataclass(slots=True)
class Editing:
    """The files of a workshop, as the studio changes them; for one event loop."""

    studio: StudioSession
    history: History = field(default_factory=History)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def files(self) -> SourceFiles:
        """The files that can be written."""
        return SourceFiles(self.studio.source)

    async def save(
        self, path: str, seen: str, fields: Mapping[str, Any], body: str | None, *, only_check: bool
    ) -> Written:
        """Change fields of a file, and its text if one is given; raises ConflictError, OSError."""
        before = await asyncio.to_thread(self.files.read, path)
        if before is None or version(before) != seen:
            raise ConflictError(path)
        try:
            data = documents.edited(path, before, fields, body, self._order(path))
        except (WorkshopError, UnicodeDecodeError) as error:
            problems = error.problems if isinstance(error, WorkshopError) else ()
            text = problems[0].text if problems else "is not UTF-8 text; mend it in an editor"
            return Written(path, faults=(SheetFault((), text),))
        if data == before:
            return Written(path, seen)
        return await self._write({path: before}, {path: data}, only_check=only_check)

    async def add_picture(self, name: str, data: bytes) -> Written:
        """Put a picture into pictures/, unless the same is there under its name."""
        start = data.lstrip()[:8]
        ending = next((each for sign, each in _STARTS if start.startswith(sign)), "")
        stem = slugify(PurePosixPath(name).stem) or "picture"
        ending = ending or PurePosixPath(name).suffix.lower() or ".png"
        for number in count(1):
            path = f"pictures/{stem}{'' if number == 1 else f'-{number}'}{ending}"
            there = await asyncio.to_thread(self.files.read, path)
            if there == data:
                return Written(path, version(data))
            if there is None:
                return await self._write({path: None}, {path: data})
        raise AssertionError

    async def add_exercise(self, name: str, pose: str) -> Written:
        """Write an exercise that starts from a ready pose, and the figure of that pose."""
        stem = slugify(name) or "exercise"
        forms = self.studio.forms
        _, figure = forms.poses[pose] if forms else ("", b"")
        words = self.studio.words()
        head = scalars.block({"name": name, "figure": f"{stem}.yaml"}, 0).lstrip("\n")
        text = f"---\n{head}\n---\n\n1. {words['first_step']}\n"
        files = {f"exercises/{stem}.md": text.encode(), f"figures/{stem}.yaml": figure}
        return await self._write(dict.fromkeys(files), files)

    async def step(self, *, redo: bool) -> Written | None:
        """Take back what was written last, or do it again; None where there is nothing.

        Raises ConflictError where a file has been changed since.
        """
        step = self.history.next(redo=redo)
        if step is None:
            return None
        done = await self._write(step.before, step.after, is_new=False)
        if not done.faults:
            self.history.moved(redo=redo)
        return done

    async def _write(
        self,
        before: Mapping[str, bytes | None],
        after: Mapping[str, bytes | None],
        *,
        only_check: bool = False,
        is_new: bool = True,
    ) -> Written:
        """Write files if nothing new would be wrong with the workshop; or tell what would be."""
        path = next(iter(after))
        async with self._lock:
            problems = without_consequences(await self.studio.check(after))
            if problems or only_check:
                return Written(path, faults=tuple(_fault(path, after[path], p) for p in problems))
            seen = {path: version(data) for path, data in before.items()}
            await asyncio.to_thread(self.files.write, after, seen)
            if is_new:
                self.history.add(Step(before, after))
        return Written(path, version(after[path]))

    def _order(self, path: str) -> Sequence[str]:
        """Return the fields of a file in the order in which one writes them."""
        kind = "workshop" if path == SETTINGS_FILE else "exercise"
        fields = self.studio.forms.fields if self.studio.forms else {}
        return [each["key"] for each in fields.get(kind, ())]


def _fault(path: str, data: bytes | None, problem: Problem) -> SheetFault:
    """Return a problem at its field of the file `path`, or with its place where it has none."""
    if problem.path != path or data is None or not path.endswith((".md", ".yaml")):
        return SheetFault((), str(problem) if problem.path != path else problem.text)
    try:
        place = documents.place_of(path, data, problem)
    except WorkshopError:
        place = ()
    return SheetFault(place, problem.text)
