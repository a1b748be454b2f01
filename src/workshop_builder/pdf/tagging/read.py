"""From HTML that WeasyPrint laid out to the tree of its tags.

The tags follow the HTML and not the layout: an element is one tag however many boxes,
lines or pages it takes, and its parent is its parent in the HTML, wherever its boxes
went. What is not in the HTML (margin boxes, table heads repeated on each page,
leaders), or is marked there as decoration, has no tag.
"""

from __future__ import annotations

import logging
import math
import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.urls import get_link

from workshop_builder.pdf.tagging.link_areas import LinkArea, joined_areas
from workshop_builder.pdf.tagging.order import order_of
from workshop_builder.pdf.tagging.tree import INLINE, ROLES, ContentItem, Tag

LOGGER = logging.getLogger("weasyprint")
"""Whatever is logged here is an error to the caller, whether WeasyPrint says it or we do."""
SVG = "{http://www.w3.org/2000/svg}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
"""What PDF/UA accepts as a language."""
_NAMES = {
    "P": "p pre summary legend",
    "L": "ul ol dl menu",
    "Sect": "section nav aside",
    "Caption": "caption figcaption",
    "Figure": f"img object embed {SVG}svg",
    "Div": "html body main div header footer figure address details form fieldset hgroup center",
    **{name.upper(): name for name in ("h1", "h2", "h3", "h4", "h5", "h6")},
    **{name.upper(): name for name in ("li", "tr", "th", "td")},
    **{name: name.lower() for name in ("Table", "THead", "TBody", "TFoot", "Code", "BlockQuote")},
    "Art": "article",
    "Quote": "q",
    "Lbl": "dt",
    "LBody": "dd",
}
ROLE_OF = {name: role for role, names in _NAMES.items() for name in names.split()}
"""The role of an HTML element; any other is a span. A `figure` is a group and not a `Figure`:
screen readers say the alternative text in place of all that a `Figure` holds, caption included."""
PSEUDO_ROLE = {
    "marker": "Lbl",
    "before": "Lbl",
    "footnote-marker": "Lbl",
    "footnote-call": "Reference",
}
"""The role of a pseudo-element; a label outside a list item or note becomes a span."""
NUMBERING = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
"""The ListNumbering of an ordered list by its type; `Decimal` for any other."""
SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
"""The Scope of a header cell by its `scope` in HTML."""

HtmlElement: TypeAlias = Any
"""An element of the HTML, of whichever library parsed it."""


@dataclass(slots=True)
class PageReading:
    """What was read on one page."""

    drawn: set[Any] = field(default_factory=set)
    """The boxes that have a tag."""
    linked: dict[Any, list[Any]] = field(default_factory=dict)
    """The boxes of each `a` element and of all in it."""
    links: list[LinkArea] = field(default_factory=list)
    """The link areas, one for each line of a link."""


@dataclass(slots=True, eq=False)
class TagReader:
    """Builds the tree of tags, one page after the other."""

    root: Tag = field(default_factory=lambda: Tag("Document"))
    """The tree as far as it is built."""
    _tags: dict[tuple[Any, str], Tag | None] = field(default_factory=dict)
    """The tag of an element or of its pseudo-element; None for an artifact."""
    _positions: dict[Any, int] = field(default_factory=dict)
    """The position of each element in the order of the HTML."""
    _parents: dict[Any, Any] = field(default_factory=dict)
    """The parent of each element."""
    _anchors: dict[Any, Any] = field(default_factory=dict)
    """The `a` element that an element is or is in, or None."""
    _once: dict[tuple[Any, str], Any] = field(default_factory=dict)
    """The first box of each thing that is repeated on several pages."""

    def read(self, number: int, page_box: boxes.PageBox, links: list[LinkArea]) -> PageReading:
        """Add a page to the tree, and return what was read on it.

        `number` is the page's, counted from 0; `links` are the areas that WeasyPrint found.
        """
        reading = PageReading()
        for box in page_box.children:
            if box.is_for_root_element and box.element not in self._positions:
                self.note_elements(box.element)
                self.root.lang = self.root.lang or _lang(box.element)
            if not isinstance(box, boxes.MarginBox):
                self._read_box(box, number, reading)
        self._read_links(number, reading, links)
        return reading

    def note_elements(self, root: HtmlElement) -> None:
        """Note the order and the parents of all elements of a document."""
        places, parents = order_of(root)
        start = len(self._positions)
        self._positions.update(
            {each: place + start for each, place in places.items()} if start else places
        )
        self._parents.update(parents)

    def _read_box(self, box: boxes.Box, number: int, reading: PageReading) -> None:
        """Add a box, and the boxes in it, to the tags of their elements."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001 - contents and links are kept under the box itself
        if box.is_leader or self._is_repeated(box):
            return
        if isinstance(box, boxes.TextBox):
            if box.text.strip() and box.style["visibility"] == "visible":
                self._add(self._tag(box.element, box.element_tag), box, number, reading)
            return
        anchor = self._anchor(box.element)
        if anchor is not None and not isinstance(box, boxes.LineBox):
            reading.linked.setdefault(anchor, []).append(box)
        if isinstance(box, boxes.ReplacedBox):
            self._read_picture(box, number, reading)
        elif isinstance(box, boxes.TableCellBox):
            self._read_cell(box)
        for child in box.children:
            self._read_box(child, number, reading)

    def _is_repeated(self, box: boxes.Box) -> bool:
        """Return whether a box shows again, on another page or column, what was read before."""
        in_table = isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer)
        if not in_table and box.style["position"] != "fixed":
            return False
        return self._once.setdefault((box.element, box.element_tag), box) is not box

    def _add(self, tag: Tag | None, box: boxes.Box, number: int, reading: PageReading) -> None:
        """Add a box to its tag; without a tag it becomes an artifact."""
        if tag is not None:
            tag.kids.append(ContentItem(number, box))
            reading.drawn.add(box)

    def _read_picture(self, box: boxes.Box, number: int, reading: PageReading) -> None:
        """Add a picture to its tag, unless it is the background of a pseudo-element."""
        tag = self._tag(box.element, box.element_tag)
        if tag is None or tag.role != "Figure" or box.style["visibility"] != "visible":
            return
        left, top = box.content_box_x(), box.content_box_y()
        tag.bbox = (left, top, left + box.width, top + box.height)
        self._add(tag, box, number, reading)

    def _read_cell(self, box: boxes.Box) -> None:
        """Note the spans of a cell; an empty one counts too."""
        tag = self._tag(box.element, box.element_tag)
        if tag is not None and (tag.columns, tag.rows) == (1, 1):
            tag.columns, tag.rows = box.colspan, box.rowspan

    def _anchor(self, element: HtmlElement) -> HtmlElement | None:
        """Return the `a` element with an address that an element is or is in, or None."""
        if element is None:
            return None
        if element not in self._anchors:
            if element.tag == "a" and element.get("href"):
                self._anchors[element] = element
            else:
                self._anchors[element] = self._anchor(self._parents.get(element))
        return self._anchors[element]

    def _read_links(self, number: int, reading: PageReading, links: list[LinkArea]) -> None:
        """Add the link areas of a page: one for each line of a link, whatever is in it.

        WeasyPrint makes one for each box in a link and none for an `a` that is itself an
        item of a grid or flex row, or for a block that splits the `a` around it.
        """
        known = {link[3]: link for link in links}
        for anchor, linked in reading.linked.items():
            tag = self._tag(anchor, "a")
            address = get_link(anchor.get("href").strip(), linked[0].style.base_url)
            target = next((known[box][:2] for box in linked if box in known), None)
            if target is None and address is not None:
                target = address[1]
            if tag is None or target is None:
                continue
            for where, box in joined_areas(linked, known):
                reading.links.append((*target, where, box))
                tag.kids.append(ContentItem(number, box, link=True))

    def tag_of(self, element: HtmlElement) -> Tag | None:
        """Return the tag of an element; None where it has none."""
        return self._tags.get((element, element.tag))

    def _tag(self, element: HtmlElement, name: str) -> Tag | None:
        """Return the tag of an element, or of its pseudo-element of that name."""
        if element is None:
            return self.root
        if (element, name) not in self._tags:
            self._tags[element, name] = self._new_tag(element, name)
        return self._tags[element, name]

    def _new_tag(self, element: HtmlElement, name: str) -> Tag | None:
        """Create the tag of an element, and those of its ancestors that have none yet."""
        pseudo = name.partition("::")[2]
        inside = pseudo and pseudo != "footnote-call"
        owner = element if inside else self._parents.get(element)
        parent = self.root if owner is None else self._tag(owner, owner.tag)
        if parent is None or (not pseudo and _is_decoration(element)):
            return None
        tag = Tag(PSEUDO_ROLE.get(pseudo, "Span")) if pseudo else self._element_tag(element)
        tag.order = math.inf if pseudo == "after" else self._positions[element]
        parent.adopt(tag)
        return tag

    def _element_tag(self, element: HtmlElement) -> Tag:
        """Return a new tag for an element, by its name and attributes."""
        tag = Tag(self._role(element))
        lang = _lang(element)
        if lang and lang != self._language(self._parents.get(element)):
            tag.lang, tag.kept = lang, True
        if element.tag == "abbr" and element.get("title"):
            tag.expansion, tag.kept = element.get("title"), True
        if element.get("data-pdf") or element.tag == "figure":
            tag.kept = True
        if tag.role in {"Figure", "Formula"}:
            tag.alt = _label(element)
        elif tag.role == "Link":
            tag.name = " ".join((element.get("aria-label") or _text(element)).split())
        elif element.tag == "ol":
            tag.numbering = NUMBERING.get(element.get("type"), "Decimal")
        elif element.tag == "th":
            tag.scope = SCOPES.get(element.get("scope", "").lower(), "")
        return tag

    def _role(self, element: HtmlElement) -> str:
        """Return the role that an element asks for by `data-pdf`, else that of its name."""
        asked = element.get("data-pdf")
        if asked in ROLES and (asked not in {"Figure", "Formula"} or _label(element)):
            return str(asked)
        if asked:
            LOGGER.error('data-pdf="%s" is no tag that this element can have', asked)
        if (element, f"{element.tag}::footnote-call") in self._tags:
            return "Note"
        if element.get("role") == "img" and _label(element):
            return "Figure"
        if element.get("role") in {"presentation", "none"}:
            return "Div"
        if self._anchors.get(element) is element:
            return "Link"
        return ROLE_OF.get(element.tag, "Span")

    def _language(self, element: HtmlElement) -> str:
        """Return the language of the text in an element; where none is declared, the document's."""
        while element is not None:
            if lang := _lang(element):
                return lang
            element = self._parents.get(element)
        return self.root.lang


def _lang(element: HtmlElement) -> str:
    """Return the language that an element declares; empty where it declares no valid one."""
    lang = element.get("lang") or element.get(XML_LANG) or ""
    return lang if LANGUAGE.fullmatch(lang) else ""


def _is_decoration(element: HtmlElement) -> bool:
    """Return whether an element is marked as decoration, which screen readers pass over."""
    if element.get("aria-hidden") == "true" or element.get("data-pdf") == "Artifact":
        return True
    if ROLE_OF.get(element.tag) != "Figure" or _label(element):
        return False
    if element.get("alt") is None and element.get("role") not in {"presentation", "none"}:
        LOGGER.error("picture without alternative text: %s", element.get("src") or "inline SVG")
    return True


def _label(element: HtmlElement) -> str:
    """Return the alternative text of a picture."""
    if element.get("role") in {"presentation", "none"}:
        return ""
    title = element.findtext(f"{SVG}title") if element.tag == f"{SVG}svg" else None
    label = title or element.get("alt") or element.get("aria-label") or ""
    return " ".join(label.split())


def _text(element: HtmlElement) -> str:
    """Return the text in an element, with the alternative text in place of each picture."""
    parts = [element.get("alt") or "", element.text or ""]
    for child in element:
        space = "" if ROLE_OF.get(child.tag, "Span") in INLINE else " "
        parts += (space, _text(child), space, child.tail or "")
    return "".join(parts)
