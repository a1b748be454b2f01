"""SVG of every kind: what comes out draws, acts on nothing, and fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tinycss2.ast import Node

from workshop_builder.pictures.svg import SvgError, clean

START = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:h="http://www.w3.org/1999/xhtml" viewBox="0 0 9 9"'
)
NAMES = st.sampled_from(
    [
        *("g", "rect", "path", "text", "tspan", "use", "image", "style", "style", "defs", "stop"),
        *("linearGradient", "clipPath", "marker", "pattern", "title", "switch", "a", "script"),
        *("animate", "set", "metadata", "handler", "font-face", "h:script", "h:img"),
    ]
)
KEYS = st.sampled_from(
    [
        *("id", "id", "class", "fill", "fill", "style", "style", "href", "xlink:href", "onclick"),
        *("onload", "transform", "d", "width", "marker-end", "clip-path", "xml:base", "xml:lang"),
        *("src", "aria-label", "x-y"),
    ]
)
HOSTILE = st.sampled_from(
    [
        *("url(http://x.example/a)", "url('//x.example/a')", "url(a.svg#b)", "URL( a )"),
        *("\\75rl(http://x.example/a)", "u\\72 l(x)", "url(#a) url(x)", "url(x", "src('x')"),
        *("image-set('x' 1x)", "image('x')", "expression(alert(1))", "var(--x)", "attr(href)"),
        *("javascript:alert(1)", "data:text/html,<script>", "file:///etc/passwd", "//x.example"),
        *("</style><script>alert(1)</script>", "]]><script>", "<!--", "-->", "@import 'x';"),
        *("fill:url(x)", "fill:red;stroke:url(x)", "behavior:url(x)", "*{fill:url(x)}", "&#10;"),
        *("a{fill:url(#a)}", "@media all{a{fill:url(x)}}", "a{b:c}@import 'x';", "fill:\\a url(x)"),
    ]
)
VALUES = st.one_of(
    HOSTILE,
    st.sampled_from(["red", "#a", "#b c", "a", "b c", "1", "url(#a)", "fill:red", "a{fill:red}"]),
    st.text("url(x)#:;{}@'\"\\/*<>& \n", max_size=12),
)


def element(name: str, attributes: list[tuple[str, str]], inside: str) -> str:
    """Return an element of a drawing as XML."""
    written = "".join(f" {key}={quoteattr(value)}" for key, value in dict(attributes).items())
    return f"<{name}{written}>{inside}</{name}>"


ATTRIBUTES = st.lists(st.tuples(KEYS, VALUES), max_size=4)
LEAVES = st.builds(element, NAMES, ATTRIBUTES, VALUES.map(escape))
BRANCHES = st.builds(element, NAMES, ATTRIBUTES, st.lists(LEAVES, max_size=2).map("".join))
DRAWINGS = st.lists(LEAVES | BRANCHES, min_size=1, max_size=3).map(
    lambda parts: f"{START}>{''.join(parts)}</svg>".encode()
)


def cleaned(data: bytes) -> bytes | None:
    """Return a drawing cleaned; None where it is refused, at a line it has and with a remedy."""
    try:
        return clean(data)[0]
    except SvgError as error:
        said = error
    assert "; " in str(said)
    assert 0 <= said.line <= data.count(b"\n") + 1
    return None


def outside(css: object) -> Iterator[str]:
    """Yield the names and addresses in a style or value that lead out of the drawing."""
    for node in [css] if isinstance(css, Node) else list(css):  # type: ignore[call-overload]
        if node.type == "at-rule" or (node.type == "url" and not node.value.startswith("#")):
            yield node.serialize()
        if node.type == "function" and node.lower_name == "url":
            yield from (part.value for part in node.arguments if not part.value.startswith("#"))
        elif node.type == "function" and node.lower_name not in {"rgb", "matrix", "rotate"}:
            yield node.name
        for part in ("prelude", "content", "arguments", "value"):
            inner = getattr(node, part, None)
            if isinstance(inner, list):
                yield from outside(inner)


@settings(max_examples=200)
@given(DRAWINGS)
def test_what_comes_out_acts_on_nothing_and_fetches_nothing(data: bytes) -> None:
    """No script, event, foreign element or address gets through, however it is disguised."""
    result = cleaned(data)
    for element in etree.fromstring(result).iter() if result else ():
        name = etree.QName(element)
        assert name.namespace == "http://www.w3.org/2000/svg"
        assert name.localname not in {"script", "a", "set", "animate", "handler", "foreignObject"}
        if name.localname == "style":
            assert not list(outside(tinycss2.parse_stylesheet(element.text)))
        for key, value in element.attrib.items():
            plain = etree.QName(key).localname
            assert not plain.startswith("on")
            assert plain not in {"src", "base"}
            if plain == "href":
                assert value.startswith(("#", "data:image/png;base64,", "data:image/jpeg;base64,"))
            elif plain == "style":
                assert not list(outside(tinycss2.parse_blocks_contents(value)))
            elif plain not in {"id", "class", "lang", "aria-label"}:
                assert not list(outside(tinycss2.parse_component_value_list(value)))


@settings(max_examples=200)
@given(DRAWINGS)
def test_what_comes_out_is_clean(data: bytes) -> None:
    """A cleaned drawing, cleaned again, is the same to the byte."""
    result = cleaned(data)
    assert result is None or cleaned(result) == result


@given(st.binary(max_size=60) | VALUES.map(str.encode))
def test_any_bytes_come_out_well_formed_or_not_at_all(data: bytes) -> None:
    """Whatever a file holds is refused, or comes out as a drawing that can be parsed."""
    for broken in (data, b"<svg" + data, START.encode() + data, f"{START}>".encode() + data):
        result = cleaned(broken)
        assert result is None or etree.QName(etree.fromstring(result)).localname == "svg"
