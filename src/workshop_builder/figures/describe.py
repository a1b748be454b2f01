"""Describing a pose in words: position, trunk, limbs, props, movement, where it is felt.

The order is that in which a listener builds up the picture. Angles are in degrees; those from
which something is mentioned were chosen by eye, as what one notices in the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workshop_builder.figures.body.placement import has
from workshop_builder.figures.body.pose import SIDES, LimbAngles, Pose, apply_posture, pose_of
from workshop_builder.figures.movement.directions import completed
from workshop_builder.languages.language import Language, Words, Writing
from workshop_builder.markup.references import ALT_LENGTHS
from workshop_builder.model.figure import Arrow, PoseFigure
from workshop_builder.model.props import HAND_RESTS, SEATS

_SHORTEST, _LONGEST = ALT_LENGTHS
_KNEES_ROLLED = 20
"""Of a twist while lying down."""
_ARMS_OUT, _ARMS_UP = 50, 150
"""Of a shoulder, to the side and up."""
_BRIDGE, _HIPS_ON_HEELS = 195, 125
"""Of the pelvis, lying with lifted hips; of the hips, on all fours and back on the heels."""
_BACK_BENT, _BACK_BENT_SITTING, _BACK_LEANING = 15, 12, -12
"""Of the spine on all fours, sitting, and standing or kneeling."""
_LEANING_FORWARD = 82
"""Of the pelvis."""
_LEG_TURNED_OUT = 45
_KNEE_STRAIGHT = 25
_LEG_RAISED, _LEG_DOWN, _KNEE_DRAWN = 40, 12, 100
"""Of the hip, lying down: of a straight leg, and of a bent one."""
_LEG_BEHIND, _LEG_AHEAD = -10, 20
"""Of the hip, standing."""


def describe_pose(figure: PoseFigure, language: Language) -> str:
    """Return the alternative text of a figure: its own, or one made from its data.

    It is empty where the language has no words to make one from.
    """
    if figure.alt or not language.figures:
        return figure.alt or ""
    text = _Description(figure, language.figures, language.writing).text()
    return text[:1].upper() + text[1:]


class _Description:
    """The description of a figure in the words of one language."""

    def __init__(self, figure: PoseFigure, words: Words, writing: Writing) -> None:
        self.separator = f"{writing.semicolon} "
        self.figure = figure
        self.words = words
        other = "left" if figure.side == "right" else "right"
        self.sides = {"near": words["sides"][figure.side], "far": words["sides"][other]}
        self.names = {"near": figure.side, "far": other}
        pose = pose_of(figure)
        self.even = _angles(pose.near) == _angles(pose.far) and not (pose.twist or pose.neck_tilt)

    def text(self) -> str:
        """Return the description; the least important parts are left out where it is too long."""
        pose = pose_of(self.figure)
        posture = self.posture(pose)
        if self.figure.start:
            start = self.posture(apply_posture(pose, self.figure.start))[:3]
            end = self.posture(pose)
            end = end[1:] if end[0] == start[0] and len(end) > 1 else end[:2]
            posture = [self.words["from_to"].format(start=", ".join(start), end=", ".join(end))]
        moves, felt = list(self.moves()), self.felt()
        for tail in ([*moves, *felt], [*moves[:1], *felt], felt, []):
            for count in range(len(posture), min(3, len(posture)) - 1, -1):
                text = self.separator.join([", ".join(posture[:count]), *tail]) + "."
                if len(text) <= _LONGEST:
                    return text if len(text) >= _SHORTEST else self.lengthened(text)
        return text

    def lengthened(self, text: str) -> str:
        """Return a description that is too short with what goes without saying in others."""
        head, mark, tail = text.rstrip(".").partition(self.separator)
        hands = [limb.hand for limb in (pose_of(self.figure).near, pose_of(self.figure).far)]
        plain = self.words["plain"].get(hands[0]) if hands[0] == hands[1] else None
        longer = f"{self.seen(head)}{f', {plain}' if plain else ''}{mark}{tail}."
        return longer if len(longer) >= _SHORTEST else f"{self.words['person']}, {longer}"

    def sided(self, phrase: str | Words, side: str) -> str:
        """Return a phrase with the names of sides; some languages have a phrase for each side."""
        if isinstance(phrase, str):
            return phrase.format(**self.sides, side=self.sides.get(side), held=self.sides.get(side))
        return str(phrase[self.names[side]])

    def posture(self, pose: Pose) -> list[str]:
        """Return position, trunk, legs, hands and props, each as a few words."""
        found = [self.position(pose), *self.trunk(pose), *self.legs(pose), *self.hands(pose)]
        for name, places in self.words["props"].items():
            found += [text for at, text in places.items() if has(self.figure.props, name, at)]
        return found

    def position(self, pose: Pose) -> str:
        """Return the position, with the prop on which the body sits."""
        positions = self.words["positions"]
        seats = (each for each in self.figure.props if each.place in SEATS)
        names = [
            f"{pose.position} on {part} {each.prop}"
            for each in seats
            for part in (("the front of a", "a") if each.place == "front of seat" else ("a",))
        ]
        name = next((each for each in names if each in positions), pose.position)
        text = self.sided(positions[name], "near")
        return self.seen(text) if self.figure.view in {"top", "front", "back"} else text

    def seen(self, text: str) -> str:
        """Return a text that begins with where the body is seen from."""
        place: str = self.words["seen"][self.figure.view]
        return text if text.startswith(place) else f"{place}, {text}"

    def trunk(self, pose: Pose) -> Iterator[str]:
        """Yield what the trunk does, if anything."""
        words = self.words["trunk"]
        if pose.position == "lying on the back" and abs(pose.twist) > _KNEES_ROLLED:
            yield words["rolled"][self.names["near" if pose.twist > 0 else "far"]]
        elif name := _trunk_gesture(pose):
            yield words[name]

    def legs(self, pose: Pose) -> Iterator[str]:
        """Yield what each leg does, or both at once."""
        near, far = (_leg_gesture(pose, limb, self.figure) for limb in (pose.near, pose.far))
        if near and near == far:
            if not (near == "bent" and abs(pose.twist) > _KNEES_ROLLED):
                yield self.words["legs"][near]["both"]
            return
        for side, name in (("near", near), ("far", far)):
            if name:
                yield self.words["legs"][name][self.names[side]]

    def hands(self, pose: Pose) -> Iterator[str]:
        """Yield where the hands are, if anywhere."""
        place = pose.near.hand if pose.near.hand != "free" else pose.far.hand
        name = _HANDS.get(place)
        if name is None and pose.near.shoulder_out > _ARMS_OUT:
            name = "out"
        raised = [limb.shoulder > _ARMS_UP for limb in (pose.near, pose.far)]
        if any(raised) and pose.position not in {"on all fours", "lying on the front"}:
            name = "both up" if all(raised) else "up"
        if name:
            held = "far" if has(self.figure.props, "strap", "far foot") else "near"
            yield self.sided(self.words["hands"][name], "far" if name == "shin" else held)

    def moves(self) -> Iterator[str]:
        """Yield each movement."""
        for arrow in completed(self.figure):
            both = self.words["parts_both"].get(arrow.at.split()[-1]) if self.even else None
            part = both or self.sided(self.words["parts"][arrow.at], arrow.at.split()[0])
            many = both or arrow.at in self.words["many"]
            pattern = self.words["moves_many" if many else "moves"]
            yield pattern.format(part=part, way=self.way(arrow))

    def way(self, arrow: Arrow) -> str:
        """Return an arrow's direction in words, as seen from the body."""
        toward, ways = (arrow.toward or "").split(), self.words["ways"]
        if self.figure.view in {"front", "back"} and {"right", "left"} & {*toward}:
            near, far = ("left", "right") if self.figure.view == "front" else ("right", "left")
            sides = {near: self.names["near"], far: self.names["far"]}
            return " ".join(ways[sides.get(word, word)] for word in toward)
        return str(ways[self.way_ahead(arrow)])

    def way_ahead(self, arrow: Arrow) -> str:
        """Return the name of an arrow's direction, from the side."""
        if arrow.both_ways:
            return "to and fro"
        lying = self.figure.position.startswith("lying")
        if arrow.around == arrow.at:
            return "tips"
        if arrow.around:
            back = arrow.by > 0
            return ("to head" if back else "to feet") if lying else "behind" if back else "ahead"
        up, *_ = [word for word in ("up", "down") if word in (arrow.toward or "up")] or [""]
        aside = next((word for word in ("right", "left") if word in (arrow.toward or "")), "")
        if lying:
            return up or {"right": "to feet", "left": "to head"}[aside]
        ahead = {"right": "ahead", "left": "behind", "": ""}[aside]
        return f"{ahead} {up}".strip()

    def felt(self) -> list[str]:
        """Return where it is felt, as a list of one text or none."""
        places = []
        for region in self.figure.felt:
            side = "far" if region.startswith("far ") else "near"
            plain = region.removeprefix("far ")
            both = self.words["regions_both"].get(plain) if self.even else None
            places.append(both or self.sided(self.words["regions"][plain], side))
        if not places:
            return []
        joined = places[0]
        if len(places) > 1:
            joined = self.words["and"].format(first=", ".join(places[:-1]), last=places[-1])
        return [self.words["felt"].format(places=joined)]


_HANDS = {
    **{place: place for place in ("hips", "head", "belly", *HAND_RESTS)},
    **{f"{side} knee": "knees" for side in SIDES},
    **{f"{side} thigh": "thighs" for side in SIDES},
    **{f"behind {side} thigh": "behind thighs" for side in SIDES},
    **{f"{side} shin": "shin" for side in SIDES},
}
"""The name of the words for each place of a hand; the others are not mentioned."""


def _angles(limb: LimbAngles) -> LimbAngles:
    """Return the angles of a side alone: contacts do not make the sides differ."""
    return replace(limb, hand="free", foot="free")


def _trunk_gesture(pose: Pose) -> str:
    """Return the name of what the trunk does; empty where the position says it all."""
    match pose.position:
        case "lying on the back":
            return "lifted" if pose.pelvis > _BRIDGE and pose.near.foot == "floor" else ""
        case "lying on the front":
            return "propped" if pose.near.hand == "forearm on floor" else ""
        case "on all fours":
            if pose.near.hip > _HIPS_ON_HEELS:
                return "on heels"
            return "" if abs(pose.spine) < _BACK_BENT else "rounded" if pose.spine > 0 else "arched"
        case "sitting" if abs(pose.spine) >= _BACK_BENT_SITTING:
            return "rounded" if pose.spine > 0 else "arched"
        case _:
            if pose.spine <= _BACK_LEANING:
                return "leaning back"
            return "leaning" if pose.pelvis < _LEANING_FORWARD else ""


def _leg_gesture(pose: Pose, limb: LimbAngles, figure: PoseFigure) -> str:
    """Return the name of what a leg does; empty where the position says it all."""
    turned = limb.hip_turn >= _LEG_TURNED_OUT and pose.position in {"lying on the back", "sitting"}
    if limb.foot in {"near thigh", "far thigh"} or turned:
        return "crossed"
    match pose.position:
        case "lying on the back":
            if pose.pelvis > _BRIDGE:
                return "bent"
            if has(figure.props, "chair", "calves"):
                return "rested"
            return _lying_leg(limb)
        case "sitting":
            return "ahead" if limb.knee <= _KNEE_STRAIGHT else ""
        case "standing":
            if limb.hip <= _LEG_BEHIND:
                return "back"
            return "front" if limb.hip >= _LEG_AHEAD else ""
        case "half kneeling":
            return "front" if limb.foot == "floor" else ""
        case _:
            return ""


def _lying_leg(limb: LimbAngles) -> str:
    if limb.knee <= _KNEE_STRAIGHT:
        return "raised" if limb.hip >= _LEG_RAISED else "long" if limb.hip <= _LEG_DOWN else ""
    return "drawn" if limb.hip > _KNEE_DRAWN else "bent"
