"""Nothing of a roster is in what is published or kept: its rare words are looked for."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import rosters
from commands import command
from workshop_builder.source import folder as folders

CANARY = "Quetzalina Zyxwood"
NOTE = "Xylobassoon"
ROSTER = f"students:\n  - name: {CANARY}\n    note: {NOTE}\n    conditions: bad-knee\n"
WORDS = tuple(word.lower() for word in (*CANARY.split(), NOTE))
PUBLIC = "{take-home: {}, epub: {}, website: {}}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the workshop, built before and after sheets were made in it.

    The roster, a folder of students and the sheets lie in the source folder, the sheets are named
    by the student, and everything that is kept is in `cache`.
    """
    place = tmp_path_factory.mktemp("privacy")
    source = rosters.write(place / "w")
    settings = source / "workshop.yaml"
    text = settings.read_text(encoding="utf-8").partition("products:")[0]
    settings.write_text(f"{text}products: {PUBLIC}\n", encoding="utf-8")
    kept = str(place / "cache")
    assert command("build", "w", "-o", "before", cwd=place, XDG_CACHE_HOME=kept).returncode == 0
    (source / "roster.yaml").write_text(ROSTER, encoding="utf-8")
    (source / "sheets").mkdir()
    (source / "sheets/quetzalina.yaml").write_text(f"name: {CANARY}\n", encoding="utf-8")
    done = command("personal", "w", "--names", cwd=place, XDG_CACHE_HOME=kept)
    assert (done.returncode, done.stdout) == (0, "w/personal/quetzalina-zyxwood.pdf  1 page\n")
    assert (
        command(
            "build", "w", "-o", "after", "--no-cache", cwd=place, XDG_CACHE_HOME=kept
        ).returncode
        == 0
    )
    return place


def test_the_words_can_be_found(home: Path) -> None:
    """The search finds the words where they are: in the roster, and on the student's sheet."""
    found = {path.name for path in (home / "w").rglob("*") if path.is_file() and _holds(path)}
    assert found == {"roster.yaml", "quetzalina.yaml", "quetzalina-zyxwood.pdf", ".sheets"}


def test_nothing_private_is_published_or_kept(home: Path) -> None:
    """No file of a package, of its bundle or website, or of what is kept holds one of the words."""
    searched = [path for name in ("after", "cache") for path in (home / name).rglob("*")]
    assert len([path for path in searched if path.is_file()]) > 10
    assert [path for path in searched if path.is_file() and _holds(path)] == []


def test_packages_are_as_without_a_roster(home: Path) -> None:
    """A roster is no part of the workshop: the package is the same in each byte, and up to date."""
    before, after = (
        {path.relative_to(place): path.read_bytes() for path in place.rglob("*") if path.is_file()}
        for place in (home / "before", home / "after")
    )
    assert before == after
    read = {name.partition("/")[0] for name in folders.read(home / "w").files}
    assert read == {"workshop.yaml", "exercises"}
    done = command("build", "w", "-o", "before", cwd=home)
    assert done.stdout == "before: nothing has changed\n"


@pytest.mark.parametrize("where", ["before", "before/site/sheets", "dist", "w/dist/mine", "w"])
def test_a_public_folder_is_refused(home: Path, where: str) -> None:
    """Sheets go into no package, not even one that is still to be, and into no other folder."""
    done = command("personal", "w", "-o", where, cwd=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{where}: ")
    assert done.stderr.endswith(" with -o\n")
    assert not (home / "dist").exists()


def test_problems_and_progress_name_nobody(home: Path) -> None:
    """What is told of a wrong row names its line, and not the student."""
    path = home / "wrong.yaml"
    path.write_text(ROSTER.replace("bad-knee", "bad-kne"), encoding="utf-8")
    done = command("personal", "w", path, cwd=home)
    assert done.returncode == 1
    assert not any(word in (done.stdout + done.stderr).lower() for word in WORDS)


def _holds(path: Path) -> bool:
    """Return whether one of the words is in a file: its name, bytes, parts, or words of a PDF."""
    texts = "\n".join([path.name, *_texts(path)]).lower()
    return any(word in texts for word in WORDS)


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    yield data.decode("latin-1")
    yield data.decode("utf-8", "replace")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield name
                yield packed.read(name).decode("utf-8", "replace")
    if (start := data.find(b"%PDF-")) >= 0:
        pdf = data[start:]
        copy = path.with_name("searched.pdf")
        copy.write_bytes(pdf)
        yield from _texts_of_pdf(copy)
        copy.unlink()


def _texts_of_pdf(path: Path) -> Iterator[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            yield page.get_textpage().get_text_range()
    with pikepdf.open(path) as opened:
        for each in opened.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/XML":
                yield each.read_bytes().decode()
            if isinstance(each, pikepdf.Dictionary):
                yield str({key: str(value) for key, value in each.items()})
