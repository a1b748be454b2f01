"""What hostile folders are put together from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

import small

Write: TypeAlias = Callable[["Place"], None]
"""Makes the small workshop of a place a hostile one."""

SECRET = "correct-horse-battery-staple"  # noqa: S105  it opens nothing
"""What stands in the files outside, and may come out nowhere."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hostile folder is written."""

    source: Path
    """The workshop's folder; the small workshop is in it already."""
    outside: Path
    """A folder beside it, in which nothing may be read."""
    far: str
    """The address of a server that nobody may ask."""

    def write(self, path: str, data: str | bytes) -> Path:
        """Write a file of the workshop; in a text, FAR, OUT and UP stand for what is outside."""
        place = self.source / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, str):
            data = data.replace("FAR", self.far).replace("OUT", str(self.outside))
            data = data.replace("UP", f"../../{self.outside.name}").encode("utf-8", "surrogatepass")
        place.write_bytes(data)
        return place

    def show(self, picture: str) -> None:
        """Let the exercise show a picture."""
        front = f"name: Rest\npicture: {picture}\nalt: A picture\n"
        self.write("exercises/rest.md", small.EXERCISE.replace("name: Rest\n", front))


def as_chapter(text: str, place: Place) -> None:
    """Let a text be the body of a chapter."""
    place.write("chapters/02-odd.md", f"---\ntitle: Odd\n---\n\n{text}\n")


def as_settings(text: str, place: Place) -> None:
    """Let a text stand in the settings."""
    place.write("workshop.yaml", small.SETTINGS.format(products="{handout: {}, epub: {}}") + text)


def as_front_matter(text: str, place: Place) -> None:
    """Let a text stand among the fields of the exercise."""
    fields = f"name: Rest\n{text}\n"
    place.write("exercises/rest.md", small.EXERCISE.replace("name: Rest\n", fields))


def as_picture(ending: str, data: str | bytes, place: Place) -> None:
    """Let the exercise show a picture of these bytes."""
    place.write(f"pictures/odd.{ending}", data)
    place.show(f"odd.{ending}")


def cases(
    what: str, write: Callable[[str, Place], None], texts: Mapping[str, str]
) -> dict[str, Write]:
    """Return a case for each text, named for it and for where it stands."""
    return {f"{what}: {name}": partial(write, text) for name, text in texts.items()}
