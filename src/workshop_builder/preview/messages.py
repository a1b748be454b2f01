"""The values that the preview's server and its build process send each other through a pipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from workshop_builder.errors import Problem
from workshop_builder.model.editions import ProductFormat


@dataclass(frozen=True, slots=True)
class ProductViewed:
    """To the build process: somebody is viewing this product, so it is made first from now on."""

    product: str


@dataclass(frozen=True, slots=True)
class SourceChanged:
    """To the build process: something in the source folder has changed; read it again."""


@dataclass(frozen=True, slots=True)
class SheetsWanted:
    """To the build process: the studio is open; tell of the exercises, and make sheets."""


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """To the build process: make the sheet of a student, unless another is asked for meanwhile."""

    number: int
    """Counted up with each sheet that is asked for."""
    student: Mapping[str, Any] = field(repr=False)
    """What a file of sheets/ has of a student, by key; each value as it was typed."""


@dataclass(frozen=True, slots=True)
class CheckAsked:
    """To the build process: tell what would be wrong if these files were in the folder."""

    number: int
    """Counted up with each check that is asked for."""
    files: Mapping[str, bytes | None] = field(repr=False)
    """By path; None for one that would not be there."""


@dataclass(frozen=True, slots=True)
class PoseAsked:
    """To the build process: draw a ready pose."""

    name: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One product of the workshop, as the browser's page names it."""

    product: str
    """Its name in workshop.yaml."""
    title: str
    """In the workshop's language."""
    format: ProductFormat
    file: str
    """The file's name in the package; for a website its folder."""


@dataclass(frozen=True, slots=True)
class Tabs:
    """From the build process: the products of the workshop, in the order of their tabs."""

    title: str
    """The workshop's title."""
    language: str
    tabs: tuple[Tab, ...]


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of a PDF."""

    pdf: str
    """The sha256 of the PDF, in hex."""
    number: int
    """Counted from 0."""


@dataclass(frozen=True, slots=True)
class ProductUpdate:
    """From the build process: what a product looks like now."""

    product: str
    is_draft: bool
    """Whether only the changed pages have been laid out, and the finished product is to come."""
    pages: tuple[PdfPage, ...] = ()
    """The pages of a PDF, in their order; those of a draft may come from several PDFs."""
    pdfs: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The PDFs named in `pages` that have not been sent before, by their sha256."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The finished files by name: one PDF or e-book, or all of a website; none of a draft."""


@dataclass(frozen=True, slots=True)
class ProblemLines:
    """From the build process: the lines that a build would print; none if nothing is wrong."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemarkLines:
    """From the build process: the lines that `workshop check` would print of the folder."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """From the build process: what sheets can be made of."""

    content: Mapping[str, Any] = field(repr=False)
    """Exercises, groups, conditions and the usual choice, as the browser's page reads them."""
    pictures: Mapping[str, tuple[str, bytes]] = field(repr=False)
    """Media type and content of each picture, by the name that the content has for it."""


@dataclass(frozen=True, slots=True)
class EditForms:
    """From the build process: what can be edited, and what a new exercise can start from."""

    fields: Mapping[str, Any] = field(repr=False)
    """The fields of `workshop` and `exercise`, as the browser's page reads them."""
    poses: Mapping[str, tuple[str, bytes]] = field(repr=False)
    """By name: what a ready pose is, and the file of its figure."""


@dataclass(frozen=True, slots=True)
class CheckMade:
    """From the build process: what the files of a check would bring about."""

    number: int
    problems: tuple[Problem, ...]
    """Those that are not there without them."""


@dataclass(frozen=True, slots=True)
class PoseDrawn:
    """From the build process: the drawing of a ready pose, as SVG; empty where it has none."""

    name: str
    svg: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SheetFault:
    """What is wrong with a sheet, and with which part of it."""

    place: tuple[str, ...]
    """The key of the part, and what is below it: `("doses", "cat-camel", "hold")`; may be empty."""
    text: str


@dataclass(frozen=True, slots=True)
class SheetMade:
    """From the build process: the sheet that was asked for last, or what is wrong with it."""

    number: int
    pdf: bytes = field(default=b"", repr=False)
    """Empty where something is wrong."""
    pages: int = 0
    faults: tuple[SheetFault, ...] = ()
    told: tuple[str, ...] = ()
    """What the conditions have left out, and what is done instead."""


@dataclass(frozen=True, slots=True)
class Idle:
    """From the build process: everything that the folder asks for has been made."""


ToStudio: TypeAlias = Catalogue | SheetMade | EditForms | CheckMade | PoseDrawn
"""What the studio alone listens to."""
ToBuilder: TypeAlias = (
    ProductViewed | SourceChanged | SheetsWanted | SheetAsked | CheckAsked | PoseAsked
)
FromBuilder: TypeAlias = Tabs | ProductUpdate | ProblemLines | RemarkLines | Idle | ToStudio
