"""The website: plain files that work on any host, from a folder, and without a script.

One page to download from, one for each exercise, a card for pages that are there already, and
what programs read. Every page is well-formed and held against the words of safety before it is
written as HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from lxml import etree

from workshop_builder.errors import BuildError, Problem
from workshop_builder.markup.xhtml import Element
from workshop_builder.metadata import opds, schema_org, workshop_json
from workshop_builder.metadata.offer import Download, Image, Offer
from workshop_builder.model.workshop import Exercise
from workshop_builder.pages import hidden_text, safety, stylesheets
from workshop_builder.pages.links import Targets
from workshop_builder.pages.render import Page, Renderer
from workshop_builder.pages.web_addresses import exercise_page
from workshop_builder.pictures.prepare import Picture
from workshop_builder.site import downloads, earlier_versions

DARK = "styles/site-dark.css"
"""The sheet of what is otherwise on a dark screen; it may set variables alone."""
_AT_ONCE = 2
"""How many pictures of a page are fetched at once; the others when they come into view."""


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
    """What the site is made from besides the workshop."""

    offer: Offer
    sample_pages: Sequence[SamplePage]
    pictures: Mapping[str, Picture] = field(repr=False)
    """The pictures for screens, by their path in the source folder."""
    files: Mapping[str, bytes] = field(repr=False)
    """Downloads, their sums, fonts, thumbnails and the like, by their path in the website."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page of the site, before it is written as HTML."""

    place: str
    root: str
    """What leads from it to the top of the site: a relative path, or the address on the web."""
    tree: Element


def make_site(renderer: Renderer, material: Material) -> dict[str, bytes]:
    """Return the files of the site by their place in it.

    Raises BuildError where a template or style is at fault or words of safety would not be shown.
    """
    sheets = list(_sheets(renderer, material))
    style = "\n".join(
        text for _, text in stylesheets.for_target(renderer.workshop, renderer.target)
    )
    used = {str(image.get("src")) for sheet in sheets for image in sheet.tree.iter("img")}
    images = {path: image for path, image in material.offer.pictures.items() if path in used}
    for sheet in sheets:
        _place_pictures(sheet, images)
    files = {
        **material.files,
        **{image.path: material.pictures[path].data for path, image in images.items()},
        "style.css": style.encode(),
        "opds.json": opds.opds_2(material.offer),
        "opds.xml": opds.opds_1(material.offer),
        "workshop.json": workshop_json.make(material.offer),
    }
    faults = [
        fault
        for sheet in sheets
        for fault in downloads.lost(sheet.tree, sheet.place, sheet.root, files)
    ]
    faults += downloads.lost_in_style(style, files)
    if faults:
        raise BuildError([Problem(_template(renderer), 0, text) for text in dict.fromkeys(faults)])
    return {sheet.place: _html(sheet) for sheet in sheets} | files


def _sheets(renderer: Renderer, material: Material) -> Iterator[_Sheet]:
    """Yield each page, its words of safety checked."""
    offer = material.offer
    light = _light(renderer)

    def page(
        place: str, root: str, part: str, data: str = "", exercise: Exercise | None = None
    ) -> _Sheet:
        filled = renderer.part(
            _targets(renderer, root),
            **_values(renderer, material),
            part=part,
            root=root,
            linked=data,
            exercise=exercise,
        )
        _check_shown(_duty(filled, part), filled.root, light, renderer)
        return _Sheet(place, root, filled.root)

    yield page("index.html", "", "index", schema_org.index(offer))
    for exercise in renderer.workshop.exercises.values():
        data = schema_org.exercise(offer, exercise)
        yield page(exercise_page(exercise.id), "../", "exercise", data, exercise)
    if offer.base:
        yield page("embed.html", offer.base, "embed")


def _targets(renderer: Renderer, root: str) -> Targets:
    """Return where links lead from a page: exercises have pages in the site, chapters have none."""
    exercises = renderer.workshop.exercises.values()
    return Targets({}, {each.path: root + quote(exercise_page(each.id)) for each in exercises})


def _duty(page: Page, part: str) -> dict[str, str]:
    """Return the words that a page must show; a card has no exercise, and leads to all of them."""
    words = page.required.items()
    return {key: text for key, text in words if part != "embed" or key == "disclaimer"}


def _values(renderer: Renderer, material: Material) -> dict[str, object]:
    """Return what the template is given for every page."""
    workshop = renderer.workshop
    return {
        "offer": material.offer,
        "groups": downloads.groups(material.offer),
        "looks": material.sample_pages,
        "every": [workshop.exercises[name] for name in workshop.in_order],
        "chapters": renderer.chapters,
        "earlier": earlier_versions.earlier_than(workshop.settings.version or ""),
        "page_of": exercise_page,
    }


def _light(renderer: Renderer) -> str:
    """Return the style as a light screen shows it; raises BuildError for more than dark colours."""
    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    dark = next((text for name, text in sheets if name == DARK), "")
    if wrong := downloads.more_than_variables(dark):
        text = f"sets '{wrong}', where only variables like --ink may be set; move it to site.css"
        raise BuildError([Problem(DARK, 0, text)])
    return stylesheets.flattened([(name, text) for name, text in sheets if name != DARK])


def _check_shown(
    required: Mapping[str, str], tree: Element, style: str, renderer: Renderer
) -> None:
    """Refuse a page that leaves out or hides words of safety."""
    lost = safety.missing(required, hidden_text.shown_words(tree, style))
    if lost:
        raise BuildError(safety.not_shown(lost, _template(renderer)))


def _place_pictures(sheet: _Sheet, images: Mapping[str, Image]) -> None:
    """Let the pictures of a page lead to where they are in the site."""
    for number, element in enumerate(sheet.tree.iter("img")):
        image = images.get(element.get("src", ""))
        if image:
            element.set("src", sheet.root + quote(image.path))
            element.set("width", str(image.width))
            element.set("height", str(image.height))
        if number >= _AT_ONCE:
            element.set("loading", "lazy")


def _html(sheet: _Sheet) -> bytes:
    """Return a page as HTML; the card for other pages is a part of one."""
    text = etree.tostring(sheet.tree, method="html", encoding="unicode").strip()
    doctype = "<!doctype html>\n" if sheet.tree.tag == "html" else ""
    return f"{doctype}{text}\n".encode()


def _template(renderer: Renderer) -> str:
    return f"templates/{renderer.target.product.template}"
