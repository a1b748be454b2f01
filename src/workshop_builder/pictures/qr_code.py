"""QR codes, which lead from paper to the web."""

from __future__ import annotations

import io
from functools import lru_cache

from workshop_builder.output.store import DRAWINGS
from workshop_builder.source import fingerprint


@lru_cache(maxsize=512)  # 13 ms each, and the preview needs them at every save
def svg(address: str) -> bytes:
    """Return a QR code as SVG: error correction M, four modules of quiet zone (ISO/IEC 18004)."""
    return DRAWINGS.kept(("code", fingerprint.program(), address), lambda: _drawn(address))


def _drawn(address: str) -> bytes:
    import segno  # noqa: PLC0415  for a new one only

    code = segno.make_qr(address, error="m")
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=4, xmldecl=False, omitsize=True)
    return drawn.getvalue()
