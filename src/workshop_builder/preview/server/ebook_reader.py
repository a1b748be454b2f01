"""How the e-book is shown: by foliate-js, or as its own pages where that is not installed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import lru_cache
from pathlib import Path

from lxml import etree

_FOLIATE = Path(__file__).resolve().parents[1] / "foliate" / "node_modules" / "foliate-js"
"""Where foliate-js is put when the program is installed with npm at hand."""

_CONTAINER = "META-INF/container.xml"
_NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
}


def foliate_scripts(folder: Path = _FOLIATE) -> dict[str, bytes]:
    """Return the scripts of foliate-js by their path in `folder`; none where it is not there."""
    if not (folder / "view.js").is_file():
        return {}
    found = [*folder.glob("*.js"), *folder.glob("vendor/*.js")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@lru_cache(maxsize=2)
def unpacked(book: bytes) -> dict[str, bytes]:
    """Return the files inside an e-book by name; those of the last two books are kept."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def contents_page(files: dict[str, bytes]) -> str:
    """Return the name of the page with the table of contents among the files of an e-book."""
    root = etree.fromstring(files[_CONTAINER], _parser())
    package = str(root.xpath("string(//c:rootfile/@full-path)", namespaces=_NAMESPACES))
    manifest = etree.fromstring(files[package], _parser())
    wanted = "string(//opf:item[contains(concat(' ', @properties, ' '), ' nav ')]/@href)"
    href = str(manifest.xpath(wanted, namespaces=_NAMESPACES))
    return posixpath.normpath(posixpath.join(posixpath.dirname(package), href))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
