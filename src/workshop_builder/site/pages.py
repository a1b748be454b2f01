"""The website: plain files that work on any host, from a folder, and without a script.

There is one page with the downloads, one for each exercise, a card to embed in other pages, and
files for machines. Every page is checked for the safety words before it is written as HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import tinycss2
from lxml import etree

from workshop_builder.epub import screen_tables, screen_text
from workshop_builder.errors import BuildError, Problem
from workshop_builder.markup.markdown.structure.boxes import ALL
from workshop_builder.markup.xhtml import Element
from workshop_builder.metadata import opds, schema_org, workshop_json
from workshop_builder.metadata.offer import Download, Image, Offer
from workshop_builder.model.base import Safety
from workshop_builder.model.workshop import Chapter, Exercise
from workshop_builder.pages import hidden_text, safety, stylesheets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.links import Targets
from workshop_builder.pages.render import Page, Renderer
from workshop_builder.pictures import qr_code
from workshop_builder.pictures.prepare import Picture
from workshop_builder.site import dark_style, earlier_versions, headings, own_files, webfonts
from workshop_builder.site.downloads import first_sheet, group_downloads, sheet_of
from workshop_builder.site.routines import Routine, routines, with_exercises
from workshop_builder.source.addresses import address_of, exercise_page

_EAGER_IMAGES = 2
"""How many images of a page are loaded at once; the others are loaded when they are near."""


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A page of a PDF that the website shows."""

    small: Image
    large: Image
    download: Download
    """The PDF."""
    page: int
    """Counted from 1."""


@dataclass(frozen=True, slots=True)
class Material:
    """What the website is made from besides the workshop."""

    offer: Offer
    sample_pages: Sequence[SamplePage]
    chapter_places: Mapping[str, str]
    """Where each chapter begins in the book to download, by its path in the source folder."""
    pictures: Mapping[str, Picture] = field(repr=False)
    """The pictures for screens, by their path in the source folder."""
    files: Mapping[str, bytes] = field(repr=False)
    """Downloads, their sums, thumbnails and the like, by their path in the website."""


@dataclass(frozen=True, slots=True)
class _SitePage:
    """One page of the website, before it is written as HTML."""

    path: str
    root: str
    """What leads from it to the top of the website: a relative path, or a web address."""
    tree: Element


def _without_comments(style: str) -> str:
    """Return a style sheet without its comments, which are not for visitors."""
    tokens = tinycss2.parse_component_value_list(style, skip_comments=True)
    return str(tinycss2.serialize(tokens))


def make_site(renderer: Renderer, material: Material) -> dict[str, bytes]:
    """Return the files of the website by their path in it.

    Raises BuildError where a template or style is at fault, or safety words would not be shown.
    """
    pages = list(_pages(renderer, material))
    style = "\n".join(
        text for _, text in stylesheets.for_target(renderer.workshop, renderer.target)
    )
    used = {str(image.get("src")) for page in pages for image in page.tree.iter("img")}
    pictures = material.offer.pictures.items()
    images = {path: image for path, image in pictures if address_of(path) in used}
    placed = {address_of(path): image for path, image in images.items()}
    for page in pages:
        _place_pictures(page, placed)
    characters = frozenset("".join(text for page in pages for text in page.tree.itertext()))
    fonts = webfonts.files(characters).items()
    files = {
        **material.files,
        **{f"fonts/{name}": data for name, data in fonts},
        **{image.path: material.pictures[path].data for path, image in images.items()},
        "style.css": stylesheets.read_once(style, _without_comments).encode(),
        "opds.json": opds.opds_2(material.offer),
        "opds.xml": opds.opds_1(material.offer),
        "workshop.json": workshop_json.encode(material.offer),
    }
    missing = [
        text
        for page in pages
        for text in own_files.missing_in_page(page.tree, page.path, page.root, files)
    ]
    missing += own_files.missing_in_style(style, files)
    if missing:
        raise BuildError([Problem(_template(renderer), 0, text) for text in dict.fromkeys(missing)])
    return {page.path: _html(page) for page in pages} | files


def _pages(renderer: Renderer, material: Material) -> Iterator[_SitePage]:
    """Yield each page, with its safety words checked."""
    offer = material.offer
    style = dark_style.light_style(renderer)
    values = _values(renderer, material)
    whole = with_exercises(renderer, ())

    def page(
        path: str,
        root: str,
        part: str,
        data: str = "",
        exercise: Exercise | None = None,
        shown: Routine | None = None,
        chapter: Chapter | None = None,
    ) -> _SitePage:
        filled = (shown.renderer if shown else renderer).part(
            _targets(renderer, material, root),
            **values,
            part=part,
            root=root,
            linked=data,
            exercise=exercise,
            shown=shown,
            section=whole.section(chapter) if chapter else None,
        )
        headings.list_headings(filled.root)
        if chapter:
            _tell_on_screen(filled.root, renderer, root)
        _check_shown(_required_words(filled, part), filled.root, style, renderer)
        _name_cells(filled.root, renderer.labels)
        return _SitePage(path, root, filled.root)

    yield page("index.html", "", "index", schema_org.workshop_script(offer))
    for routine in routines(renderer):
        yield page(routine.path, "", "routine", shown=routine)
    for chapter in _read(renderer):
        yield page(chapter_page(chapter), "../", "chapter", chapter=chapter)
    for exercise in renderer.workshop.exercises.values():
        data = schema_org.exercise_script(offer, exercise)
        yield page(exercise_page(exercise.id), "../", "exercise", data, exercise)
    if offer.base:
        yield page("embed.html", offer.base, "embed")


def _targets(renderer: Renderer, material: Material, root: str) -> Targets:
    """Return where links lead from a page: to pages, and of other chapters to the book."""
    exercises = renderer.workshop.exercises.values()
    read = _read(renderer)
    pages = {each.path: f"{quote(chapter_page(each))}#{each.anchor}" for each in read}
    places = {**material.chapter_places, **pages}
    return Targets(
        {path: root + place for path, place in places.items()},
        {each.path: root + quote(exercise_page(each.id)) for each in exercises},
    )


def _read(renderer: Renderer) -> list[Chapter]:
    """Return the chapters that are pages of the website."""
    website = renderer.workshop.settings.website
    return [each for each in renderer.chapters if website and each.id in website.read]


def _swaps_place(renderer: Renderer) -> str:
    """Return where the first page tells who leaves out which exercises; "" where none does."""
    workshop = renderer.workshop
    for chapter in _read(renderer):
        for use in (each for each in chapter.blocks if each.name == "swaps"):
            shown = workshop.in_order if use.argument == ALL else workshop.select((use.argument,))
            return f"{quote(chapter_page(chapter))}#swaps-{len(shown)}"
    return ""


def _name_cells(page: Element, labels: Labels) -> None:
    for table in list(page.iter("table")):
        screen_tables.name_cells(table, labels, printed=True)


def _tell_on_screen(page: Element, renderer: Renderer, root: str) -> None:
    """Let a chapter lead to where the website has the parts of the book, and tell signs."""
    labels, words = renderer.labels, renderer.workshop.settings.safety
    places = {labels["practice_log"]: f"{root}index.html#downloads"}
    if words != Safety():
        places[labels["read_this_first"]] = f"{root}index.html#safety"
    screen_text.lead_to_parts(page, places)
    screen_text.tell_signs(page, words, labels)


def chapter_page(chapter: Chapter) -> str:
    """Return the path in the website of a chapter's page."""
    return f"chapters/{chapter.id}.html"


def _required_words(page: Page, part: str) -> dict[str, str]:
    """Return the words that a page must show; of the card to embed that is the disclaimer alone."""
    words = page.required.items()
    return {key: text for key, text in words if part != "embed" or key == "disclaimer"}


def _values(renderer: Renderer, material: Material) -> dict[str, object]:
    """Return the values that the template is given for every page."""
    workshop = renderer.workshop
    read = {each.path: quote(chapter_page(each)) for each in _read(renderer)}
    return {
        "offer": material.offer,
        "groups": group_downloads(material.offer),
        "sample_pages": material.sample_pages,
        "chapter_places": {**material.chapter_places, **read},
        "read": _read(renderer),
        "swaps_page": _swaps_place(renderer),
        "all_exercises": [workshop.exercises[name] for name in workshop.in_order],
        "chapters": renderer.chapters,
        "earlier": earlier_versions.earlier_than(workshop.settings.version or ""),
        "colours": stylesheets.variables(stylesheets.colours(workshop)),
        "page_of": exercise_page,
        "code": lambda address: qr_code.svg(address).decode(),
        "routines": routines(renderer),
        "sheet": first_sheet(material.offer),
        "sheets": {
            each.path: sheet_of(material.offer, each.renderer.exercises)
            for each in routines(renderer)
        },
    }


def _check_shown(
    required: Mapping[str, str], tree: Element, style: str, renderer: Renderer
) -> None:
    """Raise BuildError where a page leaves out or hides safety words."""
    hiding: dict[str, str] = {}
    lost = safety.missing(required, hidden_text.shown_words(tree, style, hiding))
    if lost:
        raise BuildError(safety.not_shown(lost, renderer.target, hiding))


def _place_pictures(page: _SitePage, images: Mapping[str, Image]) -> None:
    """Let the pictures of a page lead to the website's images, given by the pictures' addresses."""
    for number, element in enumerate(page.tree.iter("img")):
        image = images.get(element.get("src", ""))
        if image:
            element.set("src", page.root + quote(image.path))
            element.set("width", str(image.width))
            element.set("height", str(image.height))
        if number >= _EAGER_IMAGES:
            element.set("loading", "lazy")


def _html(page: _SitePage) -> bytes:
    """Return a page as HTML.

    The card to embed is not a whole page, and has no doctype. It is in ASCII, so that it is right
    in whatever character set the page around it is read.
    """
    text = etree.tostring(page.tree, method="html", encoding="unicode").strip()
    if page.tree.tag != "html":
        return f"{text}\n".encode("ascii", "xmlcharrefreplace")
    return f"<!doctype html>\n{text}\n".encode()


def _template(renderer: Renderer) -> str:
    return f"templates/{renderer.target.product.template}"
