"""What a package was made from, in one line: the folder, the program, and what was asked for.

Works on bytes alone, so that "nothing has changed" is known before anything is
parsed or imported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workshop_builder import shipped
from workshop_builder.folder import Folder

_ENGINES = ("weasyprint", "pydyf", "EbookLib", "Markdown", "pymdown-extensions", "pillow", "segno")


def of(folder: Folder) -> str:
    """Return the fingerprint of `folder` and of the program, as sha256 in hex."""
    total = hashlib.sha256(folder.digest.encode())
    for path in _program():
        total.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    for name in _ENGINES:
        total.update(f"{name} {_version(name)}".encode())
    return total.hexdigest()


def _program() -> Sequence[Path]:
    """Return the files of the program that can change what it makes."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    parts = ("templates", "styles", "labels")
    return [*code, *(path for part in parts for path in shipped.files(part).values())]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
