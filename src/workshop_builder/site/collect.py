"""The website's material, gathered from the finished files of a package."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from workshop_builder.metadata.offer import Download, Image, Offer
from workshop_builder.model.products import SITE, offered
from workshop_builder.output.package import SUMS, File, sums
from workshop_builder.pages import stylesheets
from workshop_builder.pages.render import Renderer
from workshop_builder.pictures.file_names import published_names
from workshop_builder.pictures.prepare import Picture
from workshop_builder.site import pages as assembly
from workshop_builder.site import share_image, thumbnails, webfonts
from workshop_builder.site.pages import Look, Material
from workshop_builder.site.thumbnails import Thumbnail
from workshop_builder.workers import Workers

_LOOKS = 4
"""How many pages can be looked into."""
_EDITIONS = ("standard", "large-print", "ink-saver")


def site_files(
    renderer: Renderer, files: Sequence[File], screened: Mapping[str, Picture], workers: Workers
) -> list[File]:
    """Return the files of the website that offers `files`; teacher's ones are passed over.

    `screened` are the pictures for screens. Raises BuildError with what is wrong in its template
    or style.
    """
    workshop = renderer.workshop
    public = sorted(
        (file for file in files if file.offered or file.facts["product"] == "bundle"),
        key=lambda file: _rank(renderer, file),
    )
    shown = [file for file in public if _is_shown(renderer, file)]
    for file in shown:
        workers.start(f"thumbnails of {file.name}", _pages, file.data, _titles(renderer))
    workers.start("pictures to share", _extras, renderer, screened)
    made = workers.results()
    extras: dict[str, bytes] = made["pictures to share"]
    small = {file.name: made[f"thumbnails of {file.name}"] for file in shown}
    downloads = [
        _download(file, _title(renderer, file.facts["product"]), small.get(file.name, ()))
        for file in public
    ]
    offer = Offer(
        workshop,
        renderer.labels,
        tuple(downloads),
        _images(screened),
        Image("share.png", *share_image.SIZE),
    )
    contents = {f"downloads/{file.name}": file.data for file in public}
    contents[f"downloads/{SUMS}"] = sums(public)
    contents |= {
        _image(name, each).path: each.webp for name, pages in small.items() for each in pages
    }
    material = Material(offer, _looks(downloads, small), screened, contents | extras)
    facts = {
        "product": renderer.target.product.name,
        "language": workshop.settings.language,
        "title": workshop.settings.title,
    }
    return [
        File(f"{SITE}/{place}", data, facts, offered=False)
        for place, data in sorted(assembly.make(renderer, material).items())
    ]


def _rank(renderer: Renderer, file: File) -> tuple[int, int, bool]:
    """Return where a file stands among the downloads: by product, edition, and the own paper."""
    names = [*offered(renderer.workshop), "bundle"]
    edition = file.facts.get("edition")
    return (
        names.index(file.facts["product"]),
        _EDITIONS.index(edition) if edition else 0,
        file.facts.get("paper") != renderer.workshop.settings.paper,
    )


def _is_shown(renderer: Renderer, file: File) -> bool:
    """Return whether a file is the PDF of a product of which pages are shown."""
    own = renderer.workshop.settings.paper
    return (file.facts.get("edition"), file.facts.get("paper")) == ("standard", own)


def _titles(renderer: Renderer) -> list[str]:
    """Return what the pages to look into are about: an exercise, and a chapter of text."""
    exercises = [exercise.fields.name for exercise in renderer.exercises[:1]]
    return [*exercises, *(chapter.fields.title for chapter in renderer.chapters[1:2])]


def _pages(pdf: bytes, titles: Sequence[str]) -> list[Thumbnail]:
    """Return the first page of a PDF as a thumbnail, and the pages about `titles`."""
    found = thumbnails.pages_titled(pdf, titles)
    return thumbnails.of(pdf, list(dict.fromkeys([0, *found])))


def _extras(renderer: Renderer, screened: Mapping[str, Picture]) -> dict[str, bytes]:
    """Return fonts, the picture that is shown beside a shared link, and the icon."""
    settings = renderer.workshop.settings
    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    colours = stylesheets.variables([item for item in sheets if item[0] != assembly.DARK])
    cover = screened.get(settings.cover or "")
    return {
        **{f"fonts/{name}": data for name, data in webfonts.files().items()},
        "share.png": share_image.picture(settings, cover, colours),
        "favicon.png": share_image.icon(settings, colours),
    }


def _images(screened: Mapping[str, Picture]) -> dict[str, Image]:
    """Return where each picture of the workshop is in the site, by its path in the folder."""
    names = published_names(screened)
    return {path: Image(names[path], each.width, each.height) for path, each in screened.items()}


def _image(file: str, page: Thumbnail) -> Image:
    """Return the place of a thumbnail in the site."""
    stem = file.removesuffix(".pdf")
    path = f"pages/{stem}-{page.page + 1}-{page.width}.webp"
    return Image(path, page.width, page.height)


def _title(renderer: Renderer, name: str) -> str:
    """Return the title of a product, or of the bundle."""
    if name == "bundle":
        return renderer.labels[name]
    product, _ = offered(renderer.workshop)[name]
    return renderer.labels.product(product)


def _download(file: File, title: str, pages: Sequence[Thumbnail]) -> Download:
    facts = file.facts
    ending = file.name.rpartition(".")[2]
    return Download(
        path=f"downloads/{file.name}",
        title=title,
        product=facts["product"],
        format=ending,  # type: ignore[arg-type]
        edition=facts.get("edition") if ending == "pdf" else None,
        paper=facts.get("paper"),
        pages=facts.get("pages"),
        bytes=len(file.data),
        sha256=hashlib.sha256(file.data).hexdigest(),
        thumbnails=tuple(_image(file.name, each) for each in pages if each.page == 0),
    )


def _looks(downloads: Sequence[Download], small: Mapping[str, Sequence[Thumbnail]]) -> list[Look]:
    """Return the pages to look into: one of each PDF in turn."""
    each = [
        _of_one(item, small.get(item.path.removeprefix("downloads/"), ())) for item in downloads
    ]
    in_turn = [look for turn in zip_longest(*each) for look in turn if look]
    return in_turn[:_LOOKS]


def _of_one(download: Download, pages: Sequence[Thumbnail]) -> list[Look]:
    """Return the pages of one PDF about something, in the order they were asked for."""
    name = download.path.removeprefix("downloads/")
    sizes: dict[int, list[Image]] = {}
    for page in pages:
        sizes.setdefault(page.page, []).append(_image(name, page))
    looks = [Look(small, large, download, n + 1) for n, (small, large) in sizes.items()]
    return looks[1:] or looks
