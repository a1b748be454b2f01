"""`workshop check`: each remark where it is due, none where it is not, and how it is told.

The examples are those of docs/checking.md: YAML of files, in which stands what matters alone.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest

from cases import FOLDERS, read_case
from commands import command
from manuscripts import DAY, STARTERS, keys, remarks, write
from workshop_builder import SourceError
from workshop_builder.checking.check import CHECKS
from workshop_builder.checking.remark import Remark
from workshop_builder.checking.whole import warnings
from workshop_builder.loading import load
from workshop_builder.model.base import RemarkName
from workshop_builder.source import folder as folders

ROOT = Path(__file__).resolve().parents[2]
NAMES = get_args(RemarkName)
GUIDE = (ROOT / "docs/checking.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### ([a-z-]+)\n(.*?)(?=^##|\Z)", GUIDE, re.DOTALL | re.MULTILINE))


def example(name: str, kind: str) -> dict[str, str]:
    """Return the files of the bad or good example of a remark."""
    (text,) = re.findall(rf"^```{kind}\n(.*?)^```$", SECTIONS[name], re.DOTALL | re.MULTILINE)
    return {path: str(content) for path, content in keys(text).items()}


def test_each_remark_is_explained() -> None:
    """The guide has a section for each remark and no other, and a function makes each."""
    assert sorted(SECTIONS) == sorted(NAMES) == list(NAMES)
    assert {each.__name__.replace("_", "-") for each in CHECKS} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_bad_example_gives_the_remark(name: str, tmp_path: Path) -> None:
    """The bad example of a remark gives it, and no other."""
    assert [each.name for each in remarks(write(tmp_path, example(name, "bad")))] == [name]


@pytest.mark.parametrize("name", NAMES)
def test_the_good_example_gives_none(name: str, tmp_path: Path) -> None:
    """The good example of a remark gives none at all."""
    assert remarks(write(tmp_path, example(name, "good"))) == ()


@pytest.mark.parametrize("source", [ROOT / "workshop", *STARTERS], ids=lambda path: path.name)
def test_ours_give_none(source: Path) -> None:
    """Of the sample and the starters there is nothing to say, and none silences a remark."""
    assert remarks(source) == ()
    assert load.load(source).settings.silence == {}


def test_a_remark_names_its_line(tmp_path: Path) -> None:
    """A remark on a step has the line of the step, one on a paragraph that of the paragraph."""
    long = "1. Sit.\n2. " + "Lift your foot very slowly " * 4
    text = "title: One\n\nWhy not?\n\nThis *really*\ncures **all** pain.\n"
    files = {"exercises/lift.md": f"name: Lift\n\n{long}", "chapters/01.md": text}
    found = {each.name: each for each in remarks(write(tmp_path, files))}
    lines = (tmp_path / "exercises/lift.md").read_text("utf-8").splitlines()
    assert lines[found["long-step"].line - 1].startswith("2. ")
    assert (found["cure-promised"].path, found["cure-promised"].line) == ("chapters/01.md", 7)


def test_the_command(tmp_path: Path) -> None:
    """Remarks go to stdout as lines or as JSON and end with 0; with --strict they end with 1."""
    write(tmp_path, {"exercises/lift.md": "caution:"})
    line = "exercises/lift.md:1: has no 'caution'; say who leaves it out, or when to stop"
    done = command("check", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{line} (no-caution)\n", "")
    strict = command("check", tmp_path, "--strict", "--format", "json")
    (remark,) = json.loads(strict.stdout)["remarks"]
    assert (strict.returncode, strict.stderr) == (1, "")
    assert "{path}:{line}: {text} ({name})".format(**remark) == f"{line} (no-caution)"


def test_a_remark_is_silenced_with_a_reason(tmp_path: Path) -> None:
    """What is silenced is not said, even by --strict, and its reason is kept in the JSON."""
    silence = "silence: {no-caution: Nothing can happen here.}"
    write(tmp_path, {"exercises/lift.md": "caution:", "workshop.yaml": silence})
    done = command("check", tmp_path, "--strict", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    kept = {"no-caution": "Nothing can happen here."}
    assert json.loads(done.stdout) == {"remarks": [], "silenced": kept}


@pytest.mark.parametrize(
    ("silence", "said"),
    [
        ("{no-cautoin: Calm.}", "'no-cautoin' is not known; did you mean 'no-caution'?"),
        ("{no-caution: ''}", "no-caution: say in a few words why this remark is silenced"),
        ("[no-caution]", "silence: this takes lines of 'key: value' below it"),
    ],
)
def test_what_cannot_be_silenced(silence: str, said: str, tmp_path: Path) -> None:
    """A name that is not known, or a reason that is none, is an error of workshop.yaml."""
    write(tmp_path, {"workshop.yaml": f"silence: {silence}"})
    done = command("check", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.match(r"workshop\.yaml:\d+: ", done.stderr)
    assert said in done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_each_remark_can_be_silenced(name: str, tmp_path: Path) -> None:
    """Whatever a remark is about, its name under `silence` is enough to hear no more of it."""
    files = example(name, "bad")
    silence = f"silence: {{{name}: We know.}}\n"
    files["workshop.yaml"] = files.get("workshop.yaml", "") + silence
    assert remarks(write(tmp_path, files)) == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_any_folder_is_checked(folder: Path, tmp_path: Path) -> None:
    """Of every sample folder that can be read each remark has its place in a file."""
    source = read_case(folder).source(tmp_path)
    found: tuple[Remark, ...] = ()
    with suppress(SourceError):
        found = remarks(source)
    for remark in found:
        path = source / remark.path
        assert path.exists()
        assert 0 <= remark.line <= len(path.read_bytes().splitlines()) + 1


def test_a_build_tells_of_missing_safety(tmp_path: Path) -> None:
    """Where people move and nothing is said of safety, a build says so, unless it is silenced."""
    write(tmp_path, {"workshop.yaml": "safety:\nproducts: {book: {}}"})
    folder = folders.read(tmp_path)
    (told,) = warnings(folder, load.from_folder(folder), DAY)
    assert told.name == "no-safety"
    write(tmp_path, {"workshop.yaml": "safety:\nkind: craft"})
    folder = folders.read(tmp_path)
    assert warnings(folder, load.from_folder(folder), DAY) == ()
