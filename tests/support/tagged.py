"""Whatever harmless HTML a teacher's Markdown gives, as tagged PDFs."""

from __future__ import annotations

from base64 import b64encode

from workshop_builder.pdf import engine as _fonts  # noqa: F401 - it chooses the fonts for the engine

# isort: split
from weasyprint import HTML, Document

from workshop_builder.pdf import conformance

PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEUlEQVR4nGM4oaMDQQwQ"
    "CgAksgS7zXVPsAAAAABJRU5ErkJggg=="
)
ROWS = "".join(f"<tr><th scope=row>{n}</th><td>Row {n}</td></tr>" for n in range(40))
ITEMS = "".join(f"<li><p>Item {n}</p></li>" for n in range(40))
LONG = "a link over several lines that goes on and on, as no good link should, " * 2
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"'


def drawing(shapes: str) -> str:
    """Return a picture that is an SVG of `shapes`."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90">{shapes}</svg>'
    return f'<img alt="Shapes" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">'


def nested(times: int, shape: str = '<rect width="3" height="2" fill="#c00"/>') -> str:
    """Return groups within each other, each a step further than the last and with two shapes."""
    step = 60 / times
    group = f'<g transform="translate({step},{step})" fill-opacity=".9">{shape}'
    return group * times + f"<g>{shape}</g></g>" * times


CASES = {
    "loose-list": "<ul><li><p>One</p><p>Two</p></li><li><p>Three</p></li></ul>",
    "loose-in-loose": "<ol><li><p>One</p><ul><li><p>In</p></li></ul><p>On</p></li></ol>",
    "blocks-in-items": f"""<ul><li>A<figure><img src="{PICTURE}" alt="Cat"><figcaption>Cap
        </figcaption></figure></li><li><table><tr><td>1</td></tr></table></li>
        <li><pre><code>x = 1</code></pre></li><li><blockquote><p>Q</p></blockquote></li></ul>""",
    "stray-in-list": "<ul>Text<p>Block</p><ul><li>In</li></ul></ul><li>Alone</li>",
    "labels": """<style>ul { list-style-type: "☐ " } .c li { display: block }
        .c li::before { content: counter(list-item) ")" }</style>
        <ul><li>Box</li></ul><ol class=c><li>Counted</li></ol><ol type=a><li>Lettered</li></ol>""",
    "definitions": """<dl><dt>A</dt><dt>B</dt><dd>One</dd><dd><p>Two</p></dd><div><dt>C</dt>
        <dd>Three</dd></div></dl><p>p</p><dt>Alone</dt><dd>Alone</dd>""",
    "links": f"""<p>See <a href="https://a.example/">the <strong>bold</strong> <code>code</code>
        <em>soft</em> <img src="{PICTURE}" alt="sign"></a> and <a href="#t">{LONG}</a>.
        <a href="#t"><img src="{PICTURE}" alt=""></a> <a>no link</a></p>""",
    "linked-block": '<a href="#t"><h2>Heading</h2><p>Text</p></a>',
    "link-in-flex": """<div style="display: flex"><a href="#t">Item</a><p>Text</p></div>
        <div style="display: grid"><a href="#t">Item <b>two</b></a></div>""",
    "decorations": f"""<p>Text <img src="{PICTURE}" alt=""> <span aria-hidden=true>HIDDEN</span>
        <img src="{PICTURE}" alt="X" aria-hidden=true><img src="{PICTURE}" role=presentation></p>
        <ul role=presentation><li>No list</li></ul>
        <table role=none><tr><td>No table</td></tr></table>""",
    "svg": f"""{SVG}><title>Named</title><rect width="9" height="9"/></svg>
        {SVG} aria-label="Labelled"><rect width="9" height="9"/></svg>
        {SVG} aria-hidden="true"><text>HIDDEN</text></svg>""",
    "stars": '<p>Hard: <span role="img" aria-label="two of three">**-</span></p>',
    "table": """<table><caption>Cap</caption><thead><tr><th>A</th><th>B</th></tr></thead><tbody>
        <tr><th>Row</th><td>1</td></tr><tr><th scope=rowgroup>Row</th><td></td></tr></tbody>
        <tfoot><tr><td>Sum</td><td>1</td></tr></tfoot></table>""",
    "ragged-table": """<table><tr><th>A</th><td rowspan=9>B</td><td>C</td></tr><tr><td>D</td></tr>
        <tr></tr></table><table><thead><tr><th>Only a head</th></tr></thead></table>""",
    "long-table": f"<table><thead><tr><th>No</th><th>Text</th></tr></thead><tbody>{ROWS}</table>",
    "long-list": f"<ol>{ITEMS}</ol>",
    "footnotes": """<p>Text<sup id="r"><a href="#n" role=doc-noteref>1</a></sup></p>
        <section role=doc-endnotes><ol><li id="n"><p>Note <a href="#r">↑</a></p></li></ol>
        </section><style>.f { float: footnote }</style><p>Word<span class=f>At foot</span> on</p>
        <p>Word<span class=f>Again</span></p>""",
    "running": """<style>@page { @top-left { content: "MARGIN " counter(page) }
        @bottom-left { content: element(foot) } } .foot { position: running(foot) }</style>
        <div class=foot>MARGIN <a href="https://a.example/">home</a></div><p>Text</p>""",
    "fixed": f'<div style="position: fixed; top: 0">Once</div><ul>{ITEMS}</ul>',
    "reordered": """<div style="display: flex"><h2 style="order: 2">First</h2><p>Second</p></div>
        <div style="display: grid"><p>Third</p><h3 style="grid-row: 1">Fourth</h3></div>""",
    "contents": """<style>.l a::after { content: leader(".") target-counter(attr(href), page) }
        </style><nav data-pdf=TOC class=l><h2>Contents</h2><ol><li><a href="#t">One</a>
        <ol><li><a href="#t">Sub</a></li></ol></li></ol></nav>""",
    "asked-roles": """<div data-pdf=Index><p>Entry</p></div><div data-pdf=Note><p>One</p></div>
        <div data-pdf=Note>Two</div><p data-pdf=Artifact>HIDDEN</p><p data-pdf=LI>No item</p>""",
    "languages": """<p lang=de>Rücken <em lang=en>back</em> <q lang=fr>dos</q></p>
        <p lang=en>Same</p><p lang="not a language">Odd</p>""",
    "sections": """<main><section><h2>S</h2>Loose <b>text</b><div>Div</div><div>Div</div></section>
        <article><p>An <abbr title="range of motion">ROM</abbr></p></article></main>""",
    "deep-drawing": f"<p>{drawing(nested(90))}</p>",
    "headings": "<h3>3</h3><h6>6</h6><h6>6</h6><h3>3</h3><h2>2</h2><h4>4</h4><h2>2</h2><h1>1</h1>",
    "opacity": '<div style="opacity: .5"><p>Pale <a href="#t">link</a></p></div>',
    "broken-words": '<p style="width: 1em; hyphens: auto">stabilization</p>',
    "underlined": "<p><u>Under</u> <del>out</del> <mark>mark</mark></p><hr><p>&nbsp;</p><p></p>",
}


def laid_out(body: str) -> Document:
    """Return a page with a heading and the body, laid out."""
    # The shipped fonts lack the ring that WeasyPrint puts before items of an inner list.
    style = """<style>@page { size: A6 } html { font-family: "Atkinson Hyperlegible" }
        li ul { list-style-type: "– " } ul ul { list-style-type: "– " }</style>"""
    html = f"<html lang=en><title>T</title>{style}<body><h1 id=t>Top</h1>{body}</body></html>"
    return HTML(string=html).render()


def tagged(body: str) -> bytes:
    """Return such a page as a PDF."""
    return conformance.write_pdf(laid_out(body))
