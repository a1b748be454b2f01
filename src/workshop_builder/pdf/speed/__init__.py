"""The engine with less work: changes to WeasyPrint that leave every byte of a file as it is.

Each module holds one, written as it could be offered to the engine. They are made to the version
alone that they were written for, which constraints.txt pins; any other does without.
"""

from __future__ import annotations

import cssselect2
import fontTools
import weasyprint

from workshop_builder.pdf.speed import (
    backgrounds,
    cascade,
    flow,
    letters,
    lines,
    numbers,
    percentages,
    selectors,
    styles,
    targets,
    text,
)

VERSIONS = ("70.0", "0.10.1", "4.68.0")
"""The engine's, and those of what it works with, that the changes were written for."""

_CHANGES = (
    backgrounds.look_at_styles,
    cascade.put_together_once,
    flow.look_once,
    flow.look_straight,
    letters.count_not,
    letters.copy_once,
    letters.leave_empty_ones,
    lines.set_once,
    numbers.write_at_once,
    percentages.resolve_at_once,
    selectors.wrap_once,
    styles.answer_at_once,
    styles.read_once,
    targets.listen_to_what_is_asked,
    text.measure_once,
    text.set_up_once,
)


def is_known() -> bool:
    """Return whether the engine is the version whose inner functions we know."""
    return (weasyprint.__version__, cssselect2.VERSION, fontTools.version) == VERSIONS


def apply() -> bool:
    """Change the engine that is imported, if it is the one; return whether it is."""
    if not is_known():
        return False
    for change in _CHANGES:
        change()
    return True
