"""The system's libraries for setting text: how they are found, and what to do if they are not."""

from __future__ import annotations

import ctypes.util
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from workshop_builder.errors import BuildError, Problem

_MISSING = (
    "the system's libraries for setting text are missing; on Debian and Ubuntu type: sudo apt-get "
    "install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0"
)
_SAYING = {"libpango-1.0.so.0": "pango_version_string", "libharfbuzz.so.0": "hb_version_string"}
"""The function of a library that says its version."""


def versions() -> str:
    """Return the versions of those from which the look of a text follows; empty without them."""
    try:
        found = [getattr(ctypes.CDLL(name), function) for name, function in _SAYING.items()]
    except OSError:
        return ""
    for function in found:
        function.restype = ctypes.c_char_p
    return " ".join(function().decode() for function in found)


@contextmanager
def found_by_name() -> Iterator[None]:
    """Let the engine, when imported in this context, look for its libraries by name only.

    On Linux it would otherwise look with a compiler for those that it does not find by name, again
    and again and in vain: half the time of the import. Raises BuildError where one that it needs
    is missing.
    """
    kept = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005  the signature of ctypes
    try:
        with redirect_stdout(io.StringIO()):
            yield
    except OSError as error:
        raise BuildError([Problem("workshop", 0, _MISSING)]) from error
    finally:
        ctypes.util.find_library = kept
