"""Remarks on pictures: too coarse for paper, without use, nearly the same."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from math import ceil

from PIL import Image, ImageChops, ImageStat

from workshop_builder.checking.manuscript import Manuscript
from workshop_builder.checking.remark import Remark
from workshop_builder.pictures.pixels import raster
from workshop_builder.pictures.pixels.raster import PictureError
from workshop_builder.pictures.prepare import is_drawing

LEAST_DPI = 200
"""Dots an inch below which a print looks soft."""
_COVER, _CHAPTER, _CARD = (166, 173), (126, 94), (100, 74)
"""Millimetres of the frame that the book gives to a picture: it is as large as fits in."""
_THUMBNAIL = (32, 32)
_SMALL = 256
"""Pixels of the width at which a picture is decoded to be compared."""
_ORIENTATION, _SIDEWAYS = 0x0112, {5, 6, 7, 8}
"""The tag of a photograph that says how it was held, and when that was on its side."""
_UNREADABLE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
"""What Pillow raises for what is no picture, or none that the build would take."""
_DIFFERENT = 6
"""Mean difference of two thumbnails, of 255, from which pictures are not nearly the same."""
_STRUCTURE = 0.25
"""The share of a picture's contrast that the difference of a near copy stays below."""
_INK = ("pictures/", "figures/")


def low_resolution(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each picture of pixels that has too few for the size of its print."""
    for path, data in sorted(text.workshop.pictures.items()):
        size = _pixels(data)
        if size is None or path == _logo(text):
            continue
        frame = _frame(text, path)
        millimetres = min(frame[0] / size[0], frame[1] / size[1])
        dpi = int(25.4 / millimetres)
        if dpi < LEAST_DPI:
            width = size[0] * millimetres
            needed = ceil(width / 25.4 * LEAST_DPI)
            said = f"{dpi} dots an inch on {width:.0f} mm of paper; save it at least {needed} wide"
            yield Remark(path, 0, "low-resolution", f"{said} ({LEAST_DPI} dots)")


def _logo(text: Manuscript) -> str | None:
    studio = text.workshop.settings.studio
    return studio.logo if studio else None


def _frame(text: Manuscript, path: str) -> tuple[int, int]:
    """Return the millimetres of the largest frame in which a picture is printed."""
    if path == text.workshop.settings.cover:
        return _COVER
    cards = {each.picture for each in text.exercises}
    return _CARD if path in cards and not _in_chapter(text, path) else _CHAPTER


def _in_chapter(text: Manuscript, path: str) -> bool:
    images = (img for each in text.workshop.chapters for img in each.body.root.iter("img"))
    return any(img.get("src") == path for img in images)


def drawing_as_pixels(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each drawing that is printed as pixels, for not all readers draw it."""
    drawings = {p: data for p, data in text.workshop.pictures.items() if is_drawing(data)}
    if not drawings:
        return
    from workshop_builder.making.drawings import why_not_curves  # noqa: PLC0415  slow to import

    for path, data in sorted(drawings.items()):
        try:
            reason = why_not_curves(data, text.workshop.settings.language)
        except PictureError:
            continue  # the build says so
        if reason:
            what = str(reason).partition(";")[0]
            said = f"{what}, so it is printed in pixels, 300 to the inch; export it as plain SVG"
            yield Remark(path, reason.line, "drawing-as-pixels", said)


def unused_picture(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each picture or figure that nothing shows."""
    shown = text.workshop.pictures.keys() | text.workshop.figures.keys()
    own = b"\n".join(text.workshop.overrides.values())
    for path in sorted(text.files):
        if path.startswith(_INK) and path not in shown and path.encode() not in own:
            said = "no text shows it; remove it, or name it where it belongs"
            yield Remark(path, 0, "unused-picture", said)


def same_picture(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each picture that is nearly the same as one before it."""
    paths = sorted(path for path in text.files if path.startswith(_INK))
    small = {path: _thumbnail(text.files[path]) for path in paths}
    for first, second in combinations(paths, 2):
        if text.files[first] == text.files[second] or _alike(small[first], small[second]):
            said = f"shows nearly the same as {first}; keep one, and name it in both places"
            yield Remark(second, 0, "same-picture", said)


def _pixels(data: bytes) -> tuple[int, int] | None:
    """Return the width and height of a picture of pixels, upright; None for a drawing."""
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(data)) as picture:
            warnings.simplefilter("ignore")
            width, height = picture.size
            turned = picture.getexif().get(_ORIENTATION, 1) in _SIDEWAYS
    except _UNREADABLE:
        return None
    return (height, width) if turned else (width, height)


def _thumbnail(data: bytes) -> Image.Image | None:
    """Return a picture of pixels in a few of them; None for a drawing, or what cannot be read."""
    try:
        small = raster.encode(data, (_SMALL,))[0]
    except PictureError:
        return None
    with Image.open(BytesIO(small.data)) as picture:
        return picture.convert("L").resize(_THUMBNAIL, Image.Resampling.BOX)


def _alike(first: Image.Image | None, second: Image.Image | None) -> bool:
    """Return whether two thumbnails differ by no more than saving anew would make them."""
    if first is None or second is None:
        return False
    difference = ImageStat.Stat(ImageChops.difference(first, second)).rms[0]
    contrast = min(ImageStat.Stat(each).stddev[0] for each in (first, second))
    return difference < min(_DIFFERENT, max(1, _STRUCTURE * contrast))
