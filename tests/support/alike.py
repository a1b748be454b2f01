"""Whether two PDFs of one page are the same to whoever looks, listens, searches or clicks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from PIL import ImageChops

_MARK = re.compile(rb"<<([^>]*)/MCID (\d+)\s*>>\s*BDC(.*?)EMC", re.DOTALL)
_SHOWN = re.compile(rb"<[0-9a-f]+>|/\S+ Do")


_SIZES = (1.5, 1.51, 1.53)
"""Pixels of a point: what lies between two pixels at one of them does not at another."""


def differences(one: bytes, other: bytes) -> Iterator[str]:
    """Yield in what two PDFs of one page differ."""
    if min(farthest_colour(one, other, size) for size in _SIZES) > 2:
        yield "pixels"
    if words(one) != words(other):
        yield "words"
    if not same_told(one, other):
        yield "tags, links, outline or metadata"


def farthest_colour(one: bytes, other: bytes, size: float = 1.5, page: int = 0) -> int:
    """Return by how much, of 255, a colour of a page and of `page` of another PDF differs."""
    pictures = []
    for data, number in ((one, 0), (other, page)):
        with pypdfium2.PdfDocument(data) as pdf:
            pictures.append(pdf[number].render(scale=size).to_pil().convert("RGB"))
    difference = ImageChops.difference(*pictures)
    extremes: Any = difference.getextrema()
    return max(int(most) for _, most in extremes)


def words(data: bytes, page: int = 0) -> list[str]:
    """Return the words of a page in the order of the alphabet: which is drawn first is free."""
    with pypdfium2.PdfDocument(data) as pdf:
        return sorted(pdf[page].get_textpage().get_text_range().split())


def same_told(one: bytes, other: bytes) -> bool:
    """Return whether all that is `told` of two PDFs is the same but for hundredths of a point."""
    return _same(told(one), told(other))


def same_part(sheet: bytes, joined: bytes, number: int) -> bool:
    """Return whether tags, links and outline of a sheet are those of a part of a file of many."""
    with pikepdf.open(BytesIO(joined)) as pdf:
        part = list(_Tags(pdf, 2 * number).lines(pdf.Root.StructTreeRoot.K[0].K[number]))
        entry: Any = pdf.Root.Outlines.First
        for _ in range(number):
            entry = entry.Next
        assert entry.Dest[0].objgen == pdf.pages[2 * number].obj.objgen
        part += _outline(entry.First, 0)
    with pikepdf.open(BytesIO(sheet)) as pdf:
        own = list(_Tags(pdf).lines(pdf.Root.StructTreeRoot.K[0]))
        own += _outline(pdf.Root.Outlines.First, 0)
    return _same([own[0].replace("/Document", "/Part"), *own[1:]], part)


def _same(one: list[str], other: list[str]) -> bool:
    texts = ["\n".join(one), "\n".join(other)]
    places = [[float(each) for each in re.findall(r"#(-?[\d.]+)", text)] for text in texts]
    words = [re.sub(r"#-?[\d.]+", "#", text) for text in texts]
    near = [abs(a - b) < 0.03 for a, b in zip(*places, strict=False)]
    return words[0] == words[1] and all(near)


def told(data: bytes) -> list[str]:
    """Return the tags of a PDF with what they mark, its links, outline, places and metadata."""
    with pikepdf.open(BytesIO(data)) as pdf:
        lines = [*_Tags(pdf).lines(pdf.Root.StructTreeRoot.K[0])]
        lines += _outline(pdf.Root.Outlines.First, 0) if "/Outlines" in pdf.Root else []
        names = list(pdf.Root.Names.Dests.Names) if "/Names" in pdf.Root else []
        lines += [f"{name} {_place(at)}" for name, at in zip(names[::2], names[1::2], strict=True)]
        lines += sorted(f"{key} {value}" for key, value in pdf.docinfo.items())
        lines += [str(pdf.Root.Lang), " ".join(pdf.Root.Metadata.read_bytes().decode().split())]
        return lines


class _Tags:
    def __init__(self, pdf: pikepdf.Pdf, number: int = 0) -> None:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        self.owners = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
        page = pdf.pages[number]
        self.own = self.owners[int(page.obj.StructParents)]
        found: Any = page.Contents
        streams = list(found) if isinstance(found, pikepdf.Array) else [found]
        content = b"\n".join(stream.read_bytes() for stream in streams)
        self.marks = {int(found[2]): found for found in _MARK.finditer(content)}

    def lines(self, element: Any, depth: int = 0) -> Iterator[str]:  # noqa: ANN401
        said = {k: str(element[k]) for k in ("/S", "/Lang", "/Alt", "/E") if k in element}
        attributes = [_attributes(each) for each in element.get("/A", [])]
        yield f"{' ' * depth}{said}{attributes}"
        for kid in element.get("/K", []):
            if not isinstance(kid, pikepdf.Dictionary):
                assert self.own[int(kid)].objgen == element.objgen
                mark = self.marks[int(kid)]
                yield f"{' ' * depth}{mark[1].split()} {_SHOWN.findall(mark[3])}"
            elif kid.get("/Type") == "/OBJR":
                link = kid.Obj
                assert self.owners[int(link.StructParent)].objgen == element.objgen
                yield f"{' ' * depth}{_numbers(link.Rect)} {link.A.URI} {link.Contents}"
            else:
                assert kid.P.objgen == element.objgen
                yield from self.lines(kid, depth + 1)


def _attributes(attributes: Any) -> list[str]:  # noqa: ANN401
    return sorted(
        f"{key} {_numbers(value) if key == '/BBox' else value}" for key, value in attributes.items()
    )


def _numbers(values: Any) -> str:  # noqa: ANN401
    """Return lengths in points, marked as such."""
    return " ".join(f"#{float(value):.2f}" for value in values)


def _outline(entry: Any, depth: int) -> Iterator[str]:  # noqa: ANN401
    while entry is not None:
        yield f"{' ' * depth}{entry.Title} {_place(entry.Dest)} {entry.Count}"
        yield from _outline(entry.get("/First"), depth + 1)
        entry = entry.get("/Next")


def _place(destination: Any) -> str:  # noqa: ANN401
    return _numbers(list(destination)[2:4])
