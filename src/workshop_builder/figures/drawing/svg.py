"""Drawings as SVG text: plain paths, circles and words, which every e-book reader shows.

Coordinates are units of the drawing, x to the right and y down. Numbers are written with one
decimal, which is a hundredth of a millimetre on paper.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

Point: TypeAlias = tuple[float, float]

XLINK = {"xmlns:xlink": "http://www.w3.org/1999/xlink"}
"""The attribute of a group in which `use` refers to what is drawn elsewhere, as old readers ask."""


def number(value: float) -> str:
    """Return `value` with at most one decimal, as short as it can be."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def attributes(values: dict[str, str | float | None]) -> str:
    """Return XML attributes, each after a blank; `_` in a name is written `-`, None is left out."""
    texts = {
        name.replace("_", "-"): number(value) if isinstance(value, float | int) else value
        for name, value in values.items()
        if value is not None
    }
    return "".join(f" {name}={quoteattr(text)}" for name, text in texts.items())


@cache
def _tenths(value: int) -> str:
    """Return a number of tenths as text."""
    return number(value / 10)


_HALF_UP = 0.5 + 1e-6
"""What is added before numbers are cut, so that exact halves do not tip either way."""


def _nearest(value: float) -> int:
    """Return the nearest whole number, the same on every machine."""
    return math.floor(value + _HALF_UP)


def polygon(points: Sequence[Point], *, closed: bool = True) -> str:
    """Return the path data of straight lines through `points`."""
    # The steps are taken between rounded points, so that rounding does not add up.
    tenths = [(_nearest(x * 10), _nearest(y * 10)) for x, y in points]
    (x, y), *others = tenths
    data = [f"M{_tenths(x)} {_tenths(y)}l"]
    for at, (next_x, next_y) in enumerate(others):
        step_x, step_y = next_x - x, next_y - y
        x, y = next_x, next_y
        data.append(f" {_tenths(step_x)}" if step_x >= 0 and at else _tenths(step_x))
        data.append(f" {_tenths(step_y)}" if step_y >= 0 else _tenths(step_y))
    return "".join(data) + ("z" if closed else "")


_CORNER = math.cos(math.radians(42)) ** 2
"""The squared cosine of the turn from which a corner stays sharp; by eye."""
_LONG, _LONG_CORNER = 150**2, math.cos(math.radians(12)) ** 2
"""Between lines longer than 15 units (in tenths, squared) a smaller turn stays sharp too."""


def curve(points: Sequence[Point], *, closed: bool = True) -> str:
    """Return the path data of a smooth line along `points`, with sharp corners kept sharp.

    The points are the controls of quadratic curves from one midpoint to the next. They are
    rounded to fifths, so that midpoints are whole tenths, and each control is exactly the
    reflection of the one before that the command `t` makes of it.
    """
    controls = [(2 * _nearest(x * 5), 2 * _nearest(y * 5)) for x, y in points]
    controls = [p for n, p in enumerate(controls) if n == 0 or p != controls[n - 1]]
    if closed and len(controls) > 1 and controls[0] == controls[-1]:
        controls.pop()
    if len(controls) < 3:
        return polygon(points, closed=closed)
    line = _cornered(controls, closed=closed)
    middles = [((a + c) // 2, (b + d) // 2) for (a, b), (c, d) in pairwise(line)]
    (x, y), *rest = middles
    first = line[1]
    data = [f"M{_tenths(x)} {_tenths(y)}q{_step(first[0] - x, first[1] - y)}"]
    for at, (next_x, next_y) in enumerate(rest):
        step = _step(next_x - x, next_y - y)
        data.append(f"t{step}" if at == 1 else step if step.startswith("-") else f" {step}")
        x, y = next_x, next_y
    return "".join(data) + ("z" if closed else "")


def _step(x: int, y: int) -> str:
    return f"{_tenths(x)}{'' if y < 0 else ' '}{_tenths(y)}"


def _cornered(points: list[tuple[int, int]], *, closed: bool) -> list[tuple[int, int]]:
    """Return the controls, with each sharp corner and each end of an open line given twice."""
    count = len(points)
    line: list[tuple[int, int]] = []
    for n, point in enumerate(points):
        end = not closed and n in {0, count - 1}
        sharp = end or _is_sharp(points[n - 1], point, points[(n + 1) % count])
        line += [point, point] if sharp else [point]
    return [*line, line[0], line[1]] if closed else line


def _is_sharp(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    """Return whether the line from `a` over `b` to `c` has a sharp corner at `b`."""
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]
    along = ux * vx + uy * vy
    if along <= 0:
        return True
    before, after = ux * ux + uy * uy, vx * vx + vy * vy
    most = _LONG_CORNER if before > _LONG and after > _LONG else _CORNER
    return along * along < most * before * after


def cubic(controls: NDArray[np.float64], *, closed: bool) -> str:
    """Return the path data of cubic Béziers: a start, then three controls for each curve."""
    if not len(controls):
        return ""
    tenths = np.floor(controls * 10 + _HALF_UP).astype(int)
    ends = tenths[0:-1:3]
    steps = (tenths[1:].reshape(-1, 3, 2) - ends[:, None]).reshape(-1).tolist()
    x, y = tenths[0].tolist()
    texts = [f"M{_packed(x)}", _packed(y), f"c{_packed(steps[0])}", *map(_packed, steps[1:])]
    data = [texts[0]]
    for before, text in pairwise(texts):
        tight = text[0] in "-c" or (text[0] == "." and "." in before)
        data.append(text if tight else f" {text}")
    return "".join(data) + ("z" if closed else "")


@cache
def _packed(value: int) -> str:
    """Return a number of tenths as text, without the 0 before its point."""
    text = _tenths(value)
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def path(data: str, **values: str | float | None) -> str:
    """Return a path element with attributes such as `fill` and `stroke_width`."""
    return f'<path d="{data}"{attributes(values)}/>'


def circle(center: Point, radius: float, **values: str | float | None) -> str:
    """Return a circle element with attributes as those of `path`."""
    return f"<circle{attributes({'cx': center[0], 'cy': center[1], 'r': radius, **values})}/>"


def use(name: str, **values: str | float | None) -> str:
    """Return an element that shows another, named by its `id`, within a group with `XLINK`."""
    return f"<use{attributes({'xlink:href': f'#{name}', **values})}/>"


def group(parts: Iterable[str], **values: str | float | None) -> str:
    """Return a group of elements with attributes for all of them; an empty text without parts."""
    inside = "".join(parts)
    return f"<g{attributes(values)}>{inside}</g>" if inside else ""


def document(
    size: tuple[float, float], title: str, description: str, language: str, parts: Iterable[str]
) -> bytes:
    """Return an SVG file; `size` is its width and height."""
    width, height = (number(side) for side in size)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" xml:lang={quoteattr(language)}>'
    )
    texts = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return "\n".join([head + texts, *(part for part in parts if part), "</svg>", ""]).encode()
