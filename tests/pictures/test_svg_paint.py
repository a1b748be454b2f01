"""Colours of newer CSS in drawings: drawn as they were meant, or refused by name."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_builder.pictures.svg import SvgError, clean

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
PERCENT = st.integers(0, 100)


def drawn(paint: str) -> str:
    """Return the paint with which a shape is drawn that is filled with `paint`."""
    as_attribute, as_style = (
        clean(f"{OPEN}<path {each}/></svg>".encode())[0].decode()
        for each in (f'fill="{paint}"', f'style="fill:{paint}"')
    )
    found = as_attribute.partition('fill="')[2].partition('"')[0]
    assert f'style="fill:{found}"' in as_style
    return found


@pytest.mark.parametrize(
    ("paint", "right"),
    [
        ("var(--fill-0, #ffcc00)", "#ffcc00"),
        ("var(--a, var(--b, red))", "red"),
        ("#00a79d icc-color(CMYK, 0.8, 0.1, 0.45, 0)", "#00a79d"),
        ("light-dark(#123456, white)", "#123456"),
        ("oklch(0.6279554 0.2576833 29.2338)", "rgb(255,0,0)"),
        ("oklab(1 0 0)", "rgb(255,255,255)"),
        ("lab(54.2917 80.8125 69.8851)", "rgb(255,0,0)"),
        ("lch(0% 0 0)", "rgb(0,0,0)"),
        ("color(display-p3 0.6 0.6 0.6)", "rgb(153,153,153)"),
        ("color(srgb-linear 0.2158605 0 1)", "rgb(128,0,255)"),
        ("color(srgb 1 0.5 0 / 50%)", "rgba(255,128,0,0.5)"),
    ],
)
def test_a_paint_is_drawn_as_it_was_meant(paint: str, right: str) -> None:
    """A variable takes what stands for it, a colour of any space is one of sRGB."""
    assert drawn(paint) == right


@given(st.integers(0, 359), PERCENT, PERCENT)
def test_a_mix_with_white_and_black_is_that_colour(hue: int, white: int, black: int) -> None:
    """`hwb()` is drawn as the colour that Python's own conversion makes of it."""
    share = max(1.0, (white + black) / 100)
    low, high = white / 100 / share, 1 - black / 100 / share
    pure = colorsys.hsv_to_rgb(hue / 360, 1, 1)
    numbers = drawn(f"hwb({hue} {white}% {black}%)").removeprefix("rgb(").removesuffix(")")
    for part, found in zip(pure, numbers.split(","), strict=True):
        assert abs(255 * (low + part * (high - low)) - int(found)) <= 1


@pytest.mark.parametrize("name", ["color-mix", "device-cmyk", "contrast-color", "var"])
def test_an_unknown_paint_is_refused_by_name(name: str) -> None:
    """What no reader draws is no black shape, but one line that names it."""
    with pytest.raises(SvgError, match=rf"'fill' is given by {name}\("):
        drawn(f"{name}(--x)")


def test_a_variable_that_is_set_is_refused() -> None:
    """Where the drawing sets a variable, what stands for it would be the wrong colour."""
    with pytest.raises(SvgError, match="sets the variable '--a'"):
        clean(f'{OPEN}<g style="--a:red"><path fill="var(--a, blue)"/></g></svg>'.encode())


@pytest.mark.parametrize(("media", "counts"), [("print", True), ("all", True), ("screen", False)])
def test_rules_for_print_count(media: str, counts: bool) -> None:  # noqa: FBT001  a parameter
    """Of the rules for a medium, those for print are kept."""
    sheet = f"<style>@media {media}{{path{{fill:red}}}}</style><path/>"
    assert (b"fill:red" in clean(f"{OPEN}{sheet}</svg>".encode())[0]) == counts
