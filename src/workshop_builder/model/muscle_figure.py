"""The file of a muscle picture, as a person fills it in: bones, muscles, words."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field

from workshop_builder.model.base import Value
from workshop_builder.model.fields import Texts

View = Literal["front", "back", "back-in-layers", "side"]
VIEWS: tuple[str, ...] = get_args(View)


def _as_mapping(value: object) -> object:
    """Take the bare name of a place as one with the language's own words."""
    return {"at": value} if isinstance(value, str) else value


class Named(Value):
    """A place in the picture, and its words."""

    at: str = Field(description="What is named: a muscle, an end of it, a bone; or an arrow")
    text: str | None = Field(default=None, description="Its words; else those of the language")


NamedField = Annotated[Named, BeforeValidator(_as_mapping, json_schema_input_type=Named | str)]


class AnatomyFigure(Value):
    """figures/name.yaml: bones, the muscles on them, and their names."""

    anatomy: View = Field(description="Where the bones are seen from")
    title: str | None = Field(default=None, description="Else the names of the muscles")
    muscles: Texts | None = Field(
        default=None, description="The muscles that are drawn; else all that this view has"
    )
    labels: tuple[NamedField, ...] | None = Field(
        default=None, description="What is named; else the muscles and both their ends"
    )
    arrows: tuple[NamedField, ...] = Field(default=(), description="Which way the pelvis is pulled")
    alt: str | None = Field(default=None, description="Words for the picture; else made from it")
