"""The letters of a font that a PDF shows, at their weight and size: cut out once, and kept."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from weasyprint.pdf.fonts import Font

from workshop_builder.output.store import PIECES
from workshop_builder.pdf import speed, warnings_log
from workshop_builder.source import fingerprint

LOGGER = logging.getLogger("weasyprint")

_clean = Font.clean


@contextmanager
def kept() -> Iterator[None]:
    """Let PDFs that are written meanwhile take the letters that were cut out before."""
    if speed.is_known():
        Font.clean = _clean_once
    try:
        yield
    finally:
        Font.clean = _clean


def _clean_once(self: Any, letters: Mapping[int, str], hinting: bool) -> None:  # noqa: ANN401, FBT001
    """Do what `Font.clean` does, which changes the content of the file alone."""
    parts = tuple(_parts(self, letters, hinting))
    found = PIECES.found(parts)
    if found is not None:
        self.file_content = found
        return
    with warnings_log.collected() as log:
        _clean(self, letters, hinting)
    for line in log.lines:
        LOGGER.warning("%s", line)
    if not log.lines:
        PIECES.keep(parts, self.file_content)


def _parts(font: Any, letters: Mapping[int, str], hinting: bool) -> Iterator[str]:  # noqa: ANN401, FBT001
    """Yield all that the letters follow from."""
    yield "letters"
    yield fingerprint.program()
    yield sha256(font.file_content).hexdigest()
    axes = sorted(font.variations.items())
    yield repr((font.index, axes, font.weight, font.font_size, font.style, bool(font.missing)))
    yield repr((sorted(letters), hinting))
