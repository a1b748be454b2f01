"""Verdicts that are kept from one test run to the next: what a judge found right stays right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from judges.tools import TOP

KEPT = TOP / "build" / "tests"


def faults(
    judge: Callable[[Sequence[Path]], dict[Path, list[str]]], paths: Sequence[Path]
) -> dict[Path, list[str]]:
    """Return what is wrong with each file by `judge`, which sees those that it has not passed yet.

    It has passed them if neither they nor the judge have changed; of equal files it sees one.
    """
    kept = KEPT / f"right-by-{judge.__name__}-{_edition()}"
    passed = set(kept.read_text(encoding="utf-8").split()) if kept.exists() else set()
    sums = {path: _sum(path.read_bytes()) for path in paths}
    new = {sums[path]: path for path in paths if sums[path] not in passed}
    found = judge(list(new.values())) if new else {}
    verdicts = {path: found[new[sums[path]]] if sums[path] in new else [] for path in paths}
    KEPT.mkdir(parents=True, exist_ok=True)
    right = sorted({sums[path] for path in paths if not verdicts[path]})
    kept.write_text("\n".join(right), encoding="utf-8")
    return verdicts


def _edition() -> str:
    """Return what is another once a judge, or how it is called, is another."""
    files = (TOP / "constraints.txt", *sorted(Path(__file__).parent.glob("*.[pj][ya]*")))
    return _sum(b"".join(path.read_bytes() for path in files))[:16]


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
