"""From a page to a PDF, by WeasyPrint; the only module that imports the engine.

What it is given is all it can see: a fetcher serves the pictures that were
read, and refuses everything else. Whatever the engine only logs is an error.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree import ElementTree

from workshop_builder import fonts

fonts.use_only_shipped()

import cssselect2  # noqa: E402  the engine reads the fonts when it is imported
import weasyprint  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: E402

from workshop_builder import fit, safety, shown, tags  # noqa: E402
from workshop_builder.errors import BuildError, Problem  # noqa: E402
from workshop_builder.fit import Setting  # noqa: E402
from workshop_builder.folder import SETTINGS_FILE  # noqa: E402
from workshop_builder.products import Making  # noqa: E402
from workshop_builder.render import Page  # noqa: E402

_BASE = "https://workshop.invalid/"
"""Where relative addresses lead: a name that RFC 2606 keeps out of the net."""

_LARGEST_PT = {"standard": 13.5, "ink-saver": 13.5, "large-print": 18.0}
_SMALLEST_PT = {"standard": fit.SMALLEST_PT, "ink-saver": fit.SMALLEST_PT, "large-print": 16.0}


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that a page may show."""

    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class Made:
    """A finished PDF."""

    data: bytes = field(repr=False)
    pages: int


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the given files by their path, and nothing else."""

    def __init__(self, files: Mapping[str, Resource]) -> None:
        super().__init__(allowed_protocols={"https", "data"}, fail_on_errors=True)
        self.files = files
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        resource = self.files.get(url.removeprefix(_BASE))
        if not url.startswith(_BASE) or resource is None:
            self.refused.append(url.removeprefix(_BASE))
            raise ValueError(f"{url} is not a file of the workshop")
        return URLFetcherResponse(url, resource.data, {"Content-Type": resource.media_type})


class _Html(weasyprint.HTML):  # type: ignore[misc]
    """A document from XHTML that is known to be well-formed, without the HTML parser's work."""

    def __init__(self, html: str, fetcher: _Fetcher) -> None:
        root = ElementTree.fromstring(html)  # noqa: S314  our own templates' output
        self.base_url = _BASE
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class _Log(logging.Handler):
    """Keeps what the engine complains of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(" ".join(record.getMessage().split()))


@contextmanager
def _listening() -> Iterator[_Log]:
    """Collect the engine's warnings instead of printing them."""
    handler = _Log()
    logger = logging.getLogger("weasyprint")
    logger.handlers, kept = [handler], logger.handlers
    try:
        yield handler
    finally:
        logger.handlers = kept


class Press:
    """The engine with fonts and styles ready: made once, used for every product."""

    def __init__(self, files: Mapping[str, Resource]) -> None:
        self.files = dict(files)
        self._fonts = FontConfiguration()
        self._styles: dict[tuple[str, str], weasyprint.CSS] = {}

    def style(self, name: str, text: str) -> weasyprint.CSS:
        """Return the style sheet `name`, read once; raises BuildError with what is wrong in it."""
        key = (name, text)
        if key not in self._styles:
            fetcher = _Fetcher(self.files)
            with _listening() as log:
                css = weasyprint.CSS(
                    string=text, base_url=_BASE, url_fetcher=fetcher, font_config=self._fonts
                )
            if log.lines or fetcher.refused:
                faults = [*log.lines, *(f"'{url}' is not to be had" for url in fetcher.refused)]
                raise BuildError(Problem(name, 0, f"{line}; mend the style") for line in faults)
            self._styles[key] = css
        return self._styles[key]

    def print(self, page: Page, making: Making, styles: Sequence[tuple[str, str]]) -> Made:
        """Return `page` as a PDF with the pages that are promised.

        `styles` are names and texts of style sheets, later ones before earlier ones in force.
        Raises BuildError with whatever would make the PDF less than it should be.
        """
        codes = {name: Resource(data, "image/svg+xml") for name, data in page.codes.items()}
        fetcher = _Fetcher(self.files | codes)
        html = _Html(page.html, fetcher)
        sheets = [self.style(name, text) for name, text in styles]
        with _listening() as log:
            try:
                document = self._lay(html, making, sheets)
                data = tags.write_pdf(document)
            except FatalURLFetchingError as error:
                _check_log(log.lines, fetcher.refused or [str(error)], making)
                raise
        _check_log(log.lines, fetcher.refused, making)
        _check_shown(document, page, making)
        return Made(data, len(document.pages))

    def _lay(
        self, html: _Html, making: Making, sheets: list[weasyprint.CSS]
    ) -> weasyprint.Document:
        width, height = making.size
        paper = f"@page{{size:{width}mm {height}mm}}"

        def lay(setting: Setting | None) -> weasyprint.Document:
            generated = paper + (setting.css if setting else "")
            sheet = weasyprint.CSS(string=generated, font_config=self._fonts)
            return html.render(
                font_config=self._fonts, stylesheets=[*sheets, sheet], pdf_variant="pdf/ua-1"
            )

        promise = making.pages
        if promise is None:
            return lay(None)
        rungs = fit.ladder(_SMALLEST_PT[making.edition], _LARGEST_PT[making.edition])
        found = fit.widest(rungs, lay, lambda laid: len(laid.pages) <= promise.high)
        if found is None:
            raise BuildError([_too_long(lay(rungs[-1]), making)])
        if len(found.laid.pages) < promise.low:
            text = (
                f"{making.file} takes {len(found.laid.pages)} of the {promise.low} pages promised;"
                " lower 'pages' or add to it"
            )
            raise BuildError([Problem(SETTINGS_FILE, 0, text)])
        return found.laid


def _too_long(document: weasyprint.Document, making: Making) -> Problem:
    promise = making.pages
    assert promise is not None  # noqa: S101
    text = f"{making.file} needs {len(document.pages)} pages, not {promise.high}, at the smallest type"
    return Problem(SETTINGS_FILE, 0, text)


def _check_shown(document: weasyprint.Document, page: Page, making: Making) -> None:
    """Refuse pages on which words of safety are hidden, cut off or left out."""
    seen = shown.words_by_key(document)
    lost = safety.missing(page.required, seen)
    if lost:
        place = f"templates/{making.product.template}"
        raise BuildError(
            Problem(place, 0, f"does not show '{words}' so that it can be read; put it back")
            for words in lost
        )


def _check_log(lines: Sequence[str], refused: Sequence[str], making: Making) -> None:
    faults = [f"'{url}' is not a file of the workshop; save it there" for url in refused]
    faults += [f"{line}; mend what is named here" for line in lines]
    if faults:
        raise BuildError(Problem(making.file, 0, fault) for fault in faults)
