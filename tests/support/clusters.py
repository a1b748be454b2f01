"""A scheduler and workers of Dask in processes of their own, on this machine.

They are forked from one that has loaded what all of them need, which saves seconds for each.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from distributed import Scheduler, Worker

import workshop_builder.personal.cluster.work  # noqa: F401  each worker needs it

SOURCE = Path(__file__).resolve().parents[2] / "src"


@dataclass(slots=True)
class Cluster:
    """A running cluster."""

    process: subprocess.Popen[str]
    """From which all others are forked."""
    address: str
    scheduler: int
    """The number of its process."""
    workers: list[int] = field(default_factory=list)
    """Those of the workers that a test has started."""

    def start(self, *, another_version: bool = False) -> int:
        """Start a worker, wait until it has come, and return the number of its process."""
        assert self.process.stdin
        assert self.process.stdout
        print("other" if another_version else "worker", file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Run a cluster without workers, which keeps its things in `folder`, an empty one."""
    copy = folder / "other"
    without = shutil.ignore_patterns("node_modules", "__pycache__", "foliate")
    shutil.copytree(SOURCE, copy, ignore=without)
    (copy / "workshop_builder/another.py").write_text('"""Newer."""\n', encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, __file__, str(copy)],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            assert process.stdout
            address, number = process.stdout.readline().split()
            yield Cluster(process, address, int(number))
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _run(main: Coroutine[Any, Any, None]) -> None:
    """Run one of the processes to its end."""
    try:
        asyncio.run(main)
    finally:
        os._exit(0)


async def _schedule(writing: int) -> None:
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        os.write(writing, scheduler.address.encode())
        os.close(writing)
        await scheduler.finished()


async def work(address: str) -> None:
    """Work for a scheduler."""
    async with Worker(address, nthreads=1, dashboard=False) as worker:
        print(os.getpid(), flush=True)
        await worker.finished()


def main(copy: str) -> None:
    """Start a scheduler, write its address and number, and start a worker for each line."""
    reading, writing = os.pipe()
    scheduler = os.fork()
    if not scheduler:
        _run(_schedule(writing))
    os.close(writing)
    address = os.read(reading, 100).decode()
    print(address, scheduler, flush=True)
    for line in sys.stdin:
        if line == "other\n":
            code = f"import asyncio, clusters; asyncio.run(clusters.work({address!r}))"
            path = os.pathsep.join([copy, str(Path(__file__).parent)])
            subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path})
        elif not os.fork():
            _run(work(address))


if __name__ == "__main__":
    main(sys.argv[1])
