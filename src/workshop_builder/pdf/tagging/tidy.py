"""From a tree of tags as the HTML gives it to one that PDF/UA-1 allows.

Tags are made from HTML one by one and out of context. Here text gets its
paragraphs, list items their label and body; tables become regular, and each
header cell says what it is the header of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from workshop_builder.pdf.tagging.tree import (
    GROUPS,
    HEADINGS,
    INLINE,
    KEPT_EMPTY,
    TEXT,
    TRANSPARENT,
    ContentItem,
    Tag,
)


def tidy(tag: Tag, *, in_text: bool = False) -> None:
    """Make the tree below `tag` one that PDF/UA-1 allows and that reads well."""
    if all(isinstance(kid, Tag) for kid in tag.kids):
        # Boxes of a grid or flex row come in the order of the layout; the HTML's is for the ear.
        tag.kids.sort(key=_order)
    in_text = in_text or tag.role in TEXT
    kids: list[Tag | ContentItem] = []
    for kid in tag.kids:
        if isinstance(kid, ContentItem):
            kids.append(kid)
            continue
        tidy(kid, in_text=in_text)
        if kid.role in TRANSPARENT and not kid.kept:
            kids.extend(kid.kids)
        elif kid.kids or kid.role in KEPT_EMPTY:
            kids.append(kid)
    tag.kids = kids
    if tag.role in _ARRANGE:
        _ARRANGE[tag.role](tag)
    elif tag.role in GROUPS and not in_text:
        tag.kids = _collected(kids, _inline, "P")


def level_headings(root: Tag) -> None:
    """Let each heading be one level below the one that it stands under, and the first an H1.

    The headings of a page skip no level, but one that is empty or hidden has no tag.
    """
    above: list[int] = []
    for tag in _headings(root):
        level = int(tag.role[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        tag.role = f"H{len(above)}"


def _headings(tag: Tag) -> Iterator[Tag]:
    """Yield the headings from `tag` on, in reading order."""
    if tag.role in HEADINGS:
        yield tag
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from _headings(kid)


def _order(kid: Tag | ContentItem) -> float:
    """Return the position of a tag in the HTML."""
    return kid.order if isinstance(kid, Tag) else 0


def _role(kid: Tag | ContentItem) -> str:
    """Return the role of a tag; empty for a content item."""
    return kid.role if isinstance(kid, Tag) else ""


def _inline(kid: Tag | ContentItem) -> bool:
    """Return whether something can be part of a line of text."""
    if isinstance(kid, ContentItem):
        return True
    return kid.role in INLINE and all(map(_inline, kid.kids))


def _collected(
    kids: Iterable[Tag | ContentItem], stray: Callable[[Tag | ContentItem], bool], *roles: str
) -> list[Tag | ContentItem]:
    """Return `kids` with each run of stray ones in a new tag, or in several, one in the other."""
    collected: list[Tag | ContentItem] = []
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
    """Let a list hold items only: a term with its description is one, stray content another."""
    known = {"L", "LI", "Caption", "Lbl", "LBody"}
    kids: list[Tag | ContentItem] = []
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


def _caption_first(kids: list[Tag | ContentItem]) -> list[Tag | ContentItem]:
    """Return the kids with one caption at most, which comes first."""
    captions = [kid for kid in kids if isinstance(kid, Tag) and kid.role == "Caption"]
    for extra in captions[1:]:
        captions[0].kids.extend(extra.kids)
    return [*captions[:1], *(kid for kid in kids if _role(kid) != "Caption")]


def _item(tag: Tag) -> None:
    """Let a list item hold its label and, in a body, all the rest."""
    labels = [kid for kid in tag.kids if _role(kid) == "Lbl"]
    rest = [kid for kid in tag.kids if _role(kid) != "Lbl"]
    tag.kids = [*labels, *_collected(rest, lambda kid: _role(kid) != "LBody", "LBody")]


def _contents(tag: Tag) -> None:
    """Let a table of contents hold entries only; with a heading in it, it becomes a section."""
    known = {"TOC", "TOCI", "Caption"}
    roles = {_role(kid) for kid in tag.kids}
    if "TOC" in roles and "TOCI" not in roles and roles - known:
        tag.role = "Sect"
        tag.kids = _collected(tag.kids, _inline, "P")
        return
    kids = _collected(tag.kids, lambda kid: _role(kid) not in known, "TOCI", "P")
    if len(kids) == 1 and isinstance(kids[0], Tag) and kids[0].role == "TOC":
        kids = kids[0].kids  # a list that is its only content is no level of its own
    tag.kids = _caption_first(kids)


def _entry(tag: Tag) -> None:
    """Let an entry of the contents hold its reference and the entries below it."""
    tag.kids = _collected(tag.kids, _inline, "Reference")


def _row(tag: Tag) -> None:
    """Let a row hold cells only."""
    tag.kids = _collected(tag.kids, lambda kid: _role(kid) not in {"TH", "TD"}, "TD")


def _row_group(tag: Tag) -> None:
    """Let a head, body or foot of a table hold rows only."""
    tag.kids = _collected(tag.kids, lambda kid: _role(kid) != "TR", "TR", "TD")


def _table(tag: Tag) -> None:
    """Put the parts of a table in order, make its rows equally long, give headers a scope."""
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
    """Return `groups` with the rows of all in the first, and no other."""
    for extra in groups[1:]:
        groups[0].kids.extend(extra.kids)
    return groups[:1]


def _tags(tag: Tag) -> list[Tag]:
    """Return the children of a tag that are tags."""
    return [kid for kid in tag.kids if isinstance(kid, Tag)]


def _give_scope(group: Tag) -> None:
    """Give each header cell without a scope that of its column or its row."""
    for row in _tags(group):
        cells = _tags(row)
        heading = group.role == "THead" or all(cell.role == "TH" for cell in cells)
        for cell in cells:
            if cell.role == "TH" and not cell.scope:
                cell.scope = "Column" if heading else "Row"


def _make_regular(groups: list[list[Tag]]) -> None:
    """Fill each row of a table with empty cells until it is as long as the longest."""
    lengths = [_row_lengths(rows) for rows in groups]
    longest = max((length for group in lengths for length in group), default=0)
    for rows, group in zip(groups, lengths, strict=True):
        for row, length in zip(rows, group, strict=True):
            row.kids.extend(Tag("TD") for _ in range(longest - length))


def _row_lengths(rows: list[Tag]) -> list[int]:
    """Return the number of columns of each row; cells that span too much are cut to fit."""
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


_ARRANGE: dict[str, Callable[[Tag], None]] = {
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
"""For each tag with rules of its own, the function that arranges what it holds."""
