"""Files with odd names, and files that are none."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path

import small
from stress.hostile.parts import Place, Write

_CHAPTER = small.CHAPTER.encode()
_NAMES = {
    "a dash": b"-rf.md",
    "lines": b"a\nb.md",
    "an escape": b"a\x1b[31mb.md",
    "quotes": b"a'b\"c`d.md",
    "a command": b"$(touch x);&|.md",
    "html": b"<script>alert(1)<.md",
    "a template": b"{{7*7}}{%a%}.md",
    "an address": b"%2e%2e%2f%00?a#b.md",
    "a backslash": b"..\\..\\a.md",
    "only the ending": b".md",
    "dots": b"...md",
    "a device of Windows": b"CON.md",
    "a blank at its end": b"a .md",
    "255 bytes": b"a" * 252 + b".md",
    "no UTF-8": b"\xff\xfe.md",
    "from right to left": "\u202emd.a\u202c.md".encode(),
    "marks": ("a" + "\u0301" * 100 + ".md").encode(),
    "emoji": "🧘🏽‍♀️.md".encode(),
    "colons": b"C:a:b.md",
    "stars": b"*[a-z]?.md",
    "digits": b"9" * 250 + b".md",
}
_BOTH_FORMS = ("e\u0301", "\u00e9")
_PLACES = {
    "settings": "workshop.yaml",
    "chapter": "chapters/02-odd.md",
    "exercise": "exercises/odd.md",
    "picture": "pictures/odd.png",
    "figure": "figures/odd.yaml",
    "style": "styles/handout.css",
    "template": "templates/handout.html",
    "labels": "labels/en.yaml",
}


def _named(folder: str, name: bytes, place: Place) -> None:
    data = _CHAPTER if folder == "chapters" else small.EXERCISE.encode()
    path = os.path.join(os.fsencode(place.source / folder), name)  # noqa: PTH118  bytes
    Path(os.fsdecode(path)).write_bytes(data)


def _in_both_forms(place: Place) -> None:
    for form in _BOTH_FORMS:
        place.write(f"chapters/{form}.md", small.CHAPTER)


def _folder(path: Path, _: Place) -> None:
    path.mkdir()


def _pipe(path: Path, _: Place) -> None:
    os.mkfifo(path)


def _socket(path: Path, _: Place) -> None:
    with socket.socket(socket.AF_UNIX) as plug:
        short = Path("/proc/self/fd") / str(os.open(path.parent, os.O_PATH)) / path.name
        plug.bind(str(short))
        os.close(int(short.parent.name))


def _link(target: str, path: Path, place: Place) -> None:
    path.symlink_to(target.replace("OUT", str(place.outside)).replace("SELF", path.name))


def _sparse(path: Path, _: Place) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


def _zeros(path: Path, _: Place) -> None:
    path.write_bytes(bytes(1_500_000))


def _noise(path: Path, _: Place) -> None:
    path.write_bytes(bytes(n * n % 251 for n in range(100_000)))


def _utf_16(path: Path, _: Place) -> None:
    path.write_bytes("---\ntitle: Über\nlanguage: en\n---\n\nÜben.\n".encode("utf-16"))


_ODD: dict[str, Callable[[Path, Place], None]] = {
    "a folder": _folder,
    "a pipe": _pipe,
    "a socket": _socket,
    "a link to nothing": partial(_link, "nothing"),
    "a link to itself": partial(_link, "SELF"),
    "a link out": partial(_link, "OUT/secret.txt"),
    "a link to a device": partial(_link, "/dev/zero"),
    "a link to the process": partial(_link, "/proc/self/environ"),
    "3 GB": _sparse,
    "zeros": _zeros,
    "noise": _noise,
    "UTF-16": _utf_16,
}


def _odd_at(name: str, write: Callable[[Path, Place], None], place: Place) -> None:
    path = place.source / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    write(path, place)
    if name.startswith("pictures/"):
        place.show("odd.png")


def _deep(place: Place) -> None:
    place.write("chapters/" + "a/" * 400 + "b.md", small.CHAPTER)


def _ring(place: Place) -> None:
    for name in ("chapters", "pictures"):
        (place.source / name).mkdir(exist_ok=True)
        (place.source / name / "again").symlink_to("..")


def _many(place: Place) -> None:
    for number in range(5_100):
        place.write(f"pictures/{number}.png", b"")


def _linked_home(place: Place) -> None:
    """Let the folder of the chapters be a link to what lies outside."""
    shutil.rmtree(place.source / "chapters")
    (place.source / "chapters").symlink_to(place.outside)


def _locked(place: Place) -> None:
    (place.source / "chapters").chmod(0)
    place.write("exercises/rest.md", small.EXERCISE).chmod(0)


CASES: dict[str, Write] = {
    **{
        f"name in {folder}: {what}": partial(_named, folder, name)
        for folder in ("chapters", "exercises")
        for what, name in _NAMES.items()
    },
    **{
        f"{place}: {what}": partial(_odd_at, name, write)
        for place, name in _PLACES.items()
        for what, write in _ODD.items()
    },
    "name in both forms of Unicode": _in_both_forms,
    "400 folders deep": _deep,
    "folders in a ring": _ring,
    "5,100 pictures": _many,
    "a folder that is a link": _linked_home,
    "no rights": _locked,
}
