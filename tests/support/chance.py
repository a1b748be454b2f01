"""Chance that repeats itself: property tests try the same examples in every run."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.internal.conjecture import providers


def fix_chance() -> None:
    """Let Hypothesis derive its examples from the tests alone.

    By itself it also tries constants of the modules that happen to be loaded, which differ with
    the tests that ran before.
    """
    settings.register_profile("fixed", derandomize=True, database=None, deadline=None)
    settings.load_profile("fixed")
    providers._get_local_constants = lambda: providers._local_constants
