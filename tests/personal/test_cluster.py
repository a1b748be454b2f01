"""Sheets that the workers of a cluster make: real ones, in processes of their own."""

from __future__ import annotations

import os
import re
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import clusters
import rosters
from clusters import Cluster
from workshop_builder.errors import BuildError, OutputError, RequestError
from workshop_builder.loading.load import from_folder, load
from workshop_builder.making.pictures import Pictures
from workshop_builder.pdf.engine import Pdf
from workshop_builder.personal import shards
from workshop_builder.personal.cluster import hand_out, work
from workshop_builder.personal.cluster.hand_out import Patience
from workshop_builder.personal.cluster.work import SentKit
from workshop_builder.personal.run import _blocks, run
from workshop_builder.personal.shards import Shard
from workshop_builder.personal.together import join
from workshop_builder.personal.unfinished import in_folder
from workshop_builder.source import fingerprint
from workshop_builder.source import folder as folders
from workshop_builder.workers import Workers

QUICK = Patience(scheduler=5, worker=60, slow=1, shard=60)
SHORT = Patience(scheduler=0.5, worker=1)
STUDENTS = "students:\n" + "".join(f"  - {{name: Ann {number}}}\n" for number in range(6))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a workshop with a roster of six."""
    folder = rosters.write(tmp_path_factory.mktemp("source") / "w")
    (folder / "roster.yaml").write_text(STUDENTS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def kit(source: Path) -> SentKit:
    """Return what workers make the sheets with; the workshop has no pictures."""
    return SentKit(folders.read(source), Pictures({}, {}))


@pytest.fixture(scope="module")
def parts(source: Path, kit: SentKit) -> list[Shard]:
    """Return the roster in three shards, one of which is put together from parts."""
    found, problems = rosters.sheets(from_folder(kit.folder), source / "roster.yaml")
    assert not problems
    return [*shards.divide(found[:4], "this version"), *shards.divide(found[4:], "", 1)]


@pytest.fixture(scope="module")
def expected(kit: SentKit, parts: list[Shard]) -> dict[str, bytes]:
    """Return the shards as this process makes them."""
    key, data = work.packed(kit)
    work.learn(key, data)
    return {shard.key: work.make(key, shard)[0] for shard in parts}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Yield a cluster; each test starts its own workers."""
    with clusters.cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def made(
    running: Cluster, kit: SentKit, parts: list[Shard], when_first: Callable[[], None]
) -> tuple[dict[str, bytes], list[str]]:
    """Return what the cluster makes and tells; something happens when the first is finished."""
    found: dict[str, bytes] = {}

    def keep(key: str, packed: bytes) -> None:
        if not found:
            when_first()
        found[key] = packed

    told = hand_out.make_all(running.address, kit, parts, keep, patience=QUICK)
    return found, told


def test_no_worker_is_told(running: Cluster, kit: SentKit, parts: list[Shard]) -> None:
    """A scheduler without workers is told after a while, in a line with what to do."""
    with pytest.raises(BuildError) as caught:
        hand_out.make_all(running.address, kit, parts, lambda *_: None, patience=SHORT)
    assert str(caught.value).startswith("--cluster: no worker has come for 1 s; look after the")


def test_another_version_is_refused(running: Cluster, kit: SentKit, parts: list[Shard]) -> None:
    """A worker whose program differs in a file gets nothing to do, and is named in a line."""
    running.start(another_version=True)
    with pytest.raises(BuildError) as caught:
        made(running, kit, parts, lambda: None)
    refused = r"the worker tcp://127\.0\.0\.1:\d+ is refused: it has another version of the program"
    none = "no worker is of this version; install it there, and try again"
    assert re.fullmatch(f"--cluster: {none}.*\n--cluster: {refused}", str(caught.value))


def test_workers_make_the_same_bytes(
    running: Cluster, kit: SentKit, parts: list[Shard], expected: dict[str, bytes]
) -> None:
    """A worker, beside one that is refused, makes what this process makes."""
    running.workers.append(running.start())
    assert made(running, kit, parts, lambda: None)[0] == expected


def test_a_stopped_worker_and_a_killed_one_are_replaced(
    running: Cluster, kit: SentKit, parts: list[Shard], expected: dict[str, bytes]
) -> None:
    """What they were making is made by the workers that are left, or come."""
    (first,) = running.workers
    running.workers.append(running.start())
    os.kill(first, signal.SIGSTOP)

    def when_first() -> None:
        os.kill(running.workers[1], signal.SIGKILL)
        running.workers.append(running.start())

    found, _ = made(running, kit, parts, when_first)
    assert found == expected


def test_a_scheduler_that_goes_is_told(
    running: Cluster, kit: SentKit, parts: list[Shard], expected: dict[str, bytes], tmp_path: Path
) -> None:
    """What was finished until then is there in the private folder, whole, and for nobody else."""
    with in_folder(tmp_path / "personal") as finished:

        def keep(key: str, packed: bytes) -> None:
            finished.keep(key, packed)
            os.kill(running.scheduler, signal.SIGKILL)

        with pytest.raises(BuildError) as caught:
            hand_out.make_all(running.address, kit, parts, keep, patience=QUICK)
    assert str(caught.value).startswith(f"--cluster: the scheduler at '{running.address}' has gone")
    kept = sorted((tmp_path / "personal/.unfinished").iterdir())
    assert {path.name: path.read_bytes() for path in kept}.items() <= expected.items()
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]
    assert stat.S_IMODE((tmp_path / "personal/.unfinished").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1:9", "no scheduler answers at '127.0.0.1:9' ("),
        ("192.0.2.1:8786", "names would cross the network in the clear; use tls://192.0.2.1:8786"),
        ("tls://127.0.0.1:9", "Dask has no certificate for tls; write it into its configuration"),
        ("here", "'here' is no address; write it like tls://HOST:8786"),
    ],
)
def test_a_wrong_address_is_told(address: str, said: str, kit: SentKit, parts: list[Shard]) -> None:
    """In a line, and nothing goes to another machine in the clear."""
    with pytest.raises(RequestError) as caught:
        hand_out.make_all(address, kit, parts, lambda *_: None, patience=SHORT)
    assert str(caught.value).startswith(f"cluster: {said}")


def test_what_is_finished_is_not_made_again(source: Path, tmp_path: Path) -> None:
    """A run takes up again what is there with the right sum, makes the rest, and clears up.

    Another at the same time is told, and takes nothing away.
    """
    folder, roster = tmp_path / "personal", tmp_path / "one.csv"
    roster.write_text("name\nEm\n", encoding="utf-8")
    made_from = fingerprint.compute(folders.read(source).digest)
    found, _ = rosters.sheets(load(source), roster)
    (only,) = shards.divide(found, made_from)
    with in_folder(folder) as finished:
        with pytest.raises(OutputError, match="being made here already"), in_folder(folder):
            pass
        marked = shards.pack([Pdf(b"%PDF marked", 1)])
        finished.keep(only.key, marked)
    assert run(source, roster, folder).pages == {"sheet-001.pdf": 1}
    assert (folder / "sheet-001.pdf").read_bytes() == b"%PDF marked"
    with in_folder(folder) as finished:
        finished.keep(only.key, marked + b"more")
    run(source, roster, folder)
    assert (folder / "sheet-001.pdf").read_bytes().endswith(b"%%EOF\n")
    assert sorted(path.name for path in folder.iterdir()) == [".sheets", "sheet-001.pdf"]


def test_one_file_of_all_is_the_same_by_two_processes(
    source: Path, kit: SentKit, tmp_path: Path
) -> None:
    """Its shards are written side by side or one after the other, with the same bytes."""
    found, _ = rosters.sheets(from_folder(kit.folder), source / "roster.yaml")
    some = shards.divide(found[:2], "this version", 1, together=True)
    key, data = work.packed(kit)
    work.learn(key, data)
    made = []
    with in_folder(tmp_path / "personal") as finished:
        for shard in some:
            finished.keep(shard.key, work.make(key, shard)[0])
        for count in (1, 2):
            with Workers(count) as workers:
                made.append(join(_blocks(some, finished, workers), "All", "en"))
    assert made[0] == made[1]
    assert made[0].pages == 3
