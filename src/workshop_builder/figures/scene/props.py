"""Props: which function draws each, and those on the floor.

Lengths are per cent of body height. Sizes are those of usual things, and gaps were fitted by eye,
unless `model.props` says how high something is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

import numpy as np
import shapely

from workshop_builder.figures.body.placement import has, place_body, support_height
from workshop_builder.figures.body.pose import apply_posture, pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.convex import Ellipsoid, Polyhedron
from workshop_builder.figures.drawing.projection import Camera, rings
from workshop_builder.figures.drawing.shapes import Shape, filled, stroked
from workshop_builder.figures.drawing.splines import catmull_rom, open_curve
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.partner.stance import floor_of
from workshop_builder.figures.scene import furniture, things, wheels
from workshop_builder.figures.scene.solids import at, boxed, by_place
from workshop_builder.figures.tracing.smooth_lines import length, resampled, smoothed
from workshop_builder.model.figure import PoseFigure, Prop

PropDrawing: TypeAlias = Callable[[Prop, PosedBody, Camera], list[Shape]]
"""A function that returns the shapes of a prop beside, under or before a body."""


def draw_props(
    figure: PoseFigure, body: PosedBody, camera: Camera, other: Array | None = None, *,
    elsewhere: PosedBody | None = None,
) -> list[Shape]:  # fmt: skip
    """Return the props that are painted before the body.

    Among them is the floor, unless a mat or a background shows it; it is also that of another
    person, whose vertices are at `other`. A mat is below the body where it is `elsewhere`, too.
    """
    on_floor: list[Shape] = []
    standing: list[list[Shape]] = []
    for prop in figure.props:
        if prop.prop in _DRAWINGS:
            shapes = _drawing(figure, prop.prop, elsewhere)(
                prop, _beside(prop, figure, body), camera
            )
            if prop.prop == "mat":
                on_floor = shapes
            else:
                standing.append(shapes)
    behind = [
        *(_under(standing, camera) if on_floor and not camera.from_side else []),
        *on_floor,
        *(shadow(body, on_floor[0], camera) if on_floor else []),
        *by_place(standing, camera),
    ]
    bare = not on_floor and figure.view != "top" and figure.behind == "nothing"
    return [*(_floor(figure, body, behind, camera, other) if bare else []), *behind]


def _drawing(figure: PoseFigure, name: str, elsewhere: PosedBody | None) -> PropDrawing:
    """Return what draws a prop of a figure; of a movement, mat and wall are alike in all."""
    if name == "mat":
        tucked = has(figure.props, "chair", "calves")
        return partial(_mat, elsewhere=elsewhere, tucked=tucked)
    if name != "wall":
        return _DRAWINGS[name]
    other = figure.start or figure.ghost
    chair = next((prop for prop in figure.props if prop.prop == "chair"), None)
    if other is None:
        return partial(furniture.wall, chair=chair)
    poses = (pose_of(figure), apply_posture(pose_of(figure), other))
    bodies = [place_body(pose, figure, BUILDS["medium"]).skeleton for pose in poses]
    hands = max(float(arm.end[1]) for body in bodies for arm in body.arms.values())
    return partial(furniture.wall, hands=hands, chair=chair, elsewhere=elsewhere)


def _beside(prop: Prop, figure: PoseFigure, body: PosedBody) -> PosedBody:
    """Return where a body is for a prop: a wall behind a ball is so much further away."""
    if prop.prop == "wall" and has(figure.props, "ball", "behind back"):
        return body.moved(at(-2 * things.BACK_BALL, 0, 0))
    return body


def _floor(
    figure: PoseFigure,
    body: PosedBody,
    props: list[Shape],
    camera: Camera,
    other: Array | None,
) -> list[Shape]:
    """Return the floor: from the side a line under everything, from elsewhere a pale oval."""
    height = floor_of(figure)
    if not camera.from_side:
        return [_oval(body, camera, height, props, other)]
    surface = body.placed.surface
    parts = [surface.trunk, *surface.feet.values(), *surface.shanks.values()]
    points = [part.centers for part in parts] + ([] if other is None else [other])
    x = camera.project(np.concatenate(points))[:, 0]
    low = min([float(x.min()), *(shape.box[0] for shape in props)]) - _FLOOR_MARGIN
    high = max([float(x.max()), *(shape.box[2] for shape in props)]) + _FLOOR_MARGIN
    line = np.array([[low, height - _FLOOR_BELOW], [high, height - _FLOOR_BELOW]])
    return [Shape((line,), stroke="floor", width=1.4, closed=False)]


def _oval(
    body: PosedBody, camera: Camera, height: float, props: list[Shape], other: Array | None
) -> Shape:
    """Return a pale oval on the floor, round all that is low."""
    points = [body.points, body.points[mesh().share("root") > _MIDDLE] * _ON_FLOOR - _BEHIND_HIPS]
    points += [shape.solid.corners for shape in props if isinstance(shape.solid, Polyhedron)]
    x, y, z = np.concatenate(points if other is None else [*points, other]).T
    low = y < height + _NEAR_FLOOR
    ring = _round(x[low], height, z[low])
    flat = camera.project(ring)
    center, near = flat.mean(axis=0), ring @ camera.toward
    near = (near - near.mean()) / np.ptp(near)
    lacking = np.maximum(_OVAL_LEAST - np.ptp(flat, axis=0), 0.0)
    flat[:, 0] += (flat[:, 0] - center[0]) / np.ptp(flat[:, 0]) * lacking[0]
    flat[:, 1] -= near * lacking[1]
    return Shape((flat,), "floor_oval", "none")


def _round(x: Array, height: float, z: Array) -> Array:
    """Return an oval on the floor round what is at some places."""
    middle = at((x.min() + x.max()) / 2, height, (z.min() + z.max()) / 2)
    radii = [float(np.ptp(axis)) * _ROUND_OUT + _OVAL_MARGIN for axis in (x, z)]
    turn = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    ring = np.stack([np.cos(turn) * radii[0], 0 * turn, np.sin(turn) * radii[1]], axis=1)
    found: Array = middle + ring
    return found


def _under(standing: list[list[Shape]], camera: Camera) -> list[Shape]:
    """Return pale ovals under furniture that stands on legs beside a mat."""
    corners = [
        np.concatenate([each.solid.corners for each in prop if isinstance(each.solid, Polyhedron)])
        for prop in standing
        if sum(isinstance(each.solid, Polyhedron) for each in prop) > _LEGS
    ]
    feet = [each[each[:, 1] < _NEAR_FLOOR] for each in corners]
    return [
        Shape((camera.project(_round(x, 0.0, z)),), "floor_oval", "none")
        for x, _, z in (each.T for each in feet if len(each))
    ]


_LEGS = 4
"""A thing of more solids than so many stands on legs."""
_MIDDLE, _ON_FLOOR = 0.9, np.array([1.0, 0.0, 1.0])
"""The share of the pelvis from which a vertex is surely of its middle."""
_OVAL_LEAST = np.array([30.0, 5.0])
"""How wide and high an oval on the floor is drawn at least, also where it is seen from its edge."""
_ROUND_OUT, _OVAL_MARGIN = 0.57, 3.0
"""How much of what it is under the radii of an oval on the floor are, and how much more."""
_FLOOR_MARGIN, _FLOOR_BELOW = 4.0, 0.4
"""How far the floor's line goes on at both ends, and how far below the soles it is drawn."""
_RUG_MARGIN, _RUG_THICKNESS = 7.0, 1.3
_RUG_PAST, _LYING = 3.0, 2.5
"""How far a mat goes on past all that lies on it, and how high that is at most."""
_RUG_HALF_DEPTH, _RUG_HALF_DEPTH_ASLANT = 12.0, 18.5
"""Half the depth of a mat seen from the side, and from elsewhere."""
_RUG_BESIDE, _RUG_HALF_DEPTH_MOST = 2.0, 27.0
"""How much of a mat there is beside arms that lie out to the sides; no mat is wider than that."""
_BEHIND_HIPS = np.array([9.0, 0.0, 0.0])
"""How far behind the hips a mat or an oval begins at least, unless it is seen from the side."""
_NEAR_FLOOR = 12.0
"""The height up to which a part of the body counts as on the mat."""


_TOUCHING, _CELL, _OUT, _IN = 6.0, 2.0, 4.0, -2.0
"""How high what casts a shadow is at most, how coarsely it is taken, and how far its edge goes out
and back in."""
_SHADE_STEP, _SHADE_SOFT, _SHADE_TOLERANCE, _SHADE_INSET = 0.6, 4.0, 0.8, 0.5
_SHADE_ROUND = 1.0
"""The radius of its corners, for a curve to follow them."""


def shadow(body: PosedBody, mat: Shape, camera: Camera) -> list[Shape]:
    """Return the shadow of what of a body lies or stands on a mat."""
    if not isinstance(mat.solid, Polyhedron):
        return []
    low = body.points[body.points[:, 1] < _TOUCHING][:, [0, 2]]
    x, z = (np.unique(np.floor(low / _CELL), axis=0) * _CELL).T
    cells = shapely.union_all(shapely.box(x, z, x + _CELL, z + _CELL))
    around = shapely.buffer(shapely.buffer(cells, _OUT, quad_segs=3), _IN, quad_segs=3)
    soft = [_soft(ring) for ring in rings(around)]
    x, _, z = mat.solid.corners.T
    top = shapely.buffer(shapely.box(x.min(), z.min(), x.max(), z.max()), -_SHADE_INSET)
    whole = shapely.buffer(shapely.intersection(shapely.union_all(soft), top), -_SHADE_ROUND)
    flat = rings(shapely.buffer(whole, _SHADE_ROUND, quad_segs=3))
    lines = tuple(camera.project(np.insert(ring, 1, 0.0, axis=1)) for ring in flat)
    return [Shape(lines, "shade", "none", tolerance=_SHADE_TOLERANCE)] if lines else []


def _soft(ring: Array) -> shapely.Polygon:
    line = np.concatenate([ring, ring[:1]])
    fine = resampled(line, int(length(line) / _SHADE_STEP) + 4)
    return shapely.buffer(shapely.Polygon(smoothed(fine, _SHADE_SOFT, closed=True)), 0)


def _mat(_: Prop, body: PosedBody, camera: Camera, *, elsewhere: PosedBody | None = None,
         tucked: bool = False) -> list[Shape]:  # fmt: skip
    """Return a mat under every part of a body that is near the floor, here and elsewhere.

    A `tucked` one ends before the chair on which the calves lie.
    """
    ends = [_ends(each, camera, tucked=tucked) for each in (body, elsewhere) if each]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    deep = _RUG_HALF_DEPTH
    if not camera.from_side:
        arms = max(_aside(each) for each in (body, elsewhere) if each)
        deep = min(max(_RUG_HALF_DEPTH_ASLANT, arms + _RUG_BESIDE), _RUG_HALF_DEPTH_MOST)
    return boxed(at(low, -_RUG_THICKNESS, -deep), at(high, 0.0, deep), camera, "prop")


def _aside(body: PosedBody) -> float:
    """Return how far aside of the middle a body lies on a mat."""
    down = body.points[body.points[:, 1] < _LYING][:, 2]
    return float(np.abs(down).max(initial=0.0))


def _ends(body: PosedBody, camera: Camera, *, tucked: bool) -> tuple[float, float]:
    """Return from where to where a body needs a mat."""
    surface = body.placed.surface
    limbs = (surface.shanks, surface.feet, surface.thighs, surface.forearms)
    every = [surface.trunk, surface.skull, *(part for limb in limbs for part in limb.values())]
    low_parts = [part for part in every if part.lowest() < _NEAR_FLOOR] or every
    x = np.concatenate([part.centers[:, 0] for part in low_parts])
    if not camera.from_side:
        x = np.append(x, body.placed.skeleton.hips[0] - _BEHIND_HIPS[0])
    down = body.points[body.points[:, 1] < _LYING][:, 0]
    low = min(x.min() - _RUG_MARGIN, down.min(initial=np.inf) - _RUG_PAST)
    high = max(x.max() + _RUG_MARGIN * (not tucked), down.max(initial=-np.inf) + _RUG_PAST)
    return float(low), float(high)


_CUSHION_WIDTHS = {"head": 19.0, "hips": 22.0, "near knee": 17.0}
_CUSHION_TUCKED, _CUSHION_LEAST = 1.2, 2.4
"""How much thicker than its gap a cushion is drawn, and how thick at least."""
_PILLOW = (
    (-1.0, 0.0), (-0.8, 0.9), (0.0, 1.0), (0.8, 0.9), (1.0, 0.0), (0.8, -1.0), (0.0, -1.0),
    (-0.8, -1.0),
)  # fmt: skip
"""The outline of a cushion, drawn by hand, in halves of its width and height."""
_PILLOW_HALF_DEPTH = 8.0
_PILLOW_SEAM = ((0.9, 0.3), (0.72, 0.05), (0.5, 0.1))


def _cushion(prop: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a cushion under a part of the body, as thick as the gap that is there."""
    skeleton, place = body.placed.skeleton, prop.place or "head"
    knee = skeleton.legs["near"].middle
    spot = {"head": skeleton.head, "hips": skeleton.hips, "near knee": knee}[place]
    on_head = place == "head"
    gap = body.placed.surface.skull.lowest() if on_head else support_height((prop,), place)
    thick = max(gap + _CUSHION_TUCKED, _CUSHION_LEAST)
    center = at(spot[0], thick / 2, spot[2])
    x, y = camera.project(center)
    w, h = _CUSHION_WIDTHS[place] / 2, thick / 2
    ring = catmull_rom([(x + w * across, y + h * up) for across, up in _PILLOW])
    seam = open_curve(*((x + w * across, y + h * up) for across, up in _PILLOW_SEAM))
    solid = Ellipsoid(center, at(w, h, _PILLOW_HALF_DEPTH))
    return [*filled([ring], "cushion", solid=solid), *stroked([seam], 0.6)]


_DRAWINGS: Mapping[str, PropDrawing] = {
    "mat": _mat,
    "cushion": _cushion,
    "chair": furniture.chair,
    "wheelchair": wheels.wheelchair,
    "desk": furniture.desk,
    "table": furniture.table,
    "wall": furniture.wall,
    "doorway": furniture.doorway,
    "step": furniture.step,
    "ball": things.ball,
    "roller": things.roller,
    "bolster": things.bolster,
    "block": things.block,
    "dumbbell": things.dumbbell,
    "stick": things.stick,
}
"""How each prop is drawn, but for straps and bands, which wind round the body."""
