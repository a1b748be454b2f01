"""The e-book on the screen: the reader that shows it, and its own pages where there is none."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import lru_cache
from pathlib import Path

from lxml import etree

_FOLIATE = Path(__file__).resolve().parents[1] / "foliate" / "node_modules" / "foliate-js"
"""Where the reader foliate-js is put when the program is installed with npm at hand."""

_CONTAINER = "META-INF/container.xml"
_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
}


def scripts(place: Path = _FOLIATE) -> dict[str, bytes]:
    """Return the reader's scripts by their path in it; none where it is not installed."""
    if not (place / "view.js").is_file():
        return {}
    found = [*place.glob("*.js"), *place.glob("vendor/*.js")]
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in found}


@lru_cache(maxsize=2)
def pages(book: bytes) -> dict[str, bytes]:
    """Return the files of an e-book by their name in it."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def contents(files: dict[str, bytes]) -> str:
    """Return the name of an e-book's contents page."""
    root = etree.fromstring(files[_CONTAINER], _parser())
    package = str(root.xpath("string(//c:rootfile/@full-path)", namespaces=_NAMES))
    manifest = etree.fromstring(files[package], _parser())
    wanted = "string(//opf:item[contains(concat(' ', @properties, ' '), ' nav ')]/@href)"
    href = str(manifest.xpath(wanted, namespaces=_NAMES))
    return posixpath.normpath(posixpath.join(posixpath.dirname(package), href))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
