"""One picture of a body: its parts, props and marks in the order in which they are painted."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from workshop_builder.figures.body.placement import Settled, settle
from workshop_builder.figures.body.pose import Pose
from workshop_builder.figures.body.proportions import BUILDS, Build
from workshop_builder.figures.drawing.projection import Camera, camera
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.person.body_parts import Part, Sitter, parts, silhouette
from workshop_builder.figures.person.people import Sitting
from workshop_builder.figures.scene import background, marks, props
from workshop_builder.model.figure import PoseFigure


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A figure, who is drawn, and from where."""

    figure: PoseFigure
    who: Sitting

    @property
    def build(self) -> Build:
        """The body's build."""
        return BUILDS[self.who.build]

    def sitter(self, pose: Pose) -> tuple[Settled, Sitter]:
        """Return a body in a pose, set down, and what is needed to draw it."""
        settled = settle(pose, self.figure, self.build)
        view = camera(self.figure, settled.bones.pelvis_frame[1])
        seen = self.figure.view
        return settled, Sitter(
            settled.bones, settled.flesh, pose, view, self.who.hair,
            flat=seen == "side", sided=seen in {"side", "three-quarter"},
        )  # fmt: skip


def scene(
    stage: Stage, pose: Pose, before: Pose | None, *, moves: bool = True, felt: bool = True
) -> list[Shape]:
    """Return a picture's shapes; `before` is drawn as a ghost."""
    figure = stage.figure
    settled, sitter = stage.sitter(pose)
    view, body = sitter.view, parts(sitter, figure.in_front)
    around = props.things(figure, settled, view, standing=pose.position == "standing")
    whole = shapely.union_all([part.area for part in body])
    shapes = [*around.below]
    if figure.behind == "sunrise":
        low, _, high, _ = whole.bounds
        shapes = [*background.sunrise((low + high) / 2), *around.below]
    if before is not None:
        shapes += marks.ghost(silhouette(stage.sitter(before)[1]), whole)
    patches = _felt(figure, settled, body, view) if felt else {}
    legs = max(n for n, part in enumerate(body) if part.name.endswith("leg"))
    for number, part in enumerate(body):
        shapes += [*part.shapes, *patches.get(number, ())]
        shapes += around.before_hands if number == legs else ()
    if moves:
        for wish in figure.arrows:
            shapes += marks.arrow(wish, settled, whole, view)
    return shapes


def _felt(
    figure: PoseFigure, settled: Settled, body: list[Part], view: Camera
) -> dict[int, list[Shape]]:
    """Return the regions in which it is felt, each by the part of the body after which it comes."""
    found: dict[int, list[Shape]] = {}
    for name in figure.felt:
        places = [
            n
            for n, part in enumerate(body)
            if part.name in marks.ground_of(name, flat=figure.view == "side")
        ]
        ground = shapely.union_all([body[n].area for n in places])
        span = range(places[0], places[-1])
        others = [body[n].area for n in span if n not in places]
        if others:
            ground = shapely.difference(ground, shapely.union_all(others))
        shape = marks.region(name, settled.flesh, ground, view)
        found.setdefault(places[-1], []).extend(marks.felt(shape))
    return found
