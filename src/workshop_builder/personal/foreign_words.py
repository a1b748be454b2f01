"""Words of the workshop on a sheet whose labels are in another language, marked as what they are.

A screen reader then speaks each in its own language, and words break as they do in it.
"""

from __future__ import annotations

from workshop_builder.markup.xhtml import Element

_MIXED = frozenset({"caution", "feel", "easier", "harder", "needs", "need"})
"""Classes of what begins with a label, which is bold, and goes on with words of the workshop."""
_WHOLE = frozenset({"steps", "name", "instead"})
_LABEL = "b"


def mark(root: Element, language: str) -> None:
    """Mark the words of the workshop in a page by their `language`."""
    labels = root.get("lang") or ""
    for element in root.iter("*"):
        classes = set((element.get("class") or "").split())
        safe = element.get("data-safe") or ""
        if classes & _MIXED:
            element.set("lang", language)
            for label in element.iterfind(_LABEL):
                label.set("lang", labels)
        elif (
            classes & _WHOLE
            or element.tag in ("h1", "img")
            or (safe and not safe.startswith("personal"))
        ):
            element.set("lang", language)
