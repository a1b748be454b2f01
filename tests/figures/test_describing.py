"""The words for those who do a pose without seeing it: complete, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages import ENGLISH, language_of
from workshop_builder.figures.describing.description import describe_pose
from workshop_builder.figures.describing.phrases import split_place
from workshop_builder.languages import files
from workshop_builder.languages.language import Words
from workshop_builder.model import figure as model
from workshop_builder.model import posture
from workshop_builder.model.figure import Arrow, PoseFigure, Prop
from workshop_builder.model.posture import Limbs
from workshop_builder.model.props import PROPS

LANGUAGES = ("en", "de", "fr", "es")
ARROW_PLACES = {*get_args(model.ArrowPlace), "near hip", "far hip"}


def _plain(places: Any) -> set[str]:  # noqa: ANN401  a Literal
    return {split_place(place)[0] for place in get_args(places)}


def _needed() -> Iterator[tuple[str, str]]:
    """Yield each word of the model that a description needs, by the part of the words."""
    kinds = {
        "positions": set(get_args(posture.Position)),
        "hands": (_plain(posture.HandPlace) | _plain(model.TheirPlace)) - {"free"},
        "feet": _plain(posture.FootPlace) - {"free"},
        "regions": _plain(model.Region),
        "prostheses": _plain(model.Prosthesis) - {"none"},
        "parts": {split_place(place)[0] for place in ARROW_PLACES},
    }
    for part, names in kinds.items():
        yield from ((part, name) for name in sorted(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_model_has_words(language: str) -> None:
    """Whatever a file of a figure can say can be told in each language that we write."""
    words = files.ours(language, "figures")
    assert [each for each in _needed() if each[1] not in words[each[0]]] == []
    props = {
        (name, split_place(place)[0])
        for name, kind in PROPS.items()
        for place in (*kind.places, *(() if kind.place_required and kind.places else ("alone",)))
    }
    told = {(name, place) for name, places in words["props"].items() for place in places}
    assert props - told == set()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_language_has_the_words_of_the_english_one(language: str) -> None:
    """No word is missing in a language, and none is left over from another time."""
    ours, english = (set(_leaves(files.ours(each, "figures"))) for each in (language, "en"))
    assert ours ^ english == set()


def _leaves(words: Words, *keys: str) -> Iterator[tuple[str, ...]]:
    for key, value in words.items():
        if isinstance(value, Mapping) and not {"right", "left"} & value.keys():
            yield from _leaves(value, *keys, key)
        else:
            yield (*keys, key)


def _marked(words: Any, path: str = "") -> Any:  # noqa: ANN401  words within words
    """Return words in which each text is its own name, with what is put into it."""
    if isinstance(words, Mapping):
        return {key: _marked(value, f"{path}/{key}") for key, value in words.items()}
    if isinstance(words, list):
        return words
    return f"<{path.removeprefix('/')}{''.join(re.findall(r'{[a-z]+}', words))}>"


MARKED = replace(ENGLISH, figures=_marked(files.ours("en", "figures")))
"""A language whose words say which they are."""
ANGLES = st.sampled_from([-30.0, 0.0, 20.0, 60.0, 110.0])
LIMBS = st.builds(
    Limbs,
    hip=ANGLES,
    knee=ANGLES,
    shoulder=ANGLES,
    hand=st.sampled_from(get_args(posture.HandPlace)),
    foot=st.sampled_from(get_args(posture.FootPlace)),
)
ARROWS = st.builds(
    Arrow,
    at=st.sampled_from(get_args(model.ArrowPlace)),
    toward=st.sampled_from(get_args(model.Toward)),
    both_ways=st.booleans(),
)
THINGS = st.sampled_from(
    [
        Prop(prop=name, place=place)
        for name, kind in PROPS.items()
        for place in (kind.places or (None,))
    ]
)
FIGURES = st.builds(
    PoseFigure,
    position=st.sampled_from(get_args(posture.Position)),
    side=st.sampled_from(get_args(model.SideName)),
    near=LIMBS,
    far=LIMBS,
    props=st.lists(THINGS, max_size=2).map(tuple),
    arrows=st.lists(ARROWS, max_size=2).map(tuple),
    felt=st.lists(st.sampled_from(get_args(model.Region)), max_size=3).map(tuple),
    start=st.none() | st.builds(posture.Posture, near=LIMBS, spine=ANGLES, neck=ANGLES),
)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(FIGURES)
def test_nothing_of_a_file_is_left_unsaid(figure: PoseFigure) -> None:
    """Every prop, hand, foot, moving part and felt place is told, each of its own side."""
    text = describe_pose(figure, MARKED).casefold()
    assert [
        each for each in _said(figure) if not any(way in text for way in _ways(figure, *each))
    ] == []
    for thing in figure.props:
        seat = f"<positions/{figure.position} on {thing.prop} {thing.place}"
        ways = _ways(figure, f"props/{thing.prop}", thing.place or "alone")
        held = f"<hands/{thing.prop}"
        assert any(way in text for way in (seat, held, *ways)), thing


def _said(figure: PoseFigure) -> Iterator[tuple[str, str]]:
    """Yield the places of a figure that are to be told, by the part of the words."""
    limbs = (figure.near, figure.far)
    lies = figure.position.startswith("lying")
    lain = {"heel", "top", "floor"} if lies else {"top"}
    yield from (("hands", str(limb.hand)) for limb in limbs if limb.hand != "free")
    yield from (("feet", str(limb.foot)) for limb in limbs if limb.foot not in {"free", *lain})
    yield from (("regions", region) for region in figure.felt)
    yield from (("parts", arrow.at) for arrow in figure.arrows)


def _ways(figure: PoseFigure, kind: str, place: str) -> list[str]:
    """Return the words by which a place can be told, where its side is that of the file."""
    plain, side = split_place(place)
    names = {"near": figure.side, "far": "left" if figure.side == "right" else "right"}
    found = [f"<{kind}/{plain}/both>", f"<{kind}_both/{plain}>", f"<{kind}_own/{plain}>"]
    found += [f"<{kind}/{plain}/{names[side]}>", f"<{kind}/{plain}<sides/{names[side]}>>"]
    if place == plain and not (kind == "regions" and plain in model.SIDED_REGIONS):
        found += [f"<{kind}/{plain}>", f"<{kind}/{plain}/{names['far']}>"]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("position", get_args(posture.Position))
def test_even_a_body_at_rest_is_told_in_full(language: str, position: Any) -> None:  # noqa: ANN401
    """The shortest file has a description long enough to take the posture up by."""
    text = describe_pose(PoseFigure(position=position), language_of(language))
    assert len(text) >= 40
    assert "{" not in text
    assert all(part[:1].isupper() for part in text.split(". "))


def test_a_partner_is_told_by_the_sides_of_each_body() -> None:
    """Who stands opposite has the right hand where the first person has the left."""
    limbs = {"near": {"hand": "their near shoulder"}, "far": {"hand": "hips"}}
    second = {"position": "standing", "at": "in front", **limbs}
    figure = PoseFigure.model_validate({"position": "sitting", "partner": second})
    assert (
        "A partner in front, facing this person: standing; both legs straight, both feet flat on "
        "the floor; left hand on the right shoulder of this person; right hand on the hip."
    ) in describe_pose(figure, ENGLISH)


def test_a_prosthesis_that_the_file_chooses_is_told_with_its_side() -> None:
    """The limb that is made is one of the right or the left."""
    given = {"position": "sitting", "side": "left", "person": {"prosthesis": "far lower leg"}}
    text = describe_pose(PoseFigure.model_validate(given), ENGLISH)
    assert text.startswith("Sitting, a prosthesis for the right lower leg. ")


def test_the_lower_leg_of_who_lies_on_a_side_lies_on_the_floor() -> None:
    """On the left side the right leg is the upper one; the left one lies along the floor."""
    text = describe_pose(PoseFigure.model_validate({"position": "lying on the left side"}), ENGLISH)
    assert "Right knee bent, in front, right foot on the other foot." in text
    assert "Left knee bent, in front, along the floor." in text


def test_one_foot_before_the_other_is_told() -> None:
    """Who stands heel to toe has a front leg and a back leg, though neither is far away."""
    given = {"position": "standing", "near": {"hip": 11}, "far": {"hip": -6}}
    text = describe_pose(PoseFigure.model_validate(given), ENGLISH)
    assert "Right leg straight, in front, right foot flat on the floor." in text
    assert "Left leg straight, behind the body, left foot flat on the floor." in text


def test_which_side_moves_first_is_told() -> None:
    """Of both knees that move, the words say which one goes first."""
    given = {
        "position": "lying on the back",
        "first": "far",
        "both": {"hip": 120, "knee": 130},
        "ghost": {"both": {"hip": 45, "knee": 105}},
        "arrows": [{"at": "near knee"}],
    }
    text = describe_pose(PoseFigure.model_validate(given), ENGLISH)
    assert "first the left knee" in text
