"""One workshop, built under settings of eight kinds: the package is the same to the byte."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import small
from commands import command_from_scratch
from stress.kind import Kind, Trial

PRODUCTS = "{handout: {}, epub: {}, website: {}}"


@dataclass(frozen=True, slots=True)
class _Way:
    """Settings of a person's machine."""

    variables: Mapping[str, str] = field(default_factory=dict)
    umask: int = 0o022
    folder: str = "home"


_ODD = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1", "XDG_CACHE_HOME": "/nowhere"}
_WAYS = (
    _Way({"TZ": "Pacific/Kiritimati", "LC_ALL": "C", **_ODD}, 0o077, "Rücken & [mehr] %41"),
    _Way({"TZ": "America/St_Johns", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"}),
    _Way({"LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}),
    _Way({"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "COLUMNS": "20", "LINES": "5"}, 0o077),
    _Way({"HOME": "/nowhere", "XDG_CACHE_HOME": "/nowhere", "XDG_CONFIG_HOME": "/nowhere"}),
    _Way({"HOME": "", "USER": "", "PATH": "", "TERM": "dumb", "NO_COLOR": "1"}, 0o000),
    _Way({"PYTHONHASHSEED": "random", "OMP_NUM_THREADS": "1", "FONTCONFIG_FILE": "/nowhere"}),
    _Way({"PYTHONDONTWRITEBYTECODE": "1", "PYTHONOPTIMIZE": "2"}, 0o027, 'source\'s "own"'),
)


def _sum(source: Path, dist: Path, way: _Way, tmp: Path) -> str:
    """Build in one way; return the sum of all files, or what went wrong."""
    tmp.mkdir()
    done = command_from_scratch(
        *("build", source, "-o", dist),
        cwd=source.parent,
        umask=way.umask,
        **{"TMPDIR": str(tmp), **way.variables},
    )
    if done.returncode or done.stderr or list(tmp.iterdir()):
        return f"{done.returncode} {done.stderr} {list(tmp.iterdir())}"
    total = hashlib.sha256()
    for path in sorted(path for path in dist.rglob("*") if path.is_file()):
        total.update(f"{path.relative_to(dist)} ".encode() + path.read_bytes())
    return total.hexdigest()


def _aged(source: Path) -> Path:
    """Let every file of a source look as if it was saved long ago."""
    for path in source.rglob("*"):
        os.utime(path, (10**9, 10**9))
    return source


@contextmanager
def _prepared(place: Path) -> Iterator[Trial]:
    usual = _sum(small.write(place / "workshop", PRODUCTS), place / "dist", _Way(), place / "tmp")

    def trial(number: int, folder: Path) -> Sequence[str]:
        way = _WAYS[number]
        home = folder / way.folder
        source = _aged(small.write(home / "my workshop", PRODUCTS))
        found = _sum(source, home / "made", way, folder / "tmp")
        return [] if found == usual else [f"{way}: {found} and not {usual}"]

    yield trial


KIND = Kind("environments", "settings of the machine; one package", len(_WAYS), 1, _prepared)
