"""The body in numbers: how long its segments are, and how thick the body is around them.

All lengths are per cent of body height. Lengths of segments follow Drillis and Contini, *Body
Segment Parameters* (1966). Distances to joint centres and thicknesses were fitted by eye to an
adult of average girths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from workshop_builder.model.figure import BuildName

LOWER_TRUNK, UPPER_TRUNK = 12.0, 17.0
"""From the hip joints to the waist, and from there to the base of the neck."""
NECK, HEAD = 5.0, 6.0
"""From the base of the neck to the base of the skull, and from there to its centre."""
UPPER_ARM, FOREARM = 18.6, 14.6
THIGH, SHANK = 24.5, 24.6
ANKLE = 4.0
"""Height of the ankle above the sole."""
PALM_THICKNESS = 1.3
"""From the middle between two palms that touch to the bones of a wrist."""
HIP_WIDTH, SHOULDER_WIDTH = 4.8, 8.2
"""From the middle of the body out to the centre of the joint."""
SHOULDER_DROP = 2.2
"""How far the shoulder joint lies below the base of the neck."""
TRUNK_SECTIONS, LIMB_SECTIONS = 15, 9
"""How many cross-sections the surface of the trunk and of a segment of a limb runs through."""


@dataclass(frozen=True, slots=True)
class CrossSection:
    """A cut across a segment."""

    at: float
    """Where along the segment it is: from 0 at the joint nearer to the hips to 1 at the other."""
    front: float
    """How far the body reaches forward of the line between the joints."""
    back: float
    """How far it reaches back."""
    half_width: float
    """How far it reaches out to either side."""


TRUNK = (
    CrossSection(-0.13, 3.0, 5.2, 7.4),
    CrossSection(-0.02, 4.8, 6.8, 8.9),
    CrossSection(0.1, 5.4, 6.7, 8.9),
    CrossSection(0.22, 5.5, 5.6, 8.1),
    CrossSection(0.38, 5.4, 4.7, 7.2),
    CrossSection(0.55, 5.7, 5.1, 7.5),
    CrossSection(0.7, 6.2, 5.8, 8.4),
    CrossSection(0.83, 5.9, 6.0, 8.9),
    CrossSection(0.93, 4.7, 5.3, 8.8),
    CrossSection(1.0, 3.0, 3.8, 5.0),
)
"""From the hip joints up to the base of the neck."""
THIGH_SECTIONS = (
    CrossSection(0.0, 5.5, 5.8, 5.0),
    CrossSection(0.14, 5.5, 5.7, 5.0),
    CrossSection(0.35, 5.2, 5.0, 4.7),
    CrossSection(0.6, 4.6, 4.0, 4.1),
    CrossSection(0.85, 3.8, 3.3, 3.5),
    CrossSection(1.0, 3.6, 3.2, 3.4),
)
SHANK_SECTIONS = (
    CrossSection(0.0, 3.5, 3.1, 3.3),
    CrossSection(0.12, 2.9, 3.5, 3.2),
    CrossSection(0.3, 2.5, 4.2, 3.3),
    CrossSection(0.5, 2.2, 3.6, 2.9),
    CrossSection(0.75, 1.9, 2.2, 2.2),
    CrossSection(0.92, 1.9, 1.9, 1.9),
    CrossSection(1.02, 1.9, 2.0, 1.9),
)
FOREARM_SECTIONS = (
    CrossSection(0.0, 2.1, 2.2, 2.2),
    CrossSection(0.22, 2.4, 2.4, 2.4),
    CrossSection(0.6, 1.9, 1.9, 2.0),
    CrossSection(1.0, 1.35, 1.35, 1.6),
)
NECK_SECTIONS = (
    CrossSection(-0.4, 3.0, 3.4, 3.3),
    CrossSection(0.5, 2.7, 3.0, 2.9),
    CrossSection(1.3, 2.7, 3.1, 2.9),
)
_BELLY = (0.1, 0.6)
"""The places of the trunk between which the factor of the belly counts."""


def resampled(sections: Sequence[CrossSection], count: int) -> tuple[CrossSection, ...]:
    """Return `count` evenly spaced cross-sections of the smooth surface through the given ones."""
    given = sorted(sections, key=lambda section: section.at)
    first, last = given[0].at, given[-1].at
    step = last - first
    return tuple(_interpolated(given, first + step * n / (count - 1)) for n in range(count))


def _interpolated(given: Sequence[CrossSection], at: float) -> CrossSection:
    """Return the cross-section at a place: a Catmull-Rom spline through each measure."""
    n = max(i for i, section in enumerate(given) if section.at <= at + 1e-9)
    n = min(n, len(given) - 2)
    four = [given[max(n - 1, 0)], given[n], given[n + 1], given[min(n + 2, len(given) - 1)]]
    t = (at - four[1].at) / (four[2].at - four[1].at)

    def measure(name: str) -> float:
        a, b, c, d = (float(getattr(section, name)) for section in four)
        return 0.5 * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )

    return CrossSection(at, measure("front"), measure("back"), measure("half_width"))


@dataclass(frozen=True, slots=True)
class Build:
    """The thickness of a body on the same bones, as factors of an average one."""

    trunk: float
    belly: float
    limbs: float
    width: float
    """Of the trunk, from side to side."""

    @cache  # noqa: B019  four builds in all
    def trunk_sections(self) -> tuple[CrossSection, ...]:
        """Return the cross-sections of the trunk; the belly grows forward alone."""
        low, high = _BELLY
        grown = [
            replace(
                section,
                front=section.front * (self.belly if low < section.at < high else self.trunk),
                back=section.back * self.trunk,
                half_width=section.half_width * self.width,
            )
            for section in TRUNK
        ]
        return resampled(grown, TRUNK_SECTIONS)

    @cache  # noqa: B019
    def limb_sections(self, sections: tuple[CrossSection, ...]) -> tuple[CrossSection, ...]:
        """Return the cross-sections of a limb's segment, given those of an average body."""
        f = self.limbs
        grown = [
            CrossSection(each.at, each.front * f, each.back * f, each.half_width * f)
            for each in sections
        ]
        return resampled(grown, LIMB_SECTIONS)


BUILDS: dict[BuildName, Build] = {
    "slim": Build(0.94, 0.9, 0.92, 0.95),
    "medium": Build(1.0, 1.0, 1.0, 1.0),
    "broad": Build(1.1, 1.08, 1.1, 1.12),
    "full": Build(1.12, 1.3, 1.14, 1.14),
}
"""Factors chosen by eye, so that the four can be told apart in a picture 30 mm wide."""
