"""The words that programs pack into a PNG, such as the plan of a diagram: left out before reading.

Pillow refuses a picture with more than a megabyte of them, though they do not draw.
"""

from __future__ import annotations

_SIGNATURE = 8
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")


def without_text(data: bytes) -> bytes:
    """Return a PNG without its texts; what is cut off at its end stays cut off."""
    kept = [data[:_SIGNATURE]]
    start = _SIGNATURE
    while start < len(data):
        length = int.from_bytes(data[start : start + 4], "big")
        end = start + 12 + length  # its length, its kind, the content, the checksum
        if end > len(data) or data[start + 4 : start + 8] not in _TEXTS:
            kept.append(data[start:end])
        start = end
    return b"".join(kept)
