"""What holds for every test: nothing reaches out of this machine, and nothing is left to chance."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile

import pytest

from chance import fix_chance
from fence import raise_fence
from sample import Sample, build_once, shared_folder

raise_fence()
fix_chance()
# Where a shell has put the tests into the background, their own children hear these signals still.
for _number in signal.SIGINT, signal.SIGHUP:
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, lambda *_: None)
# Workers share the machine already; numpy's own threads would only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Build the sample in every edition on every paper, once for all tests and workers."""
    return build_once(shared_folder(tmp_path_factory.getbasetemp()))


_CACHE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Keep the drawings of figures for this run alone, shared by all workers."""
    if not hasattr(config, "workerinput"):
        config.stash[_CACHE] = tempfile.mkdtemp(prefix="drawings-")
        os.environ["XDG_CACHE_HOME"] = config.stash[_CACHE]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let the kept drawings go."""
    if folder := config.stash.get(_CACHE, ""):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that keeps anew what tests compare with."""
    parser.addoption("--refresh", action="store_true", help="write what is kept in tests/ anew")


@pytest.fixture(scope="session")
def refresh(request: pytest.FixtureRequest) -> bool:
    """Return whether kept files are to be written anew."""
    return bool(request.config.getoption("--refresh"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that all workers end at about the same time.

    First of all comes what builds everything and lets one process judge it.
    """
    long = {
        item.path for item in items if {"judge", "slow"} & {m.name for m in item.iter_markers()}
    }
    items.sort(key=lambda item: (item.path.name != "test_standards.py", item.path not in long))
