"""What the Tab key completes, in each shell that we know."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import small
from commands import command
from terminal import Terminal

BIN = str(Path(sys.executable).parent)


def shell(program: str, script: str, home: Path) -> str:
    """Run a script in a shell that has its settings in `home`; return what it printed."""
    done = subprocess.run(
        [program, "-c", script],
        cwd=home,
        env={**os.environ, "HOME": str(home), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("workshop bu", ["build"]),
        ("workshop build --ed", ["--edition"]),
        ("workshop build --edition l", ["large-print"]),
        ("workshop build --paper ", ["a4", "letter"]),
        ("workshop print take", ["take-home"]),
        ("workshop schema e", ["exercise"]),
        ("workshop figure --from bird", ["bird-dog"]),
    ],
)
def test_bash_completes(typed: str, completed: list[str], tmp_path: Path) -> None:
    """Commands, options and names are completed by the script for bash."""
    words = " ".join(f"'{word}'" for word in typed.split(" "))
    script = f"""
        source <(workshop --show-completion)
        COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        $(complete -p workshop | sed 's/.*-F \\([^ ]*\\) .*/\\1/') workshop
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    assert shell("bash", script, tmp_path).splitlines() == completed


def test_fish_completes(tmp_path: Path) -> None:
    """The script for fish completes a command, and says what it does."""
    script = "workshop --show-completion | source; complete -C 'workshop bu'"
    said = shell("fish", script, tmp_path)
    assert said == "build\tMake everything, or --only some of it.\n"


def test_zsh_completes(tmp_path: Path) -> None:
    """The script for zsh completes a command at the Tab key."""
    environment = {"HOME": str(tmp_path), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    with Terminal(["zsh", "-f", "-i"], tmp_path, environment=environment) as terminal:
        terminal.type("autoload -Uz compinit && compinit -u -D\n")
        terminal.type('eval "$(workshop --show-completion)"; echo "rea""dy"\n')
        terminal.wait_for("ready")
        terminal.type("workshop publ\t")
        terminal.wait_for("workshop publish")


def test_completion_is_installed_once(tmp_path: Path) -> None:
    """`--install-completion` gives every new bash the completion, and is harmless when repeated."""
    (tmp_path / ".bashrc").write_text("# mine\n")
    for _ in range(2):
        assert "completion installed" in shell("bash", "workshop --install-completion; :", tmp_path)
    settings = (tmp_path / ".bashrc").read_text()
    assert settings.startswith("# mine\n")
    assert settings.count("source ") == 1
    assert "workshop" in shell("bash", "bash -ic 'complete -p workshop' 2>&1", tmp_path)


def test_completion_that_cannot_be_installed_is_one_line(tmp_path: Path) -> None:
    """Where the shell's settings cannot be written, one line says so and what to do."""
    (tmp_path / ".bashrc").mkdir()
    said = shell("bash", "workshop --install-completion 2>&1; echo $?", tmp_path)
    line, code = said.splitlines()
    assert line.startswith(f"{tmp_path}/.bashrc: cannot be written (Is a directory); ")
    assert code == "1"


@pytest.mark.parametrize(
    ("products", "typed", "completed"),
    [
        ("{handout: {}, epub: {}}", "e", "epub"),
        ("{handout: {}, epub: {}}", "epub,", "epub,handout"),
        ("{poster: {template: p.html, style: p.css}}", "", "poster"),
        ("[", "tea", "teacher"),
    ],
)
def test_products_are_completed(products: str, typed: str, completed: str, tmp_path: Path) -> None:
    """`--only` is completed to the products of this workshop, one after the other."""
    small.write(tmp_path, products)
    done = command(
        cwd=tmp_path,
        _WORKSHOP_COMPLETE="complete_bash",
        COMP_WORDS=f"workshop build --only {typed}",
        COMP_CWORD="3",
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{completed}\n", "")
