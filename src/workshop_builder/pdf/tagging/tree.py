"""The tree of tags of a PDF, and what PDF 1.7 allows inside what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6"}
"""Tags of headings, by their level."""
TEXT = HEADINGS | {"P", "Span", "Code", "Quote", "Lbl", "Reference"}
"""Tags that hold text directly, so that a block inside them starts no paragraph."""
INLINE = {"Span", "Link", "Code", "Quote", "Reference", "BibEntry", "Form"}
"""Tags that are part of a line of text."""
GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Index"}
"""Tags that hold blocks; loose text in them becomes a paragraph."""
TRANSPARENT = {"Div", "Span"}
"""Tags that mean nothing by themselves: their content moves up, unless they are `kept`."""
KEPT_EMPTY = {"TR", "TH", "TD"}
"""Tags that stay although they hold nothing: an empty cell still has its place."""
OWNERS = {
    "LI": {"L"},
    "Lbl": {"L", "LI", "TOCI", "Note", "BibEntry"},
    "LBody": {"L", "LI"},
    "TOCI": {"TOC"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
}
"""The parents that some tags need."""
ROLES = frozenset(
    {"Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "P"}
    | {"L", "LI", "Lbl", "LBody", "Span", "Quote", "Note"}
    | {"Reference", "BibEntry", "Code", "Figure", "Formula"}
    | HEADINGS
)
"""The standard structure types of PDF 1.7 that an element may ask for by `data-pdf`."""


@dataclass(frozen=True, slots=True)
class ContentItem:
    """What a tag holds of a page: what was drawn for a box, or the annotation of a link."""

    page: int
    """The page, counted from 0."""
    box: Any
    """The laid-out box."""
    link: bool = False
    """Whether it is the box's link annotation, and not what is drawn for it."""


@dataclass(slots=True, eq=False)
class Tag:
    """One structure element; not frozen, since it grows while the pages are read."""

    role: str
    """The structure type."""
    order: float = 0
    """The position of its beginning in the HTML."""
    kids: list[Tag | ContentItem] = field(default_factory=list)
    """What it holds, in reading order."""
    kept: bool = False
    """Whether it stays even where its role means nothing by itself."""
    lang: str = ""
    """The language, where it differs from that of the text around."""
    alt: str = ""
    """The alternative text of a picture."""
    name: str = ""
    """The name of a link."""
    expansion: str = ""
    """What an abbreviation is short for."""
    numbering: str = ""
    """The ListNumbering of an ordered list."""
    scope: str = ""
    """`Column` or `Row`: what a header cell is the header of."""
    columns: int = 1
    """The number of columns that a cell spans."""
    rows: int = 1
    """The number of rows that a cell spans; 0 for all that are left."""
    bbox: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom of a picture, in CSS pixels from the top left of its page."""
    parent: Tag | None = None
    """The tag that adopted it."""

    def adopt(self, tag: Tag) -> None:
        """Append a tag, and give it a role that it can have in this place."""
        holder = self
        while holder.role in TRANSPARENT and not holder.kept and holder.parent is not None:
            holder = holder.parent
        if tag.role in {"L", "LI"} and holder.role in {"TOC", "TOCI"}:
            tag.role, tag.numbering = {"L": "TOC", "LI": "TOCI"}[tag.role], ""
        if holder.role not in OWNERS.get(tag.role, {holder.role}):
            tag.role = "Span" if tag.role == "Lbl" else "Div"
        tag.parent = self
        self.kids.append(tag)
