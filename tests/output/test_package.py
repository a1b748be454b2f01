"""The package: replaced as a whole or not at all, kept where nothing has changed."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from packages import apart, contents, forks, version
from workshop_builder.errors import BuildError
from workshop_builder.output import package
from workshop_builder.output.package import File, Origin

pytestmark = forks

NOBODY = 65534
"""A user who owns nothing."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Put the first version of a package into a folder with a name that is hard to glob."""
    folder = tmp_path / "down[l]oads für alle"
    package.write(folder, contents("1"))
    return folder


def said(error: pytest.ExceptionInfo[BuildError]) -> str:
    """Return the one problem that an error carries."""
    (problem,) = error.value.problems
    return str(problem)


def test_a_package_is_replaced_as_a_whole(place: Path) -> None:
    """The new files stand in place of the old ones, and nothing else is left beside them."""
    package.write(place, contents("2"))
    assert version(place) == "2"
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_files_that_are_no_longer_made_go(place: Path) -> None:
    """A product that the new package has not is not left over from the old one."""
    new = contents("2")
    files = [File("rest.epub", new["rest.epub"], {"product": "epub"})]
    package.write(
        place,
        {
            "rest.epub": new["rest.epub"],
            package.MANIFEST: package.manifest({}, Origin("2", ()), files),
        },
    )
    assert sorted(path.name for path in place.iterdir()) == [package.MANIFEST, "rest.epub"]


def test_the_users_own_files_stay(place: Path) -> None:
    """Files, folders and links that a user put beside the products outlive a build."""
    (place / "notes.txt").write_text("mine", encoding="utf-8")
    (place / "photos").mkdir()
    (place / "photos" / "mat.jpg").write_bytes(b"mat")
    (place / "link").symlink_to("nowhere")
    package.write(place, contents("2"))
    assert (place / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (place / "photos" / "mat.jpg").read_bytes() == b"mat"
    assert (place / "link").is_symlink()
    assert version(place) == "2"


def test_a_linked_folder_stays_a_link(place: Path) -> None:
    """A package that is named through a link is replaced where the link leads."""
    link = place.parent / "link"
    link.symlink_to(place.name)
    package.write(link, contents("2"))
    assert link.is_symlink()
    assert version(place) == "2"


@pytest.mark.parametrize("name", ["thesis.txt", package.MANIFEST])
def test_a_foreign_folder_is_refused(tmp_path: Path, name: str) -> None:
    """A folder with other things in it, even with a manifest of somebody else's, is left alone."""
    (tmp_path / name).write_text('{"name": "an app", "files": []}', encoding="utf-8")
    with pytest.raises(BuildError) as error:
        package.write(tmp_path, contents("1"))
    assert said(error).endswith("holds other files and no manifest.json of ours; name a new folder")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_is_refused(tmp_path: Path) -> None:
    """A file in place of the folder is left as it is."""
    file = tmp_path / "thesis.txt"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(BuildError) as error:
        package.write(file, contents("1"))
    assert said(error) == f"{file}: is a file; name a folder"
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_inside_a_file_is_refused(tmp_path: Path) -> None:
    """A place that cannot be is an error in one line."""
    file = tmp_path / "thesis.txt"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(BuildError) as error:
        package.write(file / "dist", contents("1"))
    assert "cannot be written (File exists); name another folder" in said(error)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "[" * 100_000,
        '{"made_from": "1", "asked": 5, "files": []}',
        '{"made_from": "1", "asked": [5], "files": []}',
        '{"made_from": "1", "asked": [], "files": [5]}',
        '{"made_from": "1", "asked": [], "files": [{"file": "rest.epub"}]}',
        """{"made_from": "1", "asked": [], "files":
        [{"file": "../x", "sha256": "", "product": "x", "offered": true}]}""",
    ],
)
def test_a_broken_manifest_counts_as_none(tmp_path: Path, text: str) -> None:
    """A manifest that is not one of ours neither stands for anything nor brings the build down."""
    (tmp_path / package.MANIFEST).write_text(text, encoding="utf-8")
    assert package.up_to_date(tmp_path, "1") == package.UpToDate({}, ())
    with pytest.raises(BuildError):
        package.write(tmp_path, contents("1"))


def test_only_what_is_whole_stands(place: Path) -> None:
    """A file that was changed or lost does not count, nor does anything made from other sources."""
    assert set(package.up_to_date(place, "1").entries) == {"rest.epub", "rest-teacher.pdf"}
    assert package.up_to_date(place, "1").asked == ("*/*/*",)
    assert package.up_to_date(place, "2") == package.UpToDate({}, ())
    (place / "rest.epub").write_bytes(b"other")
    assert set(package.up_to_date(place, "1").entries) == {"rest-teacher.pdf"}
    assert package.up_to_date(place, "1").asked == ()
    (place / "rest-teacher.pdf").unlink()
    assert package.up_to_date(place, "1") == package.UpToDate({}, ())


def test_two_builds_at_once_do_not_hurt_each_other(place: Path) -> None:
    """Of two builds into the same folder each leaves it whole, and the later one wins."""

    def many() -> None:
        for number in range(20):
            package.write(place, contents(str(number)))

    other = multiprocessing.get_context("fork").Process(target=many)
    other.start()
    many()
    other.join()
    assert other.exitcode == 0
    assert version(place) == "19"
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def refused(attempt: Callable[[], None], expected: str) -> Callable[[], None]:
    """Return a job that succeeds if `attempt` fails with the words `expected`."""

    def job() -> None:
        with pytest.raises(BuildError, match=expected):
            attempt()

    return job


def test_a_full_disk_leaves_the_old_package(place: Path) -> None:
    """Where a file cannot be written to its end, the build says so and the old package stays."""

    def attempt() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8, 8))
        package.write(place, contents("2"))

    assert apart(refused(attempt, "cannot be written .File too large.; name another folder")) == 0
    assert version(place) == "1"
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_a_folder_of_somebody_else_is_left_alone() -> None:
    """Where the user may not write, the build says so in one line, and the package stays."""
    parent = Path(tempfile.mkdtemp())
    try:
        place = parent / "dist"
        package.write(place, contents("1"))
        parent.chmod(0o555)

        def attempt() -> None:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            package.write(place, contents("2"))

        assert apart(refused(attempt, "cannot be written .Permission denied.; name another")) == 0
        assert version(place) == "1"
    finally:
        parent.chmod(0o755)
        shutil.rmtree(parent)


@pytest.mark.parametrize("locked", ["dist", "."])
def test_a_folder_that_may_not_be_opened_is_one_line(locked: str) -> None:
    """Where the user may not even look into the folder, the build says so in one line."""
    parent = Path(tempfile.mkdtemp())
    try:
        place = parent / "dist"
        package.write(place, contents("1"))
        parent.chmod(0o755)
        (parent / locked).chmod(0)

        def attempt() -> None:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            package.refuse_foreign(place)

        assert apart(refused(attempt, "cannot be written .Permission denied.; name another")) == 0
    finally:
        parent.chmod(0o755)
        (parent / "dist").chmod(0o755)
        shutil.rmtree(parent)


def test_rights_follow_the_users_umask(tmp_path: Path) -> None:
    """Others may read the package exactly where the user's umask lets them."""

    def build(mask: int) -> None:
        os.umask(mask)
        package.write(tmp_path / f"{mask:o}", contents("1"))

    for mask, folder, file in ((0o022, 0o755, 0o644), (0o077, 0o700, 0o600)):
        assert apart(lambda mask=mask: build(mask)) == 0  # type: ignore[misc]
        place = tmp_path / f"{mask:o}"
        assert place.stat().st_mode & 0o777 == folder
        assert (place / "rest.epub").stat().st_mode & 0o777 == file
