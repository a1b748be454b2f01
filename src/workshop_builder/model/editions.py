"""Formats, editions and papers: the lists that the forms, the products and the command go by.

The command reads its arguments before anything heavy is imported, so nothing is imported here.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

ProductFormat: TypeAlias = Literal["pdf", "epub", "site"]
EditionName: TypeAlias = Literal["standard", "ink-saver", "large-print"]
PaperName: TypeAlias = Literal["a4", "letter"]
SheetName: TypeAlias = Literal["a4", "letter", "a3", "tabloid"]
Surface: TypeAlias = Literal["paper", "poster", "screen"]

EDITIONS: tuple[EditionName, ...] = get_args(EditionName)
PAPERS: dict[PaperName, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}
"""Width and height of each paper in millimetres."""
POSTERS: dict[PaperName, tuple[SheetName, tuple[float, float]]] = {
    "a4": ("a3", (297, 420)),
    "letter": ("tabloid", (279.4, 431.8)),
}
"""Where a paper is used, the sheet of a poster, which is twice as large, in millimetres."""
SCREEN = (338.67, 190.5)
"""Width and height of a slide of 16 to 9, in millimetres: 13.33 by 7.5 inches."""
