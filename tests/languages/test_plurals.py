"""Rules of plurals, as Unicode's CLDR writes them."""

from __future__ import annotations

import pytest

from workshop_builder.languages.plurals import category, is_rule

POLISH = {
    "one": "i = 1 and v = 0",
    "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
    "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or i % 100 = 12..14",
}


@pytest.mark.parametrize(
    ("rules", "forms"),
    [
        ({"one": "n = 1"}, {0: "other", 1: "one", 2: "other"}),
        ({"one": "n = 0..1"}, {0: "one", 1: "one", 2: "other"}),
        ({"two": "n = 2", "few": "n = 3,5..6"}, {2: "two", 3: "few", 4: "other", 6: "few"}),
        (POLISH, {1: "one", 2: "few", 5: "many", 12: "many", 21: "many", 22: "few"}),
        ({}, {1: "other"}),
    ],
)
def test_category(rules: dict[str, str], forms: dict[int, str]) -> None:
    """A number takes the form of the first rule that holds, or else `other`."""
    assert {number: category(rules, number) for number in forms} == forms


@pytest.mark.parametrize("rule", ["", "one", "n == 1", "n = 1 und n = 2", "n % 0 = 1", "n = 1.."])
def test_not_a_rule(rule: str) -> None:
    """What CLDR would not write is no rule."""
    assert not is_rule(rule)
