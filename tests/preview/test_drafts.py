"""Drafts of a long product: changed pages, laid out alone, look as they will in the product."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from packages import forks
from sample import SOURCE
from workshop_builder.preview.builder import drafts, jobs
from workshop_builder.preview.builder.drafts import LayoutRecord, PageRecord, PartRun, PartSpan
from workshop_builder.preview.builder.jobs import Artifact, Job
from workshop_builder.preview.builder.snapshot import SnapshotReader
from workshop_builder.source import folder
from workshop_builder.source.folder import Folder
from workshop_builder.workers import Limits

BOOK = (
    "book: {}",
    """book:
    chapters: [06-more-stretches, 09-cool-down]
    exercises: [figure-four, bottom-to-heels, legs-on-chair]
""",
)
"""Enough of the sample's book: figures before what is changed, and pages behind."""


def edited(files: Folder, path: str, old: str, new: str) -> Folder:
    """Return the folder with other words in one file."""
    assert old.encode() in files.files[path]
    data = files.files[path].replace(old.encode(), new.encode())
    return replace(files, files={**files.files, path: data})


def shortened(files: Folder) -> Folder:
    """Return the folder of the sample with less of its book, and no glossary."""
    text = files.files["workshop.yaml"].decode()
    glossary = text[text.index("\nglossary:") : text.index("\nsources:")]
    return edited(edited(files, "workshop.yaml", glossary, ""), "workshop.yaml", *BOOK)


def book_job(reader: SnapshotReader, files: Folder) -> Job:
    """Return the job for the book."""
    snapshot = reader.snapshot(files)
    return snapshot.job(next(m for m in snapshot.targets if m.product.name == "book"))


def made(job: Job) -> Artifact:
    """Make a product to its end."""
    function, arguments = job.call
    return function(*arguments)


def pictures(pdf: bytes, pages: range) -> list[bytes]:
    """Return how pages look, as bytes of their pixels."""
    document = pypdfium2.PdfDocument(pdf)
    seen = [document[number].render(scale=1.5).to_numpy().tobytes() for number in pages]
    document.close()
    return seen


@forks
@pytest.mark.slow
def test_a_draft_looks_as_the_finished_pages_will() -> None:
    """After an edit of one exercise its chapter's pages are the same in the draft, to the pixel."""
    # Page numbers, running heads and the numbers of figures on them go by what stands before, and
    # more words on one page move what follows.
    reader = SnapshotReader(Path("unused"), Limits())
    before = shortened(folder.read(SOURCE))
    after = edited(
        before, "exercises/legs-on-chair.md", "feel: ", "feel: Like a slow and lazy wave. "
    )
    old, new = book_job(reader, before), book_job(reader, after)
    first = made(old)
    assert first.layout
    assert new.source
    draft = jobs.plan_draft(old, new, first.layout)
    assert draft
    (run,) = draft.runs
    data, counts = jobs.make_draft(new.target, new.source, draft, None)
    assert counts == [run.end_page - run.first_page]
    assert 2 <= counts[0] <= len(first.layout.pages) / 3
    pages = range(run.first_page, run.end_page)
    finished = pictures(made(new).data, pages)
    assert pictures(data, range(counts[0])) == finished
    assert pictures(first.data, pages) != finished


PAGE = (
    """<html><head><title>A</title></head><body><main class="{kind}">{parts}</main></body></html>"""
)
LAYOUT = LayoutRecord(
    None,
    (*(PartSpan(n, n, (("figure", 2),)) for n in range(3)), PartSpan(3, 4), PartSpan(4, 5)),
    tuple(PageRecord((f"p{page}",), (("head", f'Say "{page}"'),)) for page in range(6)),
)
"""Three parts on a page each, then two that share one."""


def page(*parts: str, kind: str = "book") -> str:
    """Return a page of parts."""
    return PAGE.format(kind=kind, parts="".join(f"<section>{part}</section>" for part in parts))


OLD = page("one", '<img src="figures/cat.yaml"/>', "three", "four", "five")


def test_a_placeholder_has_the_effects_of_its_parts() -> None:
    """Placeholders fill the pages of parts, keep anchors, advance counters, set running heads."""
    draft = drafts.plan_draft(
        OLD, page("one", '<img src="figures/cat.yaml"/>', "3", "four", "five"), LAYOUT
    )
    assert draft
    assert draft.runs == (PartRun(2, 3, 2, 3),)
    assert draft.positions == ((2, 2),)
    assert "<section>3</section>" in draft.html
    assert "four" not in draft.html
    assert draft.html.count("break-before:page") == 4
    assert draft.html.count("counter-increment:figure 2") == 2
    assert [f'id="p{n}"' in draft.html for n in range(6)] == [True, True, False, True, True, True]
    assert draft.html.count("string-set:head") == 5


def test_a_picture_that_looks_different_is_a_change() -> None:
    """A part whose words are the same is laid out again when a picture in it has changed."""
    draft = drafts.plan_draft(OLD, OLD, LAYOUT, ["figures/cat.yaml"])
    assert draft
    assert draft.runs == (PartRun(1, 2, 1, 2),)


def test_parts_that_share_a_page_are_laid_out_together() -> None:
    """A change in one of two parts on the same page takes both, here too much for a draft."""
    wide = replace(LAYOUT, pages=LAYOUT.pages * 2)
    new = OLD.replace("five", "5")
    assert drafts.plan_draft(OLD, new, LAYOUT) is None
    draft = drafts.plan_draft(OLD, new, replace(wide, parts=(*LAYOUT.parts, PartSpan(6, 11))))
    assert draft is None  # the page and the layout have different parts
    long = [
        PartSpan(0, 6),
        *(replace(p, first=p.first + 6, last=p.last + 6) for p in LAYOUT.parts[1:]),
    ]
    found = drafts.plan_draft(OLD, new, replace(wide, parts=tuple(long)))
    assert found
    assert found.runs == (PartRun(3, 5, 9, 12),)


@pytest.mark.parametrize(
    ("new", "changed", "styles"),
    [
        (OLD.replace("one", "1").replace("three", "3").replace("cat", "dog"), (), ()),
        (page("one", "two"), (), ()),
        (OLD.replace("main class", 'main id="x" class').replace("three", "3"), (), ()),
        (OLD.replace("three", "3"), ("figures/unseen.yaml",), ()),
        (OLD.replace("three", "3"), (), ("p { position: running(head) }",)),
        (OLD.replace("three", "3"), (), ("p { position : fixed }",)),
        (OLD, (), ()),
    ],
    ids=["too much", "parts", "frame", "unseen", "running", "fixed", "nothing"],
)
def test_no_draft(new: str, changed: tuple[str, ...], styles: tuple[str, ...]) -> None:
    """Where too much has changed, or more than parts, there is no draft."""
    assert drafts.plan_draft(OLD, new, LAYOUT, changed, styles) is None
