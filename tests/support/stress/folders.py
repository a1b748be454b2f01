"""Hostile folders: built, or refused in a few lines; nothing outside is read, nobody is asked."""

from __future__ import annotations

import os
import socket
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import small
from stress.home import Home, misspoken
from stress.hostile import files, images, looks, texts
from stress.hostile.parts import SECRET, Place
from stress.kind import Kind, Trial

CASES = {**files.CASES, **texts.CASES, **images.CASES, **looks.CASES}
_NAMES = list(CASES)
_PRODUCTS = "{handout: {}, epub: {}}"
_LONG_AGO = 10**9


@contextmanager
def _far() -> Iterator[socket.socket]:
    """Yield a server that nobody may ask."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def _asked(server: socket.socket) -> bool:
    """Return whether somebody has asked."""
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _secrets(folder: Path) -> None:
    """Write the files outside, which were last read long ago."""
    folder.mkdir()
    for name in ("secret.txt", "secret.png", "secret.svg", "secret.css", "secret.html", "a.md"):
        (folder / name).write_text(SECRET, encoding="utf-8")
        os.utime(folder / name, (_LONG_AGO, (folder / name).stat().st_mtime))


def _read(folder: Path) -> list[str]:
    """Return the files outside that were read since."""
    return [path.name for path in folder.iterdir() if path.stat().st_atime > _LONG_AGO]


def _told(folder: Path, said: str) -> list[str]:
    """Return where the secret has come out."""
    found = ["words"] * (SECRET in said)
    for path in folder.rglob("*"):
        if path.suffix == ".epub":
            with zipfile.ZipFile(path) as book:
                texts = [book.read(name) for name in book.namelist()]
        else:
            texts = [path.read_bytes()] if path.is_file() else []
        found += [path.name for text in texts if SECRET.encode() in text]
    return found


@contextmanager
def _prepared(_: Path) -> Iterator[Trial]:
    with _far() as server:

        def trial(number: int, folder: Path) -> Sequence[str]:
            name = _NAMES[number]
            home = Home(folder / "home")
            home.tmp.mkdir(parents=True)
            outside = folder / "outside"
            _secrets(outside)
            small.write(home.source, _PRODUCTS)
            far = f"http://127.0.0.1:{server.getsockname()[1]}"
            CASES[name](Place(home.source, outside, far))
            done = home.run("build")
            faults = misspoken(done, {0, 1})
            faults += [f"was read: {path}" for path in _read(outside)]
            faults += [f"came out: {place}" for place in _told(home.folder / "dist", done.stderr)]
            faults += ["a connection was made"] * _asked(server)
            faults += home.left()
            if done.returncode and home.dist.exists():
                faults.append("a package was made of what was refused")
            return [f"{name}: {fault}" for fault in faults]

        yield trial


KIND = Kind("folders", "source folders that mean no good", len(CASES), 5, _prepared)
