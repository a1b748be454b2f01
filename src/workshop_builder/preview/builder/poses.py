"""Draws the ready poses for the studio, as the people and the language of a workshop have them."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_builder.figures import gallery, kept, read
from workshop_builder.figures.person.casting import person_of
from workshop_builder.model.workshop import Workshop
from workshop_builder.preview.messages import PoseDrawn
from workshop_builder.source import yaml_text


def drawn(workshop: Workshop, names: Sequence[str]) -> list[PoseDrawn]:
    """Return the drawings of some poses; that of a name which is no pose is empty."""
    return [PoseDrawn(name, _svg(workshop, name)) for name in names]


def _svg(workshop: Workshop, name: str) -> bytes:
    file = gallery.poses().get(name)
    if file is None:
        return b""
    document = yaml_text.read(name, file.read_text(encoding="utf-8"))
    figure = read.read(document, workshop.language, [])
    if figure is None:
        return b""
    person = person_of(figure, workshop.settings.figures, name)
    return kept.drawn(figure, person, workshop.language, ink_saver=False)
