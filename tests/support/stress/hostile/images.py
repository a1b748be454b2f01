"""Pictures and drawings that are odd."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from functools import partial

from PIL import Image

from stress.hostile.parts import Write, as_picture

_HEAD = b"\x89PNG\r\n\x1a\n"


def _png(
    width: int, height: int, *more: tuple[bytes, bytes], depth: int = 8, kind: int = 0
) -> bytes:
    """Return a PNG of a size, of almost no data, with more chunks before these."""
    size = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    chunks = [(b"IHDR", size), *more, (b"IDAT", zlib.compress(bytes(4000))), (b"IEND", b"")]
    return _HEAD + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def _saved(form: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: object) -> bytes:
    packed = io.BytesIO()
    Image.new(mode, size).save(packed, form, **how)
    return packed.getvalue()


_BOMB = zlib.compress(bytes(50_000_000), 9)
_GOOD = _saved("PNG")
_PHOTO = _saved("JPEG")
_RASTERS = {
    "900 million pixels": ("png", _png(30_000, 30_000)),
    "no width": ("png", _png(0, 10)),
    "a width below nothing": ("png", _png(2**31 + 5, 10)),
    "a million by one": ("png", _png(1_000_000, 1)),
    "one by 60,000": ("png", _saved("PNG", (1, 60_000))),
    "a profile that is a bomb": ("png", _png(9, 9, (b"iCCP", b"a\0\0" + _BOMB))),
    "a text that is a bomb": ("png", _png(9, 9, (b"zTXt", b"a\0\0" + _BOMB))),
    "a language text that is a bomb": ("png", _png(9, 9, (b"iTXt", b"a\0\1\0\0\0" + _BOMB))),
    "a palette without colours": ("png", _png(9, 9, (b"PLTE", b""), kind=3)),
    "no palette": ("png", _png(9, 9, kind=3)),
    "3 bits": ("png", _png(9, 9, depth=3)),
    "an unknown kind": ("png", _png(9, 9, kind=7)),
    "cut": ("png", _GOOD[:60]),
    "the head alone": ("png", _HEAD),
    "a wrong sum": ("png", _GOOD[:-6] + b"XXXXXX"),
    "a tail": ("png", _GOOD + b"<script>" * 1000),
    "16 bits": ("png", _saved("PNG", mode="I;16")),
    "one colour alone, clear": ("png", _saved("PNG", mode="LA")),
    "a photo named as a PNG": ("png", _PHOTO),
    "text named as a PNG": ("png", b"<html><script>alert(1)</script>"),
    "a zip named as a PNG": ("png", b"PK\x03\x04" + bytes(100)),
    "a page to print named as a photo": ("jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9"),
    "nothing": ("jpg", b""),
    "a photo that is cut": ("jpg", _PHOTO[:300]),
    "a photo in printing inks": ("jpg", _saved("JPEG", mode="CMYK")),
    "a photo with odd notes": ("jpg", _PHOTO[:2] + b"\xff\xe1\xff\xffExif\0\0MM" + _PHOTO[2:]),
    "a photo on its side": ("jpg", _saved("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff")),
    "a photo of many steps": ("jpg", _saved("JPEG", progressive=True)),
    "a moving picture": (
        "webp",
        _saved("WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40), "red")] * 50),
    ),
    "a WebP that is cut": ("webp", _saved("WEBP")[:40]),
    "a GIF named as a WebP": ("webp", _saved("GIF", mode="P")),
    "a TIFF named as a PNG": ("png", _saved("TIFF")),
}
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
_SIZED = _SVG + 'viewBox="0 0 100 100" width="100" height="100">'
_LAUGHS = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "ha">' for n in range(12)
)
_INSIDE = {
    "far picture": '<image href="FAR/a.png" width="9" height="9"/>',
    "far picture by xlink": '<image xlink:href="FAR/a.png" width="9" height="9"/>',
    "file": '<image href="file://OUT/secret.png" width="9" height="9"/>',
    "picture upwards": '<image href="UP/secret.png" width="9" height="9"/>',
    "drawing upwards": '<use href="UP/secret.svg#a"/>',
    "use of itself": '<g id="a"><use href="#a"/></g>',
    "use in a ring": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "use that is a bomb": '<rect id="u0" width="1" height="1"/>'
    + "".join(f'<g id="u{n}">{f"""<use href="#u{n - 1}"/>""" * 10}</g>' for n in range(1, 10)),
    "gradient of itself": '<linearGradient id="a" href="#a"/><rect fill="url(#a)" width="9"/>',
    "gradients in a ring": '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>'
    '<rect width="9" height="9" fill="url(#a)"/>',
    "pattern of itself": '<pattern id="a" width="1" height="1"><rect fill="url(#a)" width="1" '
    'height="1"/></pattern><rect width="99" height="99" fill="url(#a)"/>',
    "pattern without a size": '<pattern id="a" width="1e-30" height="1e-30"><rect width="1" '
    'height="1"/></pattern><rect width="99" height="99" fill="url(#a)"/>',
    "mask of itself": '<mask id="a"><rect mask="url(#a)" width="9" height="9"/></mask>'
    '<rect mask="url(#a)" width="9" height="9"/>',
    "clip of itself": '<clipPath id="a" clip-path="url(#a)"><rect width="9" height="9"/></clipPath>'
    '<rect clip-path="url(#a)" width="9" height="9"/>',
    "far fill": '<rect fill="url(FAR#a)" width="9" height="9"/>',
    "script": "<script>fetch('FAR')</script>",
    "event": '<rect width="9" height="9" onload="a()"/>',
    "html": '<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml">'
    '<iframe src="FAR"/></body></foreignObject>',
    "link by script": '<a href="javascript:a()"><rect width="9" height="9"/></a>',
    "change of a link": '<a><set attributeName="href" to="javascript:a()"/><rect width="9"/></a>',
    "style with import": "<style>@import url(FAR);</style>",
    "style with an address": "<style>rect { fill: url(FAR) }</style><rect width='9' height='9'/>",
    "style with a font": "<style>@font-face { font-family: a; src: url(FAR) }</style>",
    "style that is open": "<style>rect { fill: </style><rect width='9' height='9'/>",
    "filter that is a bomb": '<filter id="a"><feGaussianBlur stdDeviation="1e9"/></filter>'
    '<rect filter="url(#a)" width="9" height="9"/>',
    "filter with a far picture": '<filter id="a"><feImage href="FAR/a.png"/></filter>'
    '<rect filter="url(#a)" width="9" height="9"/>',
    "deep": "<g>" * 5_000 + "</g>" * 5_000,
    "a long path": f'<path d="M0 0{" L1 1" * 200_000}"/>',
    "a path that is none": '<path d="M nan inf L 1e999 z z z A 1"/>',
    "numbers": '<rect x="1e308" y="-1e308" width="1e999" height="nan" stroke-width="1e300"/>',
    "6,000 digits": f'<rect width="{"9" * 6_000}" height="9"/>',
    "a turn by nothing": '<rect width="9" height="9" transform="scale(0) rotate(1e99) matrix(0)"/>',
    "dashes": '<path d="M0 0H100" stroke="red" stroke-dasharray="1e-9"/>',
    "many dots": '<rect width="1" height="1"/>' * 50_000,
    "include": '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="OUT/secret.txt" '
    'parse="text"/>',
    "a long text": f"<text>{'a' * 100_000}</text>",
    "an odd font": '<text font-family="../secret" font-size="1e30">a</text>',
}
_WHOLE = {
    "billion laughs": f"<!DOCTYPE svg [{_LAUGHS}]>{_SIZED}<text>&a11;</text></svg>",
    "file by entity": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file://OUT/secret.txt">]>'
    f"{_SIZED}<text>&a;</text></svg>",
    "far entity": f'<!DOCTYPE svg [<!ENTITY % a SYSTEM "FAR"> %a;]>{_SIZED}</svg>',
    "far doctype": f'<!DOCTYPE svg SYSTEM "FAR/a.dtd">{_SIZED}</svg>',
    "far style sheet": f'<?xml-stylesheet href="FAR/a.css"?>{_SIZED}</svg>',
    "nothing": "",
    "blanks": "  \n ",
    "another root": "<html><body/></html>",
    "without a namespace": '<svg viewBox="0 0 9 9"><rect width="9" height="9"/></svg>',
    "open": _SIZED + "<g>",
    "without a size": _SVG + "/>",
    "a box of nothing": _SVG + 'viewBox="0 0 0 0"/>',
    "a box below nothing": _SVG + 'viewBox="0 0 -5 -5"/>',
    "a box of words": _SVG + 'viewBox="a b c d" width="e" height="f"/>',
    "a huge box": _SVG + 'viewBox="0 0 1e30 1e30"><rect width="9" height="9"/></svg>',
    "a thin box": _SVG + 'viewBox="0 0 100000 1"><rect width="9" height="9"/></svg>',
    "a null": _SIZED + "\0</svg>",
    "a declaration of UTF-16": f'<?xml version="1.0" encoding="UTF-16"?>{_SIZED}</svg>',
    "an unknown encoding": f'<?xml version="1.0" encoding="bomb"?>{_SIZED}</svg>',
    "a version": f'<?xml version="9.9"?>{_SIZED}</svg>',
}
_BYTES = {
    "UTF-16": f"{_SIZED}<rect width='9' height='9'/></svg>".encode("utf-16"),
    "packed": gzip.compress(f"{_SIZED}</svg>".encode()),
    "packed, a bomb": gzip.compress(bytes(50_000_000)),
    "a PNG": _GOOD,
}


def _cases() -> dict[str, Write]:
    """Return a case for each picture."""
    found: dict[str, Write] = {
        f"{ending}: {name}": partial(as_picture, ending, data)
        for name, (ending, data) in _RASTERS.items()
    }
    drawings: dict[str, str | bytes] = {
        **{name: f"{_SIZED}{inside}</svg>" for name, inside in _INSIDE.items()},
        **{f"whole, {name}": text for name, text in _WHOLE.items()},
        **_BYTES,
    }
    return found | {f"svg: {name}": partial(as_picture, "svg", d) for name, d in drawings.items()}


CASES: dict[str, Write] = _cases()
