"""What a figure shows, in words: posture, limbs, things, movement, where it is felt.

The order and the length (40 to 150 characters) are those of the content brief's
section on alternative text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workshop_builder.figures.body.placement import has
from workshop_builder.figures.body.pose import SIDES, LimbAngles, Pose, changed, pose_of
from workshop_builder.languages.language import Words, Writing
from workshop_builder.languages.read import read
from workshop_builder.model.figure import Arrow, PoseFigure

SHORTEST, LONGEST = 40, 150
"""Characters of a description."""


def described(figure: PoseFigure, language: str) -> str:
    """Return a figure's own alternative text, or one made from its data.

    Empty where there are no words of the language.
    """
    found, problems = read(language)
    if figure.alt or problems or not found.figures:
        return figure.alt or ""
    told = _Teller(figure, found.figures, found.writing).told()
    return told[:1].upper() + told[1:]


class _Teller:
    """Puts a figure into the words of one language."""

    def __init__(self, figure: PoseFigure, words: Words, writing: Writing) -> None:
        self.apart = f"{writing.semicolon} "
        self.figure = figure
        self.words = words
        other = "left" if figure.side == "right" else "right"
        self.sides = {"near": words["sides"][figure.side], "far": words["sides"][other]}
        self.names = {"near": figure.side, "far": other}
        pose = pose_of(figure)
        self.even = _angles(pose.near) == _angles(pose.far) and not (pose.twist or pose.neck_tilt)

    def told(self) -> str:
        """Return the description, without its least parts if it would be too long."""
        pose = pose_of(self.figure)
        posture = self.posture(pose)
        if self.figure.start:
            start = self.posture(changed(pose, self.figure.start))[:3]
            end = self.posture(pose)
            end = end[1:] if end[0] == start[0] and len(end) > 1 else end[:2]
            posture = [self.words["from_to"].format(start=", ".join(start), end=", ".join(end))]
        moves, felt = list(self.moves()), self.felt()
        for tail in ([*moves, *felt], [*moves[:1], *felt], felt, []):
            for count in range(len(posture), min(3, len(posture)) - 1, -1):
                text = self.apart.join([", ".join(posture[:count]), *tail]) + "."
                if len(text) <= LONGEST:
                    return text if len(text) >= SHORTEST else self.lengthened(text)
        return text

    def lengthened(self, text: str) -> str:
        """Return the description of a plain posture with what would else go without saying."""
        head, mark, tail = text.rstrip(".").partition(self.apart)
        hands = [limb.hand for limb in (pose_of(self.figure).near, pose_of(self.figure).far)]
        plain = self.words["plain"].get(hands[0]) if hands[0] == hands[1] else None
        told = f"{self.seen(head)}{f', {plain}' if plain else ''}{mark}{tail}."
        return told if len(told) >= SHORTEST else f"{self.words['person']}, {told}"

    def sided(self, phrase: str | Words, side: str) -> str:
        """Return a phrase of the near or the far side; some languages have one for each side."""
        if isinstance(phrase, str):
            return phrase.format(**self.sides, side=self.sides.get(side), held=self.sides.get(side))
        return str(phrase[self.names[side]])

    def posture(self, pose: Pose) -> list[str]:
        """Return position, trunk, legs, hands and things, each as a few words."""
        found = [self.position(pose), *self.trunk(pose), *self.legs(pose), *self.hands(pose)]
        for place, text in self.words["cushion"].items():
            if has(self.figure.props, "cushion", place):
                found.append(text)
        return found

    def position(self, pose: Pose) -> str:
        """Return what the body rests on."""
        name: str = pose.position
        if name == "sitting" and has(self.figure.props, "chair", "seat"):
            name = "sitting on a chair"
        text = self.sided(self.words["positions"][name], "near")
        return self.seen(text) if self.figure.view in {"top", "front", "back"} else text

    def seen(self, text: str) -> str:
        """Return a text with where the body is seen from before it, unless it stands there."""
        place: str = self.words["seen"][self.figure.view]
        return text if text.startswith(place) else f"{place}, {text}"

    def trunk(self, pose: Pose) -> Iterator[str]:
        """Yield what the trunk does."""
        words = self.words["trunk"]
        if pose.position == "lying on the back" and abs(pose.twist) > 20:
            yield words["rolled"][self.names["near" if pose.twist > 0 else "far"]]
        elif name := _bent(pose):
            yield words[name]

    def legs(self, pose: Pose) -> Iterator[str]:
        """Yield what each leg does, or both at once."""
        near, far = (_gesture(pose, limb, self.figure) for limb in (pose.near, pose.far))
        if near and near == far:
            if not (near == "bent" and abs(pose.twist) > 20):
                yield self.words["legs"][near]["both"]
            return
        for side, name in (("near", near), ("far", far)):
            if name:
                yield self.words["legs"][name][self.names[side]]

    def hands(self, pose: Pose) -> Iterator[str]:
        """Yield where the hands are."""
        place = pose.near.hand if pose.near.hand != "free" else pose.far.hand
        name = _HANDS.get(place)
        if name is None and pose.near.shoulder_out > 50:
            name = "out"
        raised = [limb.shoulder > 150 for limb in (pose.near, pose.far)]
        if any(raised) and pose.position not in {"on all fours", "lying on the front"}:
            name = "both up" if all(raised) else "up"
        if name:
            held = "far" if has(self.figure.props, "strap", "far foot") else "near"
            yield self.sided(self.words["hands"][name], "far" if name == "shin" else held)

    def moves(self) -> Iterator[str]:
        """Yield what each arrow says."""
        for arrow in self.figure.arrows:
            both = self.words["parts_both"].get(arrow.at.split()[-1]) if self.even else None
            part = both or self.sided(self.words["parts"][arrow.at], arrow.at.split()[0])
            many = both or arrow.at in self.words["many"]
            pattern = self.words["moves_many" if many else "moves"]
            yield pattern.format(part=part, way=self.words["ways"][self.way(arrow)])

    def way(self, arrow: Arrow) -> str:
        """Return the name of an arrow's direction, as the body sees it."""
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
        """Return where it is felt, as no text or one."""
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
    **{place: place for place in ("hips", "chair back", "chair seat", "desk", "wall", "strap")},
    **{place: place for place in ("head", "belly")},
    **{f"{side} knee": "knees" for side in SIDES},
    **{f"{side} thigh": "thighs" for side in SIDES},
    **{f"behind {side} thigh": "behind thighs" for side in SIDES},
    **{f"{side} shin": "shin" for side in SIDES},
}
"""What is said of each place of a hand."""


def _angles(limb: LimbAngles) -> LimbAngles:
    """Return a side's angles alone: where its hand lies makes it no working side."""
    return replace(limb, hand="free", foot="free")


def _bent(pose: Pose) -> str:
    """Return the name of what a trunk does; empty where the position says it all."""
    match pose.position:
        case "lying on the back":
            return "lifted" if pose.pelvis > 195 and pose.near.foot == "floor" else ""
        case "lying on the front":
            return "propped" if pose.near.hand == "forearm on floor" else ""
        case "on all fours":
            if pose.near.hip > 125:
                return "on heels"
            return "" if abs(pose.spine) < 15 else "rounded" if pose.spine > 0 else "arched"
        case "sitting" if abs(pose.spine) >= 12:
            return "rounded" if pose.spine > 0 else "arched"
        case _:
            return "leaning back" if pose.spine <= -12 else "leaning" if pose.pelvis < 82 else ""


def _gesture(pose: Pose, limb: LimbAngles, figure: PoseFigure) -> str:
    """Return the name of what a leg does; empty where the position says it all."""
    turned = limb.hip_turn >= 45 and pose.position in {"lying on the back", "sitting"}
    if limb.foot in {"near thigh", "far thigh"} or turned:
        return "crossed"
    match pose.position:
        case "lying on the back":
            if pose.pelvis > 195:
                return "bent"
            if has(figure.props, "chair", "calves"):
                return "rested"
            return _lying(limb)
        case "sitting":
            return "ahead" if limb.knee <= 25 else ""
        case "standing":
            if limb.hip <= -10:
                return "back"
            return "front" if limb.hip >= 20 else ""
        case "half kneeling":
            return "front" if limb.foot == "floor" else ""
        case _:
            return ""


def _lying(limb: LimbAngles) -> str:
    if limb.knee <= 25:
        return "raised" if limb.hip >= 40 else "long" if limb.hip <= 12 else ""
    return "drawn" if limb.hip > 100 else "bent"
