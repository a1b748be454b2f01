"""From the finished files of a package to its website: images, downloads, then the pages."""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import PurePosixPath

from PIL import Image as Pixels

from workshop_builder.markup.typography import polish
from workshop_builder.metadata.offer import Download, Image, Offer
from workshop_builder.model.editions import POSTERS, SheetName
from workshop_builder.model.products import SITE, offered
from workshop_builder.output.package import SUMS, File, sums
from workshop_builder.output.store import PIECES
from workshop_builder.pages import stylesheets
from workshop_builder.pages.render import Renderer
from workshop_builder.pictures.file_names import published_names
from workshop_builder.pictures.prepare import Picture
from workshop_builder.site import pages as site_pages
from workshop_builder.site import share_image, thumbnails
from workshop_builder.site.dark_style import DARK
from workshop_builder.site.pages import Material, SamplePage
from workshop_builder.site.thumbnails import Thumbnail
from workshop_builder.source import fingerprint
from workshop_builder.workers import Workers

_SAMPLE_PAGES = 4
"""How many pages of the PDFs the website shows."""
_EDITIONS = ("standard", "large-print", "ink-saver")
_SHARE_IMAGE = "share.png"


def site_files(
    renderer: Renderer,
    files: Sequence[File],
    screen_pictures: Mapping[str, Picture],
    films: Mapping[str, bytes],
    workers: Workers,
) -> list[File]:
    """Return the files of the website that offers `files`, save those for the teacher.

    `screen_pictures` are the workshop's pictures by their path in the source folder, and `films`
    the figures among them that move, as animated pictures. Raises BuildError with what is wrong in
    the website's template or style.
    """
    public = sorted(
        (file for file in files if file.offered or file.facts["product"] == "bundle"),
        key=lambda file: _rank(renderer, file),
    )
    material = _material(renderer, public, screen_pictures, films, workers)
    settings = renderer.workshop.settings
    facts = {
        "product": renderer.target.product.name,
        "language": settings.language,
        "title": settings.title,
    }
    return [
        File(f"{SITE}/{path}", data, facts, offered=False)
        for path, data in sorted(site_pages.make_site(renderer, material).items())
    ]


def _material(
    renderer: Renderer,
    public: Sequence[File],
    screen_pictures: Mapping[str, Picture],
    films: Mapping[str, bytes],
    workers: Workers,
) -> Material:
    """Return what the website is made from; its images are rendered side by side."""
    pictured = [file for file in public if _has_thumbnails(renderer, file)]
    for file in pictured:
        workers.start(f"thumbnails of {file.name}", _thumbnails, file.data, _titles(renderer))
    workers.start("pictures to share", _extras, renderer, screen_pictures)
    made = workers.results()
    pages = {file.name: made[f"thumbnails of {file.name}"] for file in pictured}
    downloads = [_download(renderer, file, pages.get(file.name, ())) for file in public]
    share = Image(_SHARE_IMAGE, *share_image.SIZE)
    images = _images(screen_pictures)
    moving = {path: _film(images[path], data) for path, data in films.items()}
    offer = Offer(renderer.workshop, renderer.labels, tuple(downloads), images, share, moving)
    files = {f"downloads/{file.name}": file.data for file in public}
    files[f"downloads/{SUMS}"] = sums(public)
    files |= {_image(name, each).path: each.webp for name, all_ in pages.items() for each in all_}
    files |= {moving[path].path: data for path, data in films.items()}
    samples = _sample_pages(downloads, pages)
    places = _chapter_places(renderer, public)
    return Material(offer, samples, places, screen_pictures, files | made["pictures to share"])


def _rank(renderer: Renderer, file: File) -> tuple[int, int, bool]:
    """Return the sort key of a download: its product, its edition, the workshop's paper first."""
    names = [*offered(renderer.workshop), "bundle"]
    edition = file.facts.get("edition")
    return (
        names.index(file.facts["product"]),
        _EDITIONS.index(edition) if edition else 0,
        file.facts.get("paper") not in _own_sheets(renderer),
    )


def _has_thumbnails(renderer: Renderer, file: File) -> bool:
    """Return whether the website shows pages of a file: a standard PDF on the workshop's paper."""
    standard = file.facts.get("edition") == "standard"
    return standard and file.facts.get("paper") in _own_sheets(renderer)


def _own_sheets(renderer: Renderer) -> tuple[SheetName, SheetName]:
    """Return the workshop's own paper, and what a poster is printed on where that is used."""
    own = renderer.workshop.settings.paper
    return own, POSTERS[own][0]


def _titles(renderer: Renderer) -> list[str]:
    """Return what the sample pages are about: an exercise, and a chapter of text."""
    exercises = [exercise.fields.name for exercise in renderer.exercises[:1]]
    return [*exercises, *(chapter.fields.title for chapter in renderer.chapters[1:2])]


def _thumbnails(pdf: bytes, titles: Sequence[str]) -> list[Thumbnail]:
    """Return thumbnails of the first page of a PDF, and of the pages about `titles`."""
    parts = "thumbnails", fingerprint.program(), hashlib.sha256(pdf).hexdigest(), *titles

    def made() -> bytes:
        found = thumbnails.pages_with_titles(pdf, titles)
        return pickle.dumps(thumbnails.render(pdf, list(dict.fromkeys([0, *found.values()]))), 5)

    kept: list[Thumbnail] = pickle.loads(PIECES.kept(parts, made))  # noqa: S301  only this user can have put it there
    return kept


def _chapter_places(renderer: Renderer, public: Sequence[File]) -> dict[str, str]:
    """Return where each chapter begins in the book to download, by its path in the folder."""
    of_book = (file for file in public if file.facts["product"] == "book")
    book = next((file for file in of_book if _has_thumbnails(renderer, file)), None)
    if book is None:
        return {}
    writing = renderer.workshop.language.writing
    titles = {polish(chapter.fields.title, writing): chapter.path for chapter in renderer.chapters}
    pages = thumbnails.pages_with_titles(book.data, titles)
    return {titles[each]: f"downloads/{book.name}#page={n + 1}" for each, n in pages.items()}


def _extras(renderer: Renderer, screen_pictures: Mapping[str, Picture]) -> dict[str, bytes]:
    """Return the image for shared links and the icon, by their path in the website."""
    settings = renderer.workshop.settings
    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    colours = stylesheets.variables([sheet for sheet in sheets if sheet[0] != DARK])
    cover = screen_pictures.get(settings.cover or "")
    return {
        _SHARE_IMAGE: share_image.draw_image(settings, cover, colours),
        "favicon.png": share_image.draw_icon(settings, colours),
    }


def _images(screen_pictures: Mapping[str, Picture]) -> dict[str, Image]:
    """Return the image in the website of each picture, by its path in the source folder."""
    names = published_names(screen_pictures)
    return {
        path: Image(names[path], picture.width, picture.height)
        for path, picture in screen_pictures.items()
    }


def _film(still: Image, data: bytes) -> Image:
    """Return the animated image in the website that moves as `still` does not."""
    with Pixels.open(io.BytesIO(data)) as film:
        return Image(f"{PurePosixPath(still.path).with_suffix('')}-moving.webp", *film.size)


def _image(file: str, thumbnail: Thumbnail) -> Image:
    """Return the image in the website that is a thumbnail of the PDF named `file`."""
    stem = file.removesuffix(".pdf")
    path = f"pages/{stem}-{thumbnail.page + 1}-{thumbnail.width}.webp"
    return Image(path, thumbnail.width, thumbnail.height)


def _download(renderer: Renderer, file: File, pages: Sequence[Thumbnail]) -> Download:
    facts = file.facts
    ending = file.name.rpartition(".")[2]
    return Download(
        path=f"downloads/{file.name}",
        title=_title(renderer, facts["product"]),
        product=facts["product"],
        format=ending,  # type: ignore[arg-type]
        edition=facts.get("edition") if ending == "pdf" else None,
        paper=facts.get("paper"),
        pages=facts.get("pages"),
        bytes=len(file.data),
        sha256=hashlib.sha256(file.data).hexdigest(),
        thumbnails=tuple(_image(file.name, each) for each in pages if each.page == 0),
    )


def _title(renderer: Renderer, name: str) -> str:
    """Return the title of a product, or of the bundle."""
    if name == "bundle":
        return renderer.labels[name]
    product, _ = offered(renderer.workshop)[name]
    return renderer.labels.product(product)


def _sample_pages(
    downloads: Sequence[Download], pages: Mapping[str, Sequence[Thumbnail]]
) -> list[SamplePage]:
    """Return the first sample pages, taken from each PDF in turn."""
    of_each = [
        _samples_of(download, pages.get(download.path.removeprefix("downloads/"), ()))
        for download in downloads
    ]
    in_turn = [page for turn in zip_longest(*of_each) for page in turn if page]
    return in_turn[:_SAMPLE_PAGES]


def _samples_of(download: Download, pages: Sequence[Thumbnail]) -> list[SamplePage]:
    """Return the pages of a PDF that have thumbnails; the first only if it has no other."""
    name = download.path.removeprefix("downloads/")
    sizes: dict[int, list[Image]] = {}
    for page in pages:
        sizes.setdefault(page.page, []).append(_image(name, page))
    samples = [SamplePage(found[-2], found[-1], download, n + 1) for n, found in sizes.items()]
    return samples[1:] or samples
