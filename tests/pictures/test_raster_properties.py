"""Pictures of pixels, whole and broken: they come out plain, or are refused in words."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from workshop_builder.pictures.pixels.raster import ENOUGH, PictureError, Raster, encode

HEADERS = st.sampled_from(
    [
        *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"GIF8", b"II*\0", b"%PDF"),
        *(b"\0\0\0\x0cjP  ", b"\0\0\0\x0cftypavif", b"\x1f\x8b", b"8BPS", b"\0\0\1\0", b"BM", b""),
        *(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"RIFF\xff\xff\xff\xffWEBPVP8X", b"\xff\xd8\xff\xe0"),
    ]
)
MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK")
KINDS = {"PNG": MODES[:-1], "JPEG": ("L", "RGB", "CMYK"), "WEBP": ("RGB", "RGBA")}
PICTURES = st.sampled_from([(kind, mode) for kind, modes in KINDS.items() for mode in modes])


def encoded(data: bytes, width: int = 8) -> Raster | None:
    """Return a picture made anew; None where it is refused, in one line that says what to do."""
    try:
        return encode(data, (width,))[0]
    except PictureError as error:
        said = str(error)
    assert "; " in said
    assert said.isprintable()
    return None


@cache
def picture(kind: str, mode: str, width: int = 9, height: int = 7) -> bytes:
    """Return a small picture as the bytes of a file."""
    file = BytesIO()
    noise = bytes(number * 37 % 256 for number in range(width * height))
    Image.frombytes("L", (width, height), noise).convert(mode).save(file, kind)
    return file.getvalue()


def checked(made: Raster, width: int) -> None:
    """Hold a picture that came out against what is said of it."""
    image = Image.open(BytesIO(made.data))
    image.load()
    assert Image.MIME[image.format or ""] == made.media_type
    assert image.size == (made.width, made.height)
    assert made.width <= width
    assert image.mode in {"L", "RGB"}
    assert not {"exif", "comment", "icc_profile"} & set(image.info)


@given(HEADERS, st.binary(max_size=60))
def test_garbage_behind_a_header_is_refused(header: bytes, rest: bytes) -> None:
    """A file that only begins like a picture, or like none, is refused in one line."""
    assert encoded(header + rest) is None


@given(PICTURES, st.integers(1, 200))
def test_a_picture_cut_off_is_refused(kind: tuple[str, str], left: int) -> None:
    """A picture that ends too early is refused, or is whole but for its last bytes."""
    data = picture(*kind)
    made = encoded(data[: max(0, len(data) - left)])
    if made:
        checked(made, 8)
        assert left <= 12


@given(PICTURES, st.data())
def test_a_changed_byte_does_no_harm(kind: tuple[str, str], data: st.DataObject) -> None:
    """With some bytes changed, a picture comes out plain or is refused in one line."""
    changed = bytearray(picture(*kind))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] = data.draw(st.integers(0, 255))
    made = encoded(bytes(changed))
    if made:
        checked(made, 8)


@given(PICTURES, st.integers(1, 40), st.integers(1, 40), st.integers(1, 60))
def test_a_picture_keeps_its_shape(
    kind: tuple[str, str], width: int, height: int, wanted: int
) -> None:
    """A picture is never enlarged, hardly smaller than wanted, and stays in proportion."""
    made = encoded(picture(*kind, width, height), wanted)
    assert made
    checked(made, wanted)
    assert made.width >= int(ENOUGH * min(width, wanted))
    assert abs(made.height - height * made.width / width) <= 1.5 + height / width
