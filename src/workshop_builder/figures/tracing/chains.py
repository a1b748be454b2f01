"""Cracks between pixels, joined into the lines of a drawing.

A crack is the border between two neighbouring pixels, with a class (what line it becomes) and a
strength. Cracks of one class that meet in a corner are a chain; at a node, where more meet, the
chain goes on that leads on straightest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices, Pixels

_STRAIGHT_ON = -0.6
"""The cosine between two chains at a node, beyond which one goes on as the other."""
_LOOK_BACK = 9
"""How many pixels of a chain tell its direction at its end."""


@dataclass(frozen=True, slots=True, eq=False)
class Cracks:
    """Cracks of one direction."""

    x: Indices
    y: Indices
    """Where each begins: the corner at its upper or left end."""
    class_: Pixels
    strength: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """A line along cracks."""

    points: Array
    class_: int
    strength: float
    """The greatest of its cracks."""
    start: int
    end: int
    """The corners at which it begins and ends, by number."""
    closed: bool


def chained(upright: Cracks, level: Cracks, width: int) -> list[Chain]:
    """Return the chains of upright and level cracks in a picture of a width."""
    wide = width + 2
    starts = np.concatenate([upright.x + upright.y * wide, level.x + level.y * wide])
    ends = starts + np.where(np.arange(len(starts)) < len(upright.x), wide, 1)
    classes = np.concatenate([upright.class_, level.class_])
    strengths = np.concatenate([upright.strength, level.strength])
    count = len(starts)
    if not count:
        return []
    corners = np.concatenate([starts, ends])
    after = _links(corners, classes)

    def chain(halves: list[int], *, closed: bool) -> Chain:
        line = np.array(halves)
        path = np.append(corners[line], corners[(line[-1] + count) % (2 * count)])
        points = np.stack([path % wide, path // wide], axis=1).astype(float)
        cracks = line % count
        return Chain(
            points, int(classes[cracks[0]]), float(strengths[cracks].max()),
            int(path[0]), int(path[-1]), closed,
        )  # fmt: skip

    return [chain(halves, closed=closed) for halves, closed in _walks(after, count)]


def _links(corners: Indices, classes: Pixels) -> Indices:
    """Return for each half of a crack the half that goes on from its other end, or -1.

    A crack's half says which way it is walked: from its start, or (by its number more) its end.
    """
    count = len(classes)
    order = np.argsort(corners, kind="stable")
    ordered = corners[order]
    first = np.nonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))[0]
    pairs = first[np.diff(np.append(first, 2 * count)) == 2]
    one, other = order[pairs], order[pairs + 1]
    alike = classes[one % count] == classes[other % count]
    one, other = one[alike], other[alike]
    after = np.full(2 * count, -1)
    after[(one + count) % (2 * count)] = other
    after[(other + count) % (2 * count)] = one
    return after


def _walks(after: Indices, count: int) -> list[tuple[list[int], bool]]:
    """Return the halves of each chain in order, and whether it is closed."""
    twice = 2 * count
    arrived = np.zeros(twice, bool)
    arrived[after[after >= 0]] = True
    following = after.tolist()
    used, walked, found = np.zeros(count, bool), set(), []
    for first in np.nonzero(~arrived)[0].tolist():
        if first in walked:
            continue
        halves, at = [], first
        while at >= 0:
            halves.append(at)
            at = following[at]
        walked.add((halves[-1] + count) % twice)
        used[np.array(halves) % count] = True
        found.append((halves, False))
    for first in np.nonzero(~used)[0].tolist():
        if used[first]:
            continue
        halves, at = [first], following[first]
        while at != first:
            halves.append(at)
            at = following[at]
        used[np.array(halves) % count] = True
        found.append((halves, True))
    return found


def joined(chains: Sequence[Chain], dangling: Callable[[Chain], bool], least: int) -> list[Chain]:
    """Return chains without what dangles, and those that lead on through a node as one.

    `dangling` says of a chain with a free end whether it goes; a closed one goes if it is shorter
    than twice `least`.
    """
    current, changed = list(chains), True
    while changed:
        kept = _without_loose(current, dangling, least)
        joint = _through_nodes(kept)
        changed = len(joint) < len(current)
        current = joint
    return current


def _without_loose(
    chains: Sequence[Chain], dangling: Callable[[Chain], bool], least: int
) -> list[Chain]:
    meeting: dict[int, int] = {}
    for chain in chains:
        if not chain.closed:
            for node in (chain.start, chain.end):
                meeting[node] = meeting.get(node, 0) + 1

    def stays(chain: Chain) -> bool:
        if chain.closed:
            return len(chain.points) >= 2 * least
        free = meeting[chain.start] == 1 or meeting[chain.end] == 1
        return not (free and dangling(chain))

    return [chain for chain in chains if stays(chain)]


def _through_nodes(chains: list[Chain]) -> list[Chain]:
    """Return chains joined at each node: the two of one class that lead on straightest."""
    nodes: dict[int, list[tuple[int, int]]] = {}
    for number, chain in enumerate(chains):
        if not chain.closed:
            nodes.setdefault(chain.start, []).append((number, 0))
            nodes.setdefault(chain.end, []).append((number, 1))
    found: list[Chain | None] = list(chains)
    touched: set[int] = set()
    for ends in nodes.values():
        best = _straightest(chains, ends, touched)
        if best:
            (first, at_first), (second, at_second) = best
            found[first] = _as_one(chains[first], at_first, chains[second], at_second)
            found[second] = None
            touched |= {first, second}
    return [chain for chain in found if chain is not None]


def _straightest(chains: list[Chain], ends: list[tuple[int, int]],
                 touched: set[int]) -> tuple[tuple[int, int], tuple[int, int]] | None:  # fmt: skip
    best, least = None, _STRAIGHT_ON
    for number, first in enumerate(ends):
        for second in ends[number + 1 :]:
            same = first[0] == second[0] or chains[first[0]].class_ != chains[second[0]].class_
            if same or first[0] in touched or second[0] in touched:
                continue
            cosine = -2.0
            if len(ends) > 2:
                one, other = (_way_in(chains[n].points, end) for n, end in (first, second))
                cosine = float(one @ other)
            if cosine < least:
                best, least = (first, second), cosine
    return best


def _way_in(points: Array, end: int) -> Array:
    """Return the direction of a chain into itself from one of its ends."""
    line = points[::-1] if end else points
    way = line[min(_LOOK_BACK, len(line) - 1)] - line[0]
    found: Array = way / max(math.sqrt(float(way @ way)), 1e-9)
    return found


def _as_one(first: Chain, at_first: int, second: Chain, at_second: int) -> Chain:
    before = first.points if at_first else first.points[::-1]
    after = second.points[::-1] if at_second else second.points
    start = first.start if at_first else first.end
    end = second.start if at_second else second.end
    return replace(
        first,
        points=np.concatenate([before, after[1:]]),
        strength=max(first.strength, second.strength),
        start=start,
        end=end,
        closed=start == end,
    )
