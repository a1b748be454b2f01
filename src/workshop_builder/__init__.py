"""Workshop Builder: a workshop written once, made into all that students need.

Two functions do what the command does: `load` reads a source folder, `build`
makes the products of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workshop_builder.builder import Request, build
    from workshop_builder.errors import (
        BuildError,
        Problem,
        RequestError,
        SourceError,
        WorkshopError,
    )
    from workshop_builder.loading.load import load_folder as load
    from workshop_builder.model.workshop import Workshop

_HOMES = {
    "BuildError": ("errors", "BuildError"),
    "Problem": ("errors", "Problem"),
    "Request": ("builder", "Request"),
    "RequestError": ("errors", "RequestError"),
    "SourceError": ("errors", "SourceError"),
    "Workshop": ("model.workshop", "Workshop"),
    "WorkshopError": ("errors", "WorkshopError"),
    "build": ("builder", "build"),
    "load": ("loading.load", "load_folder"),
}
"""Where each public name lives; looked up at first use, since `workshop --help` needs none."""

__all__ = [
    "BuildError",
    "Problem",
    "Request",
    "RequestError",
    "SourceError",
    "Workshop",
    "WorkshopError",
    "build",
    "load",
]


def __getattr__(name: str) -> object:
    """Return a public name from the module in which it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, own_name = _HOMES[name]
    value: object = getattr(import_module(f"{__name__}.{module}"), own_name)
    globals()[name] = value
    return value
