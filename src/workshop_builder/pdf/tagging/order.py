"""The order of the elements of a document, found once for all its runs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def order_of(root: Any) -> tuple[Mapping[Any, int], Mapping[Any, Any]]:  # noqa: ANN401
    """Return the place of each element of a document, and the parent of each."""
    places: dict[Any, int] = {}
    parents: dict[Any, Any] = {}
    for place, element in enumerate(root.iter()):
        places[element] = place
        parents.update((child, element) for child in element)
    return places, parents
