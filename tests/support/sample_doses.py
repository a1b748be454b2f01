"""The doses of the sample's exercises, written down by hand, and the time they take."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sample import shown

DOSES = {
    "Long-leg check": ("1 time each side", "Once a week"),
    "Leg-raise check": ("1 time each side", "Once a week"),
    "Seated figure four": ("30 s hold", "1 time each side", "Once a week"),
    "Pelvic tilt": ("2–5 s hold", "5–10 times", "1–3 times a day"),
    "Knee rolls": ("2–5 s hold", "5–10 times each side", "Daily"),
    "Cat and camel": ("5–10 times", "Daily"),
    "Knees to chest": ("45 s hold", "1 time", "Daily"),
    "Hip flexor stretch": ("45 s hold", "1 time each side", "Daily"),
    "Straight-leg hamstring stretch": ("45 s hold", "1 time each side", "Daily"),
    "Figure four": ("45 s hold", "1 time each side", "Daily"),
    "Bottom to heels": ("20–30 s hold", "2–3 times", "Daily"),
    "Bridge": ("3–5 s hold", "5–10 times", "Most days"),
    "Forearm prop": ("2–5 s hold", "5–10 times", "Daily, if it eases you"),
    "Chair hamstring hinge": ("30–45 s hold", "1 time each side", "Daily"),
    "Standing hip flexor stretch": ("30–45 s hold", "1 time each side", "Daily"),
    "Standing back bend": ("5 times", "In a sitting break"),
    "Seated pelvic rock": ("10 times", "In a sitting break"),
    "Sit to stand": ("5 times", "In a sitting break"),
    "Two-minute walk": ("2 min on the move", "1 time", "In a sitting break"),
    "Legs on a chair": ("3–5 min rest", "1 time", "Daily"),
}
"""What the fields of each exercise give, written down once more by hand, in the book's order."""
RECORDS = ("Long-leg check", "Leg-raise check", "Seated figure four")
"""On the handout the checks are boxes to write in, without steps and dose."""


def expected(product: str) -> dict[str, tuple[str, ...]]:
    """Return the doses that a product shows, in its order."""
    doses = {exercise.fields.name: DOSES[exercise.fields.name] for exercise in shown(product)}
    return doses | (dict.fromkeys(RECORDS, ()) if product == "handout" else {})


CHANGE_SECONDS = 15
"""From one side, or from one exercise, to the next (content brief, claim 17)."""
BREATH_SECONDS = 8
"""One slow movement that is not held."""


def time_of(name: str) -> tuple[int, int]:
    """Return the least and the most seconds that an exercise takes, both sides together."""
    dose = " ".join(DOSES[name])
    held = re.match(r"(\d+)(?:–(\d+))? (s|min)\b", dose)
    unit = 60 if held and held[3] == "min" else 1
    hold = _ends(held[1], held[2]) if held else (BREATH_SECONDS, BREATH_SECONDS)
    times = re.search(r"(\d+)(?:–(\d+))? times?\b", dose)
    assert times, dose
    counts = _ends(times[1], times[2])
    return hold[0] * unit * counts[0] * sides(name), hold[1] * unit * counts[1] * sides(name)


def sides(name: str) -> int:
    """Return how many times one sets up for an exercise."""
    return 2 if "each side" in " ".join(DOSES[name]) else 1


def routine(names: Iterable[str]) -> tuple[int, int]:
    """Return the least and the most seconds of exercises one after the other, with the changes."""
    done = list(names)
    changes = (sum(map(sides, done)) - 1) * CHANGE_SECONDS
    spans = [time_of(name) for name in done]
    return sum(low for low, _ in spans) + changes, sum(high for _, high in spans) + changes


def clock(seconds: int) -> str:
    """Return a time like 4:45."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _ends(low: str, high: str | None) -> tuple[int, int]:
    return int(low), int(high or low)
