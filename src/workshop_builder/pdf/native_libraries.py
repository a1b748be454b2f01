"""The system's libraries for setting text: how the engine finds them, and what to do without."""

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


@contextmanager
def sought_by_name() -> Iterator[None]:
    """Let the engine, imported within, find its libraries by the names that they have on Linux.

    Those not there by name it would look for with a compiler, each again and again: for nothing,
    and for half the time of the import. Raises BuildError where one that it needs is missing.
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
