"""A body's parts as flat shapes, from the far ones to the near."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.pose import SIDES, LimbAngles, Pose, SideOf
from workshop_builder.figures.body.skeleton import Limb, Skeleton
from workshop_builder.figures.body.surface import Cuts, Flesh
from workshop_builder.figures.body.vectors import Array, cross, unit
from workshop_builder.figures.drawing.projection import Camera, outline, polygons, soft
from workshop_builder.figures.drawing.shapes import Shape, Tone, filled, stroked
from workshop_builder.figures.person import heads
from workshop_builder.figures.person.hands import FOOT, HANDS, TOE_JOINT, TOES, HandKind, Piece
from workshop_builder.model.figure import Hair

_WAIST = 7
"""The cut of the trunk, of 15, at which the trousers end and the top begins."""
_SLEEVE = 6
"""The cut of the upper arm, of 9 and the joint's ball, at which the sleeve ends."""
_STRAIGHT = 0.97
"""The cosine of the bend of a joint, up to which no hollow needs to be rounded."""
_HEM = 9
"""The cut of the shank at which the trousers end."""
_CLEFTS = (-1.0, -0.2, 0.6)
"""Between the toes, from the middle of the foot."""
_ON_LEGS = {"near thigh", "far thigh", "near knee", "far knee"}
_PROFILE_FROM = 0.72
_FOOT_FROM = 0.55
"""How much a head, or a foot, must lie across the view to be drawn from its side."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of the body in the drawing."""

    name: str
    depth: float
    shapes: tuple[Shape, ...]
    area: BaseGeometry
    """What it covers."""


@dataclass(frozen=True, slots=True, eq=False)
class Sitter:
    """What is needed to draw a body."""

    bones: Skeleton
    flesh: Flesh
    pose: Pose
    view: Camera
    hair: Hair
    flat: bool
    """Whether it is seen exactly from its side."""
    sided: bool
    """Whether near and far limbs are told apart by their tones."""

    def tone(self, name: Tone, side: SideOf) -> Tone:
        """Return a tone, the far side's if that is told apart."""
        far: dict[Tone, Tone] = {"skin": "skin_far", "top": "top_far", "legs": "legs_far"}
        return far[name] if side == "far" and self.sided else name


def _placed(piece: Array, origin: Array, along: Array, across: Array, view: Camera) -> Array:
    """Return hand-drawn points in the drawing, their plane spanned by two directions in space."""
    base = view.flat(origin)
    return base + np.outer(piece[:, 0], view.flat(along)) + np.outer(piece[:, 1], view.flat(across))


def _polygon(points: Array) -> BaseGeometry:
    return shapely.Polygon(points)


def _hand_kind(limb: LimbAngles) -> HandKind:
    place = limb.hand
    if place == "free":
        raised = abs(limb.shoulder_out) > 40 or limb.shoulder > 120
        return "open" if raised else "grip"
    if place.startswith("behind") or place.endswith("shin") or place in {"strap", "chair back"}:
        return "grip"
    return "open" if place == "head" else "flat"


def _hand(sitter: Sitter, side: SideOf) -> tuple[BaseGeometry, list[Array]]:
    arm = sitter.bones.arms[side]
    piece: Piece = HANDS[_hand_kind(sitter.pose.limb(side))]
    along, across = -arm.tip[1], arm.tip[0]
    if piece is not HANDS["flat"] and abs(float(across @ sitter.view.toward)) > 0.7:
        # Its back looks at the reader: the thumb lies aside instead.
        across = cross(across, along)
    place = (arm.end, along, across, sitter.view)
    return _polygon(_placed(piece.shape, *place)), [_placed(line, *place) for line in piece.lines]


def _arm(sitter: Sitter, side: SideOf) -> Part:
    upper, fore = sitter.flesh.upper_arms[side], sitter.flesh.forearms[side]
    hand, lines = _hand(sitter, side)
    skin = soft(
        shapely.union_all([outline([upper.slice(_SLEEVE - 2, 99), fore], sitter.view), hand]), 0.6
    )
    sleeve = outline([upper.slice(0, _SLEEVE)], sitter.view)
    shapes = [
        *filled(polygons(skin), sitter.tone("skin", side)),
        *stroked(lines, 0.6),
        *filled(polygons(sleeve), sitter.tone("top", side)),
        *(_seam(sitter, side, sleeve) if not sitter.flat else []),
    ]
    depth = sitter.view.depth(np.concatenate([upper.centers, fore.centers]))
    if sitter.flat:
        # Whatever it reaches for, an arm passes beside the body.
        depth = 20.0 if side == "near" else -20.0
    return Part(f"{side} arm", depth, tuple(shapes), shapely.union(skin, sleeve))


def _seam(sitter: Sitter, side: SideOf, sleeve: BaseGeometry) -> list[Shape]:
    """Return what covers the line between chest and sleeve where both are seen from the front."""
    flesh = sitter.flesh
    shoulder = flesh.upper_arms[side].slice(0, 3)
    both = shapely.union(outline([flesh.trunk.slice(_WAIST - 1, 99)], sitter.view), sleeve)
    around = shapely.buffer(outline([shoulder], sitter.view), 1.2)
    inside = shapely.intersection(shapely.buffer(both, -0.28, quad_segs=2), around)
    return [Shape(tuple(polygons(inside)), "top", "none")] if not inside.is_empty else []


def _foot(sitter: Sitter, side: SideOf) -> tuple[BaseGeometry, list[Array]]:
    leg = sitter.bones.legs[side]
    forward, up, right = leg.tip
    if abs(float(right @ sitter.view.toward)) < _FOOT_FROM:
        return outline([sitter.flesh.feet[side]], sitter.view), _toes(leg, sitter.view)
    place = (leg.end, forward, up, sitter.view)
    joint = leg.end + forward * TOE_JOINT[0] + up * TOE_JOINT[1]
    ahead, above = forward, up
    if sitter.pose.limb(side).foot == "ball":
        ahead = unit(forward * np.array([1.0, 0.0, 1.0]))
        above = cross(right, ahead)
    toes = (joint, ahead, above, sitter.view)
    both = [_polygon(_placed(FOOT.shape, *place)), _polygon(_placed(TOES.shape, *toes))]
    lines = [_placed(line, *place) for line in FOOT.lines]
    lines += [_placed(line, *toes) for line in TOES.lines]
    return shapely.union_all(both), lines


def _toes(leg: Limb, view: Camera) -> list[Array]:
    """Return the lines between the toes of a foot that is not seen from its side."""
    forward, up, right = leg.tip
    base = leg.end - up * 2.9
    ends = [(base + forward * 9.0 + right * z, base + forward * 10.9 + right * z) for z in _CLEFTS]
    return [np.array([view.flat(start), view.flat(end)]) for start, end in ends]


def _leg(sitter: Sitter, side: SideOf, hips: Cuts | None) -> Part:
    thigh, shank = sitter.flesh.thighs[side], sitter.flesh.shanks[side]
    foot, lines = _foot(sitter, side)
    ankle = outline([shank.slice(_HEM - 2, 99)], sitter.view)
    bare = shapely.union(foot, ankle)
    cloth = [thigh, shank.slice(0, _HEM)] if hips is None else [hips, thigh, shank.slice(0, _HEM)]
    trousers = outline(cloth, sitter.view)
    leg, pelvis = sitter.bones.legs[side], sitter.bones.pelvis_frame
    if min(float(leg.upper[1] @ leg.lower[1]), float(leg.upper[1] @ pelvis[1])) < _STRAIGHT:
        trousers = soft(trousers)
    shapes = [
        *filled(polygons(bare), sitter.tone("skin", side)),
        *stroked(lines, 0.6),
        *filled(polygons(trousers), sitter.tone("legs", side)),
    ]
    if not sitter.flat:
        shapes += _shin(sitter, side)
    depth = sitter.view.depth(np.concatenate([thigh.centers, shank.centers]))
    return Part(f"{side} leg", depth, tuple(shapes), shapely.union(bare, trousers))


def _shin(sitter: Sitter, side: SideOf) -> list[Shape]:
    """Return the shin over the thigh, where a bent knee points to the reader and hides its line."""
    leg = sitter.bones.legs[side]
    bent = float(leg.upper[1] @ leg.lower[1]) < 0.5
    toward = float(-leg.upper[1] @ sitter.view.toward)
    if not bent or toward < 0.3:
        return []
    shin = outline([sitter.flesh.shanks[side].slice(0, _HEM)], sitter.view)
    return filled(polygons(soft(shin)), sitter.tone("legs", side))


def _trunk(sitter: Sitter) -> Part:
    flesh = sitter.flesh
    neck = outline([flesh.neck], sitter.view)
    top = outline([flesh.trunk.slice(_WAIST - 1, 99)], sitter.view)
    shapes = [*filled(polygons(neck), "skin"), *filled(polygons(top), "top")]
    whole = shapely.union(outline([flesh.trunk], sitter.view), neck)
    return Part("trunk", sitter.view.depth(flesh.trunk.centers), tuple(shapes), whole)


def _head(sitter: Sitter) -> Part:
    frame, view = sitter.bones.head_frame, sitter.view
    ahead, aside = float(view.toward @ frame[0]), float(view.toward @ frame[2])
    center = view.flat(sitter.bones.head)
    up = view.flat(frame[1])
    if abs(aside) > _PROFILE_FROM:
        head = heads.profile(sitter.hair)
        across = view.flat(frame[0])
    else:
        up = up / max(float(np.linalg.norm(up)), 1e-6)
        across = np.array([up[1], -up[0]])
        turn = float(view.flat(frame[0]) @ across)
        head = heads.face(sitter.hair, turn) if ahead > -0.2 else heads.nape(sitter.hair)

    def at(points: Array) -> Array:
        placed: Array = center + np.outer(points[:, 0], across) + np.outer(points[:, 1], up)
        return placed

    hair, wisps = head.hair, [at(line) for line in head.hair.wisps]
    behind = [at(ring) for ring in hair.behind]
    front = [at(ring) for ring in hair.front]
    skin = at(head.skin)
    shapes = [s for ring in behind for s in filled([ring], "hair")]
    shapes += filled([skin], "skin")
    shapes += stroked([at(line) for line in head.lines], 0.75)
    shapes += filled(front, "hair")
    shapes += stroked(wisps, 0.5, "paper")
    if head.ear is not None:
        shapes += filled([at(head.ear)], "skin", 0.75)
    shapes += [Shape((at(eye),), "ink", "none") for eye in head.eyes]
    area = shapely.union_all([_polygon(ring) for ring in (skin, *front, *behind)])
    return Part("head", view.depth(sitter.flesh.skull.centers) + 0.1, tuple(shapes), area)


def silhouette(sitter: Sitter) -> BaseGeometry:
    """Return all that a body covers."""
    skin = sitter.flesh
    limbs = (skin.thighs, skin.shanks, skin.upper_arms, skin.forearms)
    cuts = [skin.trunk, skin.neck, *(limb[side] for limb in limbs for side in SIDES)]
    ends = [end(sitter, side)[0] for end in (_hand, _foot) for side in SIDES]
    return shapely.union_all([outline(cuts, sitter.view), *ends, _head(sitter).area])


def parts(sitter: Sitter, in_front: str | None) -> list[Part]:
    """Return the parts of a body in the order in which they are painted."""
    depth = {s: sitter.view.depth(sitter.flesh.thighs[s].centers) for s in SIDES}
    last: SideOf = "near" if depth["near"] >= depth["far"] else "far"
    if in_front in {"near leg", "far leg"}:
        last = "near" if in_front == "near leg" else "far"
    hips = sitter.flesh.trunk.slice(0, _WAIST)
    legs = [_leg(sitter, side, hips if side == last else None) for side in SIDES]
    top = max(leg.depth for leg in legs)
    legs = [replace(leg, depth=top + 0.1) if leg.name == f"{last} leg" else leg for leg in legs]
    arms = [_arm(sitter, side) for side in SIDES]
    if not sitter.flat:
        on_legs = {f"{s} arm" for s in SIDES if sitter.pose.limb(s).hand in _ON_LEGS}
        arms = [replace(a, depth=top + 0.2) if a.name in on_legs else a for a in arms]
    found = [*legs, *arms, _trunk(sitter), _head(sitter)]
    return sorted(
        found, key=lambda part: (part.name == in_front and "arm" in part.name, part.depth)
    )
