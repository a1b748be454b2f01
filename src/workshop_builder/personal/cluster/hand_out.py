"""Hands shards out to the workers of a cluster, until each has come back whole.

Each worker gets a shard when it has none. One that dies, or does not answer in its time, loses its
shard to another; whichever is ready first counts, since both are the same.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from workshop_builder.errors import BuildError, Problem
from workshop_builder.personal import shards as packing
from workshop_builder.personal.cluster import work
from workshop_builder.personal.cluster.connection import Connection, connected
from workshop_builder.personal.cluster.work import SentKit
from workshop_builder.personal.shards import Shard

_TICK = 0.1
_SLOW = 4
"""A worker is slow that takes so many times as long as usual."""
_TRIES = 4
"""How often a shard is handed out because a worker has died over it."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds are waited."""

    scheduler: float = 10.0
    """For its first answer."""
    worker: float = 30.0
    """For one to come."""
    slow: float = 15.0
    """For a shard, at least, before it is given to another worker as well."""
    shard: float = 600.0
    """For any to come back."""


@dataclass(slots=True)
class _Hand:
    """A worker."""

    state: str = ""
    """What it has answered."""
    answer: Any = None
    """The future of what it was asked."""
    since: float = field(default_factory=time.monotonic)
    """When it was asked that."""
    shard: Shard | None = None


def make_all(
    address: str,
    kit: SentKit,
    shards: Sequence[Shard],
    keep: Callable[[str, bytes], None],
    watch: Callable[[Sequence[str]], None] | None = None,
    patience: Patience = Patience(),
) -> list[str]:
    """Let the workers of the cluster at `address` make shards, each of which is given to `keep`.

    Returns what is to be told of workers. Raises RequestError where the cluster cannot be used,
    BuildError with every sheet that cannot be made, or where no worker is left.
    """
    with connected(address, patience.scheduler) as connection:
        handing = _Handing(connection, kit, shards, keep, patience)
        while handing.is_going_on():
            handing.step()
            if watch:
                watch([hand.shard.name for hand in handing.hands.values() if hand.shard])
            time.sleep(_TICK)
        return handing.told


class _Handing:
    def __init__(
        self,
        connection: Connection,
        kit: SentKit,
        shards: Sequence[Shard],
        keep: Callable[[str, bytes], None],
        patience: Patience,
    ) -> None:
        self.connection = connection
        self.patience = patience
        self.key, self.data = work.packed(kit)
        self.keep = keep
        self.hands: dict[str, _Hand] = {}
        self.waiting = deque(shards)
        self.missing = {shard.key for shard in shards}
        self.lost: dict[str, int] = {}
        """How often a worker died over each shard."""
        self.took: list[float] = []
        self.problems: list[Problem] = []
        self.told: list[str] = []
        self.latest = time.monotonic()
        """When a shard came back, or a worker came."""

    def is_going_on(self) -> bool:
        """Return whether shards are missing; raises BuildError where they are not to be had."""
        if not self.missing and self.problems:
            raise BuildError(self.problems)
        waited = time.monotonic() - self.latest
        able = [hand for hand in self.hands.values() if hand.state != work.OTHER]
        if waited > (self.patience.shard if able else self.patience.worker):
            few = "no worker has done anything for" if able else "no worker has come for"
            self._stop(f"{few} {waited:.0f} s; look after the workers, and try again")
        if self.hands and not able and self.told:
            self._stop("no worker is of this version; install it there, and try again")
        return bool(self.missing)

    def _stop(self, text: str) -> None:
        done = "; what is finished is kept for the next try"
        lines = [Problem("--cluster", 0, line) for line in self.told]
        raise BuildError([*self.problems, *lines, Problem("--cluster", 0, text + done)])

    def step(self) -> None:
        """Look at each worker once: take what is ready, and give it what comes next."""
        present = self.connection.workers()
        for name in self.hands.keys() - present:
            self._lose(self.hands.pop(name))
        for name in present - self.hands.keys():
            self.latest = time.monotonic()
            self.hands[name] = _Hand()
            self._greet(name)
        for name, hand in self.hands.items():
            if hand.answer is not None and hand.answer.done():
                self._take(name, hand)
            if hand.answer is None and hand.state == work.NEW:
                self._ask(name, work.learn, self.key, self.data)
            elif hand.answer is None and hand.state == work.READY and (shard := self._next()):
                hand.shard = shard
                self._ask(name, work.make, self.key, shard)

    def _ask(self, name: str, function: Callable[..., Any], *arguments: object) -> None:
        hand = self.hands[name]
        hand.since = time.monotonic()
        hand.answer = self.connection.ask(name, function, *arguments)

    def _greet(self, name: str) -> None:
        """Ask a worker for its version; what it cannot import would break its connection."""
        self.hands[name].state = ""
        said = f"__import__({work.__name__!r}, fromlist=['greet']).greet"
        self._ask(name, eval, f"{said}({work.program()!r}, {self.key!r})")

    def _next(self) -> Shard | None:
        """Return the shard that is to be made next: one of a slow worker, if no other is left."""
        while self.waiting:
            shard = self.waiting.popleft()
            if shard.key in self.missing:
                return shard
        now = time.monotonic()
        usual = max(self.patience.slow, _SLOW * median(self.took or [0]))
        at_work = [hand.shard.key for hand in self.hands.values() if hand.shard]
        slow = (
            hand.shard
            for hand in self.hands.values()
            if hand.shard
            and hand.shard.key in self.missing
            and now - hand.since > usual
            and at_work.count(hand.shard.key) == 1
        )
        return next(slow, None)

    def _take(self, name: str, hand: _Hand) -> None:
        """Take the answer of a worker."""
        shard, answer = hand.shard, hand.answer
        hand.shard = hand.answer = None
        try:
            value = self.connection.value(answer)
        except Exception as error:  # noqa: BLE001  whatever becomes of a worker, another goes on
            self._failed(name, hand, shard, error)
            return
        if shard:
            self._came_back(hand, shard, value)
            return
        hand.state = value
        if value == work.OTHER:
            self._refuse(name, hand)

    def _failed(self, name: str, hand: _Hand, shard: Shard | None, error: Exception) -> None:
        if shard:
            hand.shard = shard
            self._lose(hand)
            hand.shard = None
        elif not hand.state and not self.connection.is_lost(error):
            self._refuse(name, hand)
        else:
            self._greet(name)

    def _refuse(self, name: str, hand: _Hand) -> None:
        hand.state = work.OTHER
        self.told.append(f"the worker {name} is refused: it has another version of the program")

    def _came_back(
        self, hand: _Hand, shard: Shard, value: tuple[bytes, tuple[Problem, ...]]
    ) -> None:
        packed, problems = value
        if not packed and not problems:  # it has forgotten the kit
            self.waiting.appendleft(shard)
            hand.state = work.NEW
            return
        if shard.key not in self.missing:
            return
        if packed and not packing.is_whole(packed):
            self.waiting.appendleft(shard)
            return
        self.latest = time.monotonic()
        self.took.append(self.latest - hand.since)
        self.missing.discard(shard.key)
        self.problems += problems
        if packed:
            self.keep(shard.key, packed)

    def _lose(self, hand: _Hand) -> None:
        """Let another worker make what one has lost; raises BuildError where too many have died."""
        if hand.answer is not None:
            with suppress(Exception):  # the worker is gone, and what it was asked with it
                self.connection.forget(hand.answer)
        shard = hand.shard
        if not shard or shard.key not in self.missing:
            return
        self.lost[shard.key] = self.lost.get(shard.key, 0) + 1
        if self.lost[shard.key] >= _TRIES:
            self._stop(f"{_TRIES} workers have died over {shard.name}; give them more memory")
        self.waiting.appendleft(shard)
