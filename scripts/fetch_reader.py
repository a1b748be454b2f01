"""Puts foliate-js, which shows the e-book in the preview, beside the program as it is installed.

Without npm, or without a way to its registry, the program is installed all the same and shows the
e-book plainly.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

_PLACE = "src/workshop_builder/preview/foliate"
PACKED = f"{_PLACE}/node_modules/foliate-js"
"""What is packed of it."""
_PATIENCE = 120
"""Seconds that npm may take."""


def provide(root: Path) -> None:
    """Fetch the reader unless it is there; say so where that is not possible."""
    place = root / _PLACE
    if not _is_there(place) and (fault := _fetch(place)):
        sys.stderr.write(f"the e-book's reader is left out: {fault}\n")


def _is_there(place: Path) -> bool:
    """Tell whether the version that is wanted lies in `place`."""
    installed = place / "node_modules" / "foliate-js" / "package.json"
    if not installed.is_file():
        return False
    wanted = json.loads((place / "package.json").read_text(encoding="utf-8"))["dependencies"]
    found = json.loads(installed.read_text(encoding="utf-8"))["version"]
    return bool(wanted["foliate-js"] == found)


def _fetch(place: Path) -> str:
    """Install what package-lock.json names; return why that was not possible, or nothing."""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        subprocess.run(
            command, cwd=place, check=True, capture_output=True, text=True, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        return "npm took too long"
    except (OSError, subprocess.CalledProcessError) as error:
        return str(getattr(error, "stderr", "") or error).strip()
    return ""
