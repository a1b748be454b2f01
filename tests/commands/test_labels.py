"""`workshop labels`: the files that it writes, and what it says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import small
from commands import command
from workshop_builder import load
from workshop_builder.languages.files import PARTS


def test_a_new_language(tmp_path: Path) -> None:
    """The files go into the workshop; once translated, it is built in that language."""
    small.write(tmp_path, "{epub: {}}")
    done = command("labels", "NL", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [rf"labels/nl/{part}\.yaml  \d+ to translate\n" for part in PARTS]
    assert re.fullmatch("".join(lines), done.stdout)
    labels = tmp_path / "labels" / "nl" / "labels.yaml"
    text = re.sub(r"# (.*)\n(\w[\w-]*):$", r"\2: \1", labels.read_text("utf-8"), flags=re.MULTILINE)
    labels.write_text(text.replace("\ncaution: Caution\n", "\ncaution: Let op\n"), encoding="utf-8")
    settings = tmp_path / "workshop.yaml"
    dutch = settings.read_text("utf-8").replace("language: en", "language: nl")
    settings.write_text(dutch, encoding="utf-8")
    assert load(tmp_path).language.labels["caution"] == "Let op"
    again = command("labels", "nl", cwd=tmp_path)
    assert again.stdout.startswith("labels/nl/labels.yaml\n")
    assert "# Caution\ncaution: Let op\n" in labels.read_text("utf-8")


def test_a_single_file_is_taken_over(tmp_path: Path) -> None:
    """The words of labels/nl.yaml go into the folder, and the command says what to do with it."""
    (tmp_path / "nl.yaml").write_text("easier: vast\n", encoding="utf-8")
    done = command("labels", "nl", "-o", tmp_path)
    assert done.returncode == 0
    assert done.stdout.endswith(f"{tmp_path}/nl.yaml: its words are in the folder now; remove it\n")
    assert "\neasier: vast\n" in (tmp_path / "nl" / "labels.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "text", "code", "said"),
    [
        ("dutch", "", 2, "LANGUAGE: 'dutch' is not a language; write its code"),
        ("nl", "easeir: x", 1, "nl.yaml:1: unknown label 'easeir'; did you mean 'easier'?"),
        ("nl", "easier: [", 1, "nl.yaml:1: YAML"),
    ],
)
def test_faults(language: str, text: str, code: int, said: str, tmp_path: Path) -> None:
    """What is no language, or a file with faults, is told in a line, and nothing is written."""
    (tmp_path / "nl.yaml").write_text(text, encoding="utf-8")
    done = command("labels", language, "-o", tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["nl.yaml"]


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A folder that cannot be is told of."""
    (tmp_path / "labels").write_text("", encoding="utf-8")
    done = command("labels", "nl", "-o", tmp_path / "labels")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
