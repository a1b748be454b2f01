"""The numbers of a page's objects: counted from its first, until the page has its place in a file.

What is said of a page is then the same wherever it stands, and is made once. Its first number is a
multiple of a hundred: the last two digits of all others are known before it is.
"""

from __future__ import annotations

from functools import cache

STEP = 100
"""The first number of a page is a multiple of this, and no less."""
_SIGN = 0x80
"""What stands for the first hundred, five times; no text of a PDF has it or what follows it."""


@cache
def local(number: int) -> bytes:
    """Return a number that is counted from the page's first, in seven signs."""
    hundreds, rest = divmod(number, STEP)
    return _hundred(hundreds) + b"%02d" % rest


@cache
def reference(number: int) -> bytes:
    """Return a reference to the object with such a number."""
    return local(number) + b" 0 R"


@cache
def _hundred(hundreds: int) -> bytes:
    return bytes([_SIGN + hundreds]) * 5


def in_file(data: bytes, first: int, count: int) -> bytes:
    """Return what is said of a page with so many numbers, of which `first` is its first."""
    for hundreds in range(-(-count // STEP)):
        data = data.replace(_hundred(hundreds), b"%5d" % (first // STEP + hundreds))
    return data


def rounded(number: int) -> int:
    """Return the least number, from this on, that can be the first of a page."""
    return max(STEP, -(-number // STEP) * STEP)
