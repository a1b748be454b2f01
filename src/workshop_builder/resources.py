"""The files that come with the program: templates, styles, languages, the starter, data, fonts."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_FONT_PACKAGES = (
    "fontpkg_atkinson_hyperlegible",
    "fontpkg_source_code_pro",
    "fontpkg_source_serif_4",
    "manimgx_fonts",
)
"""What every page is set in; the last has emoji, symbols and other scripts, for single words."""
_MORE_FONT_PACKAGES = ("noto_cjk_sans_jp_regular",)
"""What adds fonts where it is installed: without it a page that needs them is refused."""
_AXES = re.compile(r"\[[^\]]*\]")


@cache
def folder(name: str) -> Path:
    """Return a folder of data, such as `templates`, `languages` or `commands/starter`.

    Templates and styles are inside the package where it is installed, and beside `src` in a
    checkout.
    """
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


@cache
def font_files() -> dict[str, Path]:
    """Return the font files by name, such as `AtkinsonHyperlegible-Bold.ttf`.

    The name of a variable font is without its axes, whose brackets no address may hold.

    Raises ModuleNotFoundError where the package of a font is not installed.
    """
    files: dict[str, Path] = {}
    for package in (*_FONT_PACKAGES, *_MORE_FONT_PACKAGES):
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin:
            found = sorted(Path(spec.origin).parent.rglob("*.[ot]tf"))
            files |= {_AXES.sub("", path.name): path for path in found}
        elif package in _FONT_PACKAGES:
            raise ModuleNotFoundError(f"{package} is not installed", name=package)
    return files


@cache
def font_characters() -> frozenset[int]:
    """Return the characters of all fonts, of the optional ones too where they are installed."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  slow, and seldom asked for

    found: set[int] = set()
    for path in font_files().values():
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


@cache
def files(name: str) -> Mapping[str, Path]:
    """Return the files in `folder(name)` by their path in it, such as `parts/card.html`."""
    root = folder(name)
    return {
        path.relative_to(root).as_posix(): path
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix in {".html", ".css", ".yaml", ".md", ".svg"}
    }


def version() -> str:
    """Return the version of the installed program, such as `0.1.0`."""
    from importlib import metadata  # noqa: PLC0415  slow, and seldom asked for

    return metadata.version("workshop-builder")
