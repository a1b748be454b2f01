"""The parts of a body as flat shapes, in painter's order: the nearest is painted last.

Lengths are per cent of body height; those without a source were fitted by eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.pose import SIDES, BodySide, LimbAngles
from workshop_builder.figures.body.skeleton import Limb
from workshop_builder.figures.body.surface import Ellipsoids
from workshop_builder.figures.body.vectors import Array, cross, horizontal, unit
from workshop_builder.figures.drawing.projection import Camera, rings, round_hollows
from workshop_builder.figures.drawing.shapes import Shape, filled, stroked
from workshop_builder.figures.person import heads
from workshop_builder.figures.person.body_view import ArtPlane, BodyView, PaintedPart
from workshop_builder.figures.person.hands import FOOT, HANDS, TOE_JOINT, TOES, HandKind
from workshop_builder.figures.person.heads import Head
from workshop_builder.model.props import HAND_RESTS

_WAIST = 7
"""The section of the trunk, of 15, at which the trousers end and the top begins."""
_SLEEVE = 6
"""The section of the upper arm, of 9 and the joint's ball, at which the sleeve ends."""
_HEM = 9
"""The section of the shank at which the trousers end."""
_OVERLAP = 2
"""How many sections of skin lie under the end of a sleeve or of the trousers."""
_STRAIGHT = 0.97
"""The cosine of the bend of a joint up to which no hollow needs to be rounded."""
_ARM_HOLLOW = 0.6
"""The radius to which the hollow between forearm and hand is rounded."""
_ARM_DEPTH = 20.0
"""More than the depth of any other part: seen from its side, an arm passes beside the body."""
_NEARER, _NEAREST = 0.1, 0.2
"""Steps in depth by which a leg or the head is painted after its neighbour, and an arm on top of
a leg after both legs."""
_OPEN_HAND_OUT, _OPEN_HAND_UP = 40.0, 120.0
"""Degrees of the shoulder, out and up, from which a free hand is open."""
_HAND_FACING = 0.7
"""How much the back of a hand must face the reader for its thumb to be drawn at its side."""
_PROFILE_FROM, _FOOT_FROM = 0.72, 0.55
"""How much a head, or a foot, must lie across the view to be drawn from its side."""
_NAPE_FROM = -0.2
"""How far a face must be turned away from the reader for the back of the head to be drawn."""
_TOE_CLEFTS = (-1.0, -0.2, 0.6)
"""Where the lines between the toes are, from the middle of the foot to its right."""
_CLEFT_DOWN, _CLEFT_FORWARD = 2.9, (9.0, 10.9)
"""How far below the ankle these lines are, and from where to where ahead of it."""
_KNEE_BENT, _KNEE_TOWARD = 0.5, 0.3
"""The cosine of a knee's bend, and how much a thigh must point to the reader, for its shin to be
painted over it."""
_SEAM_REACH, _SEAM_INSET = 1.2, 0.28
"""How far round a shoulder the line of the sleeve is covered, and the width of the outline that
stays."""


def painted_parts(view: BodyView, in_front: str | None) -> list[PaintedPart]:
    """Return the parts of a body in painter's order; `in_front` names a limb that goes last."""
    last = _last_leg(view, in_front)
    hips = view.body.surface.trunk.slice(0, _WAIST)
    legs = [_leg(view, side, [hips] if side == last else []) for side in SIDES]
    top = max(leg.depth for leg in legs)
    legs = [_at_depth(leg, top + _NEARER, {f"{last} leg"}) for leg in legs]
    arms = [_arm(view, side) for side in SIDES]
    if not view.camera.from_side:
        on_legs = {f"{side} arm" for side in SIDES if _is_on_leg(view.body.pose.limb(side))}
        arms = [_at_depth(arm, top + _NEAREST, on_legs) for arm in arms]
    found = [*legs, *arms, _trunk(view), _head(view)]
    return sorted(
        found, key=lambda part: (part.name == in_front and "arm" in part.name, part.depth)
    )


def _last_leg(view: BodyView, in_front: str | None) -> BodySide:
    """Return the leg that is painted last, together with the hips."""
    if in_front in {"near leg", "far leg"}:
        return "near" if in_front == "near leg" else "far"
    thighs = view.body.surface.thighs
    return "near" if view.depth(thighs["near"]) >= view.depth(thighs["far"]) else "far"


def _at_depth(part: PaintedPart, depth: float, names: set[str]) -> PaintedPart:
    """Return a part at a depth if it is one of those named, else as it is."""
    return replace(part, depth=depth) if part.name in names else part


def _is_on_leg(limb: LimbAngles) -> bool:
    """Return whether a hand lies on top of a leg."""
    return limb.hand in {"near thigh", "far thigh", "near knee", "far knee"}


def silhouette(view: BodyView) -> BaseGeometry:
    """Return all that a body covers."""
    surface = view.body.surface
    limbs = (surface.thighs, surface.shanks, surface.upper_arms, surface.forearms)
    parts = [surface.trunk, surface.neck, *(limb[side] for limb in limbs for side in SIDES)]
    ends = [end(view, side)[0] for end in (_hand, _foot) for side in SIDES]
    return shapely.union_all([view.outline(*parts), *ends, _head(view).area])


def _arm(view: BodyView, side: BodySide) -> PaintedPart:
    upper, fore = view.body.surface.upper_arms[side], view.body.surface.forearms[side]
    hand, lines = _hand(view, side)
    bare = view.outline(upper.slice(_SLEEVE - _OVERLAP), fore)
    skin = round_hollows(shapely.union_all([bare, hand]), _ARM_HOLLOW)
    sleeve = view.outline(upper.slice(0, _SLEEVE))
    shapes = [
        *filled(rings(skin), view.tone("skin", side)),
        *stroked(lines, 0.6),
        *filled(rings(sleeve), view.tone("top", side)),
        *(_seam_cover(view, side, sleeve) if not view.camera.from_side else []),
    ]
    depth = view.depth(upper, fore)
    if view.camera.from_side:
        depth = _ARM_DEPTH if side == "near" else -_ARM_DEPTH
    return PaintedPart(f"{side} arm", depth, tuple(shapes), shapely.union(skin, sleeve))


def _seam_cover(view: BodyView, side: BodySide, sleeve: BaseGeometry) -> list[Shape]:
    """Return what covers the line between chest and sleeve where both are seen from the front."""
    surface = view.body.surface
    shoulder = surface.upper_arms[side].slice(0, 3)
    both = shapely.union(view.outline(surface.trunk.slice(_WAIST - 1)), sleeve)
    around = shapely.buffer(view.outline(shoulder), _SEAM_REACH)
    inside = shapely.intersection(shapely.buffer(both, -_SEAM_INSET, quad_segs=2), around)
    return [Shape(tuple(rings(inside)), "top", "none")] if not inside.is_empty else []


def _hand(view: BodyView, side: BodySide) -> tuple[BaseGeometry, list[Array]]:
    """Return what a hand covers, and the thin lines on it."""
    arm = view.body.skeleton.arms[side]
    kind = _hand_kind(view.body.pose.limb(side))
    along, across = -arm.tip[1], arm.tip[0]
    if kind != "flat" and abs(float(across @ view.camera.toward)) > _HAND_FACING:
        across = cross(across, along)
    plane = ArtPlane(arm.end, along, across, view.camera)
    return plane.area(HANDS[kind]), plane.lines(HANDS[kind])


def _hand_kind(limb: LimbAngles) -> HandKind:
    place = limb.hand
    if place == "free":
        raised = abs(limb.shoulder_out) > _OPEN_HAND_OUT or limb.shoulder > _OPEN_HAND_UP
        return "open" if raised else "grip"
    if place in HAND_RESTS:
        return "grip" if HAND_RESTS[place].gripped else "flat"
    if place.startswith("behind") or place.endswith("shin"):
        return "grip"
    return "open" if place == "head" else "flat"


def _leg(view: BodyView, side: BodySide, hips: Sequence[Ellipsoids]) -> PaintedPart:
    thigh, shank = view.body.surface.thighs[side], view.body.surface.shanks[side]
    foot, lines = _foot(view, side)
    bare = shapely.union(foot, view.outline(shank.slice(_HEM - _OVERLAP)))
    trousers = view.outline(*hips, thigh, shank.slice(0, _HEM))
    leg, pelvis = view.body.skeleton.legs[side], view.body.skeleton.pelvis_frame
    if min(float(leg.upper[1] @ leg.lower[1]), float(leg.upper[1] @ pelvis[1])) < _STRAIGHT:
        trousers = round_hollows(trousers)
    shapes = [
        *filled(rings(bare), view.tone("skin", side)),
        *stroked(lines, 0.6),
        *filled(rings(trousers), view.tone("legs", side)),
        *(_shin_over_thigh(view, side) if not view.camera.from_side else []),
    ]
    area = shapely.union(bare, trousers)
    return PaintedPart(f"{side} leg", view.depth(thigh, shank), tuple(shapes), area)


def _shin_over_thigh(view: BodyView, side: BodySide) -> list[Shape]:
    """Return the shin where a bent knee points to the reader and the thigh would hide it."""
    leg = view.body.skeleton.legs[side]
    bent = float(leg.upper[1] @ leg.lower[1]) < _KNEE_BENT
    toward = float(-leg.upper[1] @ view.camera.toward)
    if not bent or toward < _KNEE_TOWARD:
        return []
    shin = view.outline(view.body.surface.shanks[side].slice(0, _HEM))
    return filled(rings(round_hollows(shin)), view.tone("legs", side))


def _foot(view: BodyView, side: BodySide) -> tuple[BaseGeometry, list[Array]]:
    """Return what a foot covers, and the thin lines on it."""
    leg, camera = view.body.skeleton.legs[side], view.camera
    forward, up, right = leg.tip
    if abs(float(right @ camera.toward)) < _FOOT_FROM:
        return view.outline(view.body.surface.feet[side]), _toe_lines(leg, camera)
    heel = ArtPlane(leg.end, forward, up, camera)
    joint = leg.end + forward * TOE_JOINT[0] + up * TOE_JOINT[1]
    if view.body.pose.limb(side).foot == "ball":
        forward = unit(horizontal(forward))
        up = cross(right, forward)
    toes = ArtPlane(joint, forward, up, camera)
    area = shapely.union_all([heel.area(FOOT), toes.area(TOES)])
    return area, [*heel.lines(FOOT), *toes.lines(TOES)]


def _toe_lines(leg: Limb, camera: Camera) -> list[Array]:
    """Return the lines between the toes of a foot that is not seen from its side."""
    forward, up, right = leg.tip
    base = leg.end - up * _CLEFT_DOWN
    return [
        np.array([camera.project(base + forward * x + right * z) for x in _CLEFT_FORWARD])
        for z in _TOE_CLEFTS
    ]


def _trunk(view: BodyView) -> PaintedPart:
    surface = view.body.surface
    neck = view.outline(surface.neck)
    top = view.outline(surface.trunk.slice(_WAIST - 1))
    shapes = [*filled(rings(neck), "skin"), *filled(rings(top), "top")]
    whole = shapely.union(view.outline(surface.trunk), neck)
    return PaintedPart("trunk", view.depth(surface.trunk), tuple(shapes), whole)


def _head(view: BodyView) -> PaintedPart:
    head, across, up = _head_plane(view)
    center = view.camera.project(view.body.skeleton.head)

    def at(points: Array) -> Array:
        placed: Array = center + np.outer(points[:, 0], across) + np.outer(points[:, 1], up)
        return placed

    behind = [at(ring) for ring in head.hair.behind]
    front = [at(ring) for ring in head.hair.front]
    skin = at(head.skin)
    shapes = [
        *(shape for ring in behind for shape in filled([ring], "hair")),
        *filled([skin], "skin"),
        *stroked([at(line) for line in head.lines], 0.75),
        *filled(front, "hair"),
        *stroked([at(line) for line in head.hair.highlights], 0.5, "paper"),
        *(filled([at(head.ear)], "skin", 0.75) if head.ear is not None else []),
        *(Shape((at(eye),), "ink", "none") for eye in head.eyes),
    ]
    area = shapely.union_all([shapely.Polygon(ring) for ring in (skin, *front, *behind)])
    depth = view.depth(view.body.surface.skull) + _NEARER
    return PaintedPart("head", depth, tuple(shapes), area)


def _head_plane(view: BodyView) -> tuple[Head, Array, Array]:
    """Return the head that is seen, and the directions of its x and y in the drawing."""
    frame, camera = view.body.skeleton.head_frame, view.camera
    ahead, aside = float(camera.toward @ frame[0]), float(camera.toward @ frame[2])
    up = camera.project(frame[1])
    if abs(aside) > _PROFILE_FROM:
        return heads.profile(view.hair), camera.project(frame[0]), up
    up = up / max(float(np.linalg.norm(up)), 1e-6)
    across = np.array([up[1], -up[0]])
    turn = float(camera.project(frame[0]) @ across)
    head = heads.face(view.hair, turn) if ahead > _NAPE_FROM else heads.nape(view.hair)
    return head, across, up
