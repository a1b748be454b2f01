"""The tints and shades of a studio's one colour, on white paper and on dark screens.

Hue and chroma are the studio's; lightness is what the contrast asks for. `styles/colours.css` has
those of our own colour, and every other colour that products use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workshop_builder.model.colours import oklch
from workshop_builder.model.colours.contrast import LEAST_CONTRAST, Rgb, contrast
from workshop_builder.model.colours.oklch import Colour

WHITE: Rgb = (1.0, 1.0, 1.0)
PAPER: Rgb = (0xFB / 255, 0xF5 / 255, 0xEC / 255)
"""The warm ground of colours.css, behind pictures and bands."""
BODY_CONTRAST = 7.0
"""The contrast ratio of words to be read at length (WCAG 2.2, 1.4.6)."""
_LINE_CONTRAST = 3.0
"""That of what is no text, such as the edge of a field (WCAG 2.2, 1.4.11)."""
_RED, _NEAR_RED, _COLOURFUL = 32.0, 24.0, 0.07
"""The hue of the warnings, how near to it one is red too, and the least chroma of such a red."""
_WRITTEN = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


def palette(accent: str) -> Mapping[str, str]:
    """Return the tints and shades of a colour like `#1f6f78`, by their names in styles.

    Raises ValueError, with what to write instead, where words in the colour could not be read on
    white, or would look like a warning.
    """
    colour = _read(accent)
    _refuse_red(accent, colour)
    _refuse_pale(accent, colour)
    tint = replace(colour, lightness=0.95, chroma=min(0.17 * colour.chroma, 0.02))
    grounds = [WHITE, PAPER, tint.rgb]
    light = {
        "--accent-dark": _darkened(_shade(colour, colour.lightness, 0.85), grounds, BODY_CONTRAST),
        "--tint": tint,
        "--accent-mid": _darkened(_shade(colour, 0.62, 1.0), [WHITE], _LINE_CONTRAST),
        "--line": _darkened(_shade(colour, 0.75, 0.42), [WHITE], _LINE_CONTRAST),
    }
    named = light | _for_night(colour)
    return {"--accent": _hexadecimal(colour.rgb)} | {
        name: _hexadecimal(each.rgb) for name, each in named.items()
    }


def checked(accent: str) -> str:
    """Return a colour that all tints can be made of, in small letters; else raises ValueError."""
    return palette(accent)["--accent"]


def _for_night(colour: Colour) -> dict[str, Colour]:
    """Return grounds, lines and words for a dark screen."""
    ground = _shade(colour, 0.205, 0.15)
    band, tint = replace(ground, lightness=0.24), _shade(colour, 0.285, 0.4)
    grounds = [ground.rgb, band.rgb, tint.rgb]
    return {
        "--night": ground,
        "--night-band": band,
        "--night-tint": tint,
        "--night-line": _lightened(_shade(colour, 0.45, 0.4), grounds, _LINE_CONTRAST),
        "--night-accent": _lightened(_shade(colour, 0.82, 0.8), grounds, BODY_CONTRAST),
    }


def _read(text: str) -> Colour:
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"'{text}' is not a colour; write it in quotes, like '#1f6f78'")
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return oklch.of((red, green, blue))


def _refuse_pale(text: str, colour: Colour) -> None:
    """Raise ValueError for a colour in which words could not be read on white or on paper."""
    least = min(contrast(colour.rgb, ground) for ground in (WHITE, PAPER))
    if least < LEAST_CONTRAST:
        darker = _hexadecimal(_darkened(colour, [WHITE, PAPER], LEAST_CONTRAST).rgb)
        raise ValueError(
            f"'{text}' is too pale for words: its contrast to paper is {least:.2f}, and"
            f" {LEAST_CONTRAST} is needed; write '{darker}', the same colour darker"
        )


def _refuse_red(text: str, colour: Colour) -> None:
    """Raise ValueError for a colour that would be taken for a warning."""
    apart = (colour.hue - _RED + 180) % 360 - 180
    if abs(apart) < _NEAR_RED and colour.chroma > _COLOURFUL:
        turned = replace(colour, hue=_RED + (_NEAR_RED + 3) * (1 if apart > 0 else -1))
        other = _hexadecimal(_darkened(turned, [WHITE, PAPER], LEAST_CONTRAST).rgb)
        raise ValueError(
            f"'{text}' is as red as the warnings, and red is kept for safety;"
            f" choose another colour, such as '{other}'"
        )


def _shade(colour: Colour, lightness: float, share: float) -> Colour:
    """Return a colour of another lightness, with a share of the chroma."""
    return replace(colour, lightness=lightness, chroma=share * colour.chroma)


def _darkened(colour: Colour, grounds: Sequence[Rgb], ratio: float) -> Colour:
    """Return the lightest colour, no lighter than it is, with that contrast to light grounds."""
    return _between(replace(colour, lightness=0.0), colour, grounds, ratio)


def _lightened(colour: Colour, grounds: Sequence[Rgb], ratio: float) -> Colour:
    """Return the darkest colour, no darker than it is, with that contrast to dark grounds."""
    return _between(replace(colour, lightness=1.0), colour, grounds, ratio)


def _between(far: Colour, near: Colour, grounds: Sequence[Rgb], ratio: float) -> Colour:
    """Return the colour nearest to `near`, on the way from `far`, that has the contrast."""
    if _stands_apart(near, grounds, ratio):
        return near
    for _ in range(16):
        middle = replace(near, lightness=(near.lightness + far.lightness) / 2)
        if _stands_apart(middle, grounds, ratio):
            far = middle
        else:
            near = middle
    return far


def _stands_apart(colour: Colour, grounds: Sequence[Rgb], ratio: float) -> bool:
    return all(contrast(colour.rgb, ground) >= ratio for ground in grounds)


def _hexadecimal(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(255 * c):02x}" for c in rgb)
