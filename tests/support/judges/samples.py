"""Small right files for the judges, each with a way to spoil it."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from pathlib import Path

from PIL import Image
from weasyprint import HTML

PAGE = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"
  xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Rest</title><link rel="stylesheet" href="book.css"/></head>
<body>{body}</body>
</html>
"""
CHAPTER = '<h1 id="rest">Rest</h1><p><img src="dot.png" alt="A dot"/></p>'
CONTENTS = """<nav epub:type="toc" role="doc-toc" aria-label="Contents"><h1>Contents</h1>
<ol><li><a href="rest.xhtml">Rest</a><ol><li><a href="rest.xhtml#rest">Lying</a></li></ol></li></ol>
</nav>"""
STYLE = """@font-face { font-family: Atkinson; src: url(atkinson.ttf) }
body { font-family: Atkinson }"""
CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:8a3a2c52-7f3b-4b38-9a76-3f0f6e6f1c11</dc:identifier>
<dc:title>A Book of Rest</dc:title>
<dc:language>en</dc:language>
<dc:publisher>A studio</dc:publisher>
<dc:source>None</dc:source>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">All pictures are described.</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="rest" href="rest.xhtml" media-type="application/xhtml+xml"/>
<item id="style" href="book.css" media-type="text/css"/>
<item id="dot" href="dot.png" media-type="image/png"/>
<item id="font" href="atkinson.ttf" media-type="font/ttf"/>
</manifest>
<spine><itemref idref="nav"/><itemref idref="rest"/></spine>
</package>
"""


def write_epub(path: Path, chapter: str = CHAPTER) -> Path:
    """Write an EPUB of one `chapter`, with its contents, a picture and a font."""
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("book.opf", PACKAGE)
        book.writestr("nav.xhtml", PAGE.format(body=CONTENTS))
        book.writestr("rest.xhtml", PAGE.format(body=chapter))
        book.writestr("book.css", STYLE)
        book.writestr("dot.png", dot())
        book.writestr("atkinson.ttf", font().read_bytes())
    return path


def write_pdf(path: Path, body: str) -> Path:
    """Write a tagged PDF of `body`, one page of 100 by 100 points with no margin."""
    style = f"""@font-face {{ font-family: Atkinson; src: url({font().as_uri()}) }}
    @page {{ size: 100pt; margin: 0 }} * {{ font-family: Atkinson; margin: 0 }}"""
    page = f'<html lang="en"><title>Rest</title><style>{style}</style><body>{body}</body></html>'
    HTML(string=page).write_pdf(path, pdf_variant="pdf/ua-1")
    return path


def dot() -> bytes:
    """Return a small green picture as PNG."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), (31, 111, 120)).save(stream, "PNG")
    return stream.getvalue()


def font() -> Path:
    """Return the file of the regular face."""
    folder = Path(str(files("fontpkg_atkinson_hyperlegible")))
    return folder / "files" / "AtkinsonHyperlegible-Regular.ttf"
