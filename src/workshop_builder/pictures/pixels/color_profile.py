"""The colours of a picture, converted from those of its profile to sRGB."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageChops, ImageCms


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as L, RGB or RGBA, its colours converted by its profile.

    A profile that is broken, or belongs to another kind of picture, is ignored.
    """
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    convert = _conversion(profile, colours.mode) if profile else None
    if convert:
        colours = convert(colours)
    if colours.mode == "CMYK":
        colours = colours.convert("RGB")
    if alpha:
        colours = colours.convert("RGB")
        colours.putalpha(alpha)
    return colours


def _conversion(profile: bytes, mode: str) -> Callable[[Image.Image], Image.Image] | None:
    """Return what converts pixels of `mode` from `profile` to sRGB; None where nothing changes."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        space = source.profile.xcolor_space.strip()
        base = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}.get(space, "")
        if base != mode and (mode, base) != ("L", "RGB"):
            return None
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            base,
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        unchanged = _changes_nothing(transform, base)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return None if unchanged else lambda image: _apply(transform, image.convert(base))


def _apply(transform: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    """Return the converted picture; a grey one stays grey."""
    result = transform.apply(image)
    return result.convert("L") if image.mode == "L" else result


def _changes_nothing(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Return whether a grid of colours stays as it is, as with the sRGB of most cameras.

    It saves a pass over every pixel, half of the time that a photograph takes.
    """
    if mode == "CMYK":
        return False
    steps = range(0, 256, 51)
    grid = bytes(part for r in steps for g in steps for b in steps for part in (r, g, b))
    before = Image.frombytes("RGB", (len(grid) // 3, 1), grid).convert(mode)
    difference = ImageChops.difference(before.convert("RGB"), transform.apply(before))
    return max(difference.tobytes()) <= 1
