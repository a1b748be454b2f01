"""Pixels: a photograph or drawing in any usual format becomes a plain JPEG or PNG.

The steps: the format is found by the first bytes, the limits are checked by the
header, and the picture is decoded (a large JPEG at half, a quarter or an eighth of
its size), brought to eight bits, shrunk, turned upright, converted to sRGB, laid on
white, and encoded anew. Nothing but pixels is carried over, so a place, a name or a
comment that a camera left in the file is gone.

JPEG or PNG? What came as JPEG stays JPEG: its traces of compression would make a
PNG many times the size. Anything else with up to `DRAWING_COLOURS` colours counts
as a drawing and is written both ways; the PNG, which keeps lines and letters sharp,
is preferred unless it is more than twice the size of the JPEG, which happens with
grey photographs. With more colours it is a photograph, and a JPEG.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops, ImageFile

from workshop_builder.pictures.pixels.color_profile import to_srgb
from workshop_builder.pictures.pixels.png_text import without_text

LARGEST_FILE = 40 * 1000 * 1000
"""Bytes of a file; no camera's JPEG comes near."""
LARGEST_AREA = 80 * 1000 * 1000
"""Pixels, by the header, so that a small file cannot fill the memory."""
LONGEST_SIDE = 30_000
"""Pixels of one side; a JPEG can hold 65 535."""
ENOUGH = 0.95
"""The share of the wanted width at which a JPEG decoded at a reduced size is sharp enough: a
photograph 4000 pixels wide is decoded at 2000, 292 dots an inch over the widest page, in a
quarter of the time that 300 would take."""
DRAWING_COLOURS = 4096
"""A drawing has a few colours and their blends along edges; a photograph tens of thousands."""

USABLE = "PNG, JPEG, WebP or SVG"
"""The formats that a workshop may use, in words."""

_USABLE = (
    ("PNG", 0, b"\x89PNG\r\n\x1a\n"),
    ("JPEG", 0, b"\xff\xd8\xff"),
    ("WEBP", 8, b"WEBP"),
)
_OTHERS = (
    ("a GIF", 0, b"GIF8"),
    ("a TIFF", 0, b"II*\0"),
    ("a TIFF", 0, b"MM\0*"),
    ("an EPS", 0, b"%!PS"),
    ("an EPS", 0, b"\xc5\xd0\xd3\xc6"),
    ("a PDF", 0, b"%PDF"),
    ("a Photoshop", 0, b"8BPS"),
    ("a BMP", 0, b"BM"),
    ("an icon", 0, b"\0\0\1\0"),
    ("a JPEG 2000", 0, b"\0\0\0\x0cjP  "),
    ("a JPEG 2000", 0, b"\xff\x4f\xff\x51"),
    ("a JPEG XL", 0, b"\xff\x0a"),
    ("a JPEG XL", 0, b"\0\0\0\x0cJXL "),
    ("an AVIF", 4, b"ftypavi"),
    ("a HEIC", 4, b"ftyp"),
    ("a compressed", 0, b"\x1f\x8b"),
)
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = tuple(_UPRIGHT[number] for number in (5, 6, 7, 8))
_ORIENTATION = 0x0112
_DECODING_FAULTS = (
    AssertionError,  # how Pillow says that a palette is missing
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    OverflowError,
    RuntimeError,
    struct.error,
    zlib.error,
)


class PictureError(ValueError):
    """When a picture cannot be used: what is wrong; what to do. The caller adds the file's name."""

    def __init__(self, message: str, line: int = 0) -> None:
        """Keep the `line` of an SVG that is at fault, counted from 1; 0 where there is none."""
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of pixels, ready for print and screen."""

    media_type: str
    """`image/jpeg` or `image/png`."""
    width: int
    """Pixels, upright."""
    height: int
    """Pixels, upright."""
    data: bytes
    """The file, with no metadata."""


def encode(data: bytes, widths: Sequence[int], *, see_through: bool = False) -> tuple[Raster, ...]:
    """Return the picture once for each of `widths`, its greatest width in pixels; never enlarged.

    Transparent parts become white, the colour of paper, unless `see_through`. Raises PictureError
    where the picture cannot be used.
    """
    kind = _check_kind(data)
    data = without_text(data) if kind == "PNG" else data
    with _strict_pillow():
        image, lossless = _decode(data, kind, max(widths), see_through=see_through)
        scaled = (_shrink(image, width) for width in widths)
        return tuple(_write(each, lossless=lossless) for each in scaled)


def _check_kind(data: bytes) -> str:
    """Return Pillow's name for the format, by the first bytes; raises PictureError for others."""
    if not data:
        raise PictureError("the picture is empty (0 bytes); export or copy it again")
    if len(data) > LARGEST_FILE:
        size = f"{len(data) / 1e6:.0f} MB, and {LARGEST_FILE // 1_000_000} MB is the limit"
        raise PictureError(f"the picture takes {size}; export it smaller, 4000 pixels wide at most")
    for kind, start, mark in _USABLE:
        if data.startswith(mark, start):
            return kind
    for name, start, mark in _OTHERS:
        if data.startswith(mark, start):
            raise PictureError(f"this is {name} file, which cannot be used; save it as {USABLE}")
    raise PictureError(f"this is not a picture that can be used; save it as {USABLE}")


@contextmanager
def _strict_pillow() -> Iterator[None]:
    """Set Pillow's process-wide switches as we need them, and back at the end.

    WeasyPrint, once imported, makes Pillow fill a truncated picture with grey. Pillow's own limit
    on pixels is lifted because ours is lower and checked first. Its warnings are about metadata
    that is not carried over.
    """
    truncated, pixels = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = truncated, pixels


def _decode(data: bytes, kind: str, width: int, *, see_through: bool) -> tuple[Image.Image, bool]:
    """Return the picture at most `width` wide, upright, sRGB or grey; and whether it is a drawing.

    Whatever Pillow raises for a broken file becomes a PictureError here.
    """
    try:
        with Image.open(BytesIO(data), formats=(kind,)) as file:
            _check_size(*file.size)
            if kind == "PNG":
                # Only this compares checksums; decoding would give wrong colours instead.
                Image.open(BytesIO(data), formats=(kind,)).verify()
            turn = _rotation(file)
            file.draft(file.mode, _draft_size(turn, width))
            file.load()
            profile = file.info.get("icc_profile")
            image = _eight_bits(file, data)
    except PictureError:
        raise
    except MemoryError as error:
        raise PictureError("the picture needs too much memory; export it smaller") from error
    except _DECODING_FAULTS as error:
        raise PictureError("the picture is damaged or cut off; export or copy it again") from error
    drawing = kind != "JPEG" and image.getcolors(DRAWING_COLOURS) is not None
    image = _shrink(image, width, sideways=turn in _SIDEWAYS)
    if turn is not None:
        image = image.transpose(turn)
    image = to_srgb(image, profile)
    return (image if see_through else _on_white(image)), drawing


def _check_size(width: int, height: int) -> None:
    """Raise PictureError for a picture that would fill the memory."""
    if width * height > LARGEST_AREA or max(width, height) > LONGEST_SIDE:
        raise PictureError(
            f"the picture is too large ({width} × {height} pixels); "
            "export it smaller, 4000 pixels wide at most"
        )


def _rotation(file: ImageFile.ImageFile) -> Image.Transpose | None:
    """Return how to turn the picture upright, by its EXIF data; None where it is or they fail."""
    try:
        return _UPRIGHT.get(file.getexif().get(_ORIENTATION, 1))
    except _DECODING_FAULTS:
        return None


def _draft_size(turn: Image.Transpose | None, width: int) -> tuple[int, int]:
    """Return the least width and height, as stored, at which a JPEG may be decoded."""
    enough = max(1, int(width * ENOUGH))
    return (1, enough) if turn in _SIDEWAYS else (enough, 1)


def _eight_bits(file: Image.Image, data: bytes) -> Image.Image:
    """Return the picture as L, RGB, CMYK or, where parts are transparent, RGBA."""
    if file.mode == "CMYK":
        # Pillow takes every CMYK JPEG for one of Adobe's, whose inks are stored inverted.
        return file.copy() if "adobe" in file.info else ImageChops.invert(file)
    grey = file.mode in {"1", "L"} or file.mode.startswith("I")
    if grey:
        plain = _grey(file)
        key = file.info.get("transparency")
        return plain if not isinstance(key, int) else _key_out(plain, key, depth=data[24])
    return file.convert("RGBA" if file.has_transparency_data else "RGB")


def _grey(file: Image.Image) -> Image.Image:
    """Return 1, 8 or 16 bits of grey as 8 bits; Pillow alone would cut 16 bits off at 255."""
    if not file.mode.startswith("I"):
        return file.convert("L")
    return file.convert("I").point([round(value / 257) for value in range(65536)], "L")


def _key_out(image: Image.Image, key: int, depth: int) -> Image.Image:
    """Return a grey PNG with the grey `key`, given at its own bit `depth`, made transparent."""
    transparent = round(key * 255 / (2**depth - 1))
    alpha = image.point([0 if value == transparent else 255 for value in range(256)])
    return Image.merge("RGBA", (image, image, image, alpha))


def _shrink(image: Image.Image, width: int, *, sideways: bool = False) -> Image.Image:
    """Return the picture at most `width` wide; or high, while it is still `sideways`."""
    side = image.height if sideways else image.width
    if side <= width:
        return image
    size = tuple(max(1, round(length * width / side)) for length in image.size)
    return image.resize((size[0], size[1]), Image.Resampling.BICUBIC)


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture with white behind what is transparent."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _write(image: Image.Image, *, lossless: bool) -> Raster:
    """Return the picture as a JPEG or PNG, by the rule at the top of this module."""
    # Pillow writes a comment or a profile that it finds in `info`; there must be none.
    bare = image.copy()
    bare.info = {}
    if bare.mode == "RGBA":
        return Raster("image/png", *bare.size, _png(bare))
    jpeg = _jpeg(bare)
    png = _png(bare) if lossless else None
    if png is not None and len(png) <= 2 * len(jpeg):
        return Raster("image/png", *bare.size, png)
    return Raster("image/jpeg", *bare.size, jpeg)


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=85, subsampling="4:2:0", optimize=True, progressive=False)
    return file.getvalue()


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", compress_level=6)
    return file.getvalue()
