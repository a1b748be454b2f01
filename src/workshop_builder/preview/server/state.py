"""What the browsers are shown: one value, made anew by each message of the kiln."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workshop_builder.preview.messages import (
    Changed,
    Faults,
    FromKiln,
    Rest,
    Sheet,
    Shown,
    Tab,
    Tabs,
)
from workshop_builder.preview.server.page_images import Size
from workshop_builder.preview.server.supervisor import Restarted


@dataclass(frozen=True, slots=True)
class Piece:
    """A product as it looks now."""

    draft: bool
    """Whether the finished product is still to come."""
    sheets: tuple[Sheet, ...]
    """Of a PDF: its pages."""
    files: Mapping[str, bytes] = field(repr=False)
    """The last finished files, by name."""
    version: str
    """Another one for other files; empty where there are none."""


@dataclass(frozen=True, slots=True)
class Display:
    """All that the page shows."""

    title: str = ""
    """Of the workshop."""
    language: str = "en"
    tabs: tuple[Tab, ...] = ()
    pieces: Mapping[str, Piece] = field(default_factory=dict)
    """By product; what has not been made yet is missing."""
    faults: tuple[str, ...] = ()
    """What is wrong, line by line; the pieces are then the last good ones."""
    busy: bool = True
    """Whether something is being made."""
    rested: float = 0
    """When all was made last, in seconds since 1970; 0 for not yet."""
    restarted: bool = False
    """Whether the kiln has died since the last change of the source."""


def after(display: Display, message: FromKiln | Restarted | Changed, now: float) -> Display:
    """Return the display after a message that came at `now`, in seconds since 1970."""
    match message:
        case Tabs(title, language, tabs):
            kept = {tab.product for tab in tabs}
            pieces = {name: piece for name, piece in display.pieces.items() if name in kept}
            return replace(display, title=title, language=language, tabs=tabs, pieces=pieces)
        case Shown():
            piece = _piece(message, display.pieces.get(message.product))
            return replace(display, pieces={**display.pieces, message.product: piece})
        case Faults(lines):
            return replace(display, faults=lines)
        case Rest():
            return replace(display, busy=False, rested=now)
        case Changed():
            return replace(display, busy=True, restarted=False)
        case Restarted():
            return replace(display, busy=True, restarted=True)


def _piece(shown: Shown, before: Piece | None) -> Piece:
    """Return a product's new look; a draft keeps the finished files from before."""
    if shown.draft:
        files, version = (before.files, before.version) if before else ({}, "")
    else:
        files, version = shown.files, _version(shown.files)
    return Piece(shown.draft, shown.sheets, files, version)


def _version(files: Mapping[str, bytes]) -> str:
    """Return a short name for the contents of files."""
    if not files:
        return ""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(hashlib.sha256(name.encode()).digest())
        total.update(hashlib.sha256(files[name]).digest())
    return total.hexdigest()[:16]


def as_json(
    display: Display, size: Callable[[Sheet], Size | None], *, reader: bool
) -> dict[str, Any]:
    """Return the display as the page reads it; `reader` tells whether the e-book has one."""
    return {
        "title": display.title,
        "language": display.language,
        "faults": display.faults,
        "busy": display.busy,
        "rested": display.rested,
        "restarted": display.restarted,
        "reader": reader,
        "tabs": [_tab(tab, display.pieces.get(tab.product), size) for tab in display.tabs],
    }


def _tab(tab: Tab, piece: Piece | None, size: Callable[[Sheet], Size | None]) -> dict[str, Any]:
    """Return a tab; each sheet is its PDF, its number there, its width and height in points."""
    sheets = piece.sheets if piece else ()
    measured = [(sheet, size(sheet)) for sheet in sheets]
    return {
        "product": tab.product,
        "title": tab.title,
        "format": tab.format,
        "file": tab.file,
        "made": piece is not None,
        "draft": piece.draft if piece else False,
        "version": piece.version if piece else "",
        "sheets": [[sheet.pdf, sheet.number, *found] for sheet, found in measured if found],
    }
