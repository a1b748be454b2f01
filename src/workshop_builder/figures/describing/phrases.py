"""The words of one language for a figure: parts of the body and places, by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from workshop_builder.languages.language import Words

Which: TypeAlias = str
"""`near`, `far` or `both`; `one` where there is but one."""


def split_place(place: str) -> tuple[str, Which]:
    """Return a place without its side, and the side: `behind far thigh` is `behind thigh`, `far`.

    A place of which there is one is of the near side.
    """
    words = place.split()
    side = next((word for word in words if word in {"near", "far"}), "near")
    return " ".join(word for word in words if word not in {"near", "far"}), side


@dataclass(frozen=True, slots=True, eq=False)
class BodyWords:
    """The words of a language for a body, one of whose sides is near."""

    words: Words
    names: Mapping[str, str]
    """`right` or `left`, by `near` and `far`; `both` stays."""

    def sided(self, phrase: str | Mapping[str, str], which: Which) -> str:
        """Return a phrase of a side; a language can have one for each side, and one for both."""
        name = self.names[which]
        if isinstance(phrase, Mapping):
            return str(phrase[name])
        return phrase.format(side=self.words["sides"].get(name, ""))

    def limb(self, kind: str, which: Which) -> str:
        """Return the name of a limb, such as `right foot`."""
        return self.sided(self.words["limbs"][kind], which)

    def part(self, kind: str, which: Which) -> str:
        """Return the name of a part of the body with its article, such as `the right foot`."""
        return self.sided(self.words["parts"][kind], which)

    def placed(self, kind: str, which: Which, place: str) -> str:
        """Return a limb and where it is, such as `right foot flat on the floor`."""
        return str(self.words["at"].format(part=self.limb(kind, which), place=place))

    def at(self, places: Mapping[str, Any], place: str, which: Which = "near") -> str:
        """Return the words of a place, such as `on the left thigh`.

        Where the place names no side, it is of the side, or of both, that are there.
        """
        plain, side = split_place(place)
        return self.sided(places[plain], side if plain != place else which)

    def joined(self, names: Sequence[str]) -> str:
        """Return names as one text, such as `a, b and c`."""
        if len(names) < 2:
            return "".join(names)
        both: str = self.words["and"].format(first=", ".join(names[:-1]), last=names[-1])
        return both


def sentence(text: str) -> str:
    """Return a text with its capital letter and its full stop."""
    return f"{text[:1].upper()}{text[1:]}."
