"""Measures the build of the sample against bare WeasyPrint, and prints a table.

Run by `make bench`, or `make bench ROUNDS=1` for a quick look. Every ratio is
taken between commands of the same run, turn by turn, so that a busy machine slows
both; the median of the rounds is shown. Nothing here passes or fails: the limits
stand beside the figures.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import lxml.html
from lxml import etree

import bench_edits
import bench_web
from bench_edits import Cost, cost
from workshop_builder import load, resources
from workshop_builder.figures import draw
from workshop_builder.figures.person.casting import cast
from workshop_builder.making.pictures import draw_figures
from workshop_builder.model.products import select_targets
from workshop_builder.pages import stylesheets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf import fonts
from workshop_builder.pdf.fitting import copyfitting
from workshop_builder.pictures import prepare

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
HERE = Path(__file__).resolve().parents[1]
SAMPLE = HERE / "workshop"
BIN = Path(sys.executable).parent
RATIOS = (
    ("everything", "book", 0.75),
    ("the sheet", "take-home", 1.5),
    ("the sheet after its word", "take-home", 1.0),
    ("a word in a chapter", "everything", 0.22),
    ("a word in an exercise", "everything", 0.35),
    ("a colour", "everything", 0.8),
    ("the long book", "the long book, bare", 0.55),
    ("a chapter of the long book", "the long book", 0.08),
)
"""What is measured against what, and the most that it should take."""
FAMILIES = {"AtkinsonHyperlegible": "Atkinson Hyperlegible", "SourceSerif4": "Source Serif 4"}
"""The families that pages are set in, by how the names of their files begin."""


def lay_out_documents(source: Path, folder: Path) -> dict[str, Path]:
    """Write the HTML of a workshop's PDFs, with styles and pictures, for a bare engine to print.

    Each names its fonts: printed with any others, it would be another document.
    """
    workshop = load(source)
    labels = Labels(workshop.language)
    for name, data in {**workshop.pictures, **draw_figures(workshop)}.items():
        picture = prepare.prepare_picture(name, data, (prepare.PRINT_WIDTH,))[0]
        _write(folder / name, picture.data)
    documents = {}
    for target in select_targets(workshop):
        if target.product.format != "pdf":
            continue
        page = Renderer(workshop, target, labels).page()
        root = etree.fromstring(page.html)
        for name, text in stylesheets.for_target(workshop, target):
            _write(folder / name, text.encode())
            etree.SubElement(root.find("head"), "link", rel="stylesheet", href=name)
        setting = copyfitting.scales(11, 13)[6].css if target.pages else ""
        width, height = target.size
        style = etree.SubElement(root.find("head"), "style")
        style.text = f"{faces()}@page{{size:{width}mm {height}mm}}{setting}"
        for name, data in page.codes.items():
            _write(folder / name, data)
        documents[target.product.name] = folder / f"{target.product.name}.html"
        _write(documents[target.product.name], b"<!DOCTYPE html>" + lxml.html.tostring(root))
    return documents


def faces() -> str:
    """Return the rules by which a page brings its fonts along."""
    rules = []
    for name, path in resources.font_files().items():
        if family := FAMILIES.get(name.partition(".")[0].partition("-")[0]):
            slant = "italic" if "Italic" in name else "normal"
            weight = ";font-weight:bold" if "Bold" in name else ""
            source = f"url('{path.as_uri()}')"
            rules.append(
                f"@font-face{{font-family:'{family}';src:{source};font-style:{slant}{weight}}}"
            )
    return "".join(rules)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def measure(folder: Path) -> list[tuple[str, str, str]]:
    """Return the rows of the table: what, measured, limit."""
    fonts.use_only_shipped()
    documents = lay_out_documents(SAMPLE, folder / "bare")
    names = ("handout", "take-home", "book", "teacher")
    rounds = [
        {
            **{name: bare(documents[name]) for name in names},
            **bench_edits.measure(SAMPLE, folder / f"round-{number}", folder / "drawings"),
        }
        for number in range(ROUNDS)
    ]
    bench_edits.write_long_book(folder / "long")
    long = lay_out_documents(folder / "long", folder / "long-bare")["book"]
    of_long = {"the long book, bare": bare(long), **bench_edits.measure_long(folder)}
    of = {name: [each[name] for each in rounds] for name in rounds[0]}
    wall = {name: [each.wall for each in costs] for name, costs in of.items()}
    wall |= {name: [one.wall] for name, one in of_long.items()}
    cpu = [each.cpu for each in of["everything"]]
    four = [sum(each[name].cpu for name in names) for each in rounds]
    return [
        ("four bare runs, CPU", seconds(four), ""),
        ("book, bare, wall", seconds(wall["book"]), ""),
        ("take-home, bare, wall", seconds(wall["take-home"]), ""),
        ("everything, CPU", seconds(cpu), ""),
        ("everything, wall", seconds(wall["everything"]), ""),
        ("CPU / four bare runs", ratio(cpu, four), "at most 0.60"),
        *(
            (
                f"{name} / {yardstick}, wall",
                f"{ratio(wall[name], wall[yardstick])}  ({statistics.median(wall[name]):.2f} s)",
                f"at most {limit}",
            )
            for name, yardstick, limit in RATIOS
        ),
        ("nothing changed", seconds(wall["nothing"]), "at most 0.12 s"),
        ("workshop --help", seconds(wall["help"]), "at most 0.12 s"),
        ("peak memory of one process", f"{peak(folder)} MB", "at most 220 MB"),
        ("file of the book", f"{bench_edits.book_size(folder / 'round-0') // 1000} kB", "700 kB"),
    ]


def bare(document: Path) -> Cost:
    """Return what the bare engine takes for a document, as it does in any shell."""
    shell = ("env", "-u", "FONTCONFIG_FILE", "-u", "SOURCE_DATE_EPOCH")  # set by `measure`
    engine = (BIN / "weasyprint", "--pdf-variant", "pdf/ua-1")
    return cost([*shell, *engine, document, f"{document}.pdf"])


def figures() -> list[tuple[str, str, str]]:
    """Return what the sample's figures take: the slowest to draw and the largest."""
    workshop = load(SAMPLE)
    people, language = cast(workshop), workshop.language
    times, sizes = {}, {}
    for path, figure in workshop.figures.items():
        draw.draw(figure, people[path], language)  # the first time also reads art and fonts
        start = time.process_time()
        sizes[path] = len(draw.draw(figure, people[path], language))
        times[path] = time.process_time() - start
    slow, large = max(times, key=times.__getitem__), max(sizes, key=sizes.__getitem__)
    usual = statistics.median(times.values())
    return [
        ("a figure, the median of all", f"{usual:.2f} s", ""),
        ("the slowest figure", f"{times[slow]:.2f} s  ({Path(slow).stem})", "at most 0.6 s"),
        ("the largest figure", f"{sizes[large] / 1000:.1f} kB  ({Path(large).stem})", "25 kB"),
    ]


def peak(folder: Path) -> int:
    """Return the most memory that any process of a build held, in MB."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=-3);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    command: list[str | Path] = [
        sys.executable,
        "-c",
        code,
        BIN / "workshop",
        "build",
        SAMPLE,
        "-o",
        folder / "peak",
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout)


def seconds(values: Sequence[float]) -> str:
    """Return the median of `values` in seconds, with the least and the most."""
    return f"{statistics.median(values):.2f} s  ({min(values):.2f} to {max(values):.2f})"


def ratio(values: Sequence[float], yardsticks: Sequence[float]) -> str:
    """Return the median of the ratios round by round."""
    ratios = [value / yardstick for value, yardstick in zip(values, yardsticks, strict=True)]
    return f"{statistics.median(ratios):.2f}"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        rows = [*measure(place), *figures()]
        rows += [
            *bench_web.weights(place / "round-0" / "dist" / "site"),
            *bench_web.saves(SAMPLE, place),
        ]
        rows += bench_web.choices(SAMPLE, place)
    print(f"{os.cpu_count()} cores, {ROUNDS} rounds, medians")
    for name, value, limit in rows:
        print(f"{name:28} {value:40} {limit}")


if __name__ == "__main__":
    main()
