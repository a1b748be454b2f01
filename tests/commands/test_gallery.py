"""`workshop figure --list` and `--from`: the ready poses, and one of them as a file to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import command
from workshop_builder.commands import figure
from workshop_builder.errors import OutputError, Problem
from workshop_builder.figures import gallery

POSES = gallery.poses()


def test_the_list_has_a_line_for_each_pose(tmp_path: Path) -> None:
    """`--list` prints each name, then what it is, from head to foot; anywhere."""
    done = command("figure", "--list", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    told = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    assert [name for name, _ in told] == list(POSES)
    assert ["bird-dog", gallery.about(POSES["bird-dog"])] in told
    regions = [words.partition(":")[0] for _, words in told]
    assert regions == sorted(regions, key=gallery.REGIONS.index)


def test_a_pose_is_a_short_file_without_fault() -> None:
    """Each has at most 25 lines, says in the first what it is, and is read without problem."""
    for name, file in POSES.items():
        text = file.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 25, name
        assert text.startswith(f"# {gallery.region(file)}: "), name
        assert 20 <= len(gallery.about(file)) <= 80, name
        figure.read(file)


def test_a_pose_becomes_a_file_to_change(tmp_path: Path) -> None:
    """`--from` writes the pose, in a folder that is new too, and says what to do next."""
    done = command("figure", "--from", "bird-dog", "figures/mine.yaml", cwd=tmp_path)
    said = "figures/mine.yaml: a figure to change; next: workshop figure figures/mine.yaml\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
    written = (tmp_path / "figures/mine.yaml").read_bytes()
    assert written == POSES["bird-dog"].read_bytes()
    assert [path.name for path in (tmp_path / "figures").iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize(
    ("name", "file", "code", "said"),
    [
        ("bird-dgo", "a.yaml", 2, "--from: there is no pose 'bird-dgo'; did you mean 'bird-dog'?"),
        ("zz", "a.yaml", 2, "--from: there is no pose 'zz'; 'workshop figure --list' shows all"),
        ("cat", "a.txt", 1, "a.txt: is no name of a figure; write a.yaml"),
        ("cat", "in", 1, "in: is a folder; name a file in it, such as in/cat.yaml"),
        (
            "cat",
            "in/my.yaml",
            1,
            "in/my.yaml: is there already; name another file, so that nothing is lost",
        ),
        (
            "cat",
            "in/my.yaml/a.yaml",
            1,
            "in/my.yaml/a.yaml: a part of this name is a file, not a folder; check the name",
        ),
    ],
)
def test_what_cannot_be_written_is_told(
    name: str, file: str, code: int, said: str, tmp_path: Path
) -> None:
    """Neither an unknown pose nor a file that is there does harm; one line says what to do."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/my.yaml").write_text("mine", encoding="utf-8")
    done = command("figure", "--from", name, file, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", f"{said}\n")
    assert (tmp_path / "in/my.yaml").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("mine/a.svg", "a part of this name is a file, not a folder; check the name"),
        (f"{'a' * 300}.svg", "this name is too long; choose a shorter one"),
        ("none/a.svg", "cannot be written (No such file or directory); name another file"),
    ],
)
def test_a_drawing_that_cannot_be_written_is_told(output: str, said: str, tmp_path: Path) -> None:
    """What is told names the file that was asked for."""
    (tmp_path / "mine").touch()
    with pytest.raises(OutputError) as error:
        figure.draw(POSES["cat"], tmp_path / output, ink_saver=False)
    assert error.value.problems == (Problem(str(tmp_path / output), 0, said),)


def test_a_figure_needs_its_file(tmp_path: Path) -> None:
    """Without a file and without --list, the command says what is missing."""
    done = command("figure", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name a figure's file, or ask for --list" in done.stderr
