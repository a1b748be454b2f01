"""Kinds of workshop: a language can have other labels for each of them.

The command reads its arguments before anything heavy is imported, so nothing is imported here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

WorkshopKind: TypeAlias = Literal["movement", "craft", "lesson"]
KINDS: tuple[WorkshopKind, ...] = get_args(WorkshopKind)
MOVEMENT: WorkshopKind = "movement"
"""What a workshop is that does not say otherwise: people move in it."""

_ENDINGS = tuple(f"_{kind}" for kind in KINDS)


def labels_of(kind: WorkshopKind, labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels as a workshop of `kind` prints them.

    A label `exercises_craft` takes the place of `exercises` in workshops of that kind, and is
    none by itself.
    """
    ending = f"_{kind}"
    own = {key.removesuffix(ending): text for key, text in labels.items() if key.endswith(ending)}
    return {key: text for key, text in labels.items() if not key.endswith(_ENDINGS)} | own
