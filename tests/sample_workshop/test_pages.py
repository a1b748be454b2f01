"""The look of the pages: each is compared with a kept picture, so that a change is seen.

`pytest tests/sample_workshop --refresh` keeps the pictures anew. A page that differs is put side by
side with the kept one in build/pages/.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from judges.raster import Pixels, pages
from judges.samples import write_pdf
from sample import TOP, Sample

KEPT = Path(__file__).parent / "pages"
SHOWN = TOP / "build" / "pages"
DPI = 50
SHADES = 16
"""Each picture is kept in so many shades: enough to see a change, and small."""
FAINT = 24
"""A difference in brightness, of 255, that drawing the same page elsewhere may bring."""
STRAY = 0.0005
"""The share of a page's dots that may differ by more than that."""


def compare(path: Path, kept: Path, shown: Path, *, refresh: bool) -> list[str]:
    """Compare the pages of a PDF with those in the folder `kept`; return what differs.

    With `refresh` the pages are kept first. Each page that differs is put into `shown`.
    """
    drawn = {
        f"{path.stem}-{n:02}.png": page for n, page in enumerate(pages(path, DPI, grey=True), 1)
    }
    known = {picture.name: picture for picture in kept.glob(f"{path.stem}-[0-9][0-9].png")}
    if refresh:
        for picture in known.values():
            picture.unlink()
        kept.mkdir(exist_ok=True)
        for name, page in drawn.items():
            _shaded(page).save(kept / name, optimize=True)
        known = {name: kept / name for name in drawn}
    faults = [f"{name} is kept, but there is no such page" for name in known if name not in drawn]
    for name, page in drawn.items():
        if name not in known:
            faults.append(f"{name} is not kept; look at the page, and type: pytest --refresh")
            continue
        with Image.open(known[name]) as image:
            before = np.array(image.convert("L"), dtype=np.uint8)
        if differ(before, page):
            _show(before, page, shown / name)
            faults.append(f"{name} has changed; see {shown / name}")
    return faults


def differ(before: Pixels, after: Pixels) -> bool:
    """Return whether two pages look different."""
    if before.shape != after.shape:
        return True
    far = np.abs(before.astype(int) - after.astype(int)) > FAINT
    return bool(far.mean() > STRAY)


def _shaded(page: Pixels) -> Image.Image:
    """Return a page in few shades: a third of the file, and no shade moves by more than FAINT."""
    step = 256 // SHADES
    return Image.fromarray((page // step * step + step // 2).astype(np.uint8))


def _show(before: Pixels, after: Pixels, place: Path) -> None:
    """Save two pages side by side, the kept one on the left."""
    place.parent.mkdir(parents=True, exist_ok=True)
    height = max(before.shape[0], after.shape[0])
    both = Image.new("L", (before.shape[1] + after.shape[1] + 10, height), 128)
    both.paste(Image.fromarray(before), (0, 0))
    both.paste(Image.fromarray(after), (before.shape[1] + 10, 0))
    both.save(place)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Write a PDF of two pages."""
    body = '<h1>Rest</h1><p>Lie down.</p><h1 style="break-before: page">Rise</h1>'
    return write_pdf(tmp_path / "sheet.pdf", body)


def test_the_same_pages_pass(sheet: Path, tmp_path: Path) -> None:
    """Pages that were kept are found the same, and no picture of a difference is made."""
    kept, shown = tmp_path / "kept", tmp_path / "shown"
    assert compare(sheet, kept, shown, refresh=True) == []
    assert sorted(p.name for p in kept.iterdir()) == ["sheet-01.png", "sheet-02.png"]
    assert compare(sheet, kept, shown, refresh=False) == []
    assert not shown.exists()


def test_a_changed_page_is_seen(sheet: Path, tmp_path: Path) -> None:
    """A page with one word more is named, and put side by side with what it was."""
    kept, shown = tmp_path / "kept", tmp_path / "shown"
    compare(sheet, kept, shown, refresh=True)
    body = '<h1>Rest</h1><p>Lie down now.</p><h1 style="break-before: page">Rise</h1>'
    write_pdf(sheet, body)
    assert compare(sheet, kept, shown, refresh=False) == [
        f"sheet-01.png has changed; see {shown / 'sheet-01.png'}"
    ]
    with Image.open(shown / "sheet-01.png") as both:
        assert both.width > 2 * 69


def test_pages_that_come_and_go_are_seen(sheet: Path, tmp_path: Path) -> None:
    """A page more or less than kept is named; refreshing drops what is kept without need."""
    kept, shown = tmp_path / "kept", tmp_path / "shown"
    compare(sheet, kept, shown, refresh=True)
    write_pdf(sheet, "<h1>Rest</h1><p>Lie down.</p>")
    assert compare(sheet, kept, shown, refresh=False) == [
        "sheet-02.png is kept, but there is no such page"
    ]
    assert compare(sheet, kept, shown, refresh=True) == []
    assert [p.name for p in kept.iterdir()] == ["sheet-01.png"]
    write_pdf(sheet, '<h1>Rest</h1><p>Lie down.</p><h1 style="break-before: page">Rise</h1>')
    (fault,) = compare(sheet, kept, shown, refresh=False)
    assert fault.startswith("sheet-02.png is not kept")


@pytest.mark.judge
def test_the_sample_looks_as_kept(sample: Sample, refresh: bool) -> None:  # noqa: FBT001  a fixture
    """Every page of the sample's standard edition looks as it was when last looked at."""
    standard = [(pdf, path) for pdf, path in sample.chosen() if pdf.edition == "standard"]
    faults = [
        fault
        for pdf, path in standard
        if pdf.paper == "a4" or pdf.product == "take-home"
        for fault in compare(path, KEPT, SHOWN, refresh=refresh)
    ]
    stems = {path.stem for _, path in standard}
    left = [p.name for p in KEPT.glob("*.png") if p.stem.rpartition("-")[0] not in stems]
    assert (faults, left) == ([], [])
