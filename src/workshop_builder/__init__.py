"""Workshop Builder: a workshop written once, made into all that students need.

Two functions do what the command does: `load` reads a source folder, `build`
makes the products of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workshop_builder.builder import build
    from workshop_builder.errors import (
        BuildError,
        OutputError,
        PrintError,
        Problem,
        PublishError,
        RequestError,
        SourceError,
        WorkshopError,
    )
    from workshop_builder.loading.load import load
    from workshop_builder.model.workshop import Chapter, Exercise, Settings, Workshop
    from workshop_builder.output.package import File
    from workshop_builder.workers import Limits

    __version__: str

_HOMES = {
    "BuildError": "errors",
    "Chapter": "model.workshop",
    "Exercise": "model.workshop",
    "File": "output.package",
    "Limits": "workers",
    "OutputError": "errors",
    "PrintError": "errors",
    "Problem": "errors",
    "PublishError": "errors",
    "RequestError": "errors",
    "Settings": "model.workshop",
    "SourceError": "errors",
    "Workshop": "model.workshop",
    "WorkshopError": "errors",
    "build": "builder",
    "load": "loading.load",
}
"""The module of each public name; imported at first use, since `workshop --help` needs none."""

__all__ = [
    "BuildError",
    "Chapter",
    "Exercise",
    "File",
    "Limits",
    "OutputError",
    "PrintError",
    "Problem",
    "PublishError",
    "RequestError",
    "Settings",
    "SourceError",
    "Workshop",
    "WorkshopError",
    "__version__",
    "build",
    "load",
]


def __getattr__(name: str) -> object:
    """Return a public name from its module, or the version from the installed package."""
    if name == "__version__":
        value: object = import_module(f"{__name__}.resources").version()
    elif name in _HOMES:
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
