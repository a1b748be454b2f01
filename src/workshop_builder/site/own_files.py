"""The check that everything the pages and styles of the website show is a file of its own."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote

from workshop_builder.markup.xhtml import Element
from workshop_builder.pages import used_files

_FOLLOWED = ("canonical", "alternate", "license")
"""Kinds of `<link>` to what a page does not show."""


def missing_in_page(tree: Element, path: str, root: str, files: Mapping[str, bytes]) -> list[str]:
    """Return in words what a page shows that is not among the `files` of the website.

    `path` is that of the page; `root` is what leads from it to the top of the website.
    """
    followed = {link.get("href") for link in tree.iter("link") if link.get("rel", "") in _FOLLOWED}
    shown = [part for address in used_files.in_page(tree) for part in _candidates(address)]
    return [
        _not_a_file(address)
        for address in shown
        if address not in followed and _path(address, path, root) not in files
    ]


def missing_in_style(style: str, files: Mapping[str, bytes]) -> list[str]:
    """Return in words what the style sheet shows that is not among the `files` of the website."""
    return [_not_a_file(address) for address in used_files.in_sheet(style) if address not in files]


def _candidates(address: str) -> list[str]:
    """Return the addresses in a `src` or a `srcset`."""
    return [part.split()[0] for part in address.split(", ") if part.strip()]


def _path(address: str, page: str, root: str) -> str:
    """Return the path in the website of what `page` names by `address`."""
    if root and address.startswith(root):
        return unquote(address.removeprefix(root))
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address)))


def _not_a_file(address: str) -> str:
    return f"'{address}' is not a file of the site; save it in the workshop"
