"""Describing a pose in words: posture, props, limbs, movement, what stays, where it is felt.

The order is that in which a listener takes the posture up. Nothing is left out for length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workshop_builder.figures.body.placement import place_body
from workshop_builder.figures.body.pose import POSITIONS, LimbAngles, Pose, apply_posture, pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.describing.arms import arm_words
from workshop_builder.figures.describing.legs import leg_words
from workshop_builder.figures.describing.movement import ToldMovement, is_walking
from workshop_builder.figures.describing.partners import partner_alone
from workshop_builder.figures.describing.phrases import BodyWords, sentence, split_place
from workshop_builder.figures.describing.trunk import (
    head_gestures,
    on_hands_and_feet,
    trunk_gestures,
)
from workshop_builder.figures.drawing.projection import camera_of
from workshop_builder.figures.movement.between import movement_of
from workshop_builder.languages.language import Language, Words, Writing
from workshop_builder.model.figure import PoseFigure, Prop, SideName
from workshop_builder.model.props import SEATS, only_place, prop_of_hand

_GROUPS = (
    ("position",),
    ("lift", "heels", "pelvis", "lean", "back", "bend", "twist", "rolled"),
    ("neck", "tilt", "turn", "head rests", "near shoulder rests", "far shoulder rests"),
    ("legs",), ("near leg",), ("far leg",),
    ("arms",), ("near arm",), ("far arm",),
)  # fmt: skip
"""What is told in one sentence."""
_CARRIED = {"dumbbell", "stick", "block"}
"""Props that go without saying where the words for a hand name them."""
_AT_REST = {"on all fours", "kneeling", "half kneeling"}
"""Positions that say by themselves what a leg does that is as at rest."""


def describe_pose(figure: PoseFigure, language: Language) -> str:
    """Return the alternative text of a figure: its own, or one made from its data.

    It is empty where the language has no words to make one from.
    """
    if figure.alt or not language.figures:
        return figure.alt or ""
    told = _Description(figure, _of_side(figure.side, language.figures), language.writing)
    return " ".join(map(sentence, told.sentences()))


def _of_side(side: SideName, words: Words) -> BodyWords:
    """Return the words for a body of which one side is near."""
    far = "left" if side == "right" else "right"
    return BodyWords(words, {"near": side, "far": far, "both": "both", "one": side})


class _Description:
    """The description of a figure in the words of one language."""

    def __init__(self, figure: PoseFigure, phrases: BodyWords, writing: Writing) -> None:
        self.figure = figure
        self.phrases = phrases
        self.words = phrases.words
        self.writing = writing
        self.separator = f"{writing.semicolon} "
        self.pose = pose_of(figure)
        self.other = figure.start or figure.ghost
        self.start = apply_posture(self.pose, self.other) if self.other else self.pose

    def sentences(self) -> Iterator[str]:
        """Yield each sentence, without its capital letter and its full stop."""
        movement = self.movement()
        if self.other is None:
            yield from self.grouped(self.told(self.pose, split=False), props=True)
            yield from movement.moves("start")
        else:
            yield from self.two_pictures(movement)
        yield from filter(None, [movement.stays(), self.partner(), self.felt()])
        if self.figure.view in self.words["seen"]:
            yield self.words["seen"][self.figure.view]

    def movement(self) -> ToldMovement:
        """Return what moves, from the start on."""
        skeleton = place_body(self.start, self.figure, BUILDS["medium"]).skeleton
        camera = camera_of(self.figure, skeleton.pelvis_frame[1])
        even = _even(self.pose) and _even(self.start)
        told = (skeleton, camera, self.phrases, movement_of(self.figure), even)
        return ToldMovement(self.figure, self.pose, self.start, *told)

    def two_pictures(self, movement: ToldMovement) -> Iterator[str]:
        """Yield what start and end have in common, then how each is by itself."""
        split = not (_even_legs(self.pose) and _even_legs(self.start))
        start, end = (self.told(pose, split=split) for pose in (self.start, self.pose))
        same = {key: text for key, text in end.items() if start.get(key) == text}
        first, last = self.differing(start, same, end), self.differing(end, same, start)
        yield from self.grouped(same, props=True)
        for name, told in (("start", first), ("end", last)):
            yield from self.named(name, told)
            yield from movement.moves(name)

    def named(self, name: str, told: Mapping[str, str]) -> Iterator[str]:
        """Yield how one of two pictures is, in a sentence."""
        if told:
            posture = self.separator.join(self.grouped(told, props=False))
            yield self.words["pictures"][name].format(posture=posture)

    def differing(
        self, told: Mapping[str, str], same: Mapping[str, str], others: Mapping[str, str]
    ) -> dict[str, str]:
        """Return what is told of one picture alone, also that it lacks what the other has."""
        neutral = self.words["neutral"]
        keys = [key for group in _GROUPS for key in group if key not in same]
        given = {
            key: told.get(key) or (neutral.get(key, "") if key in others else "") for key in keys
        }
        return {key: text for key, text in given.items() if text}

    def grouped(self, told: Mapping[str, str], *, props: bool) -> Iterator[str]:
        """Yield what is told, a sentence a group; the props stand with the position."""
        for group in _GROUPS:
            found = [told[key] for key in group if key in told]
            if props and "position" in group:
                found += [*self.props(), *self.prosthesis()]
            if found:
                yield ", ".join(found)

    def told(self, pose: Pose, *, split: bool) -> dict[str, str]:
        """Return what is told of a pose, by what is told of; `split` tells each side by itself."""
        found = {"position": self.position(pose)}
        gestures = {"trunk": trunk_gestures(pose), "head": head_gestures(pose)}
        for part, told in gestures.items():
            for key, name in told:
                found[key] = self.phrases.at(self.words[part], name)
        return found | dict(self.legs(pose, split=split)) | dict(self.arms(pose))

    def legs(self, pose: Pose, *, split: bool) -> Iterator[tuple[str, str]]:
        """Yield what the legs do, together where they do the same."""
        near, far = (leg_words(pose, limb, "both", self.phrases) for limb in (pose.near, pose.far))
        for which in ("near", "far") if split or near != far else ("both",):
            limb = pose.far if which == "far" else pose.near
            if self.other or not _at_rest(pose, limb, which):
                key = "legs" if which == "both" else f"{which} leg"
                yield key, leg_words(pose, limb, which, self.phrases)

    def arms(self, pose: Pose) -> Iterator[tuple[str, str]]:
        """Yield what the arms do, together where they do the same."""
        near, far = (arm_words(pose, limb, "both", self.phrases) for limb in (pose.near, pose.far))
        if own := self.words["hands_own"].get(_own_place(pose.near, pose.far)):
            yield "arms", self.phrases.placed("hand", "both", own)
        elif near == far:
            yield "arms", near
        else:
            yield "near arm", arm_words(pose, pose.near, "near", self.phrases)
            yield "far arm", arm_words(pose, pose.far, "far", self.phrases)

    def position(self, pose: Pose) -> str:
        """Return the position, with the prop on which the body sits."""
        positions = self.words["positions"]
        name = f"{pose.position} on {self.seat(pose)}"
        if is_walking(pose) or on_hands_and_feet(pose):
            name = "walking" if is_walking(pose) else "on hands and feet"
        return self.phrases.sided(positions.get(name, positions[pose.position]), "near")

    def seat(self, pose: Pose) -> str:
        """Return the name of what the body sits on; an empty text where it does not sit."""
        if pose.position != "sitting":
            return ""
        return next((name for name, place in map(_named, self.figure.props) if place in SEATS), "")

    def props(self) -> list[str]:
        """Return the props but for what the position says, each as a few words."""
        seats = {self.seat(self.pose), self.seat(self.start)}
        found = []
        for each in self.figure.props:
            name, place = _named(each)
            hands = {prop_of_hand(limb.hand) for limb in (self.pose.near, self.pose.far)}
            held = place == "alone" and each.prop in _CARRIED & hands
            if name not in seats and not held:
                found.append(self.phrases.at(self.words["props"][each.prop], place))
        return found

    def partner(self) -> str:
        """Return where a second person is, and their posture; an empty text where there is none."""
        partner, words = self.figure.partner, self.words["partner"]
        if partner is None:
            return ""
        own = partner_alone(self.figure, partner)
        told = _Description(own, _of_side(own.side, self.words), self.writing)
        posture = told.grouped(told.told(told.pose, split=False), props=False)
        place = self.phrases.at(words["at"], partner.at)
        facing = words["facing"][partner.facing]
        text = self.separator.join(posture)
        return str(words["told"].format(place=place, facing=facing, posture=text))

    def prosthesis(self) -> list[str]:
        """Return which limb of the person whom the file chose is made, as one text or none."""
        limb = self.figure.person.prosthesis
        return (
            [self.phrases.at(self.words["prostheses"], limb)] if limb not in {None, "none"} else []
        )

    def felt(self) -> str:
        """Return where it is felt; an empty text where nothing is said of it."""
        even = _even(self.pose) and _even(self.start)
        pairs = self.words["regions_both"] if even else {}
        places: list[str] = []
        for region in self.figure.felt:
            plain, _ = split_place(region)
            text = pairs.get(plain) or self.phrases.at(self.words["regions"], region)
            places += [text] if text not in places else []
        return self.words["felt"].format(places=self.phrases.joined(places)) if places else ""


def _named(prop: Prop) -> tuple[str, str]:
    """Return what is said of a prop: itself with its place, such as `chair seat`, and that."""
    place = prop.place or only_place(prop.prop) or "alone"
    return f"{prop.prop} {place}", place


def _angles(limb: LimbAngles) -> LimbAngles:
    """Return the angles of a side alone: contacts do not make the sides differ."""
    return replace(limb, hand="free", foot="free")


def _even(pose: Pose) -> bool:
    """Return whether both sides of a body do the same."""
    bent = pose.twist or pose.neck_tilt or pose.neck_turn or pose.side_bend
    return _angles(pose.near) == _angles(pose.far) and not bent


def _even_legs(pose: Pose) -> bool:
    names = ("hip", "hip_out", "hip_turn", "knee", "ankle", "foot")
    return all(getattr(pose.near, name) == getattr(pose.far, name) for name in names)


def _own_place(near: LimbAngles, far: LimbAngles) -> str:
    """Return the place of hands each of which is on its own side; an empty text for others."""
    (plain, side), other = split_place(near.hand), split_place(far.hand)
    return plain if side == "near" and other == (plain, "far") else ""


def _at_rest(pose: Pose, limb: LimbAngles, which: str) -> bool:
    """Return whether a leg is as its position has it, which says so by itself."""
    if pose.position not in _AT_REST:
        return False
    rest = POSITIONS[pose.position].limb("far" if which == "far" else "near")
    names = ("hip", "hip_out", "hip_turn", "knee", "foot")
    return all(getattr(limb, name) == getattr(rest, name) for name in names)
