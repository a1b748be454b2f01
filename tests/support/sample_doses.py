"""The doses of the sample's exercises, written down by hand, and the time they take."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sample import HANDOUT, WHOLE, shown

DOSES = {
    "Long-leg check": "Do it once each side, once a week.",
    "Leg-raise check": "Do it once each side, once a week.",
    "Seated figure four": "Hold 30 seconds, once each side, once a week.",
    "Pelvic tilt": "Hold 2–5 seconds, 5–10 times, 1–3 times a day.",
    "Knee rolls": "Hold 1 breath, 5–10 times each side, every day.",
    "Cat and camel": "Do it 5–10 times, every day.",
    "Knees to chest": "Hold 45 seconds, every day.",
    "Hip flexor stretch": "Hold 20–60 seconds, once each side, every day.",
    "Straight-leg hamstring stretch": "Hold 20–60 seconds, once each side, every day.",
    "Figure four": "Hold 45 seconds, once each side, every day.",
    "Bottom to heels": "Hold 20–30 seconds, 2–3 times, every day.",
    "Bridge": "Hold 3–5 seconds, 1–2 sets of 5–10, 2–3 times a week.",
    "Forearm prop": "Hold 2–5 seconds, 5–10 times, every day.",
    "Chair hamstring hinge": "Hold 20–60 seconds, once each side, every day.",
    "Standing hip flexor stretch": "Hold 20–60 seconds, once each side, every day.",
    "Standing back bend": "Do it 5 times, in a break from sitting.",
    "Seated pelvic rock": "Do it 10 times, every day.",
    "Sit to stand": "Do it 1–2 sets of 5–10, 2–3 times a week.",
    "Two-minute walk": "Keep moving for 2 minutes, in a break from sitting.",
    "Legs on a chair": "Rest 3–5 minutes, every day.",
}
"""What the fields of each exercise give, written down once more by hand, in the book's order."""
RECORDS = ("Long-leg check", "Leg-raise check", "Seated figure four")
"""On the handout the checks are boxes to write in, without steps and dose."""


HOLDS_OF_THE_ROUTINE = dict.fromkeys(
    (
        "Hip flexor stretch",
        "Straight-leg hamstring stretch",
        "Chair hamstring hinge",
        "Standing hip flexor stretch",
    ),
    45,
)
"""Where the hold grows from week to week: the seconds by which the routine is timed."""


def expected(product: str) -> dict[str, str]:
    """Return the doses that a product shows, in its order; of a check the handout has the hold."""
    doses = {exercise.fields.name: DOSES[exercise.fields.name] for exercise in shown(product)}
    untold = [name for name in RECORDS if not DOSES[name].startswith("Hold ")]
    return doses | (dict.fromkeys(untold, "") if product in (HANDOUT, WHOLE) else {})


CHANGE_SECONDS = 15
"""From one side, or from one exercise, to the next (content brief, claim 17)."""
BREATH_SECONDS = 8
"""One slow movement that is not held."""


def time_of(name: str) -> tuple[int, int]:
    """Return the least and the most seconds that an exercise takes, both sides together."""
    dose = DOSES[name]
    held = re.match(r"\D+(\d+)(?:–(\d+))? (seconds|minutes)\b", dose)
    unit = 60 if held and held[3] == "minutes" else 1
    hold = _ends(held[1], held[2]) if held else (BREATH_SECONDS, BREATH_SECONDS)
    times = re.search(r"(\d+)(?:–(\d+))? times\b(?! a)|sets of (\d+)–(\d+)", dose)
    counts = _ends(times[1] or times[3], times[2] or times[4]) if times else (1, 1)
    sets = re.search(r"(\d+)–(\d+) sets", dose)
    rounds = _ends(sets[1], sets[2]) if sets else (1, 1)
    both = [hold[end] * unit * counts[end] * rounds[end] * sides(name) for end in (0, 1)]
    return both[0], both[1]


def sides(name: str) -> int:
    """Return how many times one sets up for an exercise."""
    return 2 if "each side" in DOSES[name] else 1


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
