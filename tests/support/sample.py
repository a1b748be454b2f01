"""The sample workshop as the command makes it: every product, edition and paper."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from commands import command
from workshop_builder import load
from workshop_builder.model.editions import PAPERS, EditionName, PaperName
from workshop_builder.model.workshop import Exercise, Workshop

TOP = Path(__file__).parents[2]
SOURCE = TOP / "workshop"
MADE = TOP / "build" / "tests"
"""Where packages stay from one test run to the next; a build knows whether they are still right."""
HANDOUT, WHOLE = "handout", "whole handout"
"""In large print the handout shows all exercises alike, one a page."""
EDITIONS: tuple[EditionName, ...] = get_args(EditionName)
PAGED = ("handout", "take-home", "book", "teacher")
MORE = ("cards", "poster", "slides", "health-form", "chair-sheet")
"""What has an order of its own on its pages, and is made in the standard edition alone."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """One of the sample's PDFs."""

    product: str
    edition: EditionName
    paper: PaperName

    @property
    def name(self) -> str:
        """Its file name, as the contract has it."""
        marks = [mark for mark in (self.edition, self.paper) if mark not in ("standard", "a4")]
        return "-".join(["relief-for-back-pain", self.product, *marks]) + ".pdf"

    @property
    def shows(self) -> str:
        """The product whose exercises it shows (see `shown`)."""
        return WHOLE if (self.product, self.edition) == (HANDOUT, "large-print") else self.product

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of its paper, in points."""
        width, height = PAPERS[self.paper]
        return width * 72 / 25.4, height * 72 / 25.4


_ASKED: tuple[tuple[tuple[str, ...], tuple[EditionName, ...], tuple[PaperName, ...]], ...] = (
    (PAGED, ("ink-saver", "large-print"), ("a4",)),
    (("handout", "take-home", "teacher"), ("large-print",), ("letter",)),
    ((), ("standard",), ("a4", "letter")),
)
"""What is asked for, one command after the other: products (all, where none is named), editions,
papers. On Letter it is what a paper can change: ink-saver has the same pages in other colours."""
PDFS = tuple(
    Pdf(product, edition, paper)
    for products, editions, papers in _ASKED
    for product in products or (*PAGED, *MORE)
    for edition in editions
    for paper in papers
    if (product, paper) != ("slides", "letter")
)
"""Every PDF that is made of the sample."""
BOOK = "relief-for-back-pain.epub"
BUNDLE = "relief-for-back-pain.zip"
_CHOSEN = {"handout": ("checks", "class"), "take-home": ("core",)}
"""The groups of exercises in a product that does not show all of them."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The package that the command has made of the sample."""

    folder: Path
    faults: str
    """What the command had to say on stderr; nothing where all went well."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """The manifest, as it stands in the package."""
        content: Mapping[str, Any] = json.loads((self.folder / "manifest.json").read_bytes())
        return content

    @property
    def pdfs(self) -> list[Pdf]:
        """The PDFs that were made."""
        return [pdf for pdf in PDFS if (self.folder / pdf.name).exists()]

    @property
    def book(self) -> Path:
        """The e-book."""
        return self.folder / BOOK

    def path(self, pdf: Pdf) -> Path:
        """Return where a PDF is."""
        return self.folder / pdf.name

    @property
    def files(self) -> list[tuple[str, Path]]:
        """The product and the place of each PDF, and of the e-book."""
        return [*((pdf.shows, path) for pdf, path in self.chosen()), ("epub", self.book)]

    def chosen(self, *products: str) -> list[tuple[Pdf, Path]]:
        """Return the PDFs of some products (of all, where none is named) and where they are."""
        return [(pdf, self.path(pdf)) for pdf in self.pdfs if pdf.product in (products or PAGED)]


@cache
def source() -> Workshop:
    """Return the sample as the program reads it."""
    return load(SOURCE)


def shown(product: str) -> tuple[Exercise, ...]:
    """Return the exercises that a product of the sample shows, in their order."""
    workshop = source()
    return workshop.select(_CHOSEN.get(product, workshop.in_order))


def build_once(shared: Path) -> Sample:
    """Build the sample unless another worker has or is at it; `shared` is the folder of the run."""
    folder, faults = MADE / "sample", shared / "sample.txt"
    with alone("sample"):
        if not faults.exists():
            _forget_if_asked_otherwise(folder)
            faults.write_text(build_editions(SOURCE, folder), encoding="utf-8")
    return Sample(folder, faults.read_text(encoding="utf-8"))


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Let only one process at a time make what is called `name`."""
    MADE.mkdir(parents=True, exist_ok=True)
    with (MADE / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _forget_if_asked_otherwise(folder: Path) -> None:
    """Remove a package of an earlier run that may hold more than is asked for now."""
    asked = folder.with_suffix(".asked")
    if not asked.exists() or asked.read_text(encoding="utf-8") != repr(_ASKED):
        shutil.rmtree(folder, ignore_errors=True)
        asked.write_text(repr(_ASKED), encoding="utf-8")


def build_editions(source: Path, folder: Path) -> str:
    """Build every edition and paper of `_ASKED` from a source folder; return what was said.

    Each command leaves what is right already.
    """
    said = ""
    for products, editions, papers in _ASKED:
        words = [word for edition in editions for word in ("--edition", edition)]
        words += [word for paper in papers for word in ("--paper", paper)]
        words += ["--only", ",".join(products)] if products else []
        done = command("build", source, "-o", folder, *words)
        if done.returncode:  # no test may take an old package for the new one
            shutil.rmtree(folder, ignore_errors=True)
        said += done.stderr
    return said


def shared_folder(base: Path) -> Path:
    """Return the folder that all workers of one test run share, given a worker's own."""
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
