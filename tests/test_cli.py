"""The command as a user meets it: exit codes, words on the right stream, no traceback."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

import small
from commands import COMMAND, command
from packages import apart, forks
from processes import children, eventually, in_group
from workshop_builder import load
from workshop_builder.errors import Problem, SourceError
from workshop_builder.source import folder

HELP = Path(__file__).parent / "commands" / "help"
COMMANDS = (
    *("", "new", "build", "preview", "check", "studio", "personal", "print", "publish"),
    *("figure", "verify", "labels", "schema", "cache"),
)
NOBODY = 65534
"""A user who owns nothing."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a folder that holds the small workshop, to be made into an e-book, as `workshop`."""
    small.write(tmp_path / "workshop", "{epub: {}}")
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_as_kept(name: str, refresh: bool) -> None:  # noqa: FBT001  a fixture
    """The help of each command is word for word what is kept; `--refresh` keeps it anew."""
    kept = HELP / f"{name or 'workshop'}.txt"
    done = command(*filter(None, [name]), "--help", COLUMNS="80", TERM="dumb")
    assert (done.returncode, done.stderr) == (0, "")
    if refresh:
        kept.write_text(done.stdout, encoding="utf-8")
    assert done.stdout == kept.read_text(encoding="utf-8")


def test_every_command_is_kept() -> None:
    """There is a kept help for each command that the first help lists, and for no other."""
    listed = command("--help", COLUMNS="80").stdout.partition("Commands:\n")[2].splitlines()
    assert {line.split()[0] for line in listed} == set(filter(None, COMMANDS))
    kept = {path.stem for path in HELP.iterdir()}
    assert kept == {name or "workshop" for name in COMMANDS}


def test_results_go_to_stdout(home: Path) -> None:
    """A build that went well tells its files on stdout, and nothing on stderr."""
    done = command("build", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "dist/rest.epub\ndist/rest.zip\n"


@pytest.mark.parametrize("place", [".", "workshop"])
def test_the_source_is_found(home: Path, place: str) -> None:
    """Without SOURCE the folder is taken that one stands in, or else `workshop/` in it."""
    done = command("build", "-o", home / "made", cwd=home / place)
    assert (done.returncode, done.stderr) == (0, "")
    assert (home / "made" / "rest.epub").exists()


def test_problems_go_to_stderr(home: Path) -> None:
    """A source at fault ends in exit code 1, with each problem in one line on stderr."""
    small.write(home / "workshop", more={"exercises/rest.md": "---\nnam: Rest\nhodl: 2 min\n---\n"})
    done = command("build", cwd=home)
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("exercises/rest.md:") for line in lines)
    assert not (home / "dist").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_short_h_is_help_too(name: str) -> None:
    """`-h` prints the same help, for each command."""
    asked = [*filter(None, [name])]
    assert command(*asked, "-h").stdout == command(*asked, "--help").stdout != ""


def test_the_version_is_that_of_the_package() -> None:
    """`--version` prints the version that is installed."""
    done = command("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"workshop {metadata.version('workshop-builder')}\n"


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_a_question_waits_for_nothing_heavy(option: str) -> None:
    """Help and version load none of what reads, draws, lays out or colours."""
    program = [sys.executable, "-X", "importtime", "-m", "workshop_builder", option]
    done = subprocess.run(program, capture_output=True, encoding="utf-8", check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "workshop_builder.cli" in loaded
    assert loaded & {"lxml", "numpy", "pydantic", "rich.console", "weasyprint", "yaml"} == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], "Error: there is no command 'biuld'; did you mean 'build'?"),
        (["bake"], "Error: there is no command 'bake'"),
        (["--verison"], "Error: there is no option '--verison'; did you mean '--version'?"),
        (["build", "--onyl", "a"], "Error: there is no option '--onyl'; did you mean '--only'?"),
        (["build", "--bake"], "Error: there is no option '--bake'"),
        (["build", "--paper", "a3"], "there is no 'a3'; there are a4, letter"),
        (["build", "--edition", "large"], "there is no 'large'; did you mean 'large-print'?"),
        (["build", "--jobs", "many"], "'many' is not a valid number."),
        (["schema", "exercises"], "there is no 'exercises'; did you mean 'exercise'?"),
    ],
)
def test_what_was_meant_is_told(arguments: list[str], said: str, tmp_path: Path) -> None:
    """Of a name that is not known, the last line says so and what may have been meant."""
    done = command(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].endswith(said)


@pytest.mark.parametrize(
    "arguments",
    [
        ["bake"],
        ["build", "--bake"],
        ["build", "--paper", "a3"],
        ["build", "--edition", "huge"],
        ["build", "--jobs", "many"],
        ["build", "--jobs", "-1"],
        ["build", "one", "two"],
        ["build", "-o"],
        ["new"],
        ["figure"],
        ["figure", "stand.yaml", "-o"],
        ["figure", "stand.yaml", "-o", "stand.jpg"],
        ["schema"],
        ["schema", "chapters"],
        ["check", "--format", "yaml"],
        [],
    ],
)
def test_misuse_ends_in_2(arguments: list[str], tmp_path: Path) -> None:
    """A command that cannot be understood ends in exit code 2 with the usage, not a traceback."""
    done = command(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search("^(Usage: workshop|Error: )", done.stderr)
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("source", ["nowhere", "file.txt", "empty"])
def test_a_source_that_is_none_is_one_line(tmp_path: Path, source: str) -> None:
    """A SOURCE that is missing, a file or an empty folder is one line that says what to do."""
    (tmp_path / "file.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    done = command("build", source, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{source}: there is no workshop.yaml here; name the folder of your workshop, "
        "or start one with 'workshop new DIR'\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "a" * 300],
        ["personal", "a" * 300],
        ["new", "loop/mine"],
    ],
)
def test_a_place_that_cannot_be_is_one_line(arguments: list[str], tmp_path: Path) -> None:
    """A name that is too long and a link to itself are told in a line."""
    (tmp_path / "loop").symlink_to("loop")
    done = command(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"\S+: [^;]+; .+\n", done.stderr)


@forks
@pytest.mark.parametrize("locked", [".", "chapters", "workshop.yaml", "chapters/01-lie-down.md"])
def test_what_may_not_be_read_is_one_line(locked: str) -> None:
    """A folder or file that the user may not read is one line that names it, never left out."""
    home = Path(tempfile.mkdtemp())

    def attempt() -> None:
        if os.getuid() == 0:
            os.setuid(NOBODY)
        (problem,) = _problems(home / "source")
        assert problem.path == (str(home / "source") if locked == "." else locked)
        assert problem.text.startswith("cannot be ")

    try:
        home.chmod(0o755)
        small.write(home / "source", "{epub: {}}")
        (home / "source" / locked).chmod(0)
        assert apart(attempt) == 0
    finally:
        (home / "source").chmod(0o755)
        shutil.rmtree(home)


def _problems(source: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the files of a source folder."""
    try:
        return folder.read(source).problems
    except SourceError as error:
        return error.problems


def test_an_unknown_product_is_one_line(home: Path) -> None:
    """A product that is not offered is told with those that are."""
    done = command("build", "--only", "epub,bok", cwd=home)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("--only: there is no product 'bok'")
    assert "epub" in line


def test_a_new_workshop_can_be_built_at_once(tmp_path: Path) -> None:
    """`workshop new` makes a folder that `workshop build` takes as it is."""
    done = command("new", "mine", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "workshop preview mine" in done.stdout
    done = command("build", "mine", "--only", "take-home,epub", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "take-home.pdf  1 page\n" in done.stdout


@pytest.mark.parametrize("kind", ["craft", "lesson"])
def test_a_new_workshop_of_another_kind(kind: str, tmp_path: Path) -> None:
    """`workshop new --kind` makes a folder of that kind, of which nothing is remarked."""
    done = command("new", "mine", "--kind", kind, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert load(tmp_path / "mine").settings.kind == kind
    done = command("new", "other", "--kind", "sport", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "craft" in done.stderr


def test_a_new_workshop_overwrites_nothing(home: Path) -> None:
    """`workshop new` refuses a folder in which there is something."""
    before = (home / "workshop" / "workshop.yaml").read_bytes()
    done = command("new", "workshop", cwd=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("workshop: is there already")
    assert (home / "workshop" / "workshop.yaml").read_bytes() == before


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    """A pipe that is closed early ends the command without a word."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [*COMMAND, "schema", "workshop"],
            stdout=closed,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "")


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Begin a build that takes longer than the test, in a process group of its own."""
    text = "".join(f"\n## Part {n}\n\n" + "Breathe in, and out. " * 200 for n in range(200))
    chapter = {"chapters/01-long.md": f"---\ntitle: Long\n---\n{text}\n"}
    small.write(tmp_path / "workshop", "{book: {}}", chapter)
    spare = tmp_path / "spare"
    spare.mkdir()
    with subprocess.Popen(
        [*COMMAND, "build"],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(spare)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as build:
        yield build
        build.kill()


def test_ctrl_c_ends_everything(slow: subprocess.Popen[str], tmp_path: Path) -> None:
    """Ctrl-C ends the build and its workers with 130 and one line, and leaves nothing behind."""
    assert eventually(lambda: bool(children(slow.pid)))
    time.sleep(0.1)
    os.killpg(slow.pid, signal.SIGINT)
    output, said = slow.communicate(timeout=60)
    assert (slow.returncode, output) == (130, "")
    assert said == "stopped; no package is left half done\n"
    assert eventually(lambda: not in_group(slow.pid))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["spare", "workshop"]


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.slow)]
)
def test_a_closed_terminal_leaves_nothing(
    slow: subprocess.Popen[str], tmp_path: Path, number: int
) -> None:
    """A build that is told to end, or whose terminal is closed, clears up before it ends."""
    spare = tmp_path / "spare"
    # A folder of ours: Python tries first, by a file of its own, where one may be made.
    assert eventually(lambda: any(spare.glob("workshop-builder-*")) and bool(children(slow.pid)))
    slow.send_signal(number)
    slow.communicate(timeout=60)
    assert slow.returncode == 128 + number
    assert eventually(lambda: not in_group(slow.pid))
    assert not list(spare.iterdir())
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without a full device")
@pytest.mark.parametrize("words", [["schema", "workshop"], ["--help"], ["--version"]])
def test_output_that_cannot_be_written_is_one_line(words: list[str]) -> None:
    """Where stdout is full, the command ends in 1 and says so in one line."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*COMMAND, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    expected = "workshop: there is no space left on the disk; free some, and try again\n"
    assert (done.returncode, done.stderr) == (1, expected)


def _with_files_up_to(size: int, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in `folder`, where no file may grow beyond `size` bytes."""
    code = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}));"
        f"sys.dont_write_bytecode = True; sys.argv = {['workshop', *words]!r};"
        "from workshop_builder.__main__ import main; main()"
    )
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_no_room_for_temporary_files_is_one_line(tmp_path: Path) -> None:
    """Where not even a temporary file can be written, a build ends in 1 and says so in a line."""
    small.write(tmp_path / "workshop", "{book: {}}")
    done = _with_files_up_to(0, tmp_path, "build")
    expected = "workshop: no temporary file can be written; free some space on the disk, "
    assert (done.returncode, done.stderr) == (1, expected + "and try again\n")


def test_a_new_workshop_is_whole_or_not_there(tmp_path: Path) -> None:
    """Where the disk is full, a new workshop leaves no half of it, and says so in one line."""
    done = _with_files_up_to(3000, tmp_path, "new", "mine")
    expected = "mine: there is no space left on the disk; free some, and try again\n"
    assert (done.returncode, done.stderr) == (1, expected)
    assert not list(tmp_path.iterdir())
