"""Names of files that are not read, or twice there, as computers and clouds make them."""

from __future__ import annotations

import pytest

from workshop_builder.source.file_names import copies, meant, meant_folder
from workshop_builder.source.folder import SUFFIXES


@pytest.mark.parametrize(
    ("name", "suffix", "right"),
    [
        ("pose.md.txt", ".md", "pose.md"),
        ("pose.txt", ".md", "pose.md"),
        ("pose", ".md", "pose.md"),
        ("pose.markdown", ".md", "pose.md"),
        ("pose.md.docx", ".md", "pose.md"),
        ("pose.MD.TXT", ".md", "pose.md"),
        ("cat.yml", ".yaml", "cat.yaml"),
        ("cat.yaml.txt", ".yaml", "cat.yaml"),
        ("cat.yml.txt", ".yaml", "cat.yaml"),
        ("notes.pdf", ".md", ""),
        (".hidden.txt", ".md", ""),
        ("~$pose.docx", ".md", ""),
        ("pose.md~", ".md", ""),
        ("photo.jpg", ".png", ""),
    ],
)
def test_meant(name: str, suffix: str, right: str) -> None:
    """A text under a name that is not read is told the name that is."""
    assert meant(name, suffix) == right


@pytest.mark.parametrize(
    "added",
    [
        " (1)",
        "(2)",
        " - Copy",
        " - Copy (2)",
        " copy",
        " - Kopie",
        " - Copie",
        " - copia",
        "-ANNAS-LAPTOP",
        " (Anna's conflicted copy 2026-11-26)",
        ".sync-conflict-20261126-101500-ABCDEFG",
    ],
)
def test_copies(added: str) -> None:
    """A file that a computer or a cloud has copied is told beside the one it is of."""
    first, second = "exercises/rolls.md", f"exercises/rolls{added}.md"
    text = b"---\nname: Rolls\n---\n"
    (problem,) = copies({first: text, second: text})
    assert problem.path == second
    assert first in problem.text


@pytest.mark.parametrize(
    "name", ["rolls-HARD", "rolls-copy", "rolls-2", "rolls-easy", "rolls (easy)", "roll"]
)
def test_no_copies(name: str) -> None:
    """An exercise of its own is no copy, though its name is that of another with words added."""
    files = {"exercises/rolls.md": b"name: Rolls", f"exercises/{name}.md": b"name: Others"}
    assert list(copies(files)) == []


@pytest.mark.parametrize(
    ("name", "there", "right"),
    [
        ("Chapters", (), "chapters"),
        ("PICTURES", ("pictures",), "pictures"),
        ("chapter", (), "chapters"),
        ("excercises", (), "exercises"),
        ("chapter", ("chapters",), ""),
        ("pictures", (), ""),
        ("notes", (), ""),
        ("sheets", (), ""),
    ],
)
def test_folders(name: str, there: tuple[str, ...], right: str) -> None:
    """A folder that is nearly called like one that is read is told its name."""
    assert meant_folder(name, SUFFIXES, there) == right
