"""The changes to the engine: every byte is the same with them and without."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import weasyprint

import small
from workshop_builder import load
from workshop_builder.model.products import select_targets
from workshop_builder.pages import stylesheets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf import speed
from workshop_builder.pdf.engine import PdfEngine

_TEXT = "Lie down, breathe out, and let the <b>knees</b> sink; this is <i>no exercise</i>. "
_STYLE = """@page { size: 300px 300px; margin: 8% 20px; @bottom-left { content: counter(page) " / "
counter(pages) } } * { box-sizing: border-box } html { font: 12px/1.3 "Atkinson Hyperlegible" }
p { hyphens: auto; text-align: justify; margin-inline-start: 1em; text-indent: .5em }
.two { columns: 2; letter-spacing: .2px; word-spacing: 1px } q { text-decoration: underline }
.flex { display: flex; width: calc(100% - 10px) } .flex div { flex: 1; padding: 2% }
.grid { display: grid; grid-template-columns: 1fr 2fr; gap: 4px } pre { tab-size: 3 }
aside { float: right; width: 40%; border: 1px solid; font-variant-caps: small-caps }
table { border-collapse: collapse; width: 100% } td { border: .5px solid; overflow-wrap: anywhere }
li::marker { color: red } nav a::after { content: leader(".") target-counter(attr(href url), page) }
h2 { break-before: page; position: relative; text-transform: uppercase }
p::first-letter { color: red }
small { position: absolute; right: 0; top: 0; direction: rtl; opacity: .5 }"""
DOCUMENT = f"""<html lang="en"><head><title>A</title><style>{_STYLE}</style></head><body>
<nav><a href="#one">One</a><br/><a href="#two">Two</a></nav>
<aside>{_TEXT}</aside><p>{_TEXT * 4}</p><ul><li>{_TEXT}</li><li><p>{_TEXT}</p></li></ul>
<h2 id="one">One<small>abc</small></h2><div class="two"><p>{_TEXT * 5}</p></div>
<table><thead><tr><th>Head</th><th>{_TEXT}</th></tr></thead>
<tr><td rowspan="2">unbreakable-unbreakable-unbreakable</td><td>{_TEXT}</td></tr><tr><td>1</td></tr>
</table><div class="flex"><div>{_TEXT}</div><div><q>{_TEXT}</q></div></div>
<div class="grid"><p>{_TEXT}</p><p>{_TEXT}</p></div><pre>a\tb</pre><h2 id="two">Two</h2>
<p>{_TEXT * 3} (see <a href="#one">one</a>)</p></body></html>"""
_WITHOUT = """
import sys
from pathlib import Path
from workshop_builder.pdf import fonts, native_libraries
fonts.use_only_shipped()
with native_libraries.found_by_name():
    import weasyprint
weasyprint.__version__ = "another"
import test_speed
assert not test_speed.speed.apply()
print(*test_speed.digests(Path(sys.argv[1])))
"""


def digests(folder: Path) -> list[str]:
    """Return the digests of a document, and of the PDFs of a small workshop, as they are made."""
    workshop = load(folder)
    engine = PdfEngine({})
    labels = Labels(workshop.language)
    made = [bytes(weasyprint.HTML(string=DOCUMENT).write_pdf())]
    for target in select_targets(workshop):
        sheets = stylesheets.for_target(workshop, target)
        made.append(engine.make_pdf(Renderer(workshop, target, labels).page(), target, sheets).data)
    return [sha256(data).hexdigest() for data in made]


def test_every_byte_is_the_same_without_the_changes(tmp_path: Path) -> None:
    """Another version of the engine is left alone, and makes the same bytes."""
    folder = small.write(tmp_path, "{book: {}, take-home: {pages: 1}}")
    assert speed.apply()
    paths = [str(Path(__file__).parent), *sys.path]
    code = f"import sys; sys.path[:0] = {paths!r}\n{_WITHOUT}"
    done = subprocess.run(
        [sys.executable, "-c", code, folder], capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == digests(folder)
