"""Formats, editions and papers: the lists that the forms, the products and the command go by.

The command reads its arguments before anything heavy is imported, so nothing is imported here.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

ProductFormat: TypeAlias = Literal["pdf", "epub", "site"]
EditionName: TypeAlias = Literal["standard", "ink-saver", "large-print"]
PaperName: TypeAlias = Literal["a4", "letter"]

EDITIONS: tuple[EditionName, ...] = get_args(EditionName)
PAPERS: dict[PaperName, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}
"""Width and height of each paper in millimetres."""

LARGE_PRINT = (16.0, 18.0)
"""Body text of large print in points (UKAAF G003: at least 16, 18 is better)."""

LARGE_PRINT_PAGES = 3
"""Pages of large print for one of the standard edition: 18 pt to 11 pt, squared and rounded up."""
