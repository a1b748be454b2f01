"""A font in a PDF, without what no PDF needs: its names, characters, spacing and hints of style."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

_OUTLINES = b"\x00\x01\x00\x00"
"""What a font of TrueType outlines begins with."""
_SHOWN = {b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"}
"""The tables of such a font that a PDF shows letters with (ISO 32000-1, 9.9)."""
_HEAD, _ENTRY = 12, 16
"""Bytes of the beginning of a font, and of the entry of each table that follows it."""
_ADJUSTMENT = 8
"""Where the table `head` has the sum of the font, and so is counted without it."""
_WHOLE = 0xB1B0AFBA
"""What the sum of all is, with it."""


def shown(font: bytes) -> bytes:
    """Return a font with the tables that a PDF shows; one of other outlines as it is."""
    if not font.startswith(_OUTLINES):
        return font
    tables = {tag: data for tag, data in _tables(font) if tag in _SHOWN}
    begin = tables[b"head"][:_ADJUSTMENT]
    tables[b"head"] = begin + bytes(4) + tables[b"head"][_ADJUSTMENT + 4 :]
    total = struct.pack(">I", (_WHOLE - _sum(_written(tables))) % (1 << 32))
    return _written(tables | {b"head": begin + total + tables[b"head"][_ADJUSTMENT + 4 :]})


def _tables(font: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the tag and the bytes of each table, in the order of their tags."""
    (count,) = struct.unpack_from(">H", font, 4)
    for at in range(_HEAD, _HEAD + _ENTRY * count, _ENTRY):
        tag, _, start, size = struct.unpack_from(">4sIII", font, at)
        yield tag, font[start : start + size]


def _written(tables: Mapping[bytes, bytes]) -> bytes:
    """Return the font of some tables (OpenType, *Organization of an OpenType font*)."""
    power = len(tables).bit_length() - 1
    search = _ENTRY << power
    head = _OUTLINES + struct.pack(">4H", len(tables), search, power, _ENTRY * len(tables) - search)
    body = b""
    begin = _HEAD + _ENTRY * len(tables)
    for tag, data in tables.items():
        bare = data[:_ADJUSTMENT] + bytes(4) + data[_ADJUSTMENT + 4 :] if tag == b"head" else data
        head += struct.pack(">4sIII", tag, _sum(bare), begin + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body


def _sum(data: bytes) -> int:
    """Return the sum of some bytes as numbers of four."""
    whole = data + bytes(-len(data) % 4)
    numbers: tuple[int, ...] = struct.unpack(f">{len(whole) // 4}I", whole)
    return sum(numbers) % (1 << 32)
