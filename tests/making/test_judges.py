"""Outside judges: how they are found and asked, and what happens when they object or break down."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

import small
from commands import command
from workshop_builder.making.opinions import NoVerdict, Run

GOOD = {"checker": {"checkerVersion": "9.9"}, "messages": []}
FAULT = {
    "ID": "RSC-005",
    "severity": "ERROR",
    "message": "Error while\n parsing",
    "locations": [{"path": "EPUB/a.xhtml", "line": 7}],
}
USAGE = FAULT | {"severity": "USAGE"}


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a workshop of one e-book; no judge is at hand."""
    for name in ("VERAPDF", "EPUBCHECK", "ACE"):
        monkeypatch.setenv(f"WORKSHOP_{name}", "")
    return small.write(tmp_path / "rest", "{epub: {}}")


def stand_in(folder: Path, text: str) -> str:
    """Write a program of a few lines in place of a judge, and return its command line."""
    script = folder / "a judge.sh"
    script.write_text(text, encoding="utf-8")
    return f"sh '{script}'"


def reporting(folder: Path, report: object) -> str:
    """Return the command line of a stand-in for EPUBCheck that always writes the same report."""
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return stand_in(folder, f"cp '{folder / 'report.json'}' \"$2\"; exit 1")


def test_what_is_not_installed_is_one_line(source: Path, tmp_path: Path) -> None:
    """A judge that is not at hand is a line, no fault; no line is about one without files."""
    done = command("build", source, "-o", tmp_path / "dist", "--judge")
    assert done.returncode == 0
    missing = "is not installed, and has judged nothing; see docs/evidence.md"
    assert done.stderr.splitlines() == [f"EPUBCheck: {missing}", f"Ace: {missing}"]
    again = command("build", source, "-o", tmp_path / "dist", "--judge")
    assert again.stdout.endswith("nothing has changed\n")


def test_a_judge_that_comes_later_is_asked(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was not judged does not pass for judged; one that was serves both requests."""
    out = tmp_path / "dist"
    small.write(source, "{epub: {}, website: {}}")
    assert command("build", source, "-o", out).returncode == 0
    monkeypatch.setenv("WORKSHOP_EPUBCHECK", reporting(tmp_path, GOOD | {"messages": [USAGE]}))
    assert (
        "EPUBCheck 9.9: nothing to object" in command("build", source, "-o", out, "--judge").stdout
    )
    assert command("build", source, "-o", out).stdout.endswith("nothing has changed\n")
    assert (out / "site/downloads/rest.epub").exists()
    assert command("verify", out / "rest.zip").stdout.endswith("; judged by EPUBCheck 9.9\n")
    assert command("verify", out).stdout.endswith("; judged by EPUBCheck 9.9\n")


def test_a_file_that_a_judge_objects_to_is_not_handed_on(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each objection is a line that names the file and the judge, and the package stays."""
    out = tmp_path / "dist"
    assert command("build", source, "-o", out).returncode == 0
    before = {path: path.read_bytes() for path in out.iterdir()}
    monkeypatch.setenv("WORKSHOP_EPUBCHECK", reporting(tmp_path, GOOD | {"messages": [FAULT] * 2}))
    done = command("build", source, "-o", out, "--judge")
    line = "rest.epub: EPUBCheck objects: RSC-005 EPUB/a.xhtml:7: Error while parsing"
    assert done.returncode == 1
    assert done.stderr == f"{line}; the package stays as it was\n"
    assert {path: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("echo Out of memory >&2; exit 3", "it ended with 3: Out of memory"),
        ("echo Hello", "it ended with 0: Hello"),
        ("echo '[]' > \"$2\"", "its report lacks 'checker'"),
        ("echo '{}' > \"$2\"", "its report lacks 'checker'"),
    ],
)
def test_a_judge_that_breaks_down_is_one_line(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    """What a judge at hand fails to say is not taken for a yes."""
    monkeypatch.setenv("WORKSHOP_EPUBCHECK", stand_in(tmp_path, text))
    done = command("build", source, "-o", tmp_path / "dist", "--judge")
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert line.startswith(f"EPUBCheck: gave no verdict ({said}")
    assert line.endswith("; see to it, or build without --judge")
    assert not (tmp_path / "dist").exists()


def test_a_judge_that_is_stuck_is_ended(tmp_path: Path) -> None:
    """Neither a judge that takes too long nor what it has started outlives its time."""
    script = f"(sleep 2; touch '{tmp_path / 'late'}') & wait"
    with pytest.raises(NoVerdict, match=r"it took more than 0\.3 seconds"):
        Run(("sh", "-c", script), 0.3)()
    time.sleep(2)
    assert not (tmp_path / "late").exists()


def test_a_command_that_is_none(tmp_path: Path) -> None:
    """A program that is not there is told by its name."""
    with pytest.raises(NoVerdict, match="'no-such' cannot be run: No such file"):
        Run(("no-such",), 1.0)(tmp_path)
