#!/usr/bin/env python3
"""Make `fonts/`: Atkinson Hyperlegible with a zero that has no stroke through it.

Beside words, as in years and page numbers, readers took the stroke for a slip or for an 8. All
else is as the Braille Institute made it, widths too. Call it after a new version of the package.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program

PACKAGE = "fontpkg_atkinson_hyperlegible"
ZEROS = ("zero", "zero.tf")
"""Those beside letters, and those of tables; raised ones have no stroke."""

Point: TypeAlias = tuple[float, float]


def main(folder: Path) -> None:
    """Write the four faces into `folder`."""
    folder.mkdir(exist_ok=True)
    for path in sorted(Path(str(files(PACKAGE) / "files")).glob("*.ttf")):
        with TTFont(path, recalcTimestamp=False) as font:
            slant = math.tan(math.radians(-font["post"].italicAngle))
            for name in ZEROS:
                open_up(font["glyf"][name], font["glyf"], slant)
            font.save(folder / path.name)


def open_up(glyph: Any, table: Any, slant: float) -> None:  # noqa: ANN401  they are not typed
    """Make one counter of the two that the stroke of a zero leaves: its outline, made smaller."""
    points, (end, *_), flags = glyph.getCoordinates(table)
    upright = [(x - y * slant, y) for x, y in points]
    outer, counters = upright[: end + 1], upright[end + 1 :]
    wide, high = (_fitted(outer, counters, axis) for axis in (0, 1))
    inner = [(wide(x) + high(y) * slant, high(y)) for x, y in reversed(outer)]
    contour = [*points[: end + 1], *((round(x), round(y)) for x, y in inner)]
    glyph.coordinates = GlyphCoordinates(contour)
    glyph.flags = bytearray([*flags[: end + 1], *reversed(flags[: end + 1])])
    glyph.endPtsOfContours = [end, 2 * end + 1]
    glyph.numberOfContours = 2
    glyph.program = Program()
    glyph.program.fromBytecode(b"")


def _fitted(
    outer: Sequence[Point], counters: Sequence[Point], axis: int
) -> Callable[[float], float]:
    """Return what leads along an axis from the extent of `outer` to that of `counters`."""
    start, end = (pick(point[axis] for point in outer) for pick in (min, max))
    first, last = (pick(point[axis] for point in counters) for pick in (min, max))
    return lambda value: first + (value - start) * (last - first) / (end - start)


if __name__ == "__main__":
    main(Path(__file__).parents[1] / "fonts")
