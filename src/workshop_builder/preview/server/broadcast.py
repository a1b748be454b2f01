"""Keeps the state of a preview up to date, and passes each change of it on to every browser."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from workshop_builder.preview.messages import (
    FromBuilder,
    ProductUpdate,
    ProductViewed,
    SheetsWanted,
    SourceChanged,
    Tabs,
    ToStudio,
)
from workshop_builder.preview.server.page_images import PageImages
from workshop_builder.preview.server.state import PreviewState, next_state
from workshop_builder.preview.server.studio.session import PICTURES, StudioSession
from workshop_builder.preview.server.supervisor import BuilderDied, ProcessMain, Supervisor

HEARTBEAT = 15.0
"""Seconds of silence after which a browser is told that there is nothing new."""

_WATCH_STEP = 20
"""Milliseconds without a further change after which a save is taken to be complete."""
_WATCH_DEBOUNCE = 150
"""Milliseconds after which changes are passed on even if more keep coming."""
_WATCH_TIMEOUT = 1000
"""Milliseconds without a change after which the watcher checks that the folder is the same."""
_MISSING_PAUSE = 0.1
"""Seconds between two looks for a folder that is missing."""
_LEAST_GAP = 0.02
"""Seconds between two states sent to one browser; changes in between go into the second."""


class Broadcast:
    """The state of one workshop's preview, and all that listen to it; for one event loop."""

    def __init__(
        self, source: Path, process_main: ProcessMain, *, has_studio: bool = False
    ) -> None:
        """Preview the workshop in the folder `source`; `process_main` is its build process."""
        self.state = PreviewState()
        self.page_images = PageImages()
        self.supervisor = Supervisor(source, self._receive, process_main)
        self.studio: StudioSession | None = None
        if has_studio:
            self.studio = StudioSession(source, self.supervisor, self.page_images)
            self.supervisor.send(SheetsWanted())
        self._source = source
        self._changed = asyncio.Event()
        self._stopping = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watcher: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the build process, and watch the source."""
        self._loop = asyncio.get_running_loop()
        self.supervisor.start()
        self._watcher = asyncio.create_task(self._watch())

    def stop(self) -> None:
        """End every stream of states."""
        self._stopping.set()
        self._changed.set()

    async def close(self) -> None:
        """End the build process and the watcher, and wait for both."""
        self.stop()
        await asyncio.to_thread(self.supervisor.close)
        if self._watcher:
            with suppress(asyncio.CancelledError):
                await self._watcher
        await asyncio.to_thread(self.page_images.close)

    async def set_viewed(self, product: str) -> None:
        """Have `product` made first from now on; a name that no product has does nothing."""
        await asyncio.to_thread(self.supervisor.send, ProductViewed(product))

    async def states(self) -> AsyncIterator[PreviewState | None]:
        """Yield the state now and after each change; None after `HEARTBEAT` without a change."""
        while not self._stopping.is_set():
            changed = self._changed
            yield self.state
            await asyncio.sleep(_LEAST_GAP)
            while not changed.is_set():
                try:
                    await asyncio.wait_for(changed.wait(), HEARTBEAT)
                except TimeoutError:
                    yield None

    def _receive(self, message: FromBuilder | BuilderDied) -> None:
        """Take a message of the build process, in the supervisor's thread."""
        if isinstance(message, ProductUpdate):
            self.page_images.add(message)
        elif isinstance(message, Tabs):
            self.page_images.retain({PICTURES, *(tab.product for tab in message.tabs)})
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has been closed in a hurry
                self._loop.call_soon_threadsafe(self._apply, message)

    def _apply(self, message: FromBuilder | BuilderDied | SourceChanged) -> None:
        """Replace the state by the one after a message, and wake all that listen."""
        if self.studio and isinstance(message, ToStudio):
            self.studio.receive(message)
        self.state = next_state(self.state, message, time.time())
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
        if self._stopping.is_set():
            self._changed.set()

    async def _watch(self) -> None:
        """Tell the build process of each change, whatever becomes of the folder meanwhile."""
        polling = False
        while not self._stopping.is_set():
            try:
                await self._watch_folder(polling=polling)
            except FileNotFoundError:
                await self._report_change()
                await self._wait_for_folder()
            except (OSError, RuntimeError):
                polling = True  # the system watches no more files for us
            if not self._stopping.is_set():
                await self._report_change()

    async def _watch_folder(self, *, polling: bool) -> None:
        """Watch the folder for as long as its name leads to the same one."""
        first = self._source.stat().st_ino
        changes = awatch(
            self._source,
            watch_filter=DefaultFilter(),
            debounce=_WATCH_DEBOUNCE,
            step=_WATCH_STEP,
            stop_event=self._stopping,
            rust_timeout=_WATCH_TIMEOUT,
            yield_on_timeout=True,
            force_polling=polling or None,
        )
        async for found in changes:
            if found:
                await self._report_change()
            if self._source.stat().st_ino != first:
                return

    async def _wait_for_folder(self) -> None:
        while not (self._stopping.is_set() or self._source.exists()):
            await asyncio.sleep(_MISSING_PAUSE)

    async def _report_change(self) -> None:
        self._apply(SourceChanged())
        await asyncio.to_thread(self.supervisor.send, SourceChanged())
