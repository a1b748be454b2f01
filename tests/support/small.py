"""A workshop as small as they get, for tests of the build itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SETTINGS = """title: Rest well
language: en
slug: rest
safety:
  stop_if: [sharp pain]
products: {products}
"""
CHAPTER = """---
title: Lie down
---

Lie on the floor, and breathe.
"""
EXERCISE = """---
name: Rest
hold: 2 min
frequency: daily
caution: Not on a cold floor.
---

1. Lie on your back.
2. Breathe out slowly.
"""


def write(
    folder: Path, products: str = "{handout: {}, epub: {}}", more: Mapping[str, str] | None = None
) -> Path:
    """Write the small workshop into `folder`, with `more` files in it; return the folder."""
    files = {
        "workshop.yaml": SETTINGS.format(products=products),
        "chapters/01-lie-down.md": CHAPTER,
        "exercises/rest.md": EXERCISE,
    }
    for name, text in (files | dict(more or {})).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
