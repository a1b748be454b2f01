"""`workshop figure --fix`: the nearest possible pose is written into the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import command
from workshop_builder.commands import figure
from workshop_builder.errors import SourceError

FAR = "position: sitting\r\nprops: [{prop: chair, place: seat}]\r\nneck: 5 # so\r\n"
REACH = "both:\r\n  hip: 120\r\nspine: -25\r\npelvis: 60\r\nnear:\r\n  hand: near shin\r\n"


def test_a_pose_is_mended_in_its_file(tmp_path: Path) -> None:
    """Only the angle's own line changes; a second time there is nothing to do."""
    file = tmp_path / "reach.yaml"
    file.write_bytes((FAR + REACH).encode())
    done = command("figure", "--fix", "reach.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "reach.yaml: tip the pelvis 5° forward (pelvis: 55)\n"
    assert file.read_bytes() == (FAR + REACH).replace("pelvis: 60", "pelvis: 55").encode()
    assert figure.fix(file) == [f"{file}: nothing to mend"]


def test_what_angles_do_not_mend_stays(tmp_path: Path) -> None:
    """A file with another fault is left as it was, and all its problems are told."""
    file = tmp_path / "far.yaml"
    file.write_text("position: standing\nboth: {hand: near foot}\n", encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        figure.fix(file)
    unchanged, reach = map(str, raised.value.problems)
    assert f"{file}:2: the far (left) hand cannot reach 'near foot'" in reach
    assert unchanged.startswith(f"{file}: is as it was: ")
    assert file.read_text(encoding="utf-8").endswith("both: {hand: near foot}\n")
