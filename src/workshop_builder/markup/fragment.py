"""A piece of a text that stays a tree until a product is written."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """Clean XHTML, such as the text of a chapter or a step; a template prints it as it is."""

    root: Element = field(repr=False, default_factory=xhtml.division)
    """A `div` that holds it. All products share it: who changes something works on a copy."""

    def copy(self) -> Element:
        """Return a tree of the same content to be changed."""
        return deepcopy(self.root)

    @property
    def plain(self) -> str:
        """Its words alone, with single blanks."""
        return xhtml.words(self.root)

    def __bool__(self) -> bool:
        """Return whether there is anything in it."""
        return bool(len(self.root) or self.root.text)

    def __str__(self) -> str:
        """Return the words alone."""
        return self.plain

    def __html__(self) -> str:
        """Return what a template prints."""
        return xhtml.inner(self.root)
