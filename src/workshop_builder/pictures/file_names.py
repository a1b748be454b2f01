"""The names under which pictures are published: plain letters, and the ending of what they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from workshop_builder.model.fields import slugify
from workshop_builder.pictures.prepare import Picture


def published_names(pictures: Mapping[str, Picture]) -> dict[str, str]:
    """Return the path at which each picture is published, each another, by its path in the source.

    They are in a folder `pictures/` of the e-book or website.
    """
    names: dict[str, str] = {}
    for path, picture in pictures.items():
        stem = slugify(PurePosixPath(path).stem) or "picture"
        name = f"pictures/{stem}{picture.suffix}"
        if name in names.values():
            name = f"pictures/{stem}-{len(names)}{picture.suffix}"
        names[path] = name
    return names
