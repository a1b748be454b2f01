"""Some tries of each kind of stress; `make stress` makes all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from packages import forks
from stress.kind import Kind, UnavailableError
from stress.kinds import KINDS

pytestmark = forks


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_holds(kind: Kind, tmp_path: Path) -> None:
    """Package, folders, words and exit code are right, whatever comes in between."""
    try:
        tried = dict(kind.tried(kind.sample, tmp_path))
    except UnavailableError as error:
        pytest.skip(str(error))
    assert {number: faults for number, faults in tried.items() if faults} == {}
    assert list(tried) == kind.sample


def test_a_try_can_be_repeated() -> None:
    """Each kind has a name of its own, and tries some of what it tries in full."""
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.sample == sorted(set(kind.sample))
        assert set(kind.sample) <= set(range(kind.full))
