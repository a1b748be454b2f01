"""The command that builds: what it keeps, makes again, drops, and never touches."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

import small
from commands import command
from packages import version
from sample import BUNDLE, TOP, Sample
from workshop_builder.source import fingerprint

FILES = ["manifest.json", "rest-handout.pdf", "rest.epub", "rest.zip"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small workshop once; the folder holds it as `source` and its package as `dist`."""
    folder = tmp_path_factory.mktemp("made")
    small.write(folder / "source")
    done = command("build", "source", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """Copy the small workshop and its package to a folder of the test's own."""
    return Path(shutil.copytree(made, tmp_path / "home"))


def marks(dist: Path) -> dict[str, tuple[int, int]]:
    """Return what changes when a file is written or replaced."""
    return {p.name: (p.stat().st_ino, p.stat().st_mtime_ns) for p in dist.iterdir()}


def names(dist: Path) -> list[str]:
    """Return the files of a package."""
    return sorted(path.name for path in dist.iterdir())


@pytest.mark.judge
def test_the_bundle_holds_what_is_offered(sample: Sample, tmp_path: Path) -> None:
    """The bundle has every file for students with its right sum, and nothing of the teacher's."""
    with zipfile.ZipFile(sample.folder / BUNDLE) as bundle:
        bundle.extractall(tmp_path)
    lines = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    for name, digest in sums.items():
        data = (tmp_path / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest
    offered = {e["file"] for e in sample.manifest["files"] if e["offered"]}
    for name in offered:
        assert (tmp_path / name).read_bytes() == (sample.folder / name).read_bytes()
    evidence = {"EVIDENCE.html", "EVIDENCE.json"}
    assert offered | evidence == set(sums) == set(names(tmp_path)) - {"SHA256SUMS"}
    assert not any("teacher" in name or "roster" in name for name in sums)
    assert any("book" in name for name in sums)


@pytest.mark.judge
def test_the_manifest_tells_the_truth(sample: Sample) -> None:
    """The manifest lists every file of the package with its bytes and sum, and no other."""
    version(sample.folder)
    listed = [entry["file"] for entry in sample.manifest["files"]]
    places = [path for path in sample.folder.rglob("*") if path.is_file()]
    found = {path.relative_to(sample.folder).as_posix() for path in places}
    assert listed == sorted(found - {"manifest.json"})
    assert {entry["title"] for entry in sample.manifest["files"]} == {"Relief for Back Pain"}
    assert {entry["language"] for entry in sample.manifest["files"]} == {"en-GB"}


def test_a_roster_is_never_published(tmp_path: Path) -> None:
    """The names of students go into no file of the package."""
    roster = {"roster.csv": "name\nZebedee Quux\n", "roster.yaml": "- name: Zebedee Quux\n"}
    small.write(tmp_path / "source", "{epub: {}}", roster)
    assert command("build", "source", cwd=tmp_path).returncode == 0
    for path in (tmp_path / "dist").iterdir():
        assert b"Quux" not in path.read_bytes()
    with zipfile.ZipFile(tmp_path / "dist" / "rest.zip") as bundle:
        assert sorted(bundle.namelist()) == [
            "EVIDENCE.html",
            "EVIDENCE.json",
            "SHA256SUMS",
            "rest.epub",
        ]


def test_nothing_is_made_again_where_nothing_has_changed(home: Path) -> None:
    """A second build says so, and writes not a byte; it removes what a killed one left."""
    before = marks(home / "dist")
    (home / ".dist.new-left").mkdir()
    done = command("build", "source", cwd=home)
    assert (done.returncode, done.stdout, done.stderr) == (0, "dist: nothing has changed\n", "")
    assert not (home / ".dist.new-left").exists()
    assert marks(home / "dist") == before
    assert names(home) == ["dist", "source"]


@pytest.mark.parametrize("damage", ["change", "remove"])
def test_a_damaged_product_is_made_again(home: Path, damage: str) -> None:
    """A product that was changed or removed since is there again, as it was."""
    book = home / "dist" / "rest.epub"
    whole = book.read_bytes()
    if damage == "change":
        book.write_bytes(whole[:-1])
    else:
        book.unlink()
    assert command("build", "source", cwd=home).returncode == 0
    assert book.read_bytes() == whole
    assert names(home / "dist") == FILES


def test_only_one_product_leaves_the_others(home: Path) -> None:
    """With --only, products that were made from the same sources stay in package and bundle."""
    handout = (home / "dist" / "rest-handout.pdf").read_bytes()
    (home / "dist" / "rest.epub").unlink()
    done = command("build", "source", "--only", "epub", cwd=home)
    assert done.returncode == 0, done.stderr
    assert names(home / "dist") == FILES
    assert (home / "dist" / "rest-handout.pdf").read_bytes() == handout
    version(home / "dist")


def test_only_one_product_drops_those_that_are_stale(home: Path) -> None:
    """With --only after a change, no product of the old sources stays beside the new one."""
    small.write(home / "source", more={"chapters/02-more.md": "---\ntitle: More\n---\n\nMore.\n"})
    done = command("build", "source", "--only", "epub", cwd=home)
    assert done.returncode == 0, done.stderr
    assert names(home / "dist") == ["manifest.json", "rest.epub", "rest.zip"]
    with zipfile.ZipFile(home / "dist" / "rest.zip") as bundle:
        assert sorted(bundle.namelist()) == [
            "EVIDENCE.html",
            "EVIDENCE.json",
            "SHA256SUMS",
            "rest.epub",
        ]


def test_a_change_of_the_program_counts(home: Path) -> None:
    """What was made by another version of the program is made again."""
    manifest = home / "dist" / "manifest.json"
    content = json.loads(manifest.read_bytes())
    right = content["made_from"]
    content["made_from"] = "0" * 64
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert command("build", "source", cwd=home).stdout != "dist: nothing has changed\n"
    assert json.loads(manifest.read_bytes())["made_from"] == right


def test_every_file_of_the_program_counts() -> None:
    """Each module, and each file of data that one reads, is in the fingerprint by its own name."""
    package = TOP / "src" / "workshop_builder"
    own = [*package.rglob("*.py"), *package.glob("figures/**/*.yaml"), *package.glob("labels/*")]
    wanted = {path.relative_to(package).as_posix() for path in own}
    wanted |= {path.relative_to(TOP).as_posix() for path in TOP.glob("templates/**/*.html")}
    names = [name for name, _ in fingerprint._files()]
    assert wanted - set(names) == set()
    assert len(names) == len(set(names))


def test_a_failed_build_leaves_the_old_package(home: Path) -> None:
    """Where one product fails, the package stays as it was, and nothing is left beside it."""
    before = marks(home / "dist")
    wrong = {"templates/handout.html": '{% extends "base.html" %}\n{% block body %}{{ nothing }}'}
    small.write(home / "source", more=wrong)
    done = command("build", "source", cwd=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("templates/handout.html:")
    assert marks(home / "dist") == before
    assert names(home) == ["dist", "source"]


def test_the_users_own_files_outlive_a_build(home: Path) -> None:
    """A file that a user put into the package's folder is there after the next build."""
    (home / "dist" / "notes.txt").write_text("mine", encoding="utf-8")
    small.write(home / "source", more={"chapters/02-more.md": "---\ntitle: More\n---\n\nMore.\n"})
    assert command("build", "source", cwd=home).returncode == 0
    assert names(home / "dist") == sorted([*FILES, "notes.txt"])


def test_a_foreign_folder_is_refused_before_any_work(home: Path) -> None:
    """A folder that is no package of ours is an error, and stays as it is."""
    (home / "photos").mkdir()
    (home / "photos" / "mat.jpg").write_bytes(b"mat")
    done = command("build", "source", "-o", "photos", cwd=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "photos: holds other files and no manifest.json of ours; name a new folder with -o\n"
    )
    assert names(home / "photos") == ["mat.jpg"]
    (home / "source" / "pictures").mkdir(exist_ok=True)
    for inside in ("pictures", "exercises/made"):
        done = command("build", "source", "-o", f"source/{inside}", cwd=home)
        said = "lies in a folder that is read as part of the workshop; name another folder with -o"
        assert (done.returncode, done.stderr) == (1, f"source/{inside}: {said}\n")
