"""The body in numbers: lengths of its segments and the thickness of its flesh.

All lengths are per cent of body height. Segments follow Drillis and Contini
(1966); thicknesses are those of an adult, from usual girths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from workshop_builder.model.figure import BuildName

LOWER_TRUNK, UPPER_TRUNK = 12.0, 17.0
NECK, HEAD = 5.0, 6.0
"""From the base of the neck to the base of the skull, and from there to its centre."""
UPPER_ARM, FOREARM = 18.6, 14.6
THIGH, SHANK = 24.5, 24.6
ANKLE, FOOT = 4.0, 11.0
"""Height of the ankle above the sole, and from the ankle forward to the toes."""
TRUNK_CUTS, LIMB_CUTS = 15, 9
"""How many cuts the outline of the trunk and of a segment of a limb follows."""
HIP_WIDTH, SHOULDER_WIDTH = 4.8, 8.2
"""From the middle out to the joint."""
SEAT, CHAIR_BACK, DESK = 26.0, 50.0, 44.0
"""Heights of a chair's seat, of its back, and of a desk."""


@dataclass(frozen=True, slots=True)
class Station:
    """A cut through a segment."""

    at: float
    """Where along the segment, from 0 at its nearer end to 1."""
    front: float
    """How far the flesh reaches forward of the line between the joints."""
    back: float
    """How far back."""
    wide: float
    """How far out to either side."""


TRUNK = (
    Station(-0.13, 3.0, 5.2, 7.4),
    Station(-0.02, 4.8, 6.8, 8.9),
    Station(0.1, 5.4, 6.7, 8.9),
    Station(0.22, 5.5, 5.6, 8.1),
    Station(0.38, 5.4, 4.7, 7.2),
    Station(0.55, 5.7, 5.1, 7.5),
    Station(0.7, 6.2, 5.8, 8.4),
    Station(0.83, 5.9, 6.0, 8.9),
    Station(0.93, 4.7, 5.3, 8.8),
    Station(1.0, 3.0, 3.8, 5.0),
)
"""From the hip joints up to the base of the neck."""

THIGH_FLESH = (
    Station(0.0, 5.5, 5.8, 5.0),
    Station(0.14, 5.5, 5.7, 5.0),
    Station(0.35, 5.2, 5.0, 4.7),
    Station(0.6, 4.6, 4.0, 4.1),
    Station(0.85, 3.8, 3.3, 3.5),
    Station(1.0, 3.6, 3.2, 3.4),
)
SHANK_FLESH = (
    Station(0.0, 3.5, 3.1, 3.3),
    Station(0.12, 2.9, 3.5, 3.2),
    Station(0.3, 2.5, 4.2, 3.3),
    Station(0.5, 2.2, 3.6, 2.9),
    Station(0.75, 1.9, 2.2, 2.2),
    Station(0.92, 1.9, 1.9, 1.9),
    Station(1.02, 1.9, 2.0, 1.9),
)
UPPER_ARM_FLESH = (
    Station(0.0, 3.2, 3.2, 3.0),
    Station(0.25, 2.9, 3.1, 2.8),
    Station(0.6, 2.6, 2.7, 2.5),
    Station(1.0, 2.1, 2.2, 2.2),
)
FOREARM_FLESH = (
    Station(0.0, 2.1, 2.2, 2.2),
    Station(0.22, 2.4, 2.4, 2.4),
    Station(0.6, 1.9, 1.9, 2.0),
    Station(1.0, 1.35, 1.35, 1.6),
)
NECK_FLESH = (
    Station(-0.4, 3.0, 3.4, 3.3),
    Station(0.5, 2.7, 3.0, 2.9),
    Station(1.3, 2.7, 3.1, 2.9),
)


def refined(cuts: Sequence[Station], count: int) -> tuple[Station, ...]:
    """Return `count` cuts, evenly spaced, that follow the given ones without a corner."""
    given = sorted(cuts, key=lambda cut: cut.at)
    first, last = given[0].at, given[-1].at
    return tuple(_between(given, first + (last - first) * n / (count - 1)) for n in range(count))


def _between(given: Sequence[Station], at: float) -> Station:
    """Return the cut at a place: a Catmull-Rom spline through each measure."""
    n = max(i for i, cut in enumerate(given) if cut.at <= at + 1e-9)
    n = min(n, len(given) - 2)
    four = [given[max(n - 1, 0)], given[n], given[n + 1], given[min(n + 2, len(given) - 1)]]
    t = (at - four[1].at) / (four[2].at - four[1].at)

    def measure(name: str) -> float:
        a, b, c, d = (float(getattr(cut, name)) for cut in four)
        return 0.5 * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )

    return Station(at, measure("front"), measure("back"), measure("wide"))


@dataclass(frozen=True, slots=True)
class Build:
    """How much flesh there is on the same bones, as factors."""

    trunk: float
    belly: float
    limbs: float
    wide: float

    @cache  # noqa: B019  four builds in all
    def trunk_flesh(self) -> tuple[Station, ...]:
        """Return the cuts through the trunk; the belly grows forward alone."""
        grown = [
            replace(
                cut,
                front=cut.front * (self.belly if 0.1 < cut.at < 0.6 else self.trunk),
                back=cut.back * self.trunk,
                wide=cut.wide * self.wide,
            )
            for cut in TRUNK
        ]
        return refined(grown, TRUNK_CUTS)

    @cache  # noqa: B019
    def limb_flesh(self, cuts: tuple[Station, ...]) -> tuple[Station, ...]:
        """Return the cuts through a limb."""
        f = self.limbs
        grown = [Station(c.at, c.front * f, c.back * f, c.wide * f) for c in cuts]
        return refined(grown, LIMB_CUTS)


BUILDS: dict[BuildName, Build] = {
    "slim": Build(0.94, 0.9, 0.92, 0.95),
    "medium": Build(1.0, 1.0, 1.0, 1.0),
    "broad": Build(1.1, 1.08, 1.1, 1.12),
    "full": Build(1.12, 1.3, 1.14, 1.14),
}
