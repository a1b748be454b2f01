"""SVG drawings of programs and of attackers, as they come out of `clean`."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from workshop_builder.pictures.pixels import raster
from workshop_builder.pictures.svg import SvgError, clean

OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 320 240">'
)
SHUT = "</svg>"

TEN_USES = '<g id="a{1}">' + '<use href="#a{0}"/>' * 10 + "</g>"
USE_BOMB = '<g id="a0"/>' + "".join(TEN_USES.format(n, n + 1) for n in range(9))
TEN_FILLS = '<pattern id="p{1}">' + '<rect fill="url(#p{0})"/>' * 10 + "</pattern>"
PATTERN_BOMB = "".join(TEN_FILLS.format(n, n + 1) for n in range(9))
MARKER_BOMB = (
    f'<marker id="m">{"<rect/>" * 100}</marker>'
    f'<g style="marker:url(#m)"><path d="M0 0{" 1 1" * 1000}"/></g>'
)
USE_CHAIN = '<rect id="a0"/>' + "".join(f'<use id="a{n + 1}" href="#a{n}"/>' for n in range(1000))


def cleaned(inside: str, start: str = OPEN) -> str:
    """Return what is left of a drawing that holds `inside`, without its outermost tags."""
    data, _, _ = clean(f"{start}{inside}{SHUT}".encode())
    etree.fromstring(data)
    text = data.decode().strip()
    return text.partition(">")[2].removesuffix(SHUT) if text.endswith(SHUT) else ""


def fault(data: str | bytes) -> tuple[int, str]:
    """Return the line and the message with which a file is refused."""
    with pytest.raises(SvgError) as caught:
        clean(data.encode() if isinstance(data, str) else data)
    return caught.value.line, str(caught.value)


def embedded(image: Image.Image, kind: str = "PNG", **options: object) -> str:
    """Return the image as an address that holds it."""
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    content = base64.b64encode(buffer.getvalue()).decode()
    return f"data:image/{kind.lower()};base64,{content}"


class TestKept:
    """What draws stays as it was drawn."""

    @pytest.mark.parametrize(
        "inside",
        [
            '<path d="M0 0 L10 10 z" fill="#1f6f78" stroke="none" stroke-width="2"/>',
            '<g transform="translate(10 20) rotate(30, 1 2)"><circle cx="1" cy="2" r="3"/></g>',
            '<text x="1" y="2">Hold <tspan font-weight="bold">45 s</tspan>, then rest</text>',
            "<title>Knees &amp; chest</title><desc>Lie on the back</desc>",
            (
                '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>'
                '</defs><rect fill="url(#g)"/>'
            ),
            '<clipPath id="c"><rect/></clipPath><g clip-path="url(#c)"><ellipse/></g>',
            '<symbol id="s"><polygon points="0 0 1 1 2 0"/></symbol><use x="3" xlink:href="#s"/>',
            '<marker id="m"><path d="M0 0"/></marker><line marker-end="url(#m)" x2="9"/>',
            '<pattern id="p" width="2" height="2"><rect/></pattern><rect fill="url(#p)"/>',
            '<rect style="fill:rgb(1,2,3);stroke-dasharray:1 2"/>',
            '<path stroke-miterlimit="9" stroke-linejoin="round" paint-order="stroke"/>',
            '<stop style="stop-color:red;stop-opacity:.5"/>',
            '<text word-spacing="9" letter-spacing="1" text-anchor="end">a b</text>',
            '<svg x="1" y="2" width="3" height="4" viewBox="0 0 1 1"><rect/></svg>',
            '<text xml:space="preserve" xml:lang="de">a  b</text>',
            "<text font-family=\"Arial, 'Noto Sans'\">a</text>",
        ],
    )
    def test_unchanged(self, inside: str) -> None:
        """Shapes, text, gradients, markers, patterns and styles pass through."""
        assert cleaned(inside) == inside

    def test_new_href_is_written_the_old_way(self) -> None:
        """A plain href, which older readers do not know, becomes xlink:href."""
        assert '<use xlink:href="#a"/>' in cleaned('<g id="a"/><use href="#a"/>')

    def test_missing_namespace_is_mended(self) -> None:
        """A drawing taken from a web page, without its namespace, gets it."""
        data, _, _ = clean(b'<svg viewBox="0 0 200 100"><rect/></svg>')
        assert etree.fromstring(data)[0].tag == "{http://www.w3.org/2000/svg}rect"

    def test_prefixes_are_undone(self) -> None:
        """A drawing whose elements have a prefix comes out without it."""
        start = '<v:svg xmlns:v="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
        data, _, _ = clean(f"{start}<v:rect/></v:svg>".encode())
        assert data == (
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" '
            b'width="200" height="100"><rect/></svg>\n'
        )

    def test_same_bytes(self) -> None:
        """A clean drawing stays as it is, to the byte."""
        data, _, _ = clean(f'{OPEN}<g id="a"/><use href="#a"/><!-- note -->{SHUT}'.encode())
        assert clean(data)[0] == data

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
    def test_encodings(self, encoding: str) -> None:
        """A drawing in any encoding comes out in UTF-8."""
        text = f'<?xml version="1.0" encoding="{encoding}"?>{OPEN}<title>Dehnübung</title>{SHUT}'
        assert "<title>Dehnübung</title>".encode() in clean(text.encode(encoding))[0]


class TestDropped:
    """What does not draw, or reaches out, goes without a trace."""

    @pytest.mark.parametrize(
        "inside",
        [
            "<script>alert(1)</script>",
            '<script href="http://evil.example/a.js"/>',
            "<metadata><x/></metadata>",
            "<!-- made by A. Teacher -->",
            '<?xml-stylesheet href="http://evil.example/a.css"?>',
            '<animate attributeName="x"/><set attributeName="href" to="http://evil.example"/>',
            '<sodipodi:namedview xmlns:sodipodi="urn:s"><x/></sodipodi:namedview>',
            (
                '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img/></body>'
                "</foreignObject>"
            ),
            '<iframe xmlns="http://www.w3.org/1999/xhtml" src="http://evil.example"/>',
            '<filter id="f"><feGaussianBlur/></filter><mask id="m"><rect/></mask>',
            "<style>@import url(http://evil.example/a.css);</style>",
            "<style>@font-face{font-family:x;src:url(http://evil.example)}</style>",
            '<style>@media screen{rect{fill:red}} rect:hover{fill:red} [x="y"]{fill:red}</style>',
            "<style>.a{fill:url(http://evil.example#a)}</style>",
            "<style>.a{fill:u\\72l(http://evil.example)}</style>",
            "<style>.a{background:url(#a);--x:1;behavior:x}</style>",
            "<style>.a{font-family:'&lt;/style>&lt;script>'}</style>",
            '<style type="text/less">rect{fill:red}</style>',
            "<image/><use/>",
        ],
    )
    def test_element_goes(self, inside: str) -> None:
        """Scripts, editors' notes, animations and all that fetches something are gone."""
        assert cleaned(inside) == ""

    @pytest.mark.parametrize(
        "attribute",
        [
            'onload="alert(1)"',
            'ONCLICK="alert(1)"',
            'data-x="1"',
            'tabindex="0"',
            'href="http://evil.example"',
            'xlink:href="javascript:alert(1)"',
            'xml:base="http://evil.example/"',
            'xmlns:i="urn:i" i:label="Layer of A. Teacher"',
            'fill="url(http://evil.example#a)"',
            'fill="url( &quot;a.svg#a&quot; ) red"',
            'fill="u\\72l(http://evil.example)"',
            'fill="URL(//evil.example#a)"',
            'cursor="url(http://evil.example)"',
            'style="background:url(http://evil.example)"',
            'style="fill:url(a.svg#a)"',
            'style="-inkscape-font-specification:Sans;mix-blend-mode:normal;filter:none"',
        ],
    )
    def test_attribute_goes(self, attribute: str) -> None:
        """Events, private notes and addresses are gone; the shape stays."""
        assert cleaned(f'<rect {attribute} x="1"/>') == '<rect x="1"/>'

    def test_events_of_the_drawing_itself_go(self) -> None:
        """An event of the outermost element is gone as well."""
        data, _, _ = clean(OPEN.replace(">", ' onload="alert(1)">').encode() + SHUT.encode())
        assert b"onload" not in data

    def test_links_go_and_their_content_stays(self) -> None:
        """A link becomes a group, or a piece of text, with what it held."""
        assert cleaned('<a href="javascript:x()" fill="red"><rect/></a>') == (
            '<g fill="red"><rect/></g>'
        )
        assert cleaned("<text>see <a href='http://x'>here</a> now</text>") == (
            "<text>see <tspan>here</tspan> now</text>"
        )

    def test_text_after_what_goes_stays(self) -> None:
        """Words behind a dropped element keep their place."""
        assert cleaned("<text>a<script/>b<tspan>c</tspan>d<!-- x -->e</text>") == (
            "<text>ab<tspan>c</tspan>de</text>"
        )

    def test_switch_takes_what_can_be_drawn(self) -> None:
        """Of a choice, the first part that is drawn everywhere stays."""
        inside = "<switch><foreignObject>a</foreignObject><text>b</text><text>c</text></switch>"
        assert cleaned(inside) == "<g><text>b</text></g>"

    def test_gradient_loses_its_outside_model(self) -> None:
        """A gradient may copy another of the same file only."""
        assert "evil" not in cleaned('<linearGradient xlink:href="http://evil.example#a"/>')

    def test_doctype_goes(self) -> None:
        """The line that older programs begin with is harmless, and gone."""
        dtd = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
        assert b"DTD" not in clean(f"{dtd}{OPEN}{SHUT}".encode())[0]


class TestStyles:
    """Style sheets are laid onto the elements, and the rule that wins by CSS is drawn."""

    @pytest.mark.parametrize(
        ("sheet", "drawn"),
        [
            ("#a{fill:green} rect{fill:red} .b{fill:blue}", "fill:green"),
            (".b{fill:red} .b{fill:green}", "fill:green"),
            ("rect{fill:green!important} #a{fill:red}", "fill:green"),
            ('[class="b"]{fill:green} rect{fill:red}', "fill:green"),
            ("g > rect:first-child{fill:green}", "fill:green"),
            ("@media print{rect{fill:green}} @media screen{#a{fill:red}}", "fill:green"),
            ("rect{fill:red;stroke:url(#g)} rect{fill:green}", "stroke:url(#g);fill:green"),
        ],
    )
    def test_the_winner_is_drawn(self, sheet: str, drawn: str) -> None:
        """Of several rules the one wins that is more special, then the later."""
        inside = f'<style>{sheet}</style><g><rect id="a" class="b"/></g>'
        assert cleaned(inside) == f'<g><rect id="a" class="b" style="{drawn}"/></g>'

    def test_a_style_of_its_own_wins_but_over_what_is_important(self) -> None:
        """The style attribute comes after all rules, and before those that are important."""
        sheet = "<style>rect{fill:red;stroke:green!important}</style>"
        assert 'style="fill:blue;stroke:green"' in cleaned(
            f'{sheet}<rect style="fill:blue;stroke:red"/>'
        )

    def test_sizes_in_styles_become_attributes(self) -> None:
        """A place or size in a style, which few readers see, is drawn where and as large."""
        assert cleaned('<circle style="cx:5px;r:2px;fill:red"/>') == (
            '<circle style="fill:red" cx="5px" r="2px"/>'
        )

    @pytest.mark.parametrize("name", ["background", "background-color"])
    def test_the_ground_is_drawn(self, name: str) -> None:
        """The colour behind the whole drawing becomes a rectangle, which all readers draw."""
        start = OPEN.replace("<svg", f'<svg style="{name}: #fed"')
        ground = '<rect x="0" y="0" width="320" height="240" fill="#fed"/>'
        assert cleaned("<circle/>", start) == f"{ground}<circle/>"


class TestNames:
    """The ids by which parts refer to each other."""

    def test_second_of_a_name_loses_it(self) -> None:
        """An id given twice stays with the first, as in a browser."""
        assert cleaned('<g id="a"/><rect id="a"/>') == '<g id="a"/><rect/>'

    def test_invalid_name_is_changed_everywhere(self) -> None:
        """An id that e-books may not have is renamed where it is given and where it is used."""
        text = cleaned(
            '<clipPath id="0a b"/><g id="n0a-b"/><g id="7"/><rect clip-path="url(#7)"'
            ' style="fill:url(\'#7\')"/><g stroke="url(#7)"/><use xlink:href="#7"/>'
        )
        assert 'id="n0a-b"' in text
        assert text.count("#n7") == 4
        assert 'id="n7"' in text
        assert "#7" not in text


class TestSize:
    """How large a drawing is."""

    @pytest.mark.parametrize(
        ("attributes", "size", "box"),
        [
            ('viewBox="0 0 320 240"', (320, 240), "0 0 320 240"),
            ('viewBox="-5,-5, 320.4 240"', (320, 240), "-5 -5 320.4 240"),
            ('viewBox="0 0 320 240" width="100%" height="10cm"', (320, 240), "0 0 320 240"),
            ('viewBox="0 0 320 240" width="641" height="480"', (320, 240), "0 0 320 240"),
            ('width="320" height="240px"', (320, 240), "0 0 320 240"),
            ('width="10in" height="72pt"', (960, 96), "0 0 960 96"),
            ('width="254mm" height="2.54cm"', (960, 96), "0 0 960 96"),
            ('viewBox="0 0 1.4 1"', (100, 71), "0 0 1.4 1"),
        ],
    )
    def test_size(self, attributes: str, size: tuple[int, int], box: str) -> None:
        """The viewBox, or one made from width and height, tells the size in pixels."""
        data, width, height = clean(f"<svg {attributes}/>".encode())
        drawing = etree.fromstring(data)
        assert (width, height) == size
        assert drawing.get("viewBox") == box
        shape = float(drawing.get("width")) / float(drawing.get("height"))
        _, _, across, down = map(float, box.split())
        assert shape == pytest.approx(across / down, rel=1e-4)

    @pytest.mark.parametrize(
        ("attributes", "words"),
        [
            ("", "does not say how large it is; export it with a viewBox"),
            ('width="100%" height="100%"', "does not say how large it is"),
            ('width="0" height="9"', "does not say how large it is"),
            ('viewBox="0 0 9 9" width="9" height="18"', "has other proportions than its viewBox"),
            ('viewBox="0 0 9"', "viewBox '0 0 9' is not four numbers"),
            ('viewBox="0 0 a 9"', "is not four numbers"),
            ('viewBox="0 0 0 9"', "is not four numbers"),
            ('viewBox="0 0 nan inf"', "is not four numbers"),
            ('viewBox="0 0 1 9e9"', "far too large or too narrow"),
            ('viewBox="0 0 1 5000"', "far too large or too narrow"),
            ('viewbox="0 0 9 9"', "unknown attribute 'viewbox'; write 'viewBox'"),
        ],
    )
    def test_no_size(self, attributes: str, words: str) -> None:
        """A drawing whose size cannot be told is refused."""
        line, message = fault(f"\n<svg {attributes}/>")
        assert words in message
        assert line == 2


class TestEmbedded:
    """Photographs inside a drawing."""

    def test_picture_is_made_anew(self) -> None:
        """A JPEG inside a drawing loses its metadata and keeps its pixels."""
        exif = Image.Exif()
        exif[0x010F] = "SECRET-MAKER"
        address = embedded(Image.new("RGB", (40, 30), "red"), "JPEG", exif=exif)
        text = cleaned(f'<image width="40" height="30" href="{address}"/>')
        kind, _, content = text.partition('href="')[2].partition('"')[0].partition(",")
        data = base64.b64decode(content)
        assert kind == "data:image/jpeg;base64"
        assert b"SECRET" not in data
        assert Image.open(BytesIO(data)).size == (40, 30)

    def test_transparency_stays(self) -> None:
        """A see-through picture inside a drawing still shows what lies under it."""
        address = embedded(Image.new("RGBA", (40, 30), (255, 0, 0, 100)))
        content = cleaned(f'<image href="{address}"/>').partition("base64,")[2].partition('"')[0]
        image = Image.open(BytesIO(base64.b64decode(content)))
        assert image.getpixel((9, 9)) == (255, 0, 0, 100)

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("http://evil.example/a.png", "'http://evil.example/a.png' cannot be shown; embed it"),
            ("file:///etc/passwd", "'file:///etc/passwd' cannot be shown"),
            ("../a.png", "'../a.png' cannot be shown"),
            ("javascript:alert(1)", "'javascript:alert(1)' cannot be shown"),
            ("data:text/html,hello", "'data:text/html,hello' cannot be shown"),
            ("data:image/svg+xml;base64,PHN2Zy8+", "svg+xml;base64,PHN2Zy8+' cannot be shown"),
            ("data:image/png;base64,!", "the picture is damaged"),
            ("data:image/png;base64,R0lGODlhAQ==", "this is a GIF file, which cannot be used"),
            ("data:image/png;base64,iVBORw0KGgo=", "the picture is damaged or cut off"),
            ("x" * 100, f"'{'x' * 60}…' cannot be shown"),
        ],
    )
    def test_refused(self, address: str, words: str) -> None:
        """A picture that is elsewhere, or is none, is named with its line."""
        line, message = fault(f'{OPEN}\n\n<image xlink:href="{address}"/>{SHUT}')
        assert words in message
        assert message.startswith("inside the drawing, ")
        assert line == 3

    def test_many_pixels(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Pictures that are each within the limit are added up before they fill the memory."""
        monkeypatch.setattr(raster, "LARGEST_AREA", 2000)
        image = f'<image href="{embedded(Image.new("1", (40, 30)))}"/>'
        assert cleaned(image)
        line, message = fault(f"{OPEN}{image}\n{image}{SHUT}")
        assert message == "the pictures inside are too large; shrink them"
        assert line == 2


class TestRefused:
    """Drawings that would come out otherwise than they were drawn."""

    @pytest.mark.parametrize(
        ("inside", "words"),
        [
            (
                '<rect filter="url(#f)"/>',
                "uses a filter (blur, shadow or the like), which printers",
            ),
            ('<g mask="url(#m)"/>', "uses a mask, which printers and e-readers cannot show"),
            ('<g style="mask: url(#m)"/>', "uses a mask"),
            ('<g style="mix-blend-mode:multiply"/>', "uses a blend mode"),
            ('<g style="filter:blur(2px)"/>', "uses a filter"),
            ('<radialGradient spreadMethod="repeat"/>', "uses a gradient that repeats"),
            ("<foreignObject>Hold</foreignObject>", "(foreignObject), which printers cannot show"),
            ("<flowRoot/>", "uses flowed text (flowRoot)"),
            (
                "<lineargradient/>",
                "unknown element <lineargradient>; did you mean 'linearGradient'",
            ),
            ("<video/>", "unknown element <video>; export it again as plain SVG"),
            ('<use href="http://evil.example/a.svg#a"/>', "'http://evil.example/a.svg#a' cannot"),
            ('<use xlink:href="b.svg#a"/>', "'b.svg#a' cannot be shown; copy that part into"),
            ('<use href="#gone"/>', "uses '#gone', which the drawing lacks"),
        ],
    )
    def test_named_with_its_line(self, inside: str, words: str) -> None:
        """What readers leave out is refused, with the line where it is used."""
        line, message = fault(f"{OPEN}\n<g/>\n{inside}{SHUT}")
        assert words in message
        assert line == 3

    @pytest.mark.parametrize(
        ("rule", "words"),
        [
            ("g:nonsense{fill:red}", "has a style rule for 'g:nonsense', which cannot be"),
            (".a >{fill:red}", "has a style rule for '.a >', which cannot be followed"),
            ("{fill:red}", "has a style rule for '', which cannot be followed"),
            ("a b c d e{fill:red}", "has a style rule for 'a b c d e'"),
            ("@supports (fill:red){.a{fill:red}}", "has style rules in '@supports'"),
            ("@media (min-width:9px){.a{fill:red}}", "has style rules for '(min-width:9px)'"),
        ],
    )
    def test_rule_that_is_not_known(self, rule: str, words: str) -> None:
        """A rule of a style sheet that cannot be followed is refused with its line in the file."""
        line, message = fault(f"{OPEN}\n<style>\n.a{{fill:red}}\n{rule}</style>{SHUT}")
        assert words in message
        assert line == 4


class TestBroken:
    """Files that are no drawing."""

    @pytest.mark.parametrize(
        ("data", "line", "words"),
        [
            ("", 0, "the drawing is empty; export or copy it again"),
            (" \n ", 0, "the drawing is empty"),
            ("Knees to chest", 1, "the file is not whole"),
            (f"{OPEN}\n<g>\n<rect", 3, "the file is not whole"),
            (f"{OPEN}\n<g>\n{SHUT}", 3, "tag mismatch"),
            (f"{OPEN}<text>&nbsp;</text>{SHUT}", 1, "Entity 'nbsp' not defined"),
            ("<html><body/></html>", 1, "the file holds <html> and no SVG drawing"),
            ('<svg xmlns="urn:other" viewBox="0 0 9 9"/>', 1, "and no SVG drawing"),
            ('<?xml version="1.0" encoding="nonsense"?><svg/>', 1, "Unsupported encoding"),
            (f"{OPEN}{' ' * 2_000_000}{SHUT}", 0, "takes 2.0 MB, over the limit of 2 MB"),
        ],
    )
    def test_no_drawing(self, data: str, line: int, words: str) -> None:
        """An empty, cut or wrong file is refused with the line at which it ends to make sense."""
        found, message = fault(data)
        assert words in message
        assert found == line


class TestAttacks:
    """Small files that ask for a lot; each is refused in a moment."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities(self, encoding: str) -> None:
        """A file that defines entities, within it or of other files, is refused unread."""
        for entity in ('"&a;&a;&a;&a;"', 'SYSTEM "file:///etc/passwd"', 'SYSTEM "http://x/y"'):
            text = f"\n<!DOCTYPE svg [<!ENTITY b {entity}>]>{OPEN}<text>&b;</text>{SHUT}"
            declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
            line, message = fault((declaration + text).encode(encoding))
            assert "defines an entity, in which harmful content can hide" in message
            assert line == 2

    def test_unread_entity(self) -> None:
        """An entity of the DTD, which is not read, is refused where it is used."""
        _, message = fault(f'<!DOCTYPE svg SYSTEM "x.dtd">{OPEN}<text>&b;</text>{SHUT}')
        assert message == "uses the entity &b;; write the character itself"

    @pytest.mark.parametrize(
        ("inside", "words"),
        [
            (USE_BOMB, "too detailed"),
            (PATTERN_BOMB, "too detailed"),
            (MARKER_BOMB, "too detailed"),
            (f'<path d="M0 0{" 1 1" * 210_000}"/>', "too detailed"),
            (f"<text>{'long ' * 5000}</text>", "too detailed"),
            ("<rect/>" * 20_001, "too detailed"),
            ("<metadata>" + "<x/>" * 50_001 + "</metadata>", "over 50000 elements"),
            ('<g id="a"><use href="#a"/></g>', "repeats itself without end"),
            ('<use id="a" href="#b"/><use id="b" href="#a"/>', "repeats itself without end"),
            ('<pattern id="a"><rect fill="url(#a)"/></pattern>', "repeats itself without end"),
            ("<g>" * 101 + "</g>" * 101, "nested more than 100 levels deep"),
            ("<g>" * 1000 + "</g>" * 1000, "nested too deeply"),
            (USE_CHAIN, "nested more than 100 levels deep"),
            (f"<style>{'a{fill:red}' * 10_000}</style>", "too large a style sheet"),
            (f"<style>{'*{fill:red}' * 1000}</style>{'<g/>' * 3000}", "too large a style sheet"),
        ],
        ids=[
            "use-bomb",
            "pattern-bomb",
            "marker-bomb",
            "long-path",
            "long-text",
            "many-shapes",
            "many-elements",
            "self-use",
            "use-circle",
            "self-pattern",
            "deep",
            "deeper",
            "use-chain",
            "long-style",
            "many-matches",
        ],
    )
    def test_bomb(self, inside: str, words: str) -> None:
        """A drawing that would take minutes is refused before an engine sees it."""
        assert words in fault(f"{OPEN}{inside}{SHUT}")[1]

    @pytest.mark.parametrize("start", ["a{fill:rgb(", "a{fill:", "a", "a{"])
    @pytest.mark.parametrize("nest", ["(", "[", "{", "rgb("])
    def test_nested_brackets(self, start: str, nest: str) -> None:
        """Brackets in brackets, however deep, do not overrun the stack."""
        assert "rgb(rgb" not in cleaned(f"<style>{start}{nest * 4000}</style>")
        assert "rgb(rgb" not in cleaned(f'<rect fill="{nest * 4000}" style="fill:{nest * 900}"/>')
