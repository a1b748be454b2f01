"""Which words of a language count where several files have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop_builder.languages import files
from workshop_builder.languages.files import ENGLISH, OwnWords
from workshop_builder.languages.kinds import MOVEMENT, WorkshopKind, labels_of
from workshop_builder.languages.language import Words


def lineage(code: str) -> list[str]:
    """Return a language and its regions, the widest first: `de-CH` is `de` and `de-CH`."""
    marks = code.split("-")
    return ["-".join(marks[:count]) for count in range(1, len(marks) + 1)]


def layered(code: str, part: str, own: Sequence[OwnWords], kind: WorkshopKind = MOVEMENT) -> Words:
    """Return a part of a language: ours, then our region's, then a studio's own in that order.

    Labels are those of a `kind` of workshop; whatever a studio has of one counts before ours.
    """
    layers = [files.ours(each, part) for each in lineage(code)]
    layers += [each.words for each in own if each.part == part]
    if part == "labels":
        layers = [labels_of(kind, layer) for layer in layers]
    if part != "writing":
        return merged(layers)
    layers = [files.ours(ENGLISH, part), *layers]
    doses = merged([{"doses": layer["doses"]} for layer in layers if "doses" in layer])
    return {key: value for layer in layers for key, value in layer.items()} | doses


def merged(layers: Sequence[Words]) -> dict[str, Any]:
    """Return mappings as one, in which what comes later counts."""
    found: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.items():
            before = found.get(key, {})
            both = isinstance(value, Mapping) and isinstance(before, Mapping)
            found[key] = merged([before, value]) if both else value
    return found
