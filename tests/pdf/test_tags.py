"""What a screen reader is told of whatever harmless HTML a teacher's Markdown gives."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pikepdf
import pytest

from tagged import CASES, PICTURE, laid_out, tagged
from workshop_builder.pdf import conformance

Item: TypeAlias = Any
"""Whatever pikepdf finds: an object or, in place of one, a Python number."""
Shape: TypeAlias = tuple[Any, ...]
"""A tag as it is compared: its role, then its kids; text that it holds is left out."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the PDF of each case."""
    folder = tmp_path_factory.mktemp("tags")
    paths = {name: folder / f"{name}.pdf" for name in CASES}
    for name, path in paths.items():
        path.write_bytes(tagged(CASES[name]))
    return paths


@pytest.fixture
def pdf(files: dict[str, Path], request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    """Return the PDF of the case that the test names."""
    with pikepdf.open(files[request.param]) as opened:
        yield opened


def case(name: str) -> pytest.MarkDecorator:
    """Give a test the PDF of a case."""
    return pytest.mark.parametrize("pdf", [name], indirect=True, ids=[name])


def elements(pdf: pikepdf.Pdf, role: str = "") -> list[pikepdf.Object]:
    """Return the structure elements, in reading order; or those of a role."""
    found = []
    queue = [pdf.Root.StructTreeRoot.K[0]]
    while queue:
        element = queue.pop()
        found.append(element)
        queue += [kid for kid in reversed(kids(element)) if is_element(kid)]
    return [element for element in found if role in {"", str(element.S)[1:]}]


def kids(element: pikepdf.Object) -> list[Item]:
    """Return what an element holds."""
    return list(element.K)


def is_element(kid: Item) -> bool:
    """Tell a structure element from marked content and annotations."""
    return isinstance(kid, pikepdf.Object) and "/S" in kid


def shape(element: pikepdf.Object) -> Shape:
    """Return the roles of an element and of all below it."""
    return (str(element.S)[1:], *(shape(kid) for kid in kids(element) if is_element(kid)))


def body(pdf: pikepdf.Pdf) -> list[Shape]:
    """Return the shape of what follows the heading."""
    top, *rest = shape(pdf.Root.StructTreeRoot.K[0])[1:]
    assert top == ("H1",)
    return rest


def attribute(element: pikepdf.Object, name: str) -> Item:
    """Return an attribute of an element, or None."""
    return next((owner[name] for owner in element.get("/A", []) if name in owner), None)


def instructions(page: pikepdf.Page) -> Iterator[tuple[list[Item], str]]:
    """Yield the operands and the operator of each instruction of a page."""
    for instruction in pikepdf.parse_content_stream(page):
        yield list(instruction.operands), str(instruction.operator)


def content(pdf: pikepdf.Pdf) -> list[tuple[str, bool]]:
    """Return the sequences of marked content, each with whether it draws anything."""
    found: list[tuple[str, bool]] = []
    for page in pdf.pages:
        for operands, operator in instructions(page):
            if operator in {"BDC", "BMC"}:
                found.append((str(operands[0])[1:], False))
            elif operator in {"TJ", "Tj", "Do"} and found:
                found[-1] = (found[-1][0], True)
    return found


def drawn(pdf: pikepdf.Pdf, tag: str) -> int:
    """Count the sequences of marked content of a tag in which text or a picture is drawn."""
    return content(pdf).count((tag, True))


@case("loose-in-loose")
def test_list_items_have_label_and_body(pdf: pikepdf.Pdf) -> None:
    """An item is a label and a body, and all its blocks are in the body."""
    inner = ("L", ("LI", ("Lbl",), ("LBody", ("P",))))
    assert body(pdf) == [("L", ("LI", ("Lbl",), ("LBody", ("P",), inner, ("P",))))]


@case("blocks-in-items")
def test_blocks_keep_their_tags_in_items(pdf: pikepdf.Pdf) -> None:
    """A figure, table, listing or quotation in an item is tagged as it is elsewhere."""
    ((_, *items),) = body(pdf)
    assert [item[2][1:] for item in items] == [
        (("Div", ("Figure",), ("Caption",)),),
        (("Table", ("TBody", ("TR", ("TD",)))),),
        (("P", ("Code",)),),
        (("BlockQuote", ("P",)),),
    ]


@case("labels")
def test_list_numbering(pdf: pikepdf.Pdf) -> None:
    """Each kind of marker is the item's label, and a numbered list says how it is numbered."""
    item = ("LI", ("Lbl",), ("LBody",))
    assert body(pdf) == [("L", item)] * 3
    numbering = [attribute(element, "/ListNumbering") for element in elements(pdf, "L")]
    assert numbering == [None, "/Decimal", "/LowerAlpha"]


@case("definitions")
def test_definition_list(pdf: pikepdf.Pdf) -> None:
    """Terms are labels, their descriptions bodies, and each group is one item."""
    body_1, body_2 = ("LBody",), ("LBody", ("P",))
    first = ("LI", ("Lbl",), ("Lbl",), body_1, body_2)
    assert body(pdf)[0] == ("L", first, ("LI", ("Lbl",), body_1))


@case("links")
def test_a_link_is_one_tag(pdf: pikepdf.Pdf) -> None:
    """A link is one tag with all its areas, whatever is in it, and is called by its text."""
    first, second, third = elements(pdf, "Link")
    assert shape(first) == ("Link", ("Code",), ("Figure",))
    areas = [kid for kid in kids(second) if isinstance(kid, pikepdf.Object) and "/Obj" in kid]
    assert 2 <= len(areas) == len({tuple(map(float, area.Obj.Rect)) for area in areas})
    assert str(first.K[-1].Obj.Contents) == "the bold code soft sign"
    assert len(third.K) == 1
    assert sum(len(page.Annots) for page in pdf.pages) == 2 + len(areas)


@case("linked-block")
def test_linked_block(pdf: pikepdf.Pdf) -> None:
    """A link around blocks holds them, and its areas are those of the blocks."""
    assert body(pdf) == [("Link", ("H2",), ("P",))]
    for annotation in pdf.pages[0].Annots:
        left, top, right, bottom = map(float, annotation.Rect)
        assert right - left > 100
        assert top - bottom > 10


@case("link-in-flex")
def test_link_as_flex_item(pdf: pikepdf.Pdf) -> None:
    """A link that is itself an item of a flex row or grid can be followed."""
    assert [str(annotation.Dest) for annotation in pdf.pages[0].Annots] == ["t", "t"]


@case("decorations")
def test_decorations_are_artifacts(pdf: pikepdf.Pdf) -> None:
    """What declares to be for the eye only is drawn, but not tagged."""
    assert body(pdf) == [("P",)] * 3
    assert drawn(pdf, "Figure") == 0
    assert drawn(pdf, "Artifact") == 4


@case("svg")
def test_inline_svg(pdf: pikepdf.Pdf) -> None:
    """A drawing says its title or its label, or is an artifact."""
    assert [str(figure.Alt) for figure in elements(pdf, "Figure")] == ["Named", "Labelled"]


@case("stars")
def test_text_as_picture(pdf: pikepdf.Pdf) -> None:
    """Signs with the role of a picture are read as their label."""
    assert body(pdf) == [("P", ("Figure",))]
    assert str(elements(pdf, "Figure")[0].Alt) == "two of three"


@case("blocks-in-items")
def test_where_a_picture_stands(pdf: pikepdf.Pdf) -> None:
    """The area of a picture is given in points from the bottom left of its page."""
    left, bottom, right, top = map(float, attribute(elements(pdf, "Figure")[0], "/BBox"))
    assert (round(right - left, 2), round(top - bottom, 2)) == (1.5, 1.5)
    width, height = 298, 420
    assert height / 2 < bottom < top < height
    assert 0 < left < width / 2


@case("table")
def test_table(pdf: pikepdf.Pdf) -> None:
    """A table is a caption and its groups of rows; each header cell says what it heads."""
    row = ("TR", ("TH",), ("TD",))
    head, foot = ("THead", ("TR", ("TH",), ("TH",))), ("TFoot", ("TR", ("TD",), ("TD",)))
    assert body(pdf) == [("Table", ("Caption",), head, ("TBody", row, row), foot)]
    scopes = [str(attribute(cell, "/Scope")) for cell in elements(pdf, "TH")]
    assert scopes == ["/Column", "/Column", "/Row", "/Row"]


@case("ragged-table")
def test_ragged_table(pdf: pikepdf.Pdf) -> None:
    """Short rows are filled up, and no cell reaches out of its table."""
    table, lone = elements(pdf, "Table")
    rows = ("TR", ("TH",), ("TD",), ("TD",)), ("TR", ("TD",), ("TD",))
    assert shape(table) == ("Table", ("TBody", *rows))
    assert attribute(elements(pdf, "TD")[0], "/RowSpan") == 2
    assert shape(lone) == ("Table", ("TR", ("TH",)))


@case("long-table")
def test_table_over_pages(pdf: pikepdf.Pdf) -> None:
    """A table that runs over pages is one table, and its head is read once."""
    assert len(pdf.pages) >= 3
    ((_, head, (_, *rows)),) = body(pdf)
    assert head == ("THead", ("TR", ("TH",), ("TH",)))
    assert rows == [("TR", ("TH",), ("TD",))] * 40
    assert drawn(pdf, "Artifact") == 2 * (len(pdf.pages) - 1)


@case("long-list")
def test_list_over_pages(pdf: pikepdf.Pdf) -> None:
    """A list that runs over pages is one list."""
    assert len(pdf.pages) >= 3
    assert body(pdf) == [("L", *[("LI", ("Lbl",), ("LBody", ("P",)))] * 40)]


@case("footnotes")
def test_footnotes(pdf: pikepdf.Pdf) -> None:
    """A note at the foot of the page belongs to the paragraph that calls it."""
    assert body(pdf)[2:] == [("P", ("Reference",), ("Note", ("Lbl",)))] * 2
    names = [str(note.ID) for note in elements(pdf, "Note")]
    assert (
        names == sorted(set(names)) == [str(n) for n in pdf.Root.StructTreeRoot.IDTree.Names[::2]]
    )


@case("running")
def test_margins_are_artifacts(pdf: pikepdf.Pdf) -> None:
    """Running heads and feet are drawn, but neither tagged nor linked."""
    assert body(pdf) == [("P",)]
    assert drawn(pdf, "Artifact") == 3
    assert "/Annots" not in pdf.pages[0]


@case("fixed")
def test_fixed_content_is_read_once(pdf: pikepdf.Pdf) -> None:
    """What is fixed on every page is tagged on the first, and an artifact after that."""
    assert body(pdf)[0] == ("P",)
    assert drawn(pdf, "Artifact") == len(pdf.pages) - 1


@case("reordered")
def test_reading_order(pdf: pikepdf.Pdf) -> None:
    """The order is that of the HTML, where the style shows another one."""
    assert body(pdf) == [("H2",), ("P",), ("P",), ("H3",)]
    drawn_as = [int(element.K[0]) for element in elements(pdf)[2:]]
    assert drawn_as != sorted(drawn_as)


@case("contents")
def test_contents(pdf: pikepdf.Pdf) -> None:
    """A contents list has an entry for each link, none of its dots, and its heading before it."""
    link = ("Reference", ("Link",))
    inner = ("TOC", ("TOCI", ("Lbl",), link))
    assert body(pdf) == [("Sect", ("H2",), ("TOC", ("TOCI", ("Lbl",), link, inner)))]
    first = elements(pdf, "Link")[0]
    assert sum(isinstance(kid, int) for kid in kids(first)) == 2


@case("asked-roles")
def test_asked_roles(pdf: pikepdf.Pdf) -> None:
    """An element can ask for a role; where that cannot stand, its content still does."""
    assert body(pdf) == [("Index", ("P",)), ("Note", ("P",)), ("Note",), ("Div", ("P",))]
    assert len({str(note.ID) for note in elements(pdf, "Note")}) == 2
    assert drawn(pdf, "Artifact") == 1


@case("languages")
def test_languages(pdf: pikepdf.Pdf) -> None:
    """An element names its language where that changes."""
    named = [(str(e.S), str(e.Lang)) for e in elements(pdf)[1:] if "/Lang" in e]
    assert named == [("/P", "de"), ("/Span", "en"), ("/Quote", "fr")]


@case("sections")
def test_sections(pdf: pikepdf.Pdf) -> None:
    """Loose text becomes paragraphs, and boxes that mean nothing leave no tag."""
    article = ("Art", ("P", ("Span",)))
    assert body(pdf) == [("Sect", ("H2",), ("P",), ("P",), ("P",)), article]
    assert str(elements(pdf, "Span")[0].E) == "range of motion"


@case("headings")
def test_heading_levels(pdf: pikepdf.Pdf) -> None:
    """A heading is one level below the one that it stands under, whatever the HTML skips."""
    assert [role for (role,) in body(pdf)] == ["H2", "H3", "H3", "H2", "H2", "H3", "H2", "H1"]


@case("opacity")
def test_opacity(pdf: pikepdf.Pdf) -> None:
    """What is drawn pale, in a group of its own, is tagged as well."""
    assert body(pdf) == [("P", ("Link",))]
    assert "/Stm" in elements(pdf, "P")[0].K[0]


@case("broken-words")
def test_broken_words(pdf: pikepdf.Pdf) -> None:
    """A word broken at the end of a line is read whole."""
    parts = [
        str(operands[1].ActualText)
        for operands, operator in instructions(pdf.pages[0])
        if operator == "BDC" and "/ActualText" in operands[1]
    ]
    assert len(parts) > 1
    assert all(part.endswith("\N{SOFT HYPHEN}") for part in parts)
    assert "stabilization".startswith("".join(parts).replace("\N{SOFT HYPHEN}", ""))


@pytest.mark.parametrize("name", CASES)
def test_every_mark_has_its_tag(name: str, files: dict[str, Path]) -> None:
    """What is tagged on a page leads to the element that holds it, and back."""
    with pikepdf.open(files[name]) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        assert list(owners) == sorted(owners)
        for page in pdf.pages:
            for operands, operator in instructions(page):
                if operator == "BDC" and "/MCID" in operands[1]:
                    owner = owners[int(page.StructParents)][int(operands[1].MCID)]
                    assert int(operands[1].MCID) in marks(owner, page)
            for annotation in page.get("/Annots", []):
                held = [
                    kid.Obj for kid in kids(owners[int(annotation.StructParent)]) if has_object(kid)
                ]
                assert annotation in held


def marks(element: pikepdf.Object, page: pikepdf.Page) -> set[int]:
    """Return the numbers of the marked contents of a page that an element holds."""
    own = {int(kid) for kid in kids(element) if isinstance(kid, int) and element.Pg == page.obj}
    elsewhere = [kid for kid in kids(element) if isinstance(kid, pikepdf.Object) and "/MCID" in kid]
    return own | {int(kid.MCID) for kid in elsewhere if kid.Pg == page.obj}


def has_object(kid: Item) -> bool:
    """Tell a reference to an annotation."""
    return isinstance(kid, pikepdf.Object) and "/Obj" in kid


def test_same_bytes() -> None:
    """The same document gives the same bytes, even if it is written twice."""
    document = laid_out(CASES["links"])
    data = conformance.write_pdf(document)
    assert data == conformance.write_pdf(document) == tagged(CASES["links"])


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ('<img src="{}">', "picture without alternative text: data:image/png"),
        ("<p data-pdf=Chapter>Text</p>", 'data-pdf="Chapter" is no tag'),
        ("<p data-pdf=Figure>Text</p>", 'data-pdf="Figure" is no tag'),
    ],
)
def test_complaints(html: str, complaint: str, caplog: pytest.LogCaptureFixture) -> None:
    """What cannot be tagged rightly is complained of where the engine complains."""
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        tagged(html.format(PICTURE))
    assert complaint in caplog.text
