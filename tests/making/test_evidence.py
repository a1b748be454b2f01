"""The evidence in the bundle: true, the same each time, and readable by everyone."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import small
from commands import command
from judges import tools
from judges.browser import axe, browser
from judges.samples import dot, write_pdf
from judges.verapdf import command as verapdf_command
from workshop_builder import build, load
from workshop_builder.making import opinions
from workshop_builder.output.package import EVIDENCE_JSON

MORE = """
credits: {knee.png: 'Ann Other, CC BY 4.0'}
rights: Copy it for your *classes*.
evaluated: {by: Ann Reader, date: 2026-01-02, standard: EPUB Accessibility 1.1 - WCAG 2.2 Level AA}
"""
FOR_TEACHER = """---
title: Answers
audience: teacher
---

![The answers](../pictures/answers.png)
"""


def write(folder: Path, products: str = "{handout: {}, epub: {}, teacher: {}}") -> Path:
    """Write a workshop with a picture for everyone and one for the teacher."""
    source = small.write(folder, products)
    with (source / "workshop.yaml").open("a", encoding="utf-8") as file:
        file.write(MORE)
    (source / "chapters/02-answers.md").write_text(FOR_TEACHER, encoding="utf-8")
    open_text = "\n![A knee, lifted.](../pictures/knee.png)\n"
    with (source / "chapters/01-lie-down.md").open("a", encoding="utf-8") as file:
        file.write(open_text)
    for name in ("knee", "answers"):
        (source / "pictures").mkdir(exist_ok=True)
        (source / "pictures" / f"{name}.png").write_bytes(dot())
    return source


def evidence(bundle: Path) -> tuple[Mapping[str, Any], str]:
    """Return what a bundle says for programs, and for people."""
    with zipfile.ZipFile(bundle) as archive:
        return json.loads(archive.read(EVIDENCE_JSON)), archive.read("EVIDENCE.html").decode()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the workshop and return its package."""
    folder = tmp_path_factory.mktemp("evidence")
    build(load(write(folder / "rest")), folder / "dist")
    return folder / "dist"


def test_it_speaks_of_the_files_beside_it(made: Path) -> None:
    """Each file that is offered is there with its sum and its pages, and no other is named."""
    content, page = evidence(made / "rest.zip")
    with zipfile.ZipFile(made / "rest.zip") as archive:
        for entry in content["files"]:
            data = archive.read(entry["file"])
            assert entry["sha256"] == hashlib.sha256(data).hexdigest()
            assert entry["sha256"] in page
    assert [entry["file"] for entry in content["files"]] == ["rest-handout.pdf", "rest.epub"]
    assert "rest-teacher" not in page + json.dumps(content)


def test_it_claims_no_judgement_that_was_not_made(made: Path) -> None:
    """Without --judge every judge is named as one that was not asked."""
    content, page = evidence(made / "rest.zip")
    assert {each["name"]: each["result"] for each in content["judges"]} == {
        "veraPDF": "not asked",
        "EPUBCheck": "not asked",
        "Ace": "not asked",
    }
    assert page.count("was not asked") == 3


def test_its_checks_are_those_of_the_files(made: Path) -> None:
    """A check names the files that it holds for: a promise of pages, those with such a promise."""
    content, _ = evidence(made / "rest.zip")
    assert {each["name"]: each["files"] for each in content["checks"]} == {
        "safety-seen": ["rest-handout.pdf"],
        "safety-kept": ["rest.epub"],
        "in-place": ["rest-handout.pdf"],
        "pictures-described": ["rest-handout.pdf", "rest.epub"],
    }


def test_the_rights_of_everything(made: Path) -> None:
    """Texts, pictures and fonts are there with their rights; the teacher's pictures are not."""
    content, page = evidence(made / "rest.zip")
    rights = content["rights"]
    assert rights["texts"] == "Copy it for your classes."
    credit = {"file": "pictures/knee.png", "credit": "Ann Other, CC BY 4.0", "drawn_by": None}
    assert rights["pictures"] == [credit]
    names = {font["name"] for font in rights["fonts"]}
    assert names >= {"Atkinson Hyperlegible", "Source Code Pro", "Source Serif 4"}
    assert all(font["licence"] and font["address"] for font in rights["fonts"])
    for words in ("Copy it for your classes.", "Ann Other, CC BY 4.0", "SIL Open Font License"):
        assert words in page
    assert "evaluated by Ann Reader" in page


def test_a_credit_for_no_picture(tmp_path: Path) -> None:
    """A credit for a file that is not there is told with its line."""
    source = small.write(tmp_path / "rest", "{handout: {}}\ncredits: {gone.png: Ann}")
    done = command("check", source)
    assert done.returncode == 1
    assert done.stderr.startswith("workshop.yaml:7: the picture 'pictures/gone.png' is not there; ")


def test_the_same_bytes_each_time(made: Path, tmp_path: Path) -> None:
    """Evidence has no clock: it is the same after all was made and after a part was."""
    source = write(tmp_path / "rest")
    build(load(source), tmp_path / "dist", only=["epub"])
    build(load(source), tmp_path / "dist", only=["handout"])
    assert evidence(tmp_path / "dist/rest.zip") == evidence(made / "rest.zip")


def test_a_studio_cannot_change_it(tmp_path: Path) -> None:
    """A template or style of that name in the source folder has no say in what was checked."""
    more = {"templates/evidence.html": "<html><body>All fine</body></html>"}
    source = small.write(tmp_path / "rest", "{epub: {}}", more)
    build(load(source), tmp_path / "dist")
    assert "All fine" not in evidence(tmp_path / "dist/rest.zip")[1]


@pytest.mark.parametrize("name", ["rest-handout.pdf", EVIDENCE_JSON])
def test_a_bundle_that_its_evidence_does_not_fit(made: Path, tmp_path: Path, name: str) -> None:
    """A file that was exchanged is found by the evidence even where the sums were made to fit."""
    with zipfile.ZipFile(made / "rest.zip") as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    old = hashlib.sha256(files[name]).hexdigest()
    files[name] = files[name].replace(b"1", b"2")
    new = hashlib.sha256(files[name]).hexdigest()
    files["SHA256SUMS"] = files["SHA256SUMS"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(tmp_path / "rest.zip", "w") as archive:
        for each, data in files.items():
            archive.writestr(each, data)
    done = command("verify", tmp_path / "rest.zip")
    assert done.returncode == 1
    assert "is not the file that EVIDENCE.json speaks of; get the package again" in done.stderr


@pytest.mark.judge
@pytest.mark.parametrize("language", ["en", "de"])
def test_everyone_can_read_it(made: Path, tmp_path: Path, language: str) -> None:
    """Axe finds nothing in the page, in light and in dark, and it fits a phone."""
    path = tmp_path / "EVIDENCE.html"
    if language == "en":
        path.write_text(evidence(made / "rest.zip")[1], encoding="utf-8")
    else:
        source = write(tmp_path / "rest", "{epub: {}}")
        settings = source / "workshop.yaml"
        settings.write_text(settings.read_text("utf-8").replace(": en", ": de"), encoding="utf-8")
        build(load(source), tmp_path / "dist")
        path.write_text(evidence(tmp_path / "dist/rest.zip")[1], encoding="utf-8")
    for scheme in ("light", "dark"):
        context = browser().new_context(
            viewport={"width": 360, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page = context.new_page()
        page.goto(path.as_uri())
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        context.close()


@pytest.mark.judge
def test_real_judges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """VeraPDF, EPUBCheck and Ace are asked as they are, and what they say stands in the bundle."""
    node, ace = tools.program("node", "nodejs"), tools.node_package("@daisy/ace-cli")
    monkeypatch.setenv("WORKSHOP_VERAPDF", verapdf_command())
    monkeypatch.setenv("WORKSHOP_ACE", f"{node} {ace / 'bin/ace.js'}")
    monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", str(tools.chromium()))
    done = command("build", write(tmp_path / "rest"), "-o", tmp_path / "dist", "--judge")
    assert (done.returncode, done.stderr) == (0, "")
    content, page = evidence(tmp_path / "dist/rest.zip")
    assert [(each["name"], each["result"]) for each in content["judges"]] == [
        ("veraPDF", "passed"),
        ("EPUBCheck", "passed"),
        ("Ace", "passed"),
    ]
    assert content["judges"][1]["version"] == "5.3.0"
    assert page.count("nothing to object") == 3


@pytest.mark.judge
def test_verapdf_objects(tmp_path: Path) -> None:
    """What is no PDF/A, and what is no PDF, is told in veraPDF's words."""
    coloured = write_pdf(tmp_path / "coloured.pdf", "<h1>Rest</h1>")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n")
    run = opinions.Run(tuple(verapdf_command().split()), 300.0)
    faults = opinions.verapdf(run, [coloured, broken]).faults
    assert any(line.startswith("PDF/A-2a 6.") for line in faults[coloured])
    assert all(line.startswith("PDF/") for line in faults[coloured])
    assert all("cannot be judged" in line for line in faults[broken])
    assert len(faults[broken]) == 2
