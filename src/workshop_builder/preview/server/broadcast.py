"""Shows the kiln's work to whoever looks: hears the kiln, watches the source, spreads the news."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from workshop_builder.preview.messages import Changed, FromKiln, Look, Shown, Tabs
from workshop_builder.preview.server.page_images import Sheets
from workshop_builder.preview.server.state import Display, after
from workshop_builder.preview.server.supervisor import Keeper, Restarted, Target

HEARTBEAT = 15.0
"""Seconds of silence after which a listener is told that there is nothing new."""

_STEP = 20
"""Milliseconds without a further change after which a save is taken for whole."""
_DEBOUNCE = 150
"""Milliseconds after which changes are passed on even if more keep coming."""
_LOOK_UP = 1000
"""Milliseconds after which the watcher makes sure that the folder is still the same."""
_GAP = 0.02
"""Seconds between two pieces of news for one listener; what comes between goes into the second."""


class Projector:
    """The display of one workshop, kept up to date; one event loop long."""

    def __init__(self, source: Path, target: Target) -> None:
        """Show the workshop in the folder `source`, made by a kiln that runs `target`."""
        self.display = Display()
        self.sheets = Sheets()
        self._source = source
        self.keeper = Keeper(source, self._hear, target)
        self._news = asyncio.Event()
        self._stopping = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watcher: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the kiln, and watch the source."""
        self._loop = asyncio.get_running_loop()
        self.keeper.start()
        self._watcher = asyncio.create_task(self._watch())

    def stop(self) -> None:
        """End every stream of news."""
        self._stopping.set()
        self._news.set()

    async def close(self) -> None:
        """End the kiln and the watcher; the event loop goes on until both are gone."""
        self.stop()
        await asyncio.to_thread(self.keeper.close)
        if self._watcher:
            with suppress(asyncio.CancelledError):
                await self._watcher
        await asyncio.to_thread(self.sheets.close)

    async def look(self, product: str) -> None:
        """Have the product made first that somebody looks at; a name that is none does nothing."""
        await asyncio.to_thread(self.keeper.tell, Look(product))

    async def news(self) -> AsyncIterator[Display | None]:
        """Yield the display now and at each change; None where there is nothing new for long."""
        while not self._stopping.is_set():
            news = self._news
            yield self.display
            await asyncio.sleep(_GAP)
            while not news.is_set():
                try:
                    await asyncio.wait_for(news.wait(), HEARTBEAT)
                except TimeoutError:
                    yield None

    def _hear(self, message: FromKiln | Restarted) -> None:
        """Take a message of the kiln, in the keeper's thread."""
        if isinstance(message, Shown):
            self.sheets.take(message)
        elif isinstance(message, Tabs):
            self.sheets.keep({tab.product for tab in message.tabs})
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has been closed in a hurry
                self._loop.call_soon_threadsafe(self._take, message)

    def _take(self, message: FromKiln | Restarted | Changed) -> None:
        self.display = after(self.display, message, time.time())
        news, self._news = self._news, asyncio.Event()
        news.set()
        if self._stopping.is_set():
            self._news.set()

    async def _watch(self) -> None:
        """Tell the kiln of each change, whatever becomes of the folder meanwhile."""
        polling = False
        while not self._stopping.is_set():
            try:
                await self._watch_one(polling=polling)
            except FileNotFoundError:
                await asyncio.sleep(_LOOK_UP / 1000)
            except (OSError, RuntimeError):
                polling = True  # the system watches no more files for us
            if not self._stopping.is_set():
                await self._change()

    async def _watch_one(self, *, polling: bool) -> None:
        """Watch the folder for as long as its name leads to the same one."""
        first = self._source.stat().st_ino
        changes = awatch(
            self._source,
            watch_filter=DefaultFilter(),
            debounce=_DEBOUNCE,
            step=_STEP,
            stop_event=self._stopping,
            rust_timeout=_LOOK_UP,
            yield_on_timeout=True,
            force_polling=polling or None,
        )
        async for found in changes:
            if found:
                await self._change()
            elif self._source.stat().st_ino != first:
                return

    async def _change(self) -> None:
        self._take(Changed())
        await asyncio.to_thread(self.keeper.tell, Changed())
