"""The tints and shades of a studio's colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judges.contrast import contrast, hexadecimal
from workshop_builder.model.colours.palette import palette

STYLE = (Path(__file__).parents[2] / "styles" / "colours.css").read_text(encoding="utf-8")
OURS = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", STYLE))
KINDS = ("check", "mobility", "stretch", "strength", "rest", "activity")


@settings(max_examples=40)
@given(st.integers(0, 0xFFFFFF))
def test_a_colour_gives_a_palette_that_can_be_read_or_another_colour(number: int) -> None:
    """Of any colour words can be read on all its grounds; one that is refused is told what does."""
    colour = f"#{number:06x}"
    try:
        made = {**OURS, **palette(colour)}
    except ValueError as error:
        colour = re.findall(r"#[0-9a-f]{6}", str(error))[-1]
        made = {**OURS, **palette(colour)}
    assert made["--accent"] == colour
    assert _faults(made) == []


def _faults(made: dict[str, str]) -> list[str]:
    """Return the pairs of colours that stand less apart than they must."""
    light, dark = ("#ffffff", made["--paper"]), (made["--night"], made["--night-band"])
    pairs = [("--accent", light, 4.5), ("--accent-dark", (*light, made["--tint"]), 7)]
    pairs += [("--ink", (*light, made["--tint"]), 7), ("--soft-ink", (*light, made["--tint"]), 7)]
    night = (*dark, made["--night-tint"])
    pairs += [(f"--night-{name}", night, 7) for name in ("accent", "ink", "soft")]
    pairs += [("--line", light[:1], 3), ("--night-line", night, 3)]
    pairs += [(name, (*light[:1], *dark[:1]), 3) for name in ("--accent-mid", "--warning-mid")]
    for name in ("--warning", *(f"--kind-{kind}" for kind in KINDS)):
        pairs.append((name, (*light, made[f"{name}-tint"]), 4.5))
        tint = f"--night-{name.rpartition('-')[2]}-tint"
        pairs.append((tint.removesuffix("-tint"), (*dark[:1], made[tint]), 7))
    return [
        f"{name} on {ground}: {contrast(hexadecimal(made[name]), hexadecimal(ground)):.2f}"
        for name, grounds, least in pairs
        for ground in grounds
        if contrast(hexadecimal(made[name]), hexadecimal(ground)) < least
    ]


def test_our_own_palette_is_computed_too() -> None:
    """`colours.css` has what is made of our own colour."""
    assert palette(OURS["--accent"]).items() <= OURS.items()
    assert _faults(OURS) == []


@pytest.mark.parametrize(
    ("colour", "words"),
    [
        ("teal", "is not a colour; write it in quotes, like '#1f6f78'"),
        ("#f2c94c", "is too pale for words"),
        ("#c0392b", "is as red as the warnings, and red is kept for safety"),
    ],
)
def test_a_colour_that_cannot_be_made_to_work_is_refused(colour: str, words: str) -> None:
    """What is no colour, too pale or red is refused in words."""
    with pytest.raises(ValueError, match=re.escape(words)):
        palette(colour)
