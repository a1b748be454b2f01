"""A product that is `private: yes` is made, and offered nowhere."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import small
from packages import forks
from workshop_builder import build, load

pytestmark = forks

PRODUCTS = (
    "{handout: {}, take-home: {private: yes}, epub: {private: yes}, website: {},"
    " for-ann: {template: handout.html, style: handout.css, private: yes},"
    " for-all: {template: handout.html, style: handout.css, private: no}}"
)
PRIVATE = ("rest-take-home.pdf", "rest.epub", "rest-for-ann.pdf")


def test_what_is_private_is_made_and_offered_nowhere(tmp_path: Path) -> None:
    """It is in the folder; no bundle, page, feed or picture of the website has or names it."""
    place = small.write(tmp_path / "source", PRODUCTS)
    build(load(place), tmp_path / "dist")
    dist = tmp_path / "dist"
    files = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))["files"]
    offered = {entry["file"]: entry["offered"] for entry in files}
    assert [offered[name] for name in PRIVATE] == [False, False, False]
    assert all((dist / name).stat().st_size for name in PRIVATE)
    assert offered["rest-for-all.pdf"]
    bundle = zipfile.ZipFile(dist / "rest.zip")
    own = ["EVIDENCE.html", "EVIDENCE.json", "SHA256SUMS"]
    assert sorted(bundle.namelist()) == [*own, "rest-for-all.pdf", "rest-handout.pdf"]
    for name in own:
        assert not any(each.encode() in bundle.read(name) for each in PRIVATE)
    site = [path for path in (dist / "site").rglob("*") if path.is_file()]
    told = [(path.name, path.read_bytes()) for path in site]
    for name in (*PRIVATE, "rest-for-ann"):
        assert not [file for file, data in told if name in file or name.encode() in data]


def test_what_is_private_is_not_made_for_the_website(tmp_path: Path) -> None:
    """`--only website` makes what the website offers, and nothing private."""
    place = small.write(tmp_path / "source", "{handout: {}, book: {private: yes}, website: {}}")
    build(load(place), tmp_path / "dist", only=("website",))
    assert not (tmp_path / "dist" / "rest-book.pdf").exists()
    assert (tmp_path / "dist" / "rest-handout.pdf").exists()
