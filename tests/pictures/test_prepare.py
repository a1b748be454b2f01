"""Pictures from cameras, scanners and drawing programs, as they come out of `prepare`."""

from __future__ import annotations

import random
import struct
import zlib
from functools import lru_cache
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFile, PngImagePlugin

from workshop_builder.pictures.pixels import raster
from workshop_builder.pictures.prepare import (
    PRINT_WIDTH,
    SCREEN_WIDTH,
    Picture,
    PictureError,
    prepare_picture,
)

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)


def file(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return the image as the bytes of a file."""
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def one(data: bytes, width: int = SCREEN_WIDTH, name: str = "pictures/a.jpg") -> Picture:
    """Return the picture prepared at one width."""
    (picture,) = prepare_picture(name, data, (width,))
    return picture


def pixels(picture: Picture) -> Image.Image:
    """Return the pixels of a prepared picture as RGB."""
    image = Image.open(BytesIO(picture.data))
    image.load()
    assert image.size == (picture.width, picture.height)
    assert image.mode in {"L", "RGB"}
    return image.convert("RGB")


def near(pixel: object, colour: tuple[int, int, int], by: int = 6) -> bool:
    """Say whether two colours look the same; JPEG moves each part by a little."""
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= by for a, b in zip(pixel, colour, strict=True))


@lru_cache
def photograph(width: int, height: int) -> Image.Image:
    """Return an image with the soft shades and the grain of a photograph, red at the top left."""
    grain = Image.frombytes("RGB", (100, 75), random.Random(1).randbytes(22500))
    image = grain.resize((width, height), Image.Resampling.BILINEAR)
    image.paste(RED, (0, 0, width // 2, height // 2))
    return image


def drawing(mode: str = "RGB") -> Image.Image:
    """Return line art: a blue ring on white."""
    image = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(image).ellipse((50, 50, 350, 250), outline=BLUE, width=20)
    return image.convert(mode)


def png(width: int, depth: int, colour: int, row: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG of one row, written by hand for depths that Pillow does not write."""
    header = struct.pack(">IIBBBBB", width, 1, depth, colour, 0, 0, 0)
    body = zlib.compress(b"\0" + row)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def srgb() -> bytes:
    """Return the profile that most cameras embed."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """Return an RGB profile in which red and green have changed places."""
    return (
        srgb()
        .replace(b"rXYZ", b"tmp!", 1)
        .replace(b"gXYZ", b"rXYZ", 1)
        .replace(b"tmp!", b"gXYZ", 1)
    )


def ink_profile() -> bytes:
    """Return a CMYK profile in which cyan ink is a light grey, and all other ink black."""
    grid = bytearray()
    for inks in range(16):
        light = {0: 255, 8: 204}.get(inks, 0)
        grid += bytes((light, 128, 128))
    ramp = bytes(range(256))
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + matrix + ramp * 4 + bytes(grid) + ramp * 3
    header = struct.pack(
        ">I4xI4s4s4s12x4s4s24x3i48x",
        128 + 16 + len(table),
        0x02100000,
        b"prtr",
        b"CMYK",
        b"Lab ",
        b"acsp",
        b"test",
        0xF6D6,
        0x10000,
        0xD32D,
    )
    return header + struct.pack(">I4sII", 1, b"A2B0", 144, len(table)) + table


class TestSize:
    """How large a picture becomes."""

    def test_large_photograph_is_shrunk_to_each_width(self) -> None:
        """A photograph comes out once for each width, in their order, in its own proportions."""
        data = file(photograph(4000, 3000), "JPEG")
        large, small = prepare_picture("pictures/a.jpg", data, (PRINT_WIDTH, SCREEN_WIDTH))
        assert raster.ENOUGH * PRINT_WIDTH <= large.width <= PRINT_WIDTH
        assert large.height == round(large.width * 3 / 4)
        assert (small.width, small.height) == (1200, 900)
        assert len(small.data) < len(large.data) < len(data)
        for picture in (large, small):
            assert near(pixels(picture).getpixel((9, 9)), RED)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_small_picture_is_not_enlarged(self, kind: str) -> None:
        """A picture narrower than the wanted width keeps its pixels."""
        assert pixels(one(file(drawing(), kind))).size == (400, 300)

    def test_print_width(self) -> None:
        """The print width is 174 mm at 300 dots an inch."""
        assert PRINT_WIDTH == 2055

    def test_thin_picture_keeps_a_pixel(self) -> None:
        """A line of one pixel is still there when the picture is shrunk."""
        assert pixels(one(file(Image.new("RGB", (3000, 1)), "PNG"))).size == (1200, 1)


class TestUpright:
    """Orientation, as the camera notes it."""

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    @pytest.mark.parametrize(
        ("orientation", "corner"),
        [
            (1, (0, 0)),
            (2, (1, 0)),
            (3, (1, 1)),
            (4, (0, 1)),
            (5, (0, 0)),
            (6, (1, 0)),
            (7, (1, 1)),
            (8, (0, 1)),
            (99, (0, 0)),
        ],
    )
    def test_each_orientation(self, kind: str, orientation: int, corner: tuple[int, int]) -> None:
        """The stored first corner is moved to where the camera says that it belongs."""
        image = Image.new("RGB", (80, 60), "blue")
        image.paste(RED, (0, 0, 40, 30))
        exif = Image.Exif()
        exif[0x0112] = orientation
        result = pixels(one(file(image, kind, exif=exif)))
        assert result.size == ((60, 80) if orientation in {5, 6, 7, 8} else (80, 60))
        for x in (0, 1):
            for y in (0, 1):
                at = (x * (result.width - 1), y * (result.height - 1))
                assert near(result.getpixel(at), RED if (x, y) == corner else BLUE, by=12)

    def test_turned_photograph_is_as_wide_as_wanted(self) -> None:
        """The wanted width is that of the upright picture, not of the stored one."""
        exif = Image.Exif()
        exif[0x0112] = 6
        picture = one(file(photograph(4000, 3000), "JPEG", exif=exif))
        assert (picture.width, picture.height) == (1200, 1600)
        assert near(pixels(picture).getpixel((1190, 9)), RED)

    def test_broken_note_is_ignored(self) -> None:
        """EXIF that cannot be read leaves the picture as it is stored."""
        data = file(drawing(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12")
        assert pixels(one(data)).size == (400, 300)


class TestColour:
    """What the colours become."""

    def test_cmyk_of_adobe(self) -> None:
        """A CMYK JPEG as image programs write it, inks inverted, shows its colours."""
        picture = one(file(Image.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG"))
        assert near(pixels(picture).getpixel((20, 15)), RED)

    def test_cmyk_of_others(self) -> None:
        """A CMYK JPEG without Adobe's mark has its inks as they are."""
        image = Image.new("CMYK", (40, 30), (255, 0, 0, 255))
        data = file(image, "JPEG")
        start = data.index(b"\xff\xee")
        length = struct.unpack(">H", data[start + 2 : start + 4])[0]
        data = data[:start] + data[start + 2 + length :]
        # Inks are written inverted: without the mark, 0 0 0 0 is what 255 255 255 255 was.
        assert near(pixels(one(data)).getpixel((20, 15)), (255, 0, 0))

    def test_cmyk_by_its_profile(self) -> None:
        """A CMYK profile decides what an ink looks like; paper stays white."""
        image = Image.new("CMYK", (80, 40), (0, 0, 0, 0))
        image.paste((255, 0, 0, 0), (0, 0, 40, 40))
        result = pixels(one(file(image, "JPEG", icc_profile=ink_profile())))
        red, green, blue = result.getpixel((10, 20))  # type: ignore[misc]
        assert 180 < red < 220
        assert near((red, green, blue), (red, red, red))
        assert near(result.getpixel((70, 20)), WHITE)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_rgb_by_its_profile(self, kind: str) -> None:
        """A profile in which red and green have changed places changes them back."""
        image = Image.new("RGB", (40, 30), RED)
        options = {"icc_profile": swapped_profile(), "lossless": True}
        result = pixels(one(file(image, kind, **options)))
        assert near(result.getpixel((20, 15)), (0, 255, 0))

    def test_transparent_picture_by_its_profile(self) -> None:
        """A profile and transparency are both honoured: first the colour, then the paper."""
        image = Image.new("RGBA", (40, 30), (255, 0, 0, 255))
        image.paste((255, 0, 0, 0), (0, 0, 20, 30))
        result = pixels(one(file(image, "PNG", icc_profile=swapped_profile())))
        assert result.getpixel((30, 15)) == (0, 255, 0)
        assert result.getpixel((10, 15)) == WHITE

    def test_grey_under_a_colour_profile(self) -> None:
        """A grey picture with a colour profile, as scanners write it, keeps its grey."""
        data = file(Image.new("L", (40, 30), 100), "JPEG", icc_profile=srgb())
        assert near(pixels(one(data)).getpixel((20, 15)), (100, 100, 100))

    @pytest.mark.parametrize(
        "profile",
        [b"no profile", srgb()[:200], ink_profile(), bytes(128), srgb()[:132] + b"\xff" * 400],
        ids=["text", "cut", "other-inks", "zeros", "broken-table"],
    )
    def test_bad_profile_is_ignored(self, profile: bytes) -> None:
        """A profile that is broken or belongs to other inks does not spoil the picture."""
        data = file(Image.new("RGB", (40, 30), RED), "JPEG", icc_profile=profile)
        assert near(pixels(one(data)).getpixel((20, 15)), RED)

    @pytest.mark.parametrize(
        ("colour", "channels"), [(0, 1), (2, 3), (4, 1), (6, 3)], ids=["grey", "rgb", "la", "rgba"]
    )
    def test_sixteen_bits(self, colour: int, channels: int) -> None:
        """The middle of 65 536 levels is the middle of 256, not white."""
        alpha = b"\xff\xff" if colour in {4, 6} else b""
        row = b"".join(level * channels + alpha for level in (b"\0\0", b"\x80\0", b"\xff\xff"))
        result = pixels(one(png(3, 16, colour, row)))
        assert [result.getpixel((x, 0)) for x in range(3)] == [(0,) * 3, (128,) * 3, WHITE]

    @pytest.mark.parametrize(
        ("depth", "row", "key"), [(1, b"\x40", 0), (4, b"\x0f", 0), (8, b"\0\xff", 0)]
    )
    def test_transparent_grey(self, depth: int, row: bytes, key: int) -> None:
        """The one grey that a PNG declares transparent becomes white at each depth."""
        chunk = (b"tRNS", struct.pack(">H", key))
        result = pixels(one(png(2, depth, 0, row, chunk)))
        assert [result.getpixel((x, 0)) for x in range(2)] == [WHITE, WHITE]
        assert pixels(one(png(2, depth, 0, row))).getpixel((0, 0)) == (0, 0, 0)

    def test_transparent_sixteen_bits(self) -> None:
        """A transparent level of 16 bits is compared at its own depth."""
        chunk = (b"tRNS", b"\x40\0")
        result = pixels(one(png(2, 16, 0, b"\x40\0\x80\0", chunk)))
        assert [result.getpixel((x, 0)) for x in range(2)] == [WHITE, (128,) * 3]

    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    def test_half_transparent_lies_on_white(self, kind: str) -> None:
        """Half transparent red over paper is pink, and what is transparent is white."""
        image = Image.new("RGBA", (40, 30), (255, 0, 0, 128))
        image.paste((0, 0, 0, 0), (0, 0, 20, 30))
        result = pixels(one(file(image, kind, lossless=True)))
        assert near(result.getpixel((30, 15)), (255, 127, 127), by=2)
        assert result.getpixel((2, 15)) == WHITE

    def test_palette(self) -> None:
        """A picture with a palette shows its colours."""
        assert pixels(one(file(drawing("P"), "PNG"))).getpixel((60, 150)) == BLUE

    def test_transparent_palette(self) -> None:
        """The transparent colour of a palette becomes white."""
        image = Image.new("P", (40, 30), 1)
        image.putpalette([0, 0, 0, 0, 0, 255])
        image.paste(0, (0, 0, 20, 30))
        result = pixels(one(file(image, "PNG", transparency=0)))
        assert [result.getpixel((x, 15)) for x in (5, 35)] == [WHITE, BLUE]

    def test_one_bit(self) -> None:
        """Black and white stay black and white."""
        image = Image.new("1", (40, 30), 1)
        image.paste(0, (0, 0, 20, 30))
        result = pixels(one(file(image, "PNG")))
        assert [result.getpixel((x, 15)) for x in (5, 35)] == [(0, 0, 0), WHITE]

    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    def test_first_frame_of_an_animation(self, kind: str) -> None:
        """An animation shows its first frame, once."""
        frames = [Image.new("RGB", (40, 30), colour) for colour in (RED, BLUE)]
        data = file(frames[0], kind, save_all=True, append_images=frames[1:], lossless=True)
        picture = one(data)
        assert near(pixels(picture).getpixel((20, 15)), RED)
        assert getattr(Image.open(BytesIO(picture.data)), "n_frames", 1) == 1

    def test_second_picture_of_a_camera_is_left_out(self) -> None:
        """A JPEG that carries further pictures (MPO) shows its first."""
        frames = [photograph(80, 60), Image.new("RGB", (80, 60), BLUE)]
        data = file(frames[0], "MPO", save_all=True, append_images=frames[1:])
        assert near(pixels(one(data)).getpixel((9, 9)), RED)
        assert len(one(data).data) < len(data)


class TestFormat:
    """JPEG or PNG, by what the file holds."""

    @pytest.mark.parametrize(
        ("image", "kind", "expected"),
        [
            (photograph(400, 300), "JPEG", "image/jpeg"),
            (photograph(400, 300), "PNG", "image/jpeg"),
            (photograph(400, 300), "WEBP", "image/jpeg"),
            (photograph(400, 300).convert("L"), "PNG", "image/jpeg"),
            (drawing(), "PNG", "image/png"),
            (drawing("P"), "PNG", "image/png"),
            (drawing("1").resize((300, 200)), "PNG", "image/png"),
            (drawing("RGBA"), "PNG", "image/png"),
            (drawing(), "JPEG", "image/jpeg"),
        ],
    )
    def test_media_type(self, image: Image.Image, kind: str, expected: str) -> None:
        """Photographs become JPEG and drawings PNG; what came as JPEG stays so."""
        picture = one(file(image, kind))
        assert picture.media_type == expected
        assert picture.suffix == {"image/jpeg": ".jpg", "image/png": ".png"}[expected]
        assert Image.open(BytesIO(picture.data)).get_format_mimetype() == expected

    def test_drawing_keeps_its_lines(self) -> None:
        """A drawing that need not shrink comes out pixel by pixel as it was."""
        assert pixels(one(file(drawing(), "PNG"))).tobytes() == drawing().tobytes()

    def test_name_does_not_matter(self) -> None:
        """A PNG named .jpg is a PNG, and its name stays."""
        picture = one(file(drawing(), "PNG"), name="pictures/ring.jpg")
        assert (picture.name, picture.suffix) == ("pictures/ring.jpg", ".png")

    def test_jpeg_is_plain(self) -> None:
        """A JPEG is not progressive, and its colour is stored at half the width and height."""
        data = one(file(photograph(400, 300), "PNG")).data
        start = data.index(b"\xff\xc0")
        assert data[start + 11] == 0x22
        assert not Image.open(BytesIO(data)).info.get("progressive")

    def test_svg_is_the_same_at_each_width(self) -> None:
        """A drawing in SVG is cleaned once, measured, and repeated for each width."""
        data = b'\xef\xbb\xbf\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240"/>'
        large, small = prepare_picture("pictures/a.png", data, (PRINT_WIDTH, SCREEN_WIDTH))
        assert large == small
        assert (large.media_type, large.suffix) == ("image/svg+xml", ".svg")
        assert (large.width, large.height) == (320, 240)

    def test_svg_in_another_encoding(self) -> None:
        """An SVG in UTF-16 is an SVG."""
        text = '<?xml version="1.0" encoding="UTF-16"?><svg viewBox="0 0 320 240"/>'
        assert one(text.encode("utf-16")).media_type == "image/svg+xml"


class TestPrivacy:
    """Nothing but pixels is published."""

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    @pytest.mark.parametrize("size", [(80, 60), (4000, 3000)], ids=["kept", "shrunk"])
    def test_metadata_is_gone(self, kind: str, size: tuple[int, int]) -> None:
        """Place, camera, comments, texts and profile of the file are not in what comes out."""
        if kind != "JPEG" and size[0] > 80:
            size = (1300, 975)
        exif = Image.Exif()
        exif[0x010F] = "SECRET-MAKER"
        exif[0x8769] = {0x9286: b"SECRET-NOTE"}
        exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)}
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", "SECRET-AUTHOR")
        texts.add_itxt("XML:com.adobe.xmp", "<SECRET-XMP/>", zip=True)
        own: dict[str, dict[str, object]] = {
            "JPEG": {"comment": "SECRET-COMMENT", "xmp": b"<SECRET-XMP/>"},
            "PNG": {"pnginfo": texts},
            "WEBP": {"xmp": b"<SECRET-XMP/>"},
        }
        options = own[kind] | {"exif": exif, "icc_profile": srgb(), "dpi": (72, 72)}
        image = photograph(*size) if kind == "JPEG" else drawing().resize(size)
        data = file(image, kind, **options)
        assert b"SECRET" in data
        picture = one(data)
        for trace in (b"SECRET", b"Exif", b"eXIf", b"acsp", b"ICC", b"iCCP", b"tEXt", b"iTXt"):
            assert trace not in picture.data
        info = Image.open(BytesIO(picture.data)).info
        assert info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


class TestFaults:
    """Files that cannot be used, and what the teacher reads."""

    @pytest.mark.parametrize("data", [b"", b"\0" * 100, b"knees to chest", b"RIFF\0\0\0\0WAVE"])
    def test_no_picture(self, data: bytes) -> None:
        """An empty file and a file of something else are told apart."""
        expected = "is not a picture that can be used; save it as PNG, JPEG, WebP or SVG"
        with pytest.raises(PictureError, match=expected if data else r"is empty \(0 bytes\)"):
            one(data)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (file(drawing(), "GIF"), "a GIF file"),
            (file(drawing(), "TIFF"), "a TIFF file"),
            (file(drawing(), "BMP"), "a BMP file"),
            (file(drawing(), "EPS"), "an EPS file"),
            (file(drawing(), "AVIF"), "an AVIF file"),
            (file(drawing(), "JPEG2000"), "a JPEG 2000 file"),
            (file(drawing(), "ICO"), "an icon file"),
            (file(drawing(), "PDF"), "a PDF file"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIC file"),
            (b"\x1f\x8b\x08\0", "a compressed file"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_other_formats(self, data: bytes, words: str) -> None:
        """A picture of another format is named, with what to save it as."""
        with pytest.raises(PictureError) as caught:
            one(data, name="pictures/a.png")
        assert str(caught.value) == (
            f"this is {words}, which cannot be used; save it as PNG, JPEG, WebP or SVG"
        )

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    @pytest.mark.parametrize("part", [0.001, 0.1, 0.5, 0.95])
    def test_truncated(self, kind: str, part: float, monkeypatch: pytest.MonkeyPatch) -> None:
        """A picture that was cut off is refused, even where WeasyPrint told Pillow to fill it."""
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
        data = file(photograph(400, 300), kind)
        with pytest.raises(PictureError, match="damaged or cut off; export or copy it again"):
            one(data[: 12 + int(len(data) * part)])
        assert ImageFile.LOAD_TRUNCATED_IMAGES is True

    def test_damaged_png(self) -> None:
        """A PNG whose checksum is wrong is refused."""
        data = bytearray(file(drawing(), "PNG"))
        data[data.index(b"IDAT") + 20] ^= 0xFF
        with pytest.raises(PictureError, match="damaged or cut off"):
            one(bytes(data))

    def test_no_pixels(self) -> None:
        """A picture without width is refused."""
        with pytest.raises(PictureError, match="damaged or cut off"):
            one(png(0, 8, 0, b""))

    def test_too_many_bytes(self) -> None:
        """A file of more than 40 MB is refused before it is looked into."""
        with pytest.raises(PictureError, match=r"takes 41 MB, and 40 MB is the limit; export it"):
            one(b"\xff\xd8\xff" + bytes(41_000_000))

    @pytest.mark.parametrize("size", [(9000, 9000), (9700, 9700), (60000, 60000), (40000, 1)])
    def test_too_many_pixels(self, size: tuple[int, int]) -> None:
        """A small file that claims to be huge is refused by its header, without a warning."""
        header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
        chunk = b"IHDR" + header
        data = b"\x89PNG\r\n\x1a\n\0\0\0\r" + chunk + struct.pack(">I", zlib.crc32(chunk))
        body = b"IDAT" + zlib.compress(b"\0")
        data += struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        with pytest.raises(PictureError, match=rf"too large \({size[0]} × {size[1]} pixels\); exp"):
            one(data)

    def test_limit_is_met_exactly(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A picture of as many pixels as are allowed passes, and one row more does not."""
        monkeypatch.setattr(raster, "LARGEST_AREA", 1200)
        assert one(file(Image.new("L", (40, 30)), "PNG")).width == 40
        with pytest.raises(PictureError, match="too large"):
            one(file(Image.new("L", (40, 31)), "PNG"))

    def test_fault_of_an_svg_has_its_line(self) -> None:
        """What is wrong in an SVG is told with its line, through the same error."""
        with pytest.raises(PictureError) as caught:
            one(b'<svg viewBox="0 0 9 9">\n<g>\n</svg>')
        assert caught.value.line == 3

    def test_other_faults_have_no_line(self) -> None:
        """A picture of pixels has no lines."""
        with pytest.raises(PictureError) as caught:
            one(b"?")
        assert caught.value.line == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_same_bytes_each_time(kind: str) -> None:
    """The same file gives the same bytes."""
    data = file(photograph(1300, 975), kind)
    assert one(data) == one(data)


def test_metadata_does_not_change_the_bytes() -> None:
    """Two files with the same pixels become the same picture."""
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    assert one(file(drawing(), "JPEG", exif=exif)) == one(file(drawing(), "JPEG"))
