"""What a package was made from, in one line: the source folder and the program.

It is computed from bytes alone, so that "nothing has changed" is known before
anything is parsed or imported.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from workshop_builder import resources

_DATA = ("figures", "languages", "styles", "templates")
"""The folders of data that can change what is made."""
_INFO = ".dist-info"
_ENGINES = (
    "cssselect2-",
    "ebooklib-",
    "fontpkg_",
    "fonttools-",
    "jinja2-",
    "lxml-",
    "markdown-",
    "nh3-",
    "pillow-",
    "pydyf-",
    "pypdfium2-",
    "resvg_py-",
    "segno-",
    "shapely-",
    "tinycss2-",
    "weasyprint-",
    "zopfli-",
)
"""The beginnings of the names of folders that give the version of an installed engine."""


def compute(digest: str) -> str:
    """Return the fingerprint of the program and of a folder with this digest, as sha256 in hex."""
    return hashlib.sha256((digest + program()).encode()).hexdigest()


@cache
def program() -> str:
    """Return the fingerprint of the program and its engines, as sha256 in hex."""
    total = hashlib.sha256()
    for name, path in _files():
        total.update(name.encode() + hashlib.sha256(path.read_bytes()).digest())
    total.update("\n".join(_versions()).encode())
    return total.hexdigest()


def places() -> list[Path]:
    """Return where all lies that can change what the program makes, but for its engines."""
    return [Path(__file__).parents[1], *map(resources.folder, _DATA)]


def installed() -> str:
    """Return what is other after anything was installed, such as another engine."""
    folders = (entry for entry in sys.path if entry.endswith("-packages"))
    return repr([(entry, os.stat(entry).st_mtime_ns) for entry in folders if Path(entry).is_dir()])  # noqa: PTH116


def _files() -> Iterator[tuple[str, Path]]:
    """Yield the files of the program that can change what it makes, each after its name."""
    package = str(Path(__file__).parents[1])
    found = (f"{top}/{name}" for top, _, names in os.walk(package) for name in names)
    for place in sorted(place for place in found if place.endswith(".py")):
        yield place[len(package) + 1 :], Path(place)
    for part in _DATA:
        for name, path in resources.files(part).items():
            yield f"{part}/{name}", path


def engines() -> dict[str, str]:
    """Return the version of each engine by its name: `{"weasyprint": "70.0"}`."""
    return dict(name.removesuffix(_INFO).rsplit("-", 1) for name in _versions())


def _versions() -> Sequence[str]:
    """Return the engines with their versions, such as `weasyprint-70.0.dist-info`.

    `importlib.metadata` knows them too, but takes longer to import than all else here.
    """
    places = [Path(entry) for entry in sys.path if entry.endswith("-packages")]
    names = {path.name.lower() for place in places for path in place.glob(f"*{_INFO}")}
    return sorted(name for name in names if name.startswith(_ENGINES))
