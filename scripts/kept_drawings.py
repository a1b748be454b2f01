"""Drawings that stand in docs/, each with a note of the file that it was drawn from.

So a test can see at once which drawing is older than its file, and need draw but a few of them to
see whether the engine draws as it did.
"""

from __future__ import annotations

import hashlib

_LENGTH = 16
"""How many digits of a digest are noted."""
_END = b"</svg>"


def noted(svg: bytes, text: str) -> bytes:
    """Return a drawing with a note of the text of the file that it is drawn from."""
    return svg.replace(_END, b"<!-- " + note(text).encode() + b" -->" + _END)


def note(text: str) -> str:
    """Return what is noted of a file."""
    return f"drawn from {hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]}"
