"""Which form of a word a number takes, by the rules of Unicode's CLDR for whole numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

CATEGORIES = ("zero", "one", "two", "few", "many")
"""The forms that a rule can name; `other` is what no rule takes."""

_RANGES = r"\d+(?:\.\.\d+)?(?:, ?\d+(?:\.\.\d+)?)*"
_RELATION = re.compile(rf"([nivwfte])(?: % ([1-9]\d*))? (=|!=) ({_RANGES})", re.ASCII)


def is_rule(text: str) -> bool:
    """Return whether `text` is a rule such as `n % 10 = 2..4 and n % 100 != 12..14`."""
    return all(_RELATION.fullmatch(each.strip()) for each in re.split(r" and | or ", text))


def category(rules: Mapping[str, str], number: int) -> str:
    """Return the form that a whole number takes by the first of `rules` that holds, or `other`."""
    return next((name for name, rule in rules.items() if _holds(rule, number)), "other")


def _holds(rule: str, number: int) -> bool:
    return any(
        all(_is_so(relation.strip(), number) for relation in choice.split(" and "))
        for choice in rule.split(" or ")
    )


def _is_so(relation: str, number: int) -> bool:
    found = _RELATION.fullmatch(relation)
    if not found:
        raise ValueError(f"'{relation}' is no rule of plurals")
    # n and i are the number itself; the others count digits after the point: there are none.
    value = number if found[1] in "ni" else 0
    value %= int(found[2]) if found[2] else value + 1
    ends = [[int(end) for end in part.split("..")] for part in found[4].split(",")]
    return any(low <= value <= high for low, *_, high in [[*each, each[-1]] for each in ends]) == (
        found[3] == "="
    )
