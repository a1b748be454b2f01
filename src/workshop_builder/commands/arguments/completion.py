"""What the Tab key offers where typer cannot know it."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from workshop_builder.commands.arguments.source import find_source
from workshop_builder.errors import WorkshopError


def products(incomplete: str) -> list[str]:
    """Return what a comma-separated list of products can be completed to."""
    before, comma, _ = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in _names() if name not in before.split(",")]


def product() -> list[str]:
    """Return the products of the workshop here."""
    return list(_names())


def printers() -> list[str]:
    """Return the printers of this machine; none where it cannot print."""
    from workshop_builder.output import printer  # noqa: PLC0415  only at the Tab key

    with suppress(WorkshopError):
        return printer.names()
    return []


def poses() -> list[tuple[str, str]]:
    """Return the names of the ready poses of figures, each with what it is."""
    from workshop_builder.figures import gallery  # noqa: PLC0415  only at the Tab key

    return [(name, gallery.about(file)) for name, file in gallery.poses().items()]


def _names() -> Collection[str]:
    """Return the products of the workshop here, or all products if none can be read."""
    from workshop_builder.model.products import PRODUCTS  # noqa: PLC0415  only at the Tab key
    from workshop_builder.source import yaml_text  # noqa: PLC0415  likewise
    from workshop_builder.source.folder import SETTINGS_FILE  # noqa: PLC0415  likewise

    try:
        text = (find_source(None) / SETTINGS_FILE).read_text(encoding="utf-8-sig")
        settings = yaml_text.read(SETTINGS_FILE, text).data
    except (OSError, ValueError, WorkshopError):
        settings = None
    own = settings.get("products") if isinstance(settings, dict) else None
    return own.keys() if isinstance(own, dict) else [product.name for product in PRODUCTS]
