"""Functions of the engine, replaced wherever they were imported by name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def replace(old: Callable[..., Any], new: Callable[..., Any]) -> None:
    """Put `new` in the place of the engine's function `old` in all modules of the engine."""
    of_old = old.__name__
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "weasyprint" and vars(module).get(of_old) is old:
            setattr(module, of_old, new)
