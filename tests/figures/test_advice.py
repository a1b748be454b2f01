"""What is advised about a pose that no body can take, and how it is written into the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages import ENGLISH
from workshop_builder.errors import Problem
from workshop_builder.figures import read
from workshop_builder.figures.advice.mending import mended
from workshop_builder.figures.advice.rewriting import with_angle
from workshop_builder.source import yaml_text

FILE = "x.yaml"
SHORT_ARM = "position: lying on the back\nnear:\n  hip: 60\nboth:\n  hand: behind near thigh\n"


def _problems(text: str) -> list[str]:
    problems: list[Problem] = []
    read.read(yaml_text.read(FILE, text), ENGLISH, problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        ("position: standing\nneck: 5 # so\n", ("neck",), "position: standing\nneck: 20 # so\n"),
        ("position: standing # so\n", ("neck",), "position: standing # so\nneck: 20\n"),
        ("near:\n  hip: 5\n  hand: hips\n", ("near", "hip"), "near:\n  hip: 20\n  hand: hips\n"),
        ("near:\n  hip_out: 5\n", ("near", "hip"), "near:\n  hip_out: 5\n  hip: 20\n"),
        ("far: {hip_out: 5, hip: 7}\n", ("far", "hip"), "far: {hip_out: 5, hip: 20}\n"),
        ("far: {hip_out: 5}\n", ("far", "hip"), "far: {hip: 20, hip_out: 5}\n"),
        ("position: kneeling\n", ("far", "hip"), "position: kneeling\nfar:\n  hip: 20\n"),
        ("start:\n  neck: 5\n", ("start", "spine"), "start:\n  spine: 20\n  neck: 5\n"),
        (
            "start: {neck: 5}\n", ("start", "near", "hip"),
            "start: {near: {hip: 20}, neck: 5}\n",
        ),
        (
            "start:\n  neck: 5\n", ("start", "near", "hip"),
            "start:\n  near:\n    hip: 20\n  neck: 5\n",
        ),
    ],
)  # fmt: skip
def test_an_angle_is_written_and_all_else_stays(
    text: str, keys: tuple[str, ...], expected: str
) -> None:
    """An angle has its own line changed, or gets one where it belongs; notes and order stay."""
    assert with_angle(text, yaml_text.read(FILE, text), keys, 20) == expected


def test_the_nearest_pose_is_written_and_told() -> None:
    """What is changed is told with the joint, the way, the degrees and what is written."""
    text, told = mended(FILE, SHORT_ARM)
    assert _problems(text) == []
    [change] = told
    assert change.startswith("bend the near (right) hip ")
    [line] = set(text.split("\n")) - set(SHORT_ARM.split("\n"))
    assert f"({line.strip()})" in change


def test_an_angle_beyond_its_limit_becomes_the_limit() -> None:
    """People go as far as they can, in the start too."""
    text, told = mended(FILE, "position: standing\nneck: 90\nstart:\n  spine: 80\n  neck: 0\n")
    assert _problems(text) == []
    assert told == ["neck: 90 is now 75", "start spine: 80 is now 75"]


def test_a_message_offers_what_would_mend_it() -> None:
    """Done as the message says, the fault is gone."""
    [problem] = _problems(SHORT_ARM)
    angle = problem.rpartition("(")[2].rstrip(")")
    assert _problems(SHORT_ARM.replace("hip: 60", angle)) == []


@settings(max_examples=3, deadline=None, derandomize=True)
@given(
    st.sampled_from(["lying on the back", "on all fours", "half kneeling"]),
    st.integers(-25, 100),
    st.integers(0, 60),
    st.sampled_from(["free", "near knee", "floor"]),
)
def test_a_mended_pose_is_without_fault(position: str, hip: int, neck: int, hand: str) -> None:
    """Whatever was wrong with it, a pose that is changed at all is one that a body can take."""
    text = f"position: {position}\nneck: {neck}\nboth:\n  hip: {hip}\n  hand: {hand}\n"
    new, told = mended(FILE, text)
    assert bool(told) == (new != text)
    assert not told or _problems(new) == []
