"""What is in an element, wrapped once (`ElementWrapper` of cssselect2, its `tree.py`).

The engine wraps all elements of a document anew in each layout, and a selector with `:has()` all
that are in an element, each time that it is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cssselect2 import ElementWrapper

_iter_children = ElementWrapper.iter_children


def wrap_once() -> None:
    """Keep what was wrapped with what holds it."""
    ElementWrapper.iter_children = _children
    ElementWrapper.iter_subtree = _subtree


def _children(self: Any) -> Iterator[Any]:  # noqa: ANN401
    kept = self.__dict__.get("_children")
    if kept is None:
        kept = self._children = (*_iter_children(self),)
    return iter(kept)


def _subtree(self: Any) -> Iterator[Any]:  # noqa: ANN401
    kept = self.__dict__.get("_subtree")
    if kept is None:
        kept = self._subtree = (
            self,
            *(each for child in _children(self) for each in child.iter_subtree()),
        )
    return iter(kept)
