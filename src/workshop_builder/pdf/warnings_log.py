"""What WeasyPrint only logs: collected, and worded as problems."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from workshop_builder.errors import Problem
from workshop_builder.model.products import Target

LOGGER = logging.getLogger("weasyprint")

IMMENSE = "a size in its template or style is too large to be printed; make it smaller"
"""Where the engine reckons with numbers that it, its libraries or a PDF cannot hold."""

_MOST = 1e6
"""CSS pixels of a length, a quarter of a kilometre: with a little more, text cannot be set."""

_PIXELS = {"px": 1, "pt": 4 / 3, "pc": 16, "q": 0.945, "mm": 3.78, "cm": 37.8, "in": 96}
"""CSS pixels, about, of each unit of length."""

_LENGTH = re.compile(
    r"""/\*.*?\*/|url\([^)]*\)|"[^"\n]*"|'[^'\n]*'"""  # no lengths, but what may look like them
    r"|(?<![\w#.-])-?([\d.]+(?:e\+?\d+)?)(px|pt|pc|q|mm|cm|in)\b",
    re.IGNORECASE | re.DOTALL,
)

_of_glib: list[object] = []
"""What GLib calls, kept alive for it."""


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
    LOGGER.handlers, kept = [handler], LOGGER.handlers
    try:
        yield handler
    finally:
        LOGGER.handlers = kept


def listen_to_glib(ffi: Any, library: Any) -> None:  # noqa: ANN401  made at run time by cffi
    """Let Pango and the like warn where the engine does, and not on stderr.

    `library` is the engine's libgobject, `ffi` that by which the engine has opened it.
    """

    def hear(domain: object, _level: int, message: object, _data: object) -> None:
        said = [ffi.string(part).decode(errors="replace") for part in (domain, message) if part]
        LOGGER.warning("%s", ": ".join(said))

    ffi.cdef("void * g_log_set_default_handler (void *function, void *data);")
    called = ffi.callback("void (const char *, int, const char *, void *)", hear)
    _of_glib.append(called)
    library.g_log_set_default_handler(called, ffi.NULL)


def style_problem(name: str, line: str) -> Problem:
    """Return a warning about the style sheet `name` as a problem at the line that it names."""
    found = re.fullmatch(r"(.*) at (\d+):\d+, (.*?)\.?", line)
    if not found:
        return Problem(name, 0, f"{line.rstrip('.')}; correct the style")
    return Problem(name, int(found[2]), f"{found[1]}: {found[3]}; correct this line of the style")


def huge_sizes(name: str, text: str) -> list[Problem]:
    """Return the lengths in the style sheet `name` that nothing can be set with, each line once."""
    found = {}
    for match in _LENGTH.finditer(text):
        if match[1] and _is_huge(match[1], match[2]):
            found[text.count("\n", 0, match.start()) + 1] = match[0]
    return [
        Problem(name, line, f"'{size}' is too large a size to be printed; make it smaller")
        for line, size in found.items()
    ]


def _is_huge(number: str, unit: str) -> bool:
    """Return whether a length is over the most; what is no number is left to the engine."""
    try:
        return float(number) * _PIXELS[unit.lower()] > _MOST
    except ValueError:
        return False


def problems(lines: Sequence[str], refused: Sequence[str], target: Target) -> list[Problem]:
    """Return what the engine refused to fetch or warned of as problems of a product's file."""
    faults = [not_ours(address) for address in refused]
    faults += [with_remedy(line) for line in dict.fromkeys(lines)]
    return [Problem(target.file, 0, fault) for fault in dict.fromkeys(faults)]


def not_ours(address: str) -> str:
    """Return that nothing is fetched from elsewhere, and what to do about it."""
    return f"'{address}' is not a file of the workshop; save it there"


def with_remedy(line: str) -> str:
    """Return a warning about a page with what to do about it."""
    if line == IMMENSE or "assertion 'size >= 0'" in line or "of ten digits" in line:
        return IMMENSE
    glyph = re.search(r"\.notdef glyph .*?: \"(.*)\" \((U\+\w+)\)", line)
    if glyph:
        return f"the character '{glyph[1]}' ({glyph[2]}) is not in the fonts; use another one"
    return f"{line}; correct what it names"
