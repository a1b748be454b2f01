"""The engine with less work: changes to WeasyPrint that leave every byte of a file as it is.

Each module holds one, written as it could be offered to the engine. They are made to the version
alone that they were written for, which constraints.txt pins; any other does without.
"""

from __future__ import annotations

import weasyprint

from workshop_builder.pdf.speed import (
    backgrounds,
    numbers,
    percentages,
    selectors,
    styles,
    targets,
    text,
)

VERSION = "70.0"
"""The engine's, that the changes were written for."""

_CHANGES = (
    backgrounds.look_at_styles,
    numbers.write_at_once,
    percentages.resolve_at_once,
    selectors.wrap_once,
    styles.answer_at_once,
    targets.listen_to_what_is_asked,
    text.measure_once,
    text.set_up_once,
)


def is_known() -> bool:
    """Return whether the engine is the version whose inner functions we know."""
    return bool(weasyprint.__version__ == VERSION)


def apply() -> bool:
    """Change the engine that is imported, if it is the one; return whether it is."""
    if not is_known():
        return False
    for change in _CHANGES:
        change()
    return True
