#!/usr/bin/env python3
"""A contact sheet of a workshop's figures, to look at: at each size and in each manner.

`make figures` calls this: `figures.py workshop build/figures`; open `index.html` in a browser.
"""

from __future__ import annotations

import shutil
import sys
import time
from html import escape
from pathlib import Path

from workshop_builder import WorkshopError
from workshop_builder.commands import figure
from workshop_builder.commands.figure import FigureFile

PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"/><title>Figures</title>
<style>
body {{ margin: 2rem; font: 16px/1.4 "Atkinson Hyperlegible", sans-serif; color: #1b2428 }}
section {{ display: grid; grid-template-columns: 720px auto; gap: 1rem 2rem; align-items: start;
  padding: 1rem 0 2rem; border-top: 2px solid #1f6f78 }}
h2, .words {{ grid-column: 1 / -1; margin: 0; max-width: 60em }}
figure {{ display: inline-block; margin: 0 1rem 1rem 0; vertical-align: top }}
figcaption {{ font-size: 0.8rem; color: #3a474c }}
img {{ display: block; border: 1px solid #cfdcdd }}
.large {{ width: 720px }}
.px {{ width: 200px }}
.mm {{ width: 30mm }}
.grey, .ink {{ width: 300px }}
.grey {{ filter: grayscale(1) }}
</style></head>
<body><h1>{count} figures</h1>
{figures}
</body></html>
"""
FIGURE = """<section id="{name}">
<h2>{name}</h2>
<p class="words"><b>{length} characters:</b> {alt}<br/>
{bytes} kB in colour, {spared} kB ink-saver, drawn in {milliseconds} ms</p>
<figure><img src="{name}.svg" alt="{alt}" class="large"/></figure>
<div>
{small}
</div>
</section>"""
SMALL = (
    '<figure><img src="{file}" alt="" class="{style}"/><figcaption>{words}</figcaption></figure>'
)
MANNERS = (
    ("", "px", "200 px"),
    ("", "mm", "30 mm"),
    ("", "grey", "grey"),
    ("-ink-saver", "ink", "ink-saver"),
    ("-ink-saver", "mm", "30 mm"),
)
"""The smaller pictures: the end of the file's name, the style, the caption."""


def main(source: Path, folder: Path) -> None:
    """Draw every figure of the workshop `source` into `folder`, with a page that shows them all.

    A figure with problems is left out; they are printed, and the exit code is 1.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    root = source / "figures"
    files: dict[str, FigureFile] = {}
    faults: list[str] = []
    for file in sorted(root.rglob("*.yaml")):
        name = "-".join(file.relative_to(root).with_suffix("").parts)
        try:
            files[name] = figure.read(file)
        except WorkshopError as error:
            faults += [str(problem) for problem in error.problems]
    shown = [_drawn(name, each, folder) for name, each in files.items()]
    language = next((each.settings.language for each in files.values()), "en")
    page = PAGE.format(language=language, count=len(shown), figures="\n".join(shown))
    index = folder / "index.html"
    index.write_text(page, encoding="utf-8")
    sys.stdout.write(f"{index}\n")
    if faults:
        sys.exit("\n".join(faults))


def _drawn(name: str, figure: FigureFile, folder: Path) -> str:
    """Write the two drawings of a figure into `folder`; return its section of the page."""
    start = time.perf_counter()
    colour = figure.svg(ink_saver=False)
    taken = time.perf_counter() - start
    spared = figure.svg(ink_saver=True)
    (folder / f"{name}.svg").write_bytes(colour)
    (folder / f"{name}-ink-saver.svg").write_bytes(spared)
    small = [
        SMALL.format(file=f"{escape(name)}{end}.svg", style=style, words=words)
        for end, style, words in MANNERS
    ]
    return FIGURE.format(
        small="\n".join(small),
        name=escape(name),
        alt=escape(figure.alt),
        length=len(figure.alt),
        bytes=f"{len(colour) / 1000:.1f}",
        spared=f"{len(spared) / 1000:.1f}",
        milliseconds=round(taken * 1000),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
