"""What a style of one's own may ask of the engine: no sizes beyond measure, no fonts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import command, command_from_scratch
from small import write
from workshop_builder.pdf.warnings_log import huge_sizes

PIXELS = {"px": 1, "pt": 96 / 72, "pc": 16, "q": 96 / 101.6, "mm": 96 / 25.4, "cm": 960 / 25.4}


@given(st.floats(0, 1e40), st.sampled_from([*PIXELS, "in", "PT"]), st.integers(0, 9))
def test_sizes_of_a_quarter_of_a_kilometre_are_told(size: float, unit: str, line: int) -> None:
    """A length is told with its line if it is over a million pixels, however it is written."""
    pixels = size * {**PIXELS, "in": 96, "PT": 96 / 72}[unit]
    written = f"{size!r}{unit}"
    found = huge_sizes("a.css", "\n" * line + f"p {{ margin: 1pt -{written} }}")
    if not 0.99e6 < pixels < 1.01e6:
        assert [(each.line, written in each.text) for each in found] == [(line + 1, True)] * (
            pixels > 1e6
        )


@pytest.mark.parametrize(
    "harmless",
    [
        "/* 1e30pt */",
        "url(a/1e30pt)",
        '"1e30pt"',
        ".a1e30pt",
        "#1e30pt",
        "1e30",
        "1e30em",
        "9999px",
    ],
)
def test_what_only_looks_like_a_size_is_none(harmless: str) -> None:
    """Comments, addresses, texts, names and other numbers are no lengths."""
    assert huge_sizes("a.css", harmless) == []


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("\np { font-size: 1e30pt }", "styles/handout.css:2: '1e30pt' is too large a size to be"),
        ("p { font-size: 9999999em }", "rest-handout.pdf: a size in its template or style"),
        ("p { letter-spacing: 99999999em }", "rest-handout.pdf: a size in its template or style"),
        ("p { line-height: 1e30 }", "rest-handout.pdf: a size in its template or style is too"),
    ],
    ids=["written", "counted", "spaces", "heights"],
)
def test_a_size_beyond_all_measure_is_one_line(tmp_path: Path, style: str, line: str) -> None:
    """Whether it is written or comes of others, one line tells of it, and no library does."""
    write(tmp_path / "source", "{handout: {}}", {"styles/handout.css": style})
    done = command("build", "source", cwd=tmp_path)
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert said.startswith(line)
    assert said.endswith("; make it smaller")


@pytest.mark.parametrize("font", ["url(mine.ttf)", "local('Source Serif 4')"])
def test_fonts_of_a_style_leave_nothing_behind(tmp_path: Path, font: str) -> None:
    """A font that a style names is refused in one line, and the temporary folder is as it was."""
    style = f"@font-face {{ font-family: Mine; src: {font} }}"
    write(tmp_path / "source", "{handout: {}}", {"styles/handout.css": style})
    (tmp_path / "tmp").mkdir()
    done = command_from_scratch("build", "source", cwd=tmp_path, TMPDIR=str(tmp_path / "tmp"))
    (said,) = done.stderr.splitlines()
    assert (done.returncode, said.split(":")[0]) == (1, "styles/handout.css")
    assert list((tmp_path / "tmp").iterdir()) == []
