"""A piece of text that stays a tree until a product is written."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """Clean XHTML, such as the text of a chapter or a step; templates print it as it is."""

    root: Element = field(repr=False, default_factory=xhtml.division)
    """The `div` around it. All products share this tree, so it must not be changed: use `copy`."""

    def copy(self) -> Element:
        """Return a copy of the tree, which may be changed."""
        return deepcopy(self.root)

    @property
    def plain(self) -> str:
        """Its words, without tags and with single spaces."""
        return xhtml.words(self.root)

    def __reduce__(self) -> tuple[Callable[[str], Fragment], tuple[str]]:
        """Return how it is made again in another process: from its text."""
        return _read, (xhtml.outer(self.root),)

    def __bool__(self) -> bool:
        """Return whether it holds any text or element."""
        return bool(len(self.root) or self.root.text)

    def __str__(self) -> str:
        """Return the words without tags."""
        return self.plain

    def __html__(self) -> str:
        """Return the XHTML, which a template prints unescaped."""
        return xhtml.inner(self.root)


def _read(text: str) -> Fragment:
    return Fragment(xhtml.parse_document(text))
