"""One picture of a body: its parts, props and marks, in painter's order."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from workshop_builder.figures.body.placement import place_body
from workshop_builder.figures.body.pose import Pose
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.drawing.projection import camera_of
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.person.body_parts import painted_parts, silhouette
from workshop_builder.figures.person.body_view import BodyView, PaintedPart
from workshop_builder.figures.person.people import Appearance
from workshop_builder.figures.scene import background, marks, regions
from workshop_builder.figures.scene.props import draw_props
from workshop_builder.model.figure import PoseFigure


def paint_picture(
    figure: PoseFigure,
    appearance: Appearance,
    pose: Pose,
    *,
    ghost: Pose | None = None,
    arrows: bool = True,
    felt: bool = True,
) -> list[Shape]:
    """Return the shapes of a picture in the order in which they are painted.

    `ghost` is another pose, drawn as a dashed outline. `arrows` and `felt` say whether those of
    the figure are drawn.
    """
    view = _body_view(figure, appearance, pose)
    parts = painted_parts(view, figure.in_front)
    behind, over_legs = draw_props(figure, view.body, view.camera)
    area = shapely.union_all([part.area for part in parts])
    shapes = [*_background(figure, area.bounds), *behind]
    if ghost is not None:
        shapes += marks.ghost(silhouette(_body_view(figure, appearance, ghost)), area)
    hatched = _felt(figure, view, parts) if felt else {}
    last_leg = max(n for n, part in enumerate(parts) if part.name.endswith("leg"))
    for number, part in enumerate(parts):
        shapes += [*part.shapes, *hatched.get(number, ())]
        shapes += over_legs if number == last_leg else ()
    for arrow in figure.arrows if arrows else ():
        shapes += marks.arrow_shapes(arrow, view.body, area, view.camera)
    return shapes


def _body_view(figure: PoseFigure, appearance: Appearance, pose: Pose) -> BodyView:
    """Return a placed body as the figure's view shows it."""
    body = place_body(pose, figure, BUILDS[appearance.build])
    return BodyView(body, camera_of(figure, body.skeleton.pelvis_frame[1]), appearance.hair)


def _background(figure: PoseFigure, bounds: tuple[float, float, float, float]) -> list[Shape]:
    left, _, right, _ = bounds
    return background.sunrise((left + right) / 2) if figure.behind == "sunrise" else []


def _felt(
    figure: PoseFigure, view: BodyView, parts: Sequence[PaintedPart]
) -> dict[int, list[Shape]]:
    """Return the hatched regions, by the number of the part after which each is painted."""
    found: dict[int, list[Shape]] = {}
    for name in figure.felt:
        wanted = regions.parts_under(name, from_side=view.camera.from_side)
        under = [n for n, part in enumerate(parts) if part.name in wanted]
        ground = shapely.union_all([parts[n].area for n in under])
        covering = [parts[n].area for n in range(under[0], under[-1]) if n not in under]
        if covering:
            ground = shapely.difference(ground, shapely.union_all(covering))
        area = regions.region_area(name, view.body.surface, ground, view.camera)
        found.setdefault(under[-1], []).extend(regions.hatched(area))
    return found
