"""Everything that the tests make of whole folders, before the outside judges: one run of each.

Judged are the sample workshop and the starter in every edition and on both papers, and what is
made of each folder of `tests/samples/` that is not there to be refused.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import FOLDERS, package, read_case
from commands import command
from judges import kept
from judges.epubcheck import epubcheck
from judges.verapdf import verapdf
from sample import MADE, Sample, alone, build_editions
from tagged import CASES, tagged

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def packages(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the folders with what is made of everything that can be built."""
    starter = tmp_path_factory.mktemp("starter") / "source"
    assert command("new", starter).returncode == 0
    with alone("starter"):
        assert build_editions(starter, MADE / "starter") == ""
    cases = [package(case) for case in map(read_case, FOLDERS) if case.is_right]
    return [sample.folder, MADE / "starter", *cases]


def test_every_pdf_is_for_keeping_and_for_everybody(packages: list[Path], tmp_path: Path) -> None:
    """Each PDF complies with PDF/A-2a and PDF/UA-1, whatever harmless HTML stands in it."""
    pdfs = [path for folder in packages for path in folder.glob("*.pdf")]
    for name, body in CASES.items():
        pdfs.append(tmp_path / f"{name}.pdf")
        pdfs[-1].write_bytes(tagged(body))
    assert _wrong(kept.faults(verapdf, pdfs)) == {}


def test_every_e_book_is_right_by_the_letter(packages: list[Path]) -> None:
    """EPUBCheck has neither errors nor warnings about any e-book."""
    books = [path for folder in packages for path in folder.glob("*.epub")]
    assert _wrong(kept.faults(epubcheck, books)) == {}


def _wrong(verdicts: dict[Path, list[str]]) -> dict[str, list[str]]:
    """Return what is wrong, by folder and name of the file at fault."""
    return {
        f"{path.parent.name}/{path.name}": faults for path, faults in verdicts.items() if faults
    }
