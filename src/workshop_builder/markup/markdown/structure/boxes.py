"""The names of our blocks, `/// name | argument`, and what is wrong with an opening line."""

from __future__ import annotations

from workshop_builder.errors import did_you_mean

MOST_LINES = 40
"""The most ruled lines one `write` block may ask for: about a page."""

MOST_NESTED = 6
"""The most blocks inside each other."""

ALL = "all"
"""What a `swaps` block says for all exercises."""

NEEDS_ARGUMENT = {
    "exercise": "name an exercise, like '/// exercise | knees-to-chest'",
    "exercises": "name a group, like '/// exercises | core'",
    "swaps": "name a group, or say '/// swaps | all'",
    "write": "say how many lines, like '/// write | 6'",
}
"""Blocks that are filled when a product is made, with how to write each."""
_BARE = ("teacher",)
TITLED = ("emergency", "soon", "safety", "note", "tip", "question")
NAMES = (*NEEDS_ARGUMENT, *_BARE, *TITLED)

_CALLOUTS = {
    "note": "note info important abstract summary todo example quote",
    "tip": "tip hint success check done",
    "question": "question help faq",
    "safety": "warning caution danger attention error bug failure",
}
"""Our boxes, and the callouts of other programs that become one."""


def fault(name: str, argument: str) -> str:
    """Return what is wrong with a block of this name and argument, or an empty string."""
    if name not in NAMES:
        known = ", ".join(NAMES)
        hint = did_you_mean(name, NAMES) or f"; the blocks are {known}"
        return f"unknown block '{name}'{hint}"
    if name in NEEDS_ARGUMENT and not argument:
        return f"the block '{name}' has nothing after it; {NEEDS_ARGUMENT[name]}"
    if name in _BARE and argument:
        return f"the block '{name}' takes no title; remove '| {argument}'"
    if name == "write" and not (argument.isdecimal() and 1 <= int(argument) <= MOST_LINES):
        return f"'{argument}' is no number of lines; write a number from 1 to {MOST_LINES}"
    return ""


def of_callout(kind: str) -> str | None:
    """Return the box that a callout such as `WARNING` becomes; None where there is none."""
    names = (box for box, kinds in _CALLOUTS.items() if kind.lower() in kinds.split())
    return next(names, None)
