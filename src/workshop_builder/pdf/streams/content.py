"""The operators of a stream in fewer bytes: each pixel stays as it is.

A renderer sets letters at whole or quarter pixels, and smooths edges by a few steps: the least
difference of a place can move some by one of them. So places keep all their decimals, and spacing
by nothing stays: some renderers set letters that they are told in one string at other places.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

import zopfli.zlib

_COLOUR = re.compile(rb"^[\d. ]*\.\d{4}[\d. ]*(?:rg|RG)$", re.MULTILINE)
_NUMBER = re.compile(rb"\d*\.\d+")
_ENDING_IN_POINT = re.compile(rb"^[-\d. ]*\d\. [-\d. ]*(?:[lmcvy]|re)$", re.MULTILINE)
"""A place or an area of which a number ends in a point, as the engine writes those near whole."""
_UNUSED = re.compile(rb"^1 0 0 1 0 0 cm\n|^0 0 m\n(?=[-\d. ]+ m$)", re.MULTILINE)
"""What changes nothing: a move by nothing, and the place of a path that goes on elsewhere."""
_STEPS = 255
_FINE = 65_535
"""Steps of a colour in a renderer that keeps the upper eight of sixteen bits."""


def slim(content: bytes) -> bytes:
    """Return operators with rounded colours, without those that change nothing.

    They may be a part of a stream that begins and ends between lines.
    """
    content = _UNUSED.sub(b"", content)
    content = _COLOUR.sub(lambda line: _NUMBER.sub(_rounded, line[0]), content)
    content = _ENDING_IN_POINT.sub(lambda line: line[0].replace(b". ", b" "), content)
    return content.replace(b"\n", b" ")


def _rounded(share: re.Match[bytes]) -> bytes:
    return _to_thousandth(share[0])


@lru_cache(maxsize=1024)
def _to_thousandth(share: bytes) -> bytes:
    """Return a share of a colour in thousandths, of the same step of 255, rounded or cut off."""
    exact = float(share)
    nearby = sorted(range(round(exact * 1000) - 3, round(exact * 1000) + 4))
    same = [each for each in nearby if _step(each / 1000) == _step(exact)]
    if not same:
        return share
    nearest = min(same, key=lambda each: abs(each / 1000 - exact))
    return (b"%.3f" % (nearest / 1000)).rstrip(b"0").rstrip(b".")


def _step(share: float) -> tuple[int, int]:
    return round(share * _STEPS), int(share * _FINE) >> 8


def packed_once(content: bytes) -> bytes:
    """Return bytes deflated to be kept: six hundredths less than `packed`, in ten times as long."""
    data: bytes = zopfli.zlib.compress(content, numiterations=1, blocksplittingmax=4)
    return data


def packed(content: bytes) -> bytes:
    """Return bytes deflated, in the way that takes the least room for many unlike numbers."""
    deflate = zlib.compressobj(9, memLevel=6, strategy=zlib.Z_FILTERED)
    return deflate.compress(content) + deflate.flush()
