"""Links within a workshop: where they lead in one product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop_builder.markup.xhtml import Element


@dataclass(frozen=True, slots=True)
class Targets:
    """Where links within the workshop lead in one product."""

    chapters: Mapping[str, str]
    """The address of each chapter that is shown, by the chapter's path."""
    exercises: Mapping[str, str]
    """The address of each exercise that is shown, by the exercise's path."""

    def find(self, link: str) -> str | None:
        """Return the address for a link to a file of the source folder, if it is shown."""
        path, _, fragment = link.partition("#")
        address = self.chapters.get(path) or self.exercises.get(path)
        if address and fragment and path in self.chapters:
            file, _, anchor = address.partition("#")
            chapter = anchor or file.removesuffix(".xhtml")
            return f"{file}#{_prefixed(chapter, fragment)}"
        return address


def _prefixed(chapter: str, name: str) -> str:
    """Return an id of a chapter's text such that no two chapters share one."""
    return f"{chapter}--{name}"


def lead(root: Element, chapter: str, targets: Targets) -> None:
    """Make the ids of a chapter its own, and let every link lead to where the product has it."""
    for element in root.iter():
        name = element.get("id")
        if name:
            element.set("id", _prefixed(chapter, name))
    for link in list(root.iter("a")):
        address = link.get("href", "")
        if address.startswith("#"):
            link.set("href", "#" + _prefixed(chapter, address[1:]))
        elif address.startswith(("chapters/", "exercises/")):
            found = targets.find(address)
            if found:
                link.set("href", found)
            else:
                _unwrap(link)


def _unwrap(link: Element) -> None:
    """Keep a link's words where the product has nothing to lead to."""
    link.tag = "span"
    link.attrib.pop("href", None)
