"""What can be made of a workshop: its products, and the files that each of them comes in.

A product is one template, one style sheet and one entry in `PRODUCTS`. A
studio's own product is the same three things, with its lines in workshop.yaml
as the entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from workshop_builder.errors import BuildError, Problem, RequestError, did_you_mean
from workshop_builder.model.base import ProductSettings
from workshop_builder.model.editions import (
    EDITIONS,
    PAPERS,
    POSTERS,
    SCREEN,
    EditionName,
    PaperName,
    ProductFormat,
    SheetName,
    Surface,
)
from workshop_builder.model.fields import Pages
from workshop_builder.model.workshop import Workshop
from workshop_builder.source.folder import SETTINGS_FILE

SITE = "site"
"""The folder of the website in the package."""


@dataclass(frozen=True, slots=True)
class Product:
    """One kind of thing that students or the teacher get, such as the handout."""

    name: str
    """Its name in workshop.yaml and after `--only`."""
    format: ProductFormat
    template: str
    """A file of `templates/`."""
    style: str
    """A file of `styles/`."""
    label: str | None = None
    """The label that is its title; a studio's own product has none, and goes by its name."""
    for_teacher: bool = False
    """Whether it has what is for the teacher only, and so is not offered to students."""
    pages: Pages | None = None
    """The number of pages it promises where workshop.yaml promises none."""
    body: tuple[float, float] = (11.0, 12.0)
    """The smallest and the largest body text that may be used to keep a promise, in points."""
    surface: Surface = "paper"
    """What its pages are: sheets of the paper, posters of twice its size, or slides."""
    editions: tuple[EditionName, ...] = EDITIONS
    """The editions that it can come in."""
    two_sided: bool = False
    """Whether it is made to be printed on both sides of a sheet, turned on the long edge."""
    asked_for: bool = False
    """Whether it is made only where workshop.yaml names it."""


PRODUCTS = (
    Product("handout", "pdf", "handout.html", "handout.css", "handout", two_sided=True),
    Product(
        "take-home",
        "pdf",
        "take-home.html",
        "take-home.css",
        "take_home",
        pages=Pages(1, 1),
        body=(11.0, 12.0),
    ),
    Product("book", "pdf", "book.html", "book.css", "book", two_sided=True),
    Product(
        "teacher", "pdf", "teacher.html", "teacher.css", "teacher", for_teacher=True, two_sided=True
    ),
    Product(
        "cards",
        "pdf",
        "cards.html",
        "cards.css",
        "cards",
        body=(10.0, 13.5),
        editions=("standard", "ink-saver"),
        two_sided=True,
        asked_for=True,
    ),
    Product(
        "poster",
        "pdf",
        "poster.html",
        "poster.css",
        "poster",
        pages=Pages(1, 1),
        body=(11.1, 26.0),
        surface="poster",
        editions=("standard", "ink-saver"),
        asked_for=True,
    ),
    Product(
        "slides",
        "pdf",
        "slides.html",
        "slides.css",
        "slides",
        for_teacher=True,
        surface="screen",
        editions=("standard",),
        asked_for=True,
    ),
    Product(
        "health-form",
        "pdf",
        "health-form.html",
        "health-form.css",
        "health_form",
        pages=Pages(2, 2),
        body=(10.0, 12.5),
        two_sided=True,
        asked_for=True,
    ),
    Product("epub", "epub", "epub.html", "epub.css", "ebook"),
    Product("website", "site", "site.html", "site.css", "website"),
)


_Wanted: TypeAlias = tuple[Product, ProductSettings]
"""A product with what workshop.yaml says of it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file to be made: a product in an edition and on a paper; of a website, its folder."""

    product: Product
    settings: ProductSettings
    edition: EditionName
    paper: PaperName
    file: str
    """Its name in the package."""
    line: int
    """The line of workshop.yaml that names the product."""

    @property
    def offered(self) -> bool:
        """Whether students get it: neither for the teacher nor private."""
        return not (self.product.for_teacher or self.settings.private)

    @property
    def pages(self) -> Pages | None:
        """The promised pages; None without a promise, and in large print, which promises none."""
        if self.edition == "large-print":
            return None
        return self.settings.pages or self.product.pages

    @property
    def sheet(self) -> SheetName | None:
        """What it is printed on; None for what is shown on a screen."""
        if self.product.format != "pdf" or self.product.surface == "screen":
            return None
        return POSTERS[self.paper][0] if self.product.surface == "poster" else self.paper

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of a page in millimetres."""
        if self.product.surface == "screen":
            return SCREEN
        return POSTERS[self.paper][1] if self.product.surface == "poster" else PAPERS[self.paper]


def offered(workshop: Workshop) -> dict[str, _Wanted]:
    """Return the products that workshop.yaml names, by name; the usual ones, where it names none.

    Raises BuildError where it names one that is not ours and lacks a template or a style.
    """
    shipped = {product.name: product for product in PRODUCTS}
    usual = {name: ProductSettings() for name, each in shipped.items() if not each.asked_for}
    named = workshop.settings.products or usual
    found = {}
    problems = []
    for name, settings in named.items():
        product = shipped.get(name)
        if settings.template and settings.style and (product is None or product.asked_for):
            product = Product(name, "pdf", settings.template, settings.style)
        elif product and (settings.template or settings.style):
            product = _restyled(product, settings)
        if product:
            found[name] = (product, settings)
        else:
            hint = did_you_mean(name, shipped) or "; for one of your own add 'template' and 'style'"
            line = workshop.line("products", name)
            problems.append(Problem(SETTINGS_FILE, line, f"unknown product '{name}'{hint}"))
    if problems:
        raise BuildError(problems)
    return found


def _restyled(product: Product, settings: ProductSettings) -> Product:
    """Return a product of ours with the studio's template or style in place of its own."""
    return replace(
        product,
        template=settings.template or product.template,
        style=settings.style or product.style,
    )


def select_targets(
    workshop: Workshop,
    only: Sequence[str] = (),
    editions: Sequence[str] = (),
    papers: Sequence[str] = (),
) -> list[Target]:
    """Return every file to make, those that take longest first.

    `only`, `editions` and `papers` are used in place of what workshop.yaml says, unless empty.
    A website comes with the files that it offers, even if only the website is asked for.
    Raises RequestError for a product that the workshop does not have, and for an unknown edition
    or paper.
    """
    products = offered(workshop)
    unknown = [
        *_unknown("only", "product", only, products),
        *_unknown("editions", "edition", editions, EDITIONS),
        *_unknown("papers", "paper", papers, PAPERS),
    ]
    if unknown:
        raise RequestError(unknown)
    wanted = _with_downloads(
        [products[name] for name in products if not only or name in only], products
    )
    in_editions = tuple(name for name in EDITIONS if name in editions)
    on_papers = tuple(name for name in PAPERS if name in papers)
    found = [
        target for entry in wanted for target in _variants(workshop, entry, in_editions, on_papers)
    ]
    weight = {"book": 0, "epub": 2, "website": 3}
    return sorted(found, key=lambda target: weight.get(target.product.name, 1))


def _with_downloads(wanted: list[_Wanted], products: Mapping[str, _Wanted]) -> list[_Wanted]:
    """Return the products that are wanted and, if a website is among them, those that it offers."""
    if not any(product.format == "site" for product, _ in wanted):
        return wanted
    return [
        (product, settings)
        for product, settings in products.values()
        if (product, settings) in wanted or not (product.for_teacher or settings.private)
    ]


def _unknown(
    argument: str, noun: str, names: Iterable[str], known: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem of `argument` for each of the names that is not known."""
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"; there are {', '.join(known)}"
            yield Problem(argument, 0, f"there is no {noun} '{name}'{hint}")


def _variants(
    workshop: Workshop,
    entry: _Wanted,
    editions: Sequence[EditionName],
    papers: Sequence[PaperName],
) -> Iterator[Target]:
    product, settings = entry
    own = workshop.settings.paper
    line = workshop.line("products", product.name)
    if product.format != "pdf":
        name = SITE if product.format == "site" else f"{workshop.slug}.epub"
        yield Target(product, settings, "standard", own, name, line)
        return
    on = (own,) if product.surface == "screen" else papers or settings.papers or (own,)
    for edition in dict.fromkeys(editions or settings.editions):
        if edition not in product.editions:
            continue
        for paper in dict.fromkeys(on):
            marks = [mark for mark in (edition, paper) if mark not in ("standard", own)]
            name = "-".join([workshop.slug, product.name, *marks])
            yield Target(product, settings, edition, paper, f"{name}.pdf", line)
