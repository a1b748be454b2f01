"""The tree of tags of a PDF, and what PDF 1.7 allows inside what.

Tags are made from HTML one by one and out of context; `tidy` then turns the tree
into one that PDF/UA-1 allows: text stands in paragraphs, list items have a label
and a body, tables are regular and each header cell says for what it is a header.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

TEXT = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Span", "Code", "Quote", "Lbl", "Reference"}
"""Tags in which text stands directly, so that a block inside them starts no paragraph."""
INLINE = {"Span", "Link", "Code", "Quote", "Reference", "BibEntry", "Form"}
"""Tags that are parts of a line."""
GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Index"}
"""Tags that hold blocks; loose text in them becomes a paragraph."""
TRANSPARENT = {"Div", "Span"}
"""Tags that say nothing: their content moves up, unless they carry something."""
KEPT_EMPTY = {"TR", "TH", "TD"}
"""Tags that count although they hold nothing: an empty cell still has its place."""
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
"""The tags that some tags need as their parent."""
ROLES = frozenset(
    {"Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "P"}
    | {"H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Span", "Quote", "Note"}
    | {"Reference", "BibEntry", "Code", "Figure", "Formula"}
)
"""The standard structure types of PDF 1.7 that an element may ask for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a page that a tag holds: what was drawn for a box, or a link's area."""

    page: int
    """The page, counted from 0."""
    box: Any
    """The box of the layout."""
    link: bool = False
    """Whether it is the box's link annotation, and not what is drawn."""


@dataclass(slots=True, eq=False)
class Tag:
    """One structure element; it grows while the pages are read, so it is not frozen."""

    role: str
    """The structure type."""
    order: float = 0
    """The place of its beginning in the HTML."""
    kids: list[Tag | Mark] = field(default_factory=list)
    """What it holds, in reading order."""
    kept: bool = False
    """Whether it stays even where its role says nothing."""
    lang: str = ""
    """The language, where it differs from that of the text around."""
    alt: str = ""
    """What to say in place of a picture."""
    name: str = ""
    """What a link is called."""
    expansion: str = ""
    """What an abbreviation stands for."""
    numbering: str = ""
    """How the items of an ordered list are numbered."""
    scope: str = ""
    """Whether a header cell is for its Column or its Row."""
    columns: int = 1
    """How many columns a cell spans."""
    rows: int = 1
    """How many rows a cell spans; 0: all that are left."""
    bbox: tuple[float, float, float, float] | None = None
    """Where a picture stands on its page, in CSS pixels from the top left."""
    parent: Tag | None = None
    """The tag that adopted it."""

    def adopt(self, tag: Tag) -> None:
        """Take in a tag at the end, with the role that it can have here."""
        holder = self
        while holder.role in TRANSPARENT and not holder.kept and holder.parent is not None:
            holder = holder.parent
        if tag.role in {"L", "LI"} and holder.role in {"TOC", "TOCI"}:
            tag.role, tag.numbering = {"L": "TOC", "LI": "TOCI"}[tag.role], ""
        if holder.role not in OWNERS.get(tag.role, {holder.role}):
            tag.role = "Span" if tag.role == "Lbl" else "Div"
        tag.parent = self
        self.kids.append(tag)


def tidy(tag: Tag, *, in_text: bool = False) -> None:
    """Make the tree below `tag` one that PDF/UA-1 allows and that reads well."""
    if all(isinstance(kid, Tag) for kid in tag.kids):
        # A grid or a flex row is laid out in the order of its look; the HTML's is for the ear.
        tag.kids.sort(key=_order)
    in_text = in_text or tag.role in TEXT
    kids: list[Tag | Mark] = []
    for kid in tag.kids:
        if isinstance(kid, Mark):
            kids.append(kid)
            continue
        tidy(kid, in_text=in_text)
        if kid.role in TRANSPARENT and not kid.kept:
            kids.extend(kid.kids)
        elif kid.kids or kid.role in KEPT_EMPTY:
            kids.append(kid)
    tag.kids = kids
    if tag.role in MODELS:
        MODELS[tag.role](tag)
    elif tag.role in GROUPS and not in_text:
        tag.kids = _collected(kids, _inline, "P")


def _order(kid: Tag | Mark) -> float:
    """Return the place of a tag in the HTML."""
    return kid.order if isinstance(kid, Tag) else 0


def _role(kid: Tag | Mark) -> str:
    """Return the role of a tag; that of a mark is empty."""
    return kid.role if isinstance(kid, Tag) else ""


def _inline(kid: Tag | Mark) -> bool:
    """Say whether something can stand in a line of text."""
    if isinstance(kid, Mark):
        return True
    return kid.role in INLINE and all(map(_inline, kid.kids))


def _collected(
    kids: Iterable[Tag | Mark], stray: Callable[[Tag | Mark], bool], *roles: str
) -> list[Tag | Mark]:
    """Put each run of stray kids into a tag of its own, or into several, one in the other."""
    collected: list[Tag | Mark] = []
    for is_stray, run in groupby(kids, stray):
        if not is_stray:
            collected.extend(run)
            continue
        inner = list(run)
        for role in reversed(roles):
            inner = [Tag(role, kids=inner)]
        collected.extend(inner)
    return collected


def _list(tag: Tag) -> None:
    """Give a list its items: terms and their descriptions in pairs, stray content wrapped."""
    known = {"L", "LI", "Caption", "Lbl", "LBody"}
    kids: list[Tag | Mark] = []
    entry: Tag | None = None
    for kid in _collected(tag.kids, lambda kid: _role(kid) not in known, "LI", "LBody"):
        if _role(kid) not in {"Lbl", "LBody"}:
            entry = None
            kids.append(kid)
            continue
        described = entry is not None and _role(entry.kids[-1]) == "LBody"
        if entry is None or (described and _role(kid) == "Lbl"):
            entry = Tag("LI")
            kids.append(entry)
        entry.kids.append(kid)
    if not any(_role(kid.kids[0]) == "Lbl" for kid in kids if isinstance(kid, Tag) and kid.kids):
        tag.numbering = ""
    tag.kids = _caption_first(kids)


def _caption_first(kids: list[Tag | Mark]) -> list[Tag | Mark]:
    """Return the kids with one caption at most, and that at the beginning."""
    captions = [kid for kid in kids if isinstance(kid, Tag) and kid.role == "Caption"]
    for extra in captions[1:]:
        captions[0].kids.extend(extra.kids)
    return [*captions[:1], *(kid for kid in kids if _role(kid) != "Caption")]


def _item(tag: Tag) -> None:
    """Give a list item its label, and all the rest in its body."""
    labels = [kid for kid in tag.kids if _role(kid) == "Lbl"]
    rest = [kid for kid in tag.kids if _role(kid) != "Lbl"]
    tag.kids = [*labels, *_collected(rest, lambda kid: _role(kid) != "LBody", "LBody")]


def _contents(tag: Tag) -> None:
    """Let a table of contents hold entries only; its heading makes the whole a section."""
    known = {"TOC", "TOCI", "Caption"}
    roles = {_role(kid) for kid in tag.kids}
    if "TOC" in roles and "TOCI" not in roles and roles - known:
        tag.role = "Sect"
        tag.kids = _collected(tag.kids, _inline, "P")
        return
    kids = _collected(tag.kids, lambda kid: _role(kid) not in known, "TOCI", "P")
    if len(kids) == 1 and isinstance(kids[0], Tag) and kids[0].role == "TOC":
        kids = kids[0].kids  # a list that is all of it is no level of its own
    tag.kids = _caption_first(kids)


def _entry(tag: Tag) -> None:
    """Let an entry of the contents hold its reference, and the entries below it."""
    tag.kids = _collected(tag.kids, _inline, "Reference")


def _row(tag: Tag) -> None:
    """Let a row hold cells only."""
    tag.kids = _collected(tag.kids, lambda kid: _role(kid) not in {"TH", "TD"}, "TD")


def _row_group(tag: Tag) -> None:
    """Let a part of a table hold rows only."""
    tag.kids = _collected(tag.kids, lambda kid: _role(kid) != "TR", "TR", "TD")


def _table(tag: Tag) -> None:
    """Put the parts of a table in order, make its rows equally long, say what headers head."""
    known = {"Caption", "THead", "TBody", "TFoot", "TR"}
    kids = _collected(tag.kids, lambda kid: _role(kid) not in known, "TR", "TD")
    kids = _collected(kids, lambda kid: _role(kid) == "TR", "TBody")
    parts = {role: [k for k in kids if isinstance(k, Tag) and k.role == role] for role in known}
    groups = [*_merged(parts["THead"]), *parts["TBody"], *_merged(parts["TFoot"])]
    _make_regular([_tags(group) for group in groups])
    for group in groups:
        _give_scope(group)
    if not parts["TBody"]:
        # A head or foot needs a body beside it.
        groups = [row for group in groups for row in _tags(group)]
    tag.kids = [*_caption_first(list(parts["Caption"])), *groups]


def _merged(groups: list[Tag]) -> list[Tag]:
    """Return one group with the rows of all."""
    for extra in groups[1:]:
        groups[0].kids.extend(extra.kids)
    return groups[:1]


def _tags(tag: Tag) -> list[Tag]:
    """Return the kids that are tags."""
    return [kid for kid in tag.kids if isinstance(kid, Tag)]


def _give_scope(group: Tag) -> None:
    """Say for each header cell whether it heads its column or its row, where HTML did not."""
    for row in _tags(group):
        cells = _tags(row)
        heading = group.role == "THead" or all(cell.role == "TH" for cell in cells)
        for cell in cells:
            if cell.role == "TH" and not cell.scope:
                cell.scope = "Column" if heading else "Row"


def _make_regular(groups: list[list[Tag]]) -> None:
    """Fill each row of a table with empty cells up to the longest one."""
    lengths = [_row_lengths(rows) for rows in groups]
    longest = max((length for group in lengths for length in group), default=0)
    for rows, group in zip(groups, lengths, strict=True):
        for row, length in zip(rows, group, strict=True):
            row.kids.extend(Tag("TD") for _ in range(longest - length))


def _row_lengths(rows: list[Tag]) -> list[int]:
    """Count the columns of each row; spans end where their group or the next cell begins."""
    taken_until: list[int] = []
    lengths = []
    for number, row in enumerate(rows):
        column = 0
        for cell in _tags(row):
            while column < len(taken_until) and taken_until[column] > number:
                column += 1
            ahead = taken_until[column : column + cell.columns]
            cell.columns = next((i for i, end in enumerate(ahead) if end > number), cell.columns)
            cell.rows = min(cell.rows or len(rows), len(rows) - number)
            taken_until[column : column + cell.columns] = [number + cell.rows] * cell.columns
        lengths.append(sum(end > number for end in taken_until))
    return lengths


MODELS: dict[str, Callable[[Tag], None]] = {
    "L": _list,
    "LI": _item,
    "TOC": _contents,
    "TOCI": _entry,
    "Table": _table,
    "THead": _row_group,
    "TBody": _row_group,
    "TFoot": _row_group,
    "TR": _row,
}
"""How the tags with rules of their own arrange what they hold."""
