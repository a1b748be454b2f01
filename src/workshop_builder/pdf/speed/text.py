"""Lines of text, measured once (`text/line_break.py`).

A document is laid out several times: a page until its numbers are right, a table for its widths
and then for its rows, a product at several scales. Most lines come back with the same text, style
and width, and what the library for text says of them is the same again.
"""

from __future__ import annotations

from typing import Any

from weasyprint.text import fonts, line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango

from workshop_builder.pdf.speed.replacing import replace

_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
_PROPERTIES = (
    *_FEATURES,
    *("font_family", "font_style", "font_stretch", "font_weight", "font_variation_settings"),
    *("font_language_override", "lang", "direction", "text_decoration_line", "tab_size"),
    *("word_spacing", "letter_spacing", "overflow_wrap", "word_break", "hyphens"),
    *("hyphenate_limit_chars", "hyphenate_limit_zone", "hyphenate_character"),
)
"""All that a line of text depends on, but what the engine sets in a style after it is computed."""
_MOST = 60_000
"""Lines that are kept, of some three books; then it begins anew."""

_Layout = line_break.Layout
_split = line_break.split_first_line
_set_up = _Layout.setup
_strut = line_break.strut


def measure_once() -> None:
    """Keep what was measured with the fonts that it was measured with."""
    replace(_split, _split_once)
    replace(_strut, _strut_once)


def set_up_once() -> None:
    """Keep what is set up for the text of a style with the style."""
    _Layout.setup = _set_up_anew


def _split_once(
    text: str,
    style: Any,  # noqa: ANN401
    context: Any,  # noqa: ANN401
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> tuple[Any, ...]:
    lines = style.font_config.__dict__.setdefault("_lines", {})
    given = max_width, justification_spacing, is_line_start, minimum
    key = _key(style), style["white_space"], style["font_size"], text, given
    kept = lines.get(key)
    if kept is None:
        made = _split(text, style, context, *given)
        if len(lines) >= _MOST:
            lines.clear()
        lines[key] = dict(made[0].__dict__), made[1:]
        return tuple(made)
    layout = object.__new__(_Layout)
    layout.__dict__.update(kept[0])
    return (layout, *kept[1])


def _key(style: Any) -> str:  # noqa: ANN401
    """Return what text depends on in a style."""
    key = style.__dict__.get("_text_key")
    if key is None:
        written = repr([style[name] for name in _PROPERTIES])
        keys = style.font_config.__dict__.setdefault("_text_keys", {})
        key = style._text_key = keys.setdefault(written, written)  # noqa: SLF001
    return str(key)


def _strut_once(style: Any) -> tuple[float, float]:  # noqa: ANN401
    key = style.font_config, style["font_size"], style["line_height"]
    kept = style.__dict__.get("_strut")
    if kept is None or kept[0] != key:
        kept = style._strut = key, _strut(style)  # noqa: SLF001
    return kept[1]  # type: ignore[no-any-return]


def _set_up_anew(self: Any, style: Any) -> None:  # noqa: ANN401
    """Do what `Layout.setup` does, with what it made for such a style before."""
    set_up = style.font_config.__dict__.setdefault("_set_up", {})
    key = _key(style), style["font_size"]
    if key not in set_up:
        _set_up(self, style)
        if style["text_decoration_line"] == "none":
            set_up[key] = _made(self, style)
        return
    context, description, self.language, attribute = set_up[key]
    self.style = style
    self.first_line_direction = 0
    self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)  # noqa: FBT003
    pango.pango_layout_set_font_description(self.layout, description)
    self.ascent = self.underline_position = self.strikethrough_position = None
    if attribute is not None:
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)


def _made(layout: Any, style: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Return what `Layout.setup` made for a style, and does not keep."""
    fonts_of = style.font_config
    context = ffi.gc(pango.pango_font_map_create_context(fonts_of.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    if style["font_language_override"] != "normal" or style["lang"]:
        pango.pango_context_set_language(context, layout.language)
    features = fonts.font_features(*(style[name] for name in _FEATURES))
    named = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    attribute = fonts_of.font_features[named] if features else None
    return context, fonts.get_font_description(style), layout.language, attribute
