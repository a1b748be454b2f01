"""What the two halves of the preview tell each other: values that go through a pipe.

The server shows and watches; the kiln, a process of its own with the engine kept warm, makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Format: TypeAlias = Literal["pdf", "epub", "site"]


@dataclass(frozen=True, slots=True)
class Look:
    """To the kiln: this product is being looked at; it is made first from now on."""

    product: str


@dataclass(frozen=True, slots=True)
class Changed:
    """To the kiln: something in the source folder has changed; read it again."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One product of the workshop, as the page names it."""

    product: str
    """As it stands in workshop.yaml."""
    title: str
    """In the workshop's language."""
    format: Format
    file: str
    """The file's name in the package; for a website its folder."""


@dataclass(frozen=True, slots=True)
class Tabs:
    """From the kiln: which products there are, in the order of their tabs."""

    title: str
    """The workshop's title."""
    language: str
    tabs: tuple[Tab, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF."""

    pdf: str
    """The PDF that holds it, by its sha256 in hex."""
    number: int
    """Counted from 0 in that PDF."""


@dataclass(frozen=True, slots=True)
class Shown:
    """From the kiln: what a product looks like now."""

    product: str
    draft: bool
    """Whether the finished product is still to come: only what changed has been set anew."""
    sheets: tuple[Sheet, ...] = ()
    """Of a PDF: its pages, in their order; those of a draft may come from several PDFs."""
    pdfs: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The PDFs named in `sheets` that have not been sent before, by their sha256."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The finished files by name: one PDF or e-book, or all of a website; none of a draft."""


@dataclass(frozen=True, slots=True)
class Faults:
    """From the kiln: what is wrong, in the lines that the build would print; none is all right."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """From the kiln: all that was asked for has been made."""


ToKiln: TypeAlias = Look | Changed
FromKiln: TypeAlias = Tabs | Shown | Faults | Rest
