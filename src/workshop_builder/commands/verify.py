"""A package that someone received: whether it is whole, and what it is."""

from __future__ import annotations

from pathlib import Path

from workshop_builder.output.verify import verify


def describe(place: Path) -> str:
    """Return a line about a package that is whole; raises SourceError where it is not."""
    package = verify(place)
    title = f"{package.title}, " if package.title else ""
    files = "1 file" if package.files == 1 else f"{package.files} files"
    made = f"made by {package.program}" if package.program else "it does not say what made it"
    judged = f"; judged by {', '.join(package.judges)}" if package.judges else ""
    return f"{place}: whole: {title}{files}; {made}{judged}"
