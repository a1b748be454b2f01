"""`workshop cache`, and builds that do without what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

import small
from commands import command


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a small workshop, and give the user an empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    small.write(tmp_path / "source", "{handout: {}}")
    return tmp_path


def size_of(folder: Path) -> float:
    """Return the megabytes in a folder."""
    return sum(file.stat().st_size for file in folder.iterdir()) / 1e6


def test_what_is_kept_is_told_and_let_go(home: Path) -> None:
    """Where drawings and products lie, and how many bytes; clear lets go of all of them."""
    assert command("build", "source", cwd=home).returncode == 0
    folder = home / "cache" / "workshop-builder"
    (kept,) = (folder / "products").iterdir()
    (folder / "figures").mkdir(exist_ok=True)
    (folder / "figures" / "one").write_bytes(b"1" * 250_000)
    told = command("cache").stdout.splitlines()
    drawings, products = (folder / "figures", folder / "products")
    assert told == [
        f"{drawings}: {size_of(drawings):.1f} MB of at most 48",
        f"{products}: {kept.stat().st_size / 1e6:.1f} MB of at most 200",
        f"{folder / 'chapters'}: 0.0 MB of at most 300",
        f"{folder / 'pieces'}: {size_of(folder / 'pieces'):.1f} MB of at most 100",
        f"{folder / 'histories'}: {size_of(folder / 'histories'):.1f} MB of at most 2",
    ]
    (folder / "chapters").mkdir(exist_ok=True)
    (folder / "chapters" / "one").write_bytes(b"1")
    assert command("cache", "clear", "--but-drawings").returncode == 0
    assert [*products.iterdir(), *(folder / "chapters").iterdir()] == []
    assert list(drawings.iterdir()) != []
    assert command("cache", "clear").returncode == 0
    assert list(drawings.iterdir()) == []
    for said in ("rest-handout.pdf", "nothing has changed"):  # made once more, and kept
        assert said in command("build", "source", cwd=home).stdout
    assert list(products.iterdir()) != []


def test_a_build_can_do_without_what_is_kept(home: Path) -> None:
    """With --no-cache nothing is kept and nothing of it is taken, and all is made anew."""
    done = command("build", "source", "--no-cache", cwd=home)
    assert done.returncode == 0
    assert not (home / "cache" / "workshop-builder" / "products").exists()
    first = (home / "dist" / "rest-handout.pdf").read_bytes()
    again = command("build", "source", "--no-cache", cwd=home)
    assert again.stdout == done.stdout
    assert (home / "dist" / "rest-handout.pdf").read_bytes() == first
