"""The routines that the website leads through: its own, and those that are done instead of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workshop_builder.model.dose import Time
from workshop_builder.model.workshop import Exercise
from workshop_builder.pages.render import Renderer


@dataclass(frozen=True, slots=True)
class Routine:
    """Exercises one after the other, on a page of their own."""

    path: str
    """Of its page in the website."""
    title: str
    renderer: Renderer = field(repr=False)
    """Makes its page: the website's renderer, with these exercises."""

    @property
    def time(self) -> Time | None:
        """How long it takes; None where nothing has a dose."""
        return self.renderer.routine(self.renderer.exercises)

    def time_in_week(self, week: int) -> Time | None:
        """How long it takes in a week from 1 on, where holds grow from week to week."""
        return self.renderer.routine([_in_week(item, week) for item in self.renderer.exercises])


def _in_week(exercise: Exercise, week: int) -> Exercise:
    """Return an exercise as it is done in a week; what does not grow any more stays."""
    holds = exercise.fields.hold_by_week
    if not holds:
        return exercise
    held = {"hold": holds[min(week, len(holds)) - 1], "hold_by_week": ()}
    return replace(exercise, fields=exercise.fields.model_copy(update=held))


def routines(renderer: Renderer) -> Sequence[Routine]:
    """Return the website's routine, then each that workshop.yaml has `instead` of it."""
    if not renderer.exercises:
        return ()
    found = [Routine("routine.html", renderer.labels["the_routine"], renderer)]
    for number, other in enumerate(renderer.target.settings.instead, 2):
        made = with_exercises(renderer, other.exercises)
        found.append(Routine(f"routine-{number}.html", other.title, made))
    return found


def with_exercises(renderer: Renderer, names: Sequence[str]) -> Renderer:
    """Return a renderer that shows other exercises, by their names or groups; all, if none."""
    target = renderer.target
    settings = target.settings.model_copy(update={"exercises": tuple(names)})
    own = replace(target, settings=settings)
    return Renderer(renderer.workshop, own, renderer.labels, renderer.templates)
