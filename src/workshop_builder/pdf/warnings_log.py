"""What WeasyPrint only logs: collected, and worded as problems."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from workshop_builder.errors import Problem


class _LineCollector(logging.Handler):
    """Keeps the warnings of the engine, each as one line."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(" ".join(record.getMessage().split()))


@contextmanager
def collected() -> Iterator[_LineCollector]:
    """Yield what collects the engine's warnings, which otherwise go to stderr."""
    handler = _LineCollector()
    logger = logging.getLogger("weasyprint")
    logger.handlers, kept = [handler], logger.handlers
    try:
        yield handler
    finally:
        logger.handlers = kept


def style_problem(name: str, line: str) -> Problem:
    """Return a warning about the style sheet `name` as a problem at the line that it names."""
    found = re.fullmatch(r"(.*) at (\d+):\d+, (.*?)\.?", line)
    if not found:
        return Problem(name, 0, f"{line.rstrip('.')}; correct the style")
    return Problem(name, int(found[2]), f"{found[1]}: {found[3]}; correct this line of the style")


def with_remedy(line: str) -> str:
    """Return a warning about a page with what to do about it."""
    glyph = re.search(r"\.notdef glyph .*?: \"(.*)\" \((U\+\w+)\)", line)
    if glyph:
        return f"the character '{glyph[1]}' ({glyph[2]}) is not in the fonts; use another one"
    return f"{line}; correct what it names"
