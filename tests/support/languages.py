"""The languages of the program, as tests hand them on."""

from __future__ import annotations

from workshop_builder.languages.language import Language
from workshop_builder.languages.read import read


def language_of(code: str) -> Language:
    """Return a language of the program; of one that it does not have, what stands in."""
    return read(code)[0]


ENGLISH = language_of("en")
