"""Archives: in each the same bytes, whatever the machine."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from workshop_builder.output.archive import ArchiveEntry, zipped

ENTRIES = (
    ArchiveEntry("mimetype", b"application/epub+zip"),
    ArchiveEntry("text/rücken.html", b"<p>" + b"rest " * 100, compressed=True),
)


def test_an_archive_holds_its_entries_in_order() -> None:
    """Entries come back by name and in their order, stored or deflated as they ask for."""
    with zipfile.ZipFile(io.BytesIO(zipped(ENTRIES))) as archive:
        found = archive.infolist()
        assert [(each.filename, archive.read(each)) for each in found] == [
            (entry.name, entry.data) for entry in ENTRIES
        ]
    assert [each.compress_type for each in found] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]
    assert found[1].compress_size < 100


def test_an_archive_has_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made on another day, an archive is the same."""
    first = zipped(ENTRIES)
    later = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert zipped(ENTRIES) == first
