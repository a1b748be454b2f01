"""From a page to a PDF, by WeasyPrint, which only this module and `tagging` import.

The engine sees what it is given and nothing else: a fetcher serves the pictures that were
read and refuses every other address. Whatever the engine logs is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import cssselect2

from workshop_builder.pdf import fonts, native_libraries

fonts.use_only_shipped()  # the engine reads the fonts when it is imported
with native_libraries.found_by_name():
    import weasyprint
    from weasyprint.text.ffi import ffi, gobject
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

from workshop_builder.errors import BuildError, Problem  # noqa: E402
from workshop_builder.model.fields import Pages  # noqa: E402
from workshop_builder.model.products import Target  # noqa: E402
from workshop_builder.pages.render import Page  # noqa: E402
from workshop_builder.pdf import (  # noqa: E402
    conformance,
    element_styles,
    glyphs,
    speed,
    spreads,
    visible_text,
    warnings_log,
)
from workshop_builder.pdf.fitting import copyfitting, misfits, overflow  # noqa: E402
from workshop_builder.pdf.fitting.copyfitting import Scale  # noqa: E402
from workshop_builder.pdf.served_files import BASE, Fetcher, Images, Resource  # noqa: E402

speed.apply()
warnings_log.listen_to_glib(ffi, gobject)

_SPECIMEN = """<html lang="en"><head><title>A</title></head><body><h1>Aa</h1><p>Aa <b>Bb</b>
<i>Cc</i> <a href="https://workshop.invalid/">Dd</a></p><ul><li>Ee</li></ul></body></html>"""
_SPECIMEN_STYLE = """body{font-family:"Atkinson Hyperlegible"}h1{font:600 20pt "Source Serif 4"}
@page{@bottom-right{content:counter(page)}}"""

_ENDLESS = 5000
"""Millimetres by which a page is longer that has no end."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF."""

    data: bytes = field(repr=False)
    pages: int
    """Their number."""
    told: tuple[str, ...] = ()
    """What whoever asked for it is told."""


class _Html(weasyprint.HTML):
    """A document from well-formed XHTML, without the HTML parser's work."""

    def __init__(self, html: str, fetcher: Fetcher) -> None:
        root = ElementTree.fromstring(html)  # noqa: S314  our own templates' output
        element_styles.add(root)
        self.base_url, self.url_fetcher, self.media_type = BASE, fetcher, "print"
        self.images = Images(fetcher)
        self.numbers: dict[str, spreads.Counters] = {}
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class _Fonts(FontConfiguration):
    """Fonts, of which those of a style lie in our folder: workers end without clearing up."""

    _folder: Path | None = None

    def add_font_face(self, rule_descriptors: Mapping[str, object], url_fetcher: Fetcher) -> None:
        """Write the font that a style names, and let pages be set with it."""
        self._folder = self._folder or fonts.new_folder()
        super().add_font_face(rule_descriptors, url_fetcher)


class PdfEngine:
    """WeasyPrint with fonts and styles ready: made once, used for every product."""

    def __init__(self, files: Mapping[str, Resource]) -> None:
        self.files = dict(files)
        self.fonts = _Fonts()
        self._styles: dict[tuple[str, str], weasyprint.CSS] = {}
        self._warm_up()

    def _warm_up(self) -> None:
        """Make a PDF of next to nothing.

        What the engine sets up at its first page, such as fonts, is then ready in every worker.
        """
        style = weasyprint.CSS(string=_SPECIMEN_STYLE, font_config=self.fonts)
        html = _Html(_SPECIMEN, Fetcher({}))
        conformance.write_pdf(html.render(stylesheets=[style], font_config=self.fonts))

    def with_files(self, files: Mapping[str, Resource]) -> PdfEngine:
        """Return an engine with the same fonts and styles, and other files for its pages."""
        other = copy(self)
        other.files = dict(files)
        return other

    def style(self, name: str, text: str) -> weasyprint.CSS:
        """Return a style sheet, parsed once; raises BuildError with every problem in it."""
        key = (name, text)
        if key not in self._styles:
            self._styles[key] = self._read_style(name, text)
        return self._styles[key]

    def _read_style(self, name: str, text: str) -> weasyprint.CSS:
        fetcher = Fetcher(self.files)
        css = None
        with warnings_log.collected() as log, suppress(FatalURLFetchingError):
            css = weasyprint.CSS(
                string=text, base_url=BASE, url_fetcher=fetcher, font_config=self.fonts
            )
        problems = [warnings_log.style_problem(name, line) for line in log.lines]
        problems += [Problem(name, 0, warnings_log.not_ours(url)) for url in fetcher.refused]
        problems += warnings_log.huge_sizes(name, text)
        if problems or css is None:
            raise BuildError(problems)
        return css

    def make_pdf(
        self,
        page: Page,
        target: Target,
        styles: Sequence[tuple[str, str]],
        on_laid_out: Callable[[weasyprint.Document, Scale | None], None] = lambda *_: None,
    ) -> Pdf:
        """Return `page` as a PDF with the number of pages that is promised.

        `styles` are names and texts of style sheets, later ones overriding earlier ones.
        `on_laid_out` is called with the laid-out pages and their scale. Raises BuildError where
        a character is in no font, the promise cannot be kept, the engine warns, words of safety
        cannot be seen, or a word leaves its place.
        """
        glyphs.check(page, target)
        html, fetcher = self.read(page)
        sheets = [self.style(name, text) for name, text in styles]
        with warnings_log.collected() as log:
            try:
                document, scale, tight = self._lay_out_fitting(html, target, sheets)
                data = conformance.write_pdf(document)
            except FatalURLFetchingError as error:
                refused = fetcher.refused or [str(error)]
                raise BuildError(warnings_log.problems(log.lines, refused, target)) from error
            except ArithmeticError as error:
                lines = [*log.lines, warnings_log.IMMENSE]
                raise BuildError(warnings_log.problems(lines, fetcher.refused, target)) from error
        if problems := warnings_log.problems(log.lines, fetcher.refused, target):
            raise BuildError(problems)
        visible_text.check_safety(visible_text.words_by_key(document), page, target)
        misfits.check(tight, page, target)
        on_laid_out(document, scale)
        return Pdf(data, len(document.pages))

    def size_style(self, target: Target, more: str = "", longer: float = 0) -> weasyprint.CSS:
        """Return the style of pages of a target's size, or `longer`, in millimetres, and more."""
        width, height = target.size
        style = f"@page{{size:{width}mm {height + longer}mm}}"
        return weasyprint.CSS(string=style + more, font_config=self.fonts)

    def draft_pages(
        self,
        page: Page,
        target: Target,
        styles: Sequence[tuple[str, str]],
        scale: Scale | None,
        choose: Callable[[weasyprint.Document], Sequence[int]],
    ) -> bytes:
        """Return some of the pages at `scale` as a PDF: quickly, untagged and unchecked.

        `choose` returns the numbers of the wanted pages of a laid-out document, counted from 0;
        where there are none, the bytes are empty.
        """
        html, _ = self.read(page)
        sheets = [self.style(name, text) for name, text in styles]
        with warnings_log.collected():
            document = self._lay_out_at(scale, html, target, sheets)
            if spreads.improve(document):
                document = self._lay_out_at(scale, html, target, sheets)
            chosen = [document.pages[number] for number in choose(document)]
            return bytes(document.copy(chosen).write_pdf()) if chosen else b""

    def read(self, page: Page) -> tuple[_Html, Fetcher]:
        """Return a page as the engine reads it, and the fetcher of its pictures."""
        codes = {name: Resource(data, "image/svg+xml") for name, data in page.codes.items()}
        fetcher = Fetcher(self.files | codes)
        return _Html(page.html, fetcher), fetcher

    def _lay_out_at(
        self,
        scale: Scale | None,
        html: _Html,
        target: Target,
        sheets: list[weasyprint.CSS],
        longer: float = 0,
        *,
        as_told: bool = False,
    ) -> weasyprint.Document:
        """Return the pages at `scale`; raises BuildError where a printed number stays wrong.

        With `as_told`, numbers are printed as they were told, right or wrong.
        """
        sheets = [*sheets, self.size_style(target, scale.css if scale else "", longer)]
        if as_told:
            return spreads.set_in_spreads(spreads.lay_out_as_told(html, self.fonts, sheets))
        document, wrong = spreads.lay_out(html, self.fonts, sheets, html.images, html.numbers)
        if wrong:
            raise BuildError(each.problem(target) for each in wrong)
        return spreads.set_in_spreads(document)

    def _lay_out_fitting(
        self, html: _Html, target: Target, sheets: list[weasyprint.CSS]
    ) -> tuple[weasyprint.Document, Scale | None, list[misfits.Misfit]]:
        """Return the same as `_lay_out` with words broken to keep their place, and which do not."""
        document, scale = self._lay_out(html, target, sheets)
        if scale is None:
            lay_out = partial(self._lay_out_at, None, html, target, sheets)
            document = spreads.improved(document, html, lay_out)
        elif spreads.improve(document):
            document, scale = self._lay_out(html, target, sheets)
        breaking = [*sheets, self.style("misfits", misfits.BREAKING)]
        found = misfits.find(document)
        for letters in misfits.LETTERS if found else ():
            if misfits.let_break(found, letters):
                document, scale = self._lay_out(html, target, breaking)
                found = misfits.find(document)
        while found and scale and scale.body > target.product.body[0]:
            document, scale = self._lay_out(html, target, breaking, below=scale.body)
            found = misfits.find(document)
        return document, scale, found

    def _lay_out(
        self, html: _Html, target: Target, sheets: list[weasyprint.CSS], below: float = 1e9
    ) -> tuple[weasyprint.Document, Scale | None]:
        """Return the pages at the largest scale that keeps the promise of pages, and that scale.

        Its text is `below` so many points. Raises BuildError where no scale keeps it.
        """

        def at(scale: Scale | None, longer: float = 0) -> weasyprint.Document:
            return self._lay_out_at(scale, html, target, sheets, longer)

        promise = target.pages
        if promise is None and not overflow.has_frames(html.etree_element):
            return at(None), None
        alone = promise == Pages(1, 1) and overflow.is_measured_whole(html.etree_element)
        longer = _ENDLESS if alone else 0
        choices = [each for each in copyfitting.scales(*target.product.body) if each.body < below]
        tight = alone and overflow.is_tight(html.etree_element)
        found = copyfitting.largest_that_fits(
            copyfitting.few(choices) if tight else choices,
            lambda scale: at(scale, longer),
            lambda document: overflow.share_filled(document.pages, promise, longer),
            whole=alone,
            tight=tight,
        )
        scale = found.scale
        document = at(scale) if longer and found.filled > 1 else found.document
        if problems := overflow.problems(document, target):
            raise BuildError(problems)
        if promise and found.filled < copyfitting.WELL_FILLED and promise.low == promise.high:
            free, gaps = overflow.free_height(document, longer), overflow.gap_count(document)
            roomy = copyfitting.with_wider_gaps(scale, free, gaps)
            spread = at(roomy)
            if overflow.share_filled(spread.pages, promise) <= 1:
                return spread, roomy
        return at(scale) if longer else document, scale


def draw_alone(drawing: bytes, size: tuple[int, int]) -> bytes:
    """Return a PDF with an SVG drawing alone on a page of `size`, in CSS pixels."""
    style = f"@page{{size:{size[0]}px {size[1]}px;margin:0}}body{{margin:0}}img{{display:block}}"
    page = f'<img style="width:{size[0]}px;height:{size[1]}px" src="drawing" alt=""/>'
    html = _Html(
        f"<html><head><title>A</title></head><body>{page}</body></html>",
        Fetcher({"drawing": Resource(drawing, "image/svg+xml")}),
    )
    with warnings_log.collected():
        configuration = FontConfiguration()
        sheet = weasyprint.CSS(string=style, font_config=configuration)
        return bytes(html.write_pdf(stylesheets=[sheet], font_config=configuration))
