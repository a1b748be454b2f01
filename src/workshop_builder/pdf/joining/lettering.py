"""The fonts of drawn pages: which letters of which they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.fonts import get_pango_font_key

ffi.cdef("PangoFontDescription * pango_font_description_from_string (const char *words);")


class UnknownFontError(Exception):
    """A font is not what it was when letters were set in it."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """A font, and what of it is shown."""

    description: str
    """As Pango writes it, with its size."""
    widths: dict[int, int]
    """Of each glyph, in thousandths of an em."""
    letters: dict[int, str]
    """What each glyph stands for."""

    def put_into(self, stream: Any, key: int, font_map: Any) -> None:  # noqa: ANN401
        """Let the PDF of a stream have this font of a map, with these letters.

        Raises UnknownFontError where it is not the font that it was.
        """
        fonts = stream._fonts  # noqa: SLF001  there is no public way to them
        font = fonts.get(key)
        if font is None:
            font = fonts[key] = _found(self.description, font_map)
        for glyph, width in self.widths.items():
            font.widths.setdefault(glyph, width)
        for glyph, letter in self.letters.items():
            font.to_unicode.setdefault(glyph, letter)


def description_of(pango_font: Any) -> str:  # noqa: ANN401
    """Return the description of a font that the engine uses, with its size."""
    described = ffi.gc(
        pango.pango_font_describe_with_absolute_size(pango_font),
        pango.pango_font_description_free,
    )
    return str(ffi.string(pango.pango_font_description_to_string(described)).decode())


def _found(description: str, font_map: Any) -> Font:  # noqa: ANN401
    """Return the font of a description; raises UnknownFontError where there is none.

    Pango adds the variations that follow from weight and size to those that it is told.
    """
    for words in (description.partition(" @")[0], description):
        loaded = _loaded(words, font_map)
        if description_of(loaded) == description:
            _, named, size = get_pango_font_key(loaded)
            return Font(loaded, named, size)
    raise UnknownFontError(description)


def _loaded(description: str, font_map: Any) -> Any:  # noqa: ANN401
    described = ffi.gc(
        pango.pango_font_description_from_string(description.encode()),
        pango.pango_font_description_free,
    )
    context = ffi.gc(pango.pango_font_map_create_context(font_map), gobject.g_object_unref)
    font = pango.pango_font_map_load_font(font_map, context, described)
    return ffi.gc(font, gobject.g_object_unref)
