"""The shipped fonts, and no others, so that pages are the same on every machine.

Fontconfig must be configured before the engine is imported, which reads the fonts.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from workshop_builder import resources
from workshop_builder.output.temporary import temporary_folder

_EPOCH = "946684800"
"""2000-01-01: what fontTools writes into a subset font as the time of its change."""

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
<match target="pattern"><edit name="family" mode="append_last" binding="weak">
<string>Atkinson Hyperlegible</string></edit></match>
<cachedir prefix="xdg">fontconfig</cachedir>
<cachedir>{spare}</cachedir>
</fontconfig>
"""


def use_only_shipped() -> None:
    """Let Fontconfig see the shipped fonts only; to be called before WeasyPrint is imported."""
    folders = sorted({path.parent for path in resources.font_files().values()})
    lines = "\n".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    home = _home()
    place = home / "fonts.conf"
    # A spare place, for a home that cannot be written to: without one Fontconfig complains.
    spare = escape(str(home / "cache"))
    place.write_text(_CONFIGURATION.format(folders=lines, spare=spare), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(place)
    os.environ["SOURCE_DATE_EPOCH"] = _EPOCH


def new_folder() -> Path:
    """Return a new folder for fonts that a style brings; it is gone when the program ends."""
    return Path(tempfile.mkdtemp(dir=_home()))


@cache
def _home() -> Path:
    """Return the folder that holds all that is written for Fontconfig."""
    passing = ExitStack()
    home = passing.enter_context(temporary_folder("fonts"))
    atexit.register(passing.close)
    return home
