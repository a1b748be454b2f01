"""How the site lays out what it offers, and whether all that its pages show is there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

import tinycss2

from workshop_builder.markup.xhtml import Element
from workshop_builder.metadata.offer import Download, Offer
from workshop_builder.pages import used_files

_FOLLOWED = ("canonical", "alternate", "license")
"""Kinds of `<link>` that name what a page does not show."""


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one product, as a visitor looks for them."""

    product: str
    title: str
    downloads: tuple[Download, ...]
    """The one that most people want first."""

    @property
    def first(self) -> Download:
        """The one that most people want."""
        return self.downloads[0]


def groups(offer: Offer) -> list[Group]:
    """Return the downloads by product, in the order of the offer."""
    products = dict.fromkeys(download.product for download in offer.downloads)
    found = [
        (name, tuple(item for item in offer.downloads if item.product == name)) for name in products
    ]
    return [Group(name, items[0].title, items) for name, items in found]


def lost(tree: Element, place: str, root: str, files: Mapping[str, bytes]) -> list[str]:
    """Return what is wrong with each address that a page of the site at `place` shows.

    `root` is what leads from it to the top of the site.
    """
    followed = {link.get("href") for link in tree.iter("link") if link.get("rel", "") in _FOLLOWED}
    shown = [part for address in used_files.in_page(tree) for part in _candidates(address)]
    return [
        _not_inside(address)
        for address in shown
        if address not in followed and _place(address, place, root) not in files
    ]


def lost_in_style(style: str, files: Mapping[str, bytes]) -> list[str]:
    """Return what is wrong with each address in the style sheet of the site."""
    return [_not_inside(address) for address in used_files.in_style(style) if address not in files]


def more_than_variables(style: str) -> str:
    """Return the first property of a style sheet that is no variable, or nothing."""
    return next(_properties(tinycss2.parse_stylesheet(style, True, True)), "")  # noqa: FBT003  skip comments, blanks


def _properties(rules: list[object]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, tinycss2.ast.AtRule) and rule.content is not None:
            yield from _properties(tinycss2.parse_rule_list(rule.content))
        elif isinstance(rule, tinycss2.ast.QualifiedRule):
            parts = tinycss2.parse_blocks_contents(rule.content)
            named = [p.lower_name for p in parts if isinstance(p, tinycss2.ast.Declaration)]
            yield from (name for name in named if not name.startswith("--"))


def _candidates(address: str) -> list[str]:
    """Return the addresses in a `src` or a `srcset`."""
    return [part.split()[0] for part in address.split(", ") if part.strip()]


def _place(address: str, page: str, root: str) -> str:
    """Return the place in the site of what a page names by `address`."""
    if root and address.startswith(root):
        return unquote(address.removeprefix(root))
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address)))


def _not_inside(address: str) -> str:
    return f"'{address}' is not a file of the site; save it in the workshop"
