"""Zip archives that are the same on every machine: no clock and no file system shows in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""
_UNIX = 3
"""The system whose file rights the entries carry."""
_RIGHTS = 0o644 << 16
"""Readable by all, writable by the owner, where a zip keeps the rights of Unix."""


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One file of an archive."""

    name: str
    """Its path, with forward slashes."""
    data: bytes = field(repr=False)
    compressed: bool = False
    """Whether it is deflated; else it is stored as it is."""


def zipped(entries: Iterable[ArchiveEntry], comment: str = "") -> bytes:
    """Return a zip of `entries` in their order; equal entries give equal bytes.

    The `comment` stands at the end, where archive programs show it.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED if entry.compressed else zipfile.ZIP_STORED
            info.external_attr = _RIGHTS
            info.create_system = _UNIX
            archive.writestr(info, entry.data)
        archive.comment = comment.encode()
    return packed.getvalue()
