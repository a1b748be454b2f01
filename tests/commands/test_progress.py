"""What a build shows while it works: on a terminal what it is doing, in a pipe nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import small
from commands import COMMAND, command_from_scratch
from terminal import Terminal

BUILD = [*COMMAND, "build", "source"]
RESULTS = ["dist/rest.epub", "dist/rest.zip"]
COLOUR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|9[0-7])m")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a folder that holds the small workshop as `source`, to be made into an e-book."""
    small.write(tmp_path / "source", "{epub: {}}")
    return tmp_path


def test_a_terminal_shows_what_is_made(home: Path) -> None:
    """Each file is shown while it is made and when it is done; what stays is the results."""
    small.write(home / "source", "{handout: {}, epub: {}}")
    with Terminal(BUILD, home) as terminal:
        assert terminal.end() == 0
    assert "reading the workshop" in terminal.written
    for name in ("rest-handout.pdf", "rest.epub"):
        assert re.search(rf"making +{name} +\d+\.\d s", terminal.written)
        assert re.search(rf"done\x1b\[0m +{name} +\d+\.\d s", terminal.written)
    assert terminal.seen == ["dist/rest-handout.pdf  1 page", *RESULTS]
    assert _shows_its_cursor(terminal)
    assert COLOUR.search(terminal.written)


def test_colours_can_be_turned_off(home: Path) -> None:
    """Where NO_COLOR is set, the same is shown without a colour."""
    with Terminal(BUILD, home, environment={"NO_COLOR": "1"}) as terminal:
        assert terminal.end() == 0
    assert "done" in terminal.written
    assert not COLOUR.search(terminal.written)


def test_results_alone_go_to_a_file(home: Path) -> None:
    """Where stdout is a file it holds the results and nothing else, whatever the terminal shows."""
    with (home / "results.txt").open("w") as results, Terminal(BUILD, home, results) as terminal:
        assert terminal.end() == 0
    assert (home / "results.txt").read_text(encoding="utf-8").splitlines() == RESULTS
    assert "making" in terminal.written
    assert terminal.seen == []


def test_a_pipe_hears_no_progress(home: Path) -> None:
    """In a pipe a build says nothing but its results, even where colours are asked for."""
    done = command_from_scratch("build", "source", cwd=home, FORCE_COLOR="1", TTY_COMPATIBLE="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == RESULTS


@pytest.mark.slow
def test_ctrl_c_leaves_a_clean_terminal(home: Path) -> None:
    """Ctrl-C takes the progress away, and says in one line how things stand."""
    text = "".join(f"\n## Part {n}\n\n" + "Breathe in, and out. " * 200 for n in range(200))
    small.write(
        home / "source", "{book: {}}", {"chapters/01-long.md": f"---\ntitle: L\n---\n{text}"}
    )
    with Terminal(BUILD, home) as terminal:
        terminal.wait_for(r"making +rest-book\.pdf")
        terminal.type("\x03")
        assert terminal.end() == 130
    assert terminal.seen == ["stopped; no package is left half done"]
    assert _shows_its_cursor(terminal)


def test_a_fault_stands_alone_on_the_terminal(home: Path) -> None:
    """Where a product cannot be made, the progress is gone and the problem is there."""
    small.write(home / "source", "{epub: {}}", {"templates/epub.html": "{{ nothing }}"})
    with Terminal(BUILD, home) as terminal:
        assert terminal.end() == 1
    assert len(terminal.seen) == 1
    assert terminal.seen[0].startswith("templates/epub.html:1: ")


def test_a_killed_build_leaves_the_cursor(home: Path) -> None:
    """The cursor stays while the progress is shown: nobody brings it back after a kill."""
    with Terminal(BUILD, home) as terminal:
        terminal.wait_for("making")
    assert _shows_its_cursor(terminal)


def _shows_its_cursor(terminal: Terminal) -> bool:
    return terminal.written.rfind("\x1b[?25h") > terminal.written.rfind("\x1b[?25l")
