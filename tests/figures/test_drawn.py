"""Figures on their way: from a file of `figures/` into the products, and by themselves."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from PIL import Image

import small
from commands import command
from judges.raster import pages
from languages import ENGLISH
from sample import TOP
from workshop_builder import build, load
from workshop_builder.commands import figure
from workshop_builder.figures import draw
from workshop_builder.figures.person.casting import cast
from workshop_builder.figures.person.people import in_turn
from workshop_builder.making.pictures import draw_figures
from workshop_builder.model.figure import Person
from workshop_builder.pictures.prepare import SCREEN_WIDTH, prepare_picture

ALT = "A person stands tall with both arms hanging and looks ahead."
STAND = f"position: standing\nalt: {ALT}\n"
FIGURE = "figures/stand.yaml"
EXERCISE = small.EXERCISE.replace("caution:", "figure: stand\ncaution:")
FILES = {FIGURE: STAND, "exercises/rest.md": EXERCISE}
EDITIONS = "{handout: {editions: [standard, ink-saver]}, epub: {}}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a workshop with one figure, in two editions and as an e-book."""
    folder = tmp_path_factory.mktemp("made")
    small.write(folder / "source", EDITIONS, FILES)
    build(load(folder / "source"), folder / "dist")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Write the small workshop with its figure; return its folder."""
    return small.write(tmp_path / "workshop", "{epub: {}}", FILES)


def test_the_book_holds_the_drawing_and_its_words(made: Path) -> None:
    """The e-book shows the clean drawing on paper, with the figure's own words, and no YAML."""
    workshop = load(made / "source")
    drawing = draw.draw(workshop.figures[FIGURE], cast(workshop)[FIGURE], ENGLISH)
    with zipfile.ZipFile(made / "dist" / "rest.epub") as book:
        names = book.namelist()
        kept = etree.fromstring(book.read("EPUB/pictures/stand.svg"))
        texts = [etree.fromstring(book.read(name)) for name in names if name.endswith(".xhtml")]
    clean = etree.fromstring(prepare_picture(FIGURE, drawing, (SCREEN_WIDTH,))[0].data)
    ground = kept[0]
    assert (ground.get("width"), ground.get("fill")) == (clean.get("viewBox").split()[2], "#fbf5ec")
    kept.remove(ground)
    assert etree.tostring(kept) == etree.tostring(clean)
    assert not [name for name in names if "yaml" in name]
    shown = [(i.get("src"), i.get("alt")) for text in texts for i in text.iter(f"{XHTML}img")]
    assert shown == [("cover.jpg", "Rest well"), ("pictures/stand.svg", ALT)]


@pytest.mark.judge
def test_the_ink_saver_has_a_drawing_of_its_own(made: Path) -> None:
    """A tone of the drawing lies on the pages of the standard edition, and on none of the other."""
    workshop = load(made / "source")
    colours, spared = (
        set(re.findall(rb'fill="#(\w{6})"', draw_figures(workshop, ink_saver=saver)[FIGURE]))
        for saver in (False, True)
    )
    assert colours - spared
    tones = np.array([[int(tone[n : n + 2], 16) for n in (0, 2, 4)] for tone in colours - spared])
    found = {}
    for name in ("rest-handout", "rest-handout-ink-saver"):
        dots = np.concatenate([p.reshape(-1, 3) for p in pages(made / "dist" / f"{name}.pdf", 100)])
        same = (np.abs(dots[:, None].astype(int) - tones[None]) <= 2).all(axis=2)
        found[name] = int(same.any(axis=1).sum())
    assert found["rest-handout"] > 200
    assert found["rest-handout-ink-saver"] < found["rest-handout"] / 20


def test_a_changed_figure_makes_a_changed_package(made: Path, tmp_path: Path) -> None:
    """After a change of a figure the package is made again, with another drawing in it."""
    shutil.copytree(made / "source", tmp_path / "source")
    (tmp_path / "source" / FIGURE).write_text(STAND + "near:\n  elbow: 90\n")
    build(load(tmp_path / "source"), tmp_path / "dist")
    books = [
        zipfile.ZipFile(folder / "dist" / "rest.epub").read("EPUB/pictures/stand.svg")
        for folder in (made, tmp_path)
    ]
    assert books[0] != books[1]
    assert load(made / "source").figures.keys() == {FIGURE}


def test_the_number_of_workers_leaves_no_mark(tmp_path: Path) -> None:
    """Figures that several workers draw are in the book as if one had drawn them all."""
    names = ("arms", "feet", "head", "knees")
    files = {f"figures/{name}.yaml": STAND for name in names}
    shown = "\n\n".join(f"![](../figures/{name}.yaml)" for name in names)
    files["chapters/02-more.md"] = f"---\ntitle: More\n---\n\n{shown}\n"
    workshop = load(small.write(tmp_path / "source", "{epub: {}}", files))
    made = [
        next(file.data for file in build(workshop, tmp_path / f"{jobs}", jobs=jobs))
        for jobs in (1, 2, 3)
    ]
    assert made[0] == made[1] == made[2]


def test_a_figure_that_nothing_shows_is_left_out(tmp_path: Path) -> None:
    """A figure without a use is read, and is in no product."""
    files = {FIGURE: STAND, "figures/other.yaml": STAND}
    workshop = load(small.write(tmp_path, more=FILES | files))
    assert list(workshop.figures) == [FIGURE]
    assert not workshop.pictures


def test_a_figure_is_drawn_by_itself(home: Path) -> None:
    """`workshop figure` draws the file that it is given, beside where it runs."""
    done = command("figure", f"workshop/{FIGURE}", cwd=home.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "stand.svg\n", "")
    root = etree.fromstring((home.parent / "stand.svg").read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert ALT in root.findtext("{*}desc")
    assert sorted(path.name for path in home.parent.iterdir()) == ["stand.svg", "workshop"]


def test_a_figure_is_drawn_as_pixels(home: Path) -> None:
    """With -o NAME.png the drawing is 1600 pixels wide, on white."""
    done = command("figure", FIGURE, "-o", "mine.png", cwd=home)
    assert (done.returncode, done.stdout, done.stderr) == (0, "mine.png\n", "")
    with Image.open(home / "mine.png") as picture:
        assert picture.width == 1600
        assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
        assert len(picture.convert("RGB").getcolors(2**24) or []) > 3


def test_a_figure_alone_is_as_in_the_products(made: Path, tmp_path: Path) -> None:
    """Drawn by itself, a figure is that of the products: the same person, in both manners."""
    workshop = load(made / "source")
    for saver, options in ((False, ()), (True, ("--ink-saver",))):
        done = command("figure", made / "source" / FIGURE, *options, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        kept = (tmp_path / "stand.svg").read_bytes()
        assert kept == draw_figures(workshop, ink_saver=saver)[FIGURE]


def test_a_figure_alone_takes_language_and_people_of_its_workshop(home: Path) -> None:
    """`language` and `figures` of workshop.yaml count, whatever else is wrong in that file."""
    settings = "language: de\nfigures:\n  clothes: plum\nproducts: nonsense\n"
    (home / "workshop.yaml").write_text(settings)
    assert command("figure", FIGURE, "-o", "plum.svg", cwd=home).returncode == 0
    (home / "workshop.yaml").write_text(settings.replace("plum", "moss"))
    assert command("figure", FIGURE, "-o", "moss.svg", cwd=home).returncode == 0
    plum, moss = ((home / f"{name}.svg").read_bytes() for name in ("plum", "moss"))
    assert plum != moss
    assert b'xml:lang="de"' in plum


def test_a_figure_needs_no_workshop(tmp_path: Path) -> None:
    """A file that lies anywhere is drawn, its words in English."""
    (tmp_path / "stand.yaml").write_text(STAND)
    done = command("figure", "stand.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert b'xml:lang="en"' in (tmp_path / "stand.svg").read_bytes()


@pytest.mark.parametrize("where", ["inside", "alone"])
def test_the_problems_of_a_figure_are_lines(home: Path, where: str) -> None:
    """The problems of a figure are reported line by line, and nothing is written."""
    (home / FIGURE).write_text("positoin: standing\nview: sideways\n")
    folder = home if where == "inside" else home / "figures"
    done = command("figure", FIGURE if where == "inside" else "stand.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert lines[0].startswith("figures/stand.yaml:1: ")
    assert any("did you mean 'position'?" in line for line in lines)
    assert any(line.startswith("figures/stand.yaml:2: view: ") for line in lines)
    assert not list(home.rglob("*.svg"))


def test_a_figure_that_is_not_there_is_one_line(home: Path) -> None:
    """A wrong name is reported with the file that may be meant."""
    done = command("figure", "figures/stnad.yaml", cwd=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "figures/stnad.yaml: cannot be opened (No such file or directory); "
        "did you mean 'stand.yaml'?\n"
    )


def test_a_drawing_that_cannot_be_written_is_one_line(home: Path) -> None:
    """An output in no folder ends in 1 with what to do, and leaves nothing behind."""
    done = command("figure", FIGURE, "-o", "no/where.svg", cwd=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("no/where.svg: cannot be written")
    assert sorted(path.name for path in home.iterdir()) == [
        *("chapters", "exercises", "figures", "workshop.yaml"),
    ]


def test_the_contact_sheet_shows_each_figure(home: Path) -> None:
    """The sheet has each figure in both manners, with its words; faulty ones are reported."""
    (home / "figures" / "wrong.yaml").write_text("position: flying\n")
    script = (sys.executable, TOP / "scripts" / "figures.py", "workshop", "sheet")
    done = subprocess.run(
        script, cwd=home.parent, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (1, "sheet/index.html\n")
    assert done.stderr.startswith("figures/wrong.yaml:1: ")
    sheet = home.parent / "sheet"
    assert sorted(path.name for path in sheet.iterdir()) == [
        *("index.html", "stand-ink-saver.svg", "stand.svg"),
    ]
    html = (sheet / "index.html").read_text(encoding="utf-8")
    assert ALT in html
    assert html.count('src="stand.svg"') == 4


def test_all_figures_of_an_exercise_show_one_person(home: Path) -> None:
    """A second figure in the text of an exercise has the person of the first; others vary."""
    text = EXERCISE.rstrip() + "\n\n![](../figures/other.yaml)\n"
    (home / "exercises/rest.md").write_text(text, encoding="utf-8")
    (home / "figures/other.yaml").write_text(STAND, encoding="utf-8")
    people = cast(load(home))
    assert people[FIGURE] == people["figures/other.yaml"]
    assert [figure.read(home / "figures" / f"{name}.yaml").turn for name in ("stand", "other")] == [
        *("rest", "rest"),
    ]
    names = [f"figure {number}" for number in range(30)]
    assert len({in_turn(Person(), Person(), name) for name in names}) > 8
