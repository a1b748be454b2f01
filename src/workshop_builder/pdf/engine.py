"""From a page to a PDF, by WeasyPrint; the only module that imports the engine.

What it is given is all it can see: a fetcher serves the pictures that were
read, and refuses everything else. Whatever the engine only logs is an error.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass, field
from xml.etree import ElementTree

import cssselect2

from workshop_builder.pdf import fonts, native_libraries

fonts.use_only_shipped()  # the engine reads the fonts when it is imported
with native_libraries.sought_by_name():
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from workshop_builder.errors import BuildError, Problem  # noqa: E402
from workshop_builder.model.products import Target  # noqa: E402
from workshop_builder.pages import safety  # noqa: E402
from workshop_builder.pages.render import Page  # noqa: E402
from workshop_builder.pages.templates import malformed  # noqa: E402
from workshop_builder.pdf import copyfitting, overflow, visible_text  # noqa: E402
from workshop_builder.pdf.copyfitting import Scale  # noqa: E402
from workshop_builder.pdf.tagging import write  # noqa: E402

_BASE = "https://workshop.invalid/"
"""Where relative addresses lead: a name that RFC 2606 keeps out of the net."""


_SPECIMEN = """<html lang="en"><head><title>A</title></head><body><h1>Aa</h1><p>Aa <b>Bb</b>
<i>Cc</i> <a href="https://workshop.invalid/">Dd</a></p><ul><li>Ee</li></ul></body></html>"""
_SPECIMEN_STYLE = """body{font-family:"Atkinson Hyperlegible"}h1{font:600 20pt "Source Serif 4"}
@page{@bottom-right{content:counter(page)}}"""


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that a page may show."""

    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF."""

    data: bytes = field(repr=False)
    pages: int


class _Fetcher(URLFetcher):
    """Serves the given files by their path, and nothing else."""

    def __init__(self, files: Mapping[str, Resource]) -> None:
        super().__init__(allowed_protocols={"https", "data"}, fail_on_errors=True)
        self.files = files
        self.refused: list[str] = []

    def fetch(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002  WeasyPrint's signature
    ) -> URLFetcherResponse:
        """Return the file at `url`; raises ValueError where it is none of ours."""
        resource = self.files.get(url.removeprefix(_BASE))
        if not url.startswith(_BASE) or resource is None:
            self.refused.append(url.removeprefix(_BASE))
            raise ValueError(f"{url} is not a file of the workshop")
        return URLFetcherResponse(url, resource.data, {"Content-Type": resource.media_type})


class _Html(weasyprint.HTML):
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


class PdfEngine:
    """The engine with fonts and styles ready: made once, used for every product."""

    def __init__(self, files: Mapping[str, Resource]) -> None:
        self.files = dict(files)
        self._fonts = FontConfiguration()
        self._styles: dict[tuple[str, str], weasyprint.CSS] = {}
        self._warm_up()

    def _warm_up(self) -> None:
        """Print a page of nothing much.

        What the engine sets up at its first page (parsed declarations of its C libraries,
        loaded fonts: about a third of a second) is then there for every forked worker.
        """
        style = weasyprint.CSS(string=_SPECIMEN_STYLE, font_config=self._fonts)
        html = _Html(_SPECIMEN, _Fetcher({}))
        write.write_pdf(html.render(stylesheets=[style], font_config=self._fonts))

    def with_files(self, files: Mapping[str, Resource]) -> PdfEngine:
        """Return this engine, fonts and styles and all, with other files for its pages."""
        other = copy(self)
        other.files = dict(files)
        return other

    def style(self, name: str, text: str) -> weasyprint.CSS:
        """Return the style sheet `name`, read once; raises BuildError with what is wrong in it."""
        key = (name, text)
        if key not in self._styles:
            self._styles[key] = self._read_style(name, text)
        return self._styles[key]

    def _read_style(self, name: str, text: str) -> weasyprint.CSS:
        fetcher = _Fetcher(self.files)
        css = None
        with _listening() as log, suppress(FatalURLFetchingError):
            css = weasyprint.CSS(
                string=text, base_url=_BASE, url_fetcher=fetcher, font_config=self._fonts
            )
        problems = [_style_problem(name, line) for line in log.lines]
        problems += [Problem(name, 0, _not_ours(url)) for url in fetcher.refused]
        if problems or css is None:
            raise BuildError(problems)
        return css

    def make_pdf(
        self,
        page: Page,
        target: Target,
        styles: Sequence[tuple[str, str]],
        on_laid: Callable[[weasyprint.Document, Scale | None], None] = lambda *_: None,
    ) -> Pdf:
        """Return `page` as a PDF with the pages that are promised.

        `styles` are names and texts of style sheets, later ones before earlier ones in force.
        `on_laid` is shown the pages as they were laid out, and in which setting. Raises
        BuildError with whatever would make the PDF less than it should be.
        """
        html, fetcher = self._read(page, target)
        sheets = [self.style(name, text) for name, text in styles]
        with _listening() as log:
            try:
                document, setting = self._lay(html, target, sheets)
                data = write.write_pdf(document)
            except FatalURLFetchingError as error:
                _check_log(log.lines, fetcher.refused or [str(error)], target)
                raise
        _check_log(log.lines, fetcher.refused, target)
        _check_shown(document, page, target)
        on_laid(document, setting)
        return Pdf(data, len(document.pages))

    def draft_pages(
        self,
        page: Page,
        target: Target,
        styles: Sequence[tuple[str, str]],
        setting: Scale | None,
        choose: Callable[[weasyprint.Document], Sequence[int]],
    ) -> bytes:
        """Return some of the pages as they look in `setting`: quickly, untagged and unchecked.

        `choose` picks them from the pages as they were laid out, by numbers counted from 0;
        where it picks none, nothing is returned.
        """
        html, _ = self._read(page, target)
        sheets = [self.style(name, text) for name, text in styles]
        with _listening():
            document = self._set(html, target, sheets, setting)
            chosen = [document.pages[number] for number in choose(document)]
            return bytes(document.copy(chosen).write_pdf()) if chosen else b""

    def _read(self, page: Page, target: Target) -> tuple[_Html, _Fetcher]:
        """Return a page as the engine reads it, with what will fetch its pictures."""
        codes = {name: Resource(data, "image/svg+xml") for name, data in page.codes.items()}
        fetcher = _Fetcher(self.files | codes)
        try:
            return _Html(page.html, fetcher), fetcher
        except ElementTree.ParseError as error:
            place = f"templates/{target.product.template}"
            raise BuildError([malformed(place, str(error))]) from error

    def _set(
        self, html: _Html, target: Target, sheets: list[weasyprint.CSS], setting: Scale | None
    ) -> weasyprint.Document:
        """Lay the pages out once, in `setting`."""
        width, height = target.size
        generated = f"@page{{size:{width}mm {height}mm}}" + (setting.css if setting else "")
        sheet = weasyprint.CSS(string=generated, font_config=self._fonts)
        return html.render(font_config=self._fonts, stylesheets=[*sheets, sheet])

    def _lay(
        self, html: _Html, target: Target, sheets: list[weasyprint.CSS]
    ) -> tuple[weasyprint.Document, Scale | None]:
        """Lay the pages out, in the widest setting that keeps the promise of pages."""

        def lay(setting: Scale | None) -> weasyprint.Document:
            return self._set(html, target, sheets, setting)

        promise = target.pages
        if promise is None:
            return lay(None), None
        found = copyfitting.largest_that_fits(
            copyfitting.scales(*target.body), lay, lambda laid: overflow.filled(laid, promise.high)
        )
        if len(found.laid.pages) > promise.high:
            raise BuildError([overflow.too_long(found.laid, target)])
        if len(found.laid.pages) < promise.low:
            raise BuildError([overflow.too_short(found.laid, target)])
        if found.filled < copyfitting.BRIM and promise.low == promise.high:
            gaps = overflow.gaps(found.laid)
            setting = copyfitting.with_wider_gaps(found.setting, overflow.spare(found.laid), gaps)
            wider = lay(setting)
            if len(wider.pages) == promise.high:
                return wider, setting
        return found.laid, found.setting


def _check_shown(document: weasyprint.Document, page: Page, target: Target) -> None:
    """Refuse pages on which words of safety are hidden, cut off or left out."""
    seen = visible_text.words_by_key(document)
    lost = safety.missing(page.required, seen)
    if lost:
        raise BuildError(safety.not_shown(lost, f"templates/{target.product.template}"))


def _check_log(lines: Sequence[str], refused: Sequence[str], target: Target) -> None:
    """Refuse pages of which the engine complained; its silence is success."""
    faults = [_not_ours(url) for url in refused]
    faults += [_in_words(line) for line in dict.fromkeys(lines)]
    if faults:
        raise BuildError(Problem(target.file, 0, fault) for fault in faults)


def _not_ours(address: str) -> str:
    return f"'{address}' is not a file of the workshop; save it there"


def _style_problem(name: str, line: str) -> Problem:
    """Return the problem that a line of the engine's log tells of the style sheet `name`."""
    found = re.fullmatch(r"(.*) at (\d+):\d+, (.*?)\.?", line)
    if not found:
        return Problem(name, 0, f"{line.rstrip('.')}; mend the style")
    return Problem(name, int(found[2]), f"{found[1]}: {found[3]}; mend this line of the style")


def _in_words(line: str) -> str:
    """Say a line of the engine's log with what to do about it."""
    glyph = re.search(r"\.notdef glyph .*?: \"(.*)\" \((U\+\w+)\)", line)
    if glyph:
        return f"the character '{glyph[1]}' ({glyph[2]}) is not in the fonts; write it otherwise"
    return f"{line}; mend what is named here"
