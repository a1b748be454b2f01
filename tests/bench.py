"""Measures the build of the sample against bare WeasyPrint, and prints a table.

Run by `make bench`. Every ratio is taken between commands of the same run, turn by
turn, so that a busy machine slows both; the median of the rounds is shown. Nothing
here passes or fails: the limits stand beside the figures.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from lxml import etree

import bench_web
from workshop_builder import load
from workshop_builder.figures import draw
from workshop_builder.making.pictures import draw_figures
from workshop_builder.model.products import select_targets
from workshop_builder.pages import stylesheets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf import fonts
from workshop_builder.pdf.fitting import copyfitting
from workshop_builder.pictures import prepare

ROUNDS = 5
HERE = Path(__file__).resolve().parents[1]
SAMPLE = HERE / "workshop"
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took."""

    wall: float
    """Seconds on the clock."""
    cpu: float
    """Seconds of the processors, user and system, with all its children."""


def cost(command: Sequence[str | Path]) -> Cost:
    """Run `command` to its end and return what it took; raises CalledProcessError."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(wall, spent)


def lay_out_documents(folder: Path) -> dict[str, Path]:
    """Write the HTML of the sample's PDFs, with styles and pictures, for a bare engine to print."""
    workshop = load(SAMPLE)
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
        style.text = f"@page{{size:{width}mm {height}mm}}{setting}"
        for name, data in page.codes.items():
            _write(folder / name, data)
        documents[target.product.name] = folder / f"{target.product.name}.html"
        _write(documents[target.product.name], b"<!DOCTYPE html>" + lxml.html.tostring(root))
    return documents


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def measure(folder: Path) -> list[tuple[str, str, str]]:
    """Return the rows of the table: what, measured, limit."""
    fonts.use_only_shipped()
    documents = lay_out_documents(folder / "bare")
    workshop = BIN / "workshop"
    rounds = []
    for number in range(ROUNDS):
        out = folder / f"dist-{number}"
        bare = {
            name: cost([BIN / "weasyprint", "--pdf-variant", "pdf/ua-1", path, f"{path}.pdf"])
            for name, path in documents.items()
        }
        cold = cost([workshop, "build", SAMPLE, "-o", out])
        again = cost([workshop, "build", SAMPLE, "-o", out])
        asked = cost([workshop, "--help"])
        rounds.append((bare, cold, again, asked))
    four = [sum(each.cpu for each in bare.values()) for bare, *_ in rounds]
    book = [bare["book"].wall for bare, *_ in rounds]
    cpu = [cold.cpu for _, cold, *_ in rounds]
    wall = [cold.wall for _, cold, *_ in rounds]
    return [
        ("four bare runs, CPU", seconds(four), ""),
        ("book, bare, wall", seconds(book), ""),
        ("everything, cold, CPU", seconds(cpu), ""),
        ("everything, cold, wall", seconds(wall), ""),
        ("CPU / four bare runs", ratio(cpu, four), "at most 0.65"),
        ("wall / book bare", ratio(wall, book), "at most 1.5"),
        (
            "again, nothing changed",
            seconds([again.wall for *_, again, _ in rounds]),
            "at most 0.25 s",
        ),
        ("workshop --help", seconds([asked.wall for *_, asked in rounds]), "at most 0.15 s"),
        ("peak memory of one process", f"{peak(folder)} MB", "at most 300 MB"),
    ]


def figures() -> list[tuple[str, str, str]]:
    """Return what the sample's figures take: the slowest to draw and the largest."""
    workshop = load(SAMPLE)
    people, language = workshop.settings.figures, workshop.language
    times, sizes = {}, {}
    for path, figure in workshop.figures.items():
        draw.draw(figure, people, language)  # the first time also reads art and fonts
        spent = []
        for _ in range(ROUNDS):
            start = time.process_time()
            sizes[path] = len(draw.draw(figure, people, language))
            spent.append(time.process_time() - start)
        times[path] = 1000 * statistics.median(spent)
    slow, large = max(times, key=times.__getitem__), max(sizes, key=sizes.__getitem__)
    usual = statistics.median(times.values())
    return [
        ("a figure, the median of all", f"{usual:.0f} ms", "at most 30 ms"),
        ("the slowest figure", f"{times[slow]:.0f} ms  ({Path(slow).stem})", "at most 30 ms"),
        (
            "the largest figure",
            f"{sizes[large] / 1000:.0f} kB  ({Path(large).stem})",
            "under 30 kB",
        ),
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
        rows += [*bench_web.weights(place / "dist-0" / "site"), *bench_web.saves(SAMPLE, place)]
        rows += bench_web.choices(SAMPLE, place)
    print(f"{os.cpu_count()} cores, {ROUNDS} rounds, medians")
    for name, value, limit in rows:
        print(f"{name:28} {value:40} {limit}")


if __name__ == "__main__":
    main()
