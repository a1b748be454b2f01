"""What an address of the web or of mail looks like among words."""

from __future__ import annotations

import re

_LAST = r"[^\s<>\"'“”„’.,;:!?…)\]*_~]"
WEB = rf"(?:https?://|www\.)[^\s<>\"“”„]*{_LAST}"
MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?<![_-])"
_PLACE = rf"(?:[\w-]+\.)+[a-z]{{2,}}/(?:[^\s<>\"“”„]*{_LAST})?"
BEGIN = r"(?<![\w@/.-])"
PRINTED = re.compile(rf"{BEGIN}(?:{WEB}|{MAIL}|{_PLACE})", re.IGNORECASE)
"""An address among words; a star or line behind it is a mark of Markdown."""
