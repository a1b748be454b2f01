"""Addresses of the files of a source folder: how they are written, and what they lead to.

A name may hold any sign that a phone or a computer puts into one. In a page it is
written as an address, encoded; it is compared decoded, and as keyboards type it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from urllib.parse import quote, unquote

from workshop_builder.source.names import as_typed

CLOSE = "?close"
"""Behind the address of a picture on paper: without the empty room around what it shows."""


def address_of(path: str) -> str:
    """Return the address at which a page shows the file at `path`: blanks and signs encoded."""
    return quote(path)


def path_at(address: str, paths: Container[str]) -> str | None:
    """Return which of `paths` an address leads to; None where it leads to none of them."""
    return next((path for path in readings(address) if path in paths), None)


def readings(address: str) -> Iterator[str]:
    """Yield the paths that an address can stand for, the likeliest first.

    People write a name encoded, or as it is, or with a query or a fragment after it.
    """
    for text in (unquote(address), address, unquote(address.partition("#")[0].partition("?")[0])):
        yield as_typed(text)


def site_folder(url: str) -> str:
    """Return the folder that the page at `url` stands in, with a slash at its end.

    An address whose last part has an ending, like `…/back.html`, is a file; others are folders.
    """
    head, slash, last = url.rpartition("/")
    if url.endswith("/"):
        return url
    if "." in last and not head.endswith("/"):
        return head + slash
    return f"{url}/"


def exercise_page(exercise_id: str) -> str:
    """Return the path, within the website, of an exercise's own page."""
    return f"exercises/{exercise_id}.html"
