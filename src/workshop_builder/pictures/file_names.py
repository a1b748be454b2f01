"""The names under which pictures are published: plain letters, and the ending of what they are."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, count
from pathlib import PurePosixPath

from workshop_builder.pictures.prepare import Picture
from workshop_builder.source.names import slugify


def published_names(pictures: Mapping[str, Picture]) -> dict[str, str]:
    """Return the path at which each picture is published, each another, by its path in the source.

    They are in a folder `pictures/` of the e-book or website.
    """
    names: dict[str, str] = {}
    for path, picture in pictures.items():
        stem = slugify(PurePosixPath(path).stem) or "picture"
        numbered = (f"{stem}-{number}" for number in count(len(names)))
        tried = (f"pictures/{each}{picture.suffix}" for each in chain([stem], numbered))
        names[path] = next(name for name in tried if name not in names.values())
    return names
