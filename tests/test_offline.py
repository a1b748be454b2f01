"""The build stays inside its folder and off the net, whatever a template or style asks for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

import small
from commands import command
from packages import forks
from workshop_builder import build, load
from workshop_builder.errors import WorkshopError

pytestmark = forks

PAGE = """{{% extends "base.html" %}}
{{% block body %}}<main><h1>Rest</h1>{}</main>{{% endblock %}}
"""
ADDRESSES = [
    "file:///etc/passwd",
    "/etc/passwd",
    "../secret.png",
    "%2e%2e/secret.png",
    "pictures/%2e%2e/%2e%2e/secret.png",
    "pictures/gone.png",
    "ftp://studio.example/far.png",
    "{far}/far.png",
]
"""What no page may show; `{far}` is a server that nobody may ask."""


@pytest.fixture
def far() -> Iterator[str]:
    """Give the address of a server that fails the test if anybody comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(BlockingIOError):
            server.accept()


def faults(folder: Path, products: str, files: dict[str, str]) -> list[str]:
    """Build the small workshop with own templates and styles; return what is wrong with it."""
    (folder / "secret.png").write_bytes(b"secret")
    source = small.write(folder / "source", products, files)
    with pytest.raises(WorkshopError) as error:
        build(load(source), folder / "dist")
    assert not (folder / "dist").exists()
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_template_gets_no_picture_from_elsewhere(tmp_path: Path, far: str, address: str) -> None:
    """A picture that is no file of the workshop is an error that names it."""
    address = address.format(far=far)
    page = PAGE.format(f'<p><img src="{address}" alt="Far"/></p>')
    said = faults(tmp_path, "{handout: {}}", {"templates/handout.html": page})
    # An address that leads upwards is told as what it comes to: there is no above.
    name = unquote(address).removeprefix("/").removeprefix("../")
    assert any(name in line for line in said), said


@pytest.mark.parametrize(
    "rule",
    [
        '@import "{}";',
        "@import url({});",
        "body {{ background: url({}) }}",
        "li::before {{ content: url({}) }}",
        "li {{ list-style-image: url({}) }}",
        '@font-face {{ font-family: "Far"; src: url({}) }}\nbody {{ font-family: "Far" }}',
    ],
)
@pytest.mark.parametrize(
    "address", ["{far}/far", pytest.param("file:///etc/passwd", marks=pytest.mark.slow)]
)
def test_a_style_gets_nothing_from_elsewhere(
    tmp_path: Path, far: str, rule: str, address: str
) -> None:
    """A style, picture or font that is no file of the workshop is an error that names it."""
    address = address.format(far=far)
    style = rule.format(address) + "\nli { display: list-item }\n"
    said = faults(tmp_path, "{handout: {}}", {"styles/handout.css": style})
    assert any(address in line for line in said), said


@pytest.mark.parametrize("address", ["file:///etc/passwd", "../secret.png", "{far}/far.png"])
def test_the_e_book_refers_to_nothing_elsewhere(tmp_path: Path, far: str, address: str) -> None:
    """A picture that the e-book would have to fetch from elsewhere is an error that names it."""
    address = address.format(far=far)
    ours = Path(__file__).parents[1] / "templates" / "epub.html"
    page = ours.read_text(encoding="utf-8").replace(
        "</body>", f'<p><img src="{address}" alt="Far"/></p></body>'
    )
    said = faults(tmp_path, "{epub: {}}", {"templates/epub.html": page})
    assert any(address in line for line in said), said


@pytest.mark.parametrize(
    "rule", ['@import "{}";', "body {{ background: url({}) }}", "@font-face {{ src: url({}) }}"]
)
def test_the_style_of_the_e_book_refers_to_nothing_elsewhere(
    tmp_path: Path, far: str, rule: str
) -> None:
    """A style of the e-book that would fetch something from elsewhere is an error that names it."""
    style = rule.format(f"{far}/far")
    said = faults(tmp_path, "{epub: {}}", {"styles/epub.css": style})
    assert any(f"{far}/far" in line for line in said), said


def test_a_warning_of_the_engine_is_an_error(tmp_path: Path) -> None:
    """A style that the engine would pass over with a warning is an error that names the rule."""
    said = faults(tmp_path, "{handout: {}}", {"styles/handout.css": "p { colour: red }"})
    assert any("styles/handout.css" in line and "colour" in line for line in said), said


def test_a_template_that_is_not_well_formed_is_named(tmp_path: Path) -> None:
    """An own template with a tag left open is an error that names the template."""
    files = {"templates/handout.html": PAGE.format("<p>Open")}
    (line,) = faults(tmp_path, "{handout: {}}", files)
    assert line.startswith("templates/handout.html")


def test_a_letter_that_no_font_has_is_named(tmp_path: Path) -> None:
    """A character that would be printed as an empty box is an error that names it."""
    chapter = small.CHAPTER + "\nRest for the back: 背.\n"
    small.write(tmp_path / "workshop", "{book: {}}", {"chapters/01-lie-down.md": chapter})
    done = command("build", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert all("背" in line for line in done.stderr.splitlines()), done.stderr
    assert done.stderr
