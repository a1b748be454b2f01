"""What pages draw by name: groups, patterns, shadings, states of graphics, pictures.

The engine names pictures by what they are and the rest by number, in the order of a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pydyf
from weasyprint.pdf.stream import Stream

KINDS = ("ExtGState", "XObject", "Pattern", "Shading")
_NUMBERED = {"ExtGState": "s", "XObject": "x", "Pattern": "p", "Shading": "s"}
"""The letter before the number, by the kind of what is named."""

Names: TypeAlias = Mapping[tuple[str, str], str]
"""Name in a document, by kind and name where it was drawn."""


@dataclass(slots=True, eq=False)
class Drawing:
    """A group of what is drawn, or a pattern."""

    items: list[Any]
    extra: Any
    """What its dictionary says, with what it names."""


@dataclass(slots=True, eq=False)
class Keeping:
    """Turns what the engine has made into values that can be kept."""

    drawings: dict[int, Drawing] = field(default_factory=dict)
    """By the `id` of the engine's stream."""
    pictures: dict[str, pydyf.Stream] = field(default_factory=dict)

    def kept(self, value: Any) -> Any:  # noqa: ANN401
        """Return a value of which nothing belongs to the engine."""
        if isinstance(value, Stream):
            if id(value) not in self.drawings:
                drawing = self.drawings[id(value)] = Drawing([], None)
                drawing.items = [self.kept(item) for item in value.stream]
                drawing.extra = self.kept(value.extra)
            return self.drawings[id(value)]
        if isinstance(value, pydyf.Stream):
            content = [each if isinstance(each, bytes) else each.data for each in value.stream]
            return pydyf.Stream(content, self.kept(value.extra))
        if isinstance(value, dict):
            return pydyf.Dictionary({key: self.kept(each) for key, each in value.items()})
        if isinstance(value, pydyf.Array):
            return pydyf.Array(self.kept(each) for each in value)
        return value

    def keep_pictures(self, images: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep the pictures of a document as the objects that a PDF has of them."""
        for name, about in images.items():
            ratio = max(about["dpi_ratios"])
            made = about["image"].get_x_object(about["interpolate"], ratio)
            self.pictures[name] = self.kept(made)


@dataclass(slots=True, eq=False)
class _KeptPicture:
    """A picture as the engine asks for it."""

    made: pydyf.Stream

    def get_x_object(self, *_: object) -> pydyf.Stream:
        """Return the object that a PDF keeps of it."""
        return self.made


@dataclass(slots=True, eq=False)
class Put:
    """What was put into one PDF."""

    page: Any
    """A stream of a page of it."""
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    streams: dict[Drawing, Stream] = field(default_factory=dict)
    """The stream of each drawing."""

    @property
    def images(self) -> dict[str, Any]:
        """The pictures of the PDF."""
        return self.page._images  # type: ignore[no-any-return]  # noqa: SLF001

    @classmethod
    def into(
        cls,
        page: Any,  # noqa: ANN401
        named: Mapping[str, Mapping[str, Any]],
        pictures: Mapping[str, pydyf.Stream],
    ) -> Put:
        """Put what is `named`, and the `pictures` in it, into the PDF of a stream."""
        put = cls(page)
        for name, made in pictures.items():
            about = {"image": _KeptPicture(made), "interpolate": None, "dpi_ratios": {1}}
            put.images.setdefault(name, about | {"x_object": None})
        resources = page._resources  # noqa: SLF001  there is no public way to them
        for kind in KINDS:
            for name, value in named.get(kind, {}).items():
                new = put._name(kind, name, len(resources[kind]))
                if new not in resources[kind] or value is not None:
                    resources[kind].setdefault(new, put._live(value))
        return put

    def _name(self, kind: str, name: str, number: int) -> str:
        letter = _NUMBERED[kind]
        if not name.removeprefix(letter).isdecimal() or not name.startswith(letter):
            return name
        self.names[kind, name] = f"{letter}{number}"
        return self.names[kind, name]

    def _live(self, value: Any) -> Any:  # noqa: ANN401
        """Return a kept value as the engine had made it."""
        if isinstance(value, Drawing):
            return self.streams.get(value) or self._stream(value)
        if isinstance(value, dict):
            return pydyf.Dictionary({key: self._live(each) for key, each in value.items()})
        if isinstance(value, pydyf.Array):
            return pydyf.Array(map(self._live, value))
        return value

    def _stream(self, drawing: Drawing) -> Stream:
        extra = drawing.extra
        resources = self._live(extra["Resources"])
        stream = self.page.clone(resources=resources, extra={})
        self.streams[drawing] = stream
        stream.extra = pydyf.Dictionary(
            {k: resources if k == "Resources" else self._live(v) for k, v in extra.items()}
        )
        stream.stream = list(drawing.items)
        return stream
