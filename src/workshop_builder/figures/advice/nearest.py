"""The nearest pose that a body can take: found by turning its joints, degree by degree.

Nothing here depends on chance or on time, so that the same file gets the same advice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from workshop_builder.figures.advice.angles import Angle
from workshop_builder.figures.body import joint_limits
from workshop_builder.figures.body.placement import place_body
from workshop_builder.figures.body.pose import Pose
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.model.figure import FigureFault, PoseFigure

Change: TypeAlias = tuple[Angle, int]
"""An angle, and by how many degrees it becomes larger."""
_STEP, _FURTHEST, _IN_ALL = 6, 90, 120
"""Degrees of one step, and by which one angle, and all together, are changed at most."""
_MOST_STEPS = 20
"""Of a search with more than one angle."""
_KEPT = 0.05
"""By how much another fault may grow without having grown."""
_HOPELESS = 100.0
"""What a fault weighs that no angle can mend."""


@dataclass(slots=True, eq=False)
class Body:
    """A body that tells of each pose what is impossible about it, each once."""

    figure: PoseFigure
    _known: dict[Pose, tuple[FigureFault, ...]] = field(default_factory=dict)

    def faults(self, pose: Pose) -> tuple[FigureFault, ...]:
        """Return what is impossible about a pose of this body."""
        if pose not in self._known:
            placed = place_body(pose, self.figure, BUILDS["medium"])
            self._known[pose] = (*placed.faults, *joint_limits.overbent(placed.skeleton))
        return self._known[pose]

    def burden(self, pose: Pose) -> float:
        """Return how much is wrong with a pose; 0 where nothing is."""
        return sum(each.excess + 1 if each.kind else _HOPELESS for each in self.faults(pose))

    def burden_of(self, fault: FigureFault, first: Pose) -> Callable[[Pose], float]:
        """Return a measure of one fault: 0 where it is gone, and nothing else is worse."""
        before = {_name(each): each.excess for each in self.faults(first)}

        def measure(pose: Pose) -> float:
            total = 0.0
            for each in self.faults(pose):
                known = before.get(_name(each))
                if _name(each) == _name(fault):
                    total += each.excess + 1
                elif known is None or each.excess > known + _KEPT:
                    total += each.excess - (known or 0.0) + 1
            return total

        return measure


def _name(fault: FigureFault) -> tuple[object, ...]:
    return fault.keys, fault.kind


def single_changes(
    pose: Pose, angles: Sequence[Angle], measure: Callable[[Pose], float]
) -> list[Change]:
    """Return the least change of each angle that does it alone, the least of all first."""
    found = []
    for angle in angles:
        ways = (_least_turn(pose, angle, sign, measure) for sign in (1, -1))
        turns = [turn for turn in ways if turn]
        if turns:
            found.append((angle, min(turns, key=abs)))
    return sorted(found, key=lambda change: abs(change[1]) * change[0].weight)


def _least_turn(
    pose: Pose, angle: Angle, sign: int, measure: Callable[[Pose], float]
) -> int | None:
    """Return the fewest degrees by which an angle alone mends a pose; None where it does not."""

    def wrong(degrees: int) -> float:
        turned = angle.turned(pose, sign * degrees)
        return _HOPELESS if turned is None else measure(turned)

    # One that does not help at first does not help further on.
    if wrong(_STEP) >= measure(pose):
        return None
    for degrees in range(_STEP, _FURTHEST + 1, _STEP):
        if not wrong(degrees):
            low = degrees - _STEP
            return sign * next(each for each in range(low + 1, degrees + 1) if not wrong(each))
    return None


def joint_changes(
    pose: Pose, angles: Sequence[Angle], measure: Callable[[Pose], float]
) -> list[Change] | None:
    """Return changes of several angles that mend a pose together; None where none were found."""
    turned: dict[Angle, int] = {}
    current = pose
    helpful = _helpful(pose, angles, measure)
    for _ in range(_MOST_STEPS):
        wrong = measure(current)
        if not wrong:
            return _pared(pose, turned, measure)
        steps = []
        for number, (angle, by) in enumerate(helpful):
            there = angle.turned(current, by)
            far = abs(turned.get(angle, 0) + by) > _FURTHEST
            twice = any(angle != each and angle.touches(each) for each in turned)
            if there is not None and not far and not twice:
                gain = (wrong - measure(there)) / angle.weight
                steps.append((round(-gain, 6), number, there))
        best = min(steps, key=lambda step: step[:2], default=None)
        if best is None or best[0] >= 0:
            return None
        angle, by = helpful[best[1]]
        turned[angle] = turned.get(angle, 0) + by
        current = best[2]
    return None


def _helpful(pose: Pose, angles: Sequence[Angle], measure: Callable[[Pose], float]) -> list[Change]:
    """Return the steps of one angle that make something of a pose better."""
    found, wrong = [], measure(pose)
    for angle in angles:
        for by in (_STEP, -_STEP):
            there = angle.turned(pose, by)
            if there is not None and measure(there) < wrong:
                found.append((angle, by))
    return found


def _pared(
    pose: Pose, turned: dict[Angle, int], measure: Callable[[Pose], float]
) -> list[Change] | None:
    """Return changes of which none can be smaller by itself; None where they are too large."""
    for angle in sorted(turned, key=lambda each: abs(turned[each])):
        sign = 1 if turned[angle] > 0 else -1
        for less in range(abs(turned[angle])):
            smaller = {**turned, angle: sign * less}
            there = applied(pose, list(smaller.items()))
            if there is not None and not measure(there):
                turned = smaller
                break
    found = [change for change in turned.items() if change[1]]
    return found if _degrees(found) <= _IN_ALL else None


def applied(pose: Pose, changes: Sequence[Change]) -> Pose | None:
    """Return a pose with changes; None where no body can."""
    current: Pose | None = pose
    for angle, by in changes:
        current = angle.turned(current, by) if current else None
    return current


def nearest(pose: Pose, angles: Sequence[Angle], body: Body) -> list[Change] | None:
    """Return the changes with the fewest degrees that mend all of a pose; None where none do."""
    ways = [[change] for change in single_changes(pose, angles, body.burden)[:1]]
    together = joint_changes(pose, angles, body.burden)
    ways += [together] if together else []
    return min(ways, key=_degrees, default=None)


def _degrees(changes: Sequence[Change]) -> int:
    return sum(abs(by) * angle.weight for angle, by in changes)
