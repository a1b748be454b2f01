"""A package that someone received: what is told of one that is whole, and of one that is not."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import small
from commands import command
from workshop_builder import SourceError, build, load
from workshop_builder.output.verify import verify

PDF = "rest-handout.pdf"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small workshop."""
    folder = tmp_path_factory.mktemp("made")
    build(load(small.write(folder / "rest")), folder / "dist")
    return folder / "dist"


@pytest.fixture
def package(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the package, to be spoilt."""
    return shutil.copytree(made, tmp_path / "got")


def told(place: Path) -> list[str]:
    """Return what is told of a package that is not whole."""
    with pytest.raises(SourceError) as caught:
        verify(place)
    return [str(problem) for problem in caught.value.problems]


def test_a_whole_package_says_what_it_is(made: Path) -> None:
    """Folder and bundle tell how many files they have and which program made them."""
    folder, bundle = verify(made), verify(made / "rest.zip")
    assert (folder.files, folder.title) == (3, "Rest well")
    assert (bundle.files, bundle.title) == (4, "Rest well")
    assert folder.program == bundle.program
    assert str(folder.program).startswith("Workshop Builder ")


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (lambda file: file.write_bytes(file.read_bytes()[:-1]), "is not as it was made"),
    "missing": (lambda file: file.unlink(), "is missing"),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_folder_that_is_not_whole(package: Path, kind: str) -> None:
    """Each file that was changed or is missing is named, and the others are not."""
    spoil, words = SPOILT[kind]
    spoil(package / PDF)
    assert told(package) == [f"{PDF}: {words}; get the package again"]


def test_a_file_that_was_put_in(package: Path) -> None:
    """What the package does not list is no part of it."""
    (package / "invoice.exe").write_bytes(b"MZ")
    (line,) = told(package)
    assert line.startswith("invoice.exe: is not part of the package; ")


def test_a_manifest_that_leads_out(package: Path) -> None:
    """A list with files outside the package is refused before any is opened."""
    manifest = package / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(PDF, "../secret"))
    assert told(package) == ["manifest.json: lists files outside the package; do not use it"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"files": [{}]}', "[" * 100_000])
def test_a_manifest_that_is_none(package: Path, text: str) -> None:
    """A damaged list is one line."""
    (package / "manifest.json").write_text(text, encoding="utf-8")
    assert told(package) == ["manifest.json: is damaged, or not ours; get the package again"]


def test_a_bundle_that_is_not_whole(package: Path) -> None:
    """A bundle is held against its sums: what was changed, put in, or left out is named."""
    bundle = package / "rest.zip"
    with zipfile.ZipFile(bundle) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[PDF] += b"%"
    files["more.txt"] = b"more"
    del files["rest.epub"]
    with zipfile.ZipFile(bundle, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    names = [line.partition(":")[0] for line in told(bundle)]
    assert names == ["more.txt", PDF, "rest.epub"]


def test_a_bundle_that_was_cut_off(package: Path) -> None:
    """A download that stopped half-way is told as one that cannot be read."""
    bundle = package / "rest.zip"
    bundle.write_bytes(bundle.read_bytes()[:5000])
    (line,) = told(bundle)
    assert "cannot be read" in line


def test_the_command_tells_it(package: Path) -> None:
    """The command ends with 0 for a package that is whole, and with 1 and a line for another."""
    done = command("verify", package)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{package}: whole: Rest well, 3 files; made by Workshop ")
    gone = command("verify", package / "gone.zip")
    assert (gone.returncode, gone.stdout) == (1, "")
    assert gone.stderr.count("\n") == 1
