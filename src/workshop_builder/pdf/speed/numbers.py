"""Numbers in a PDF, written with one look at their type (`_to_bytes` of pydyf)."""

from __future__ import annotations

from typing import Any

import pydyf

_to_bytes = pydyf._to_bytes  # noqa: SLF001


def write_at_once() -> None:
    """Write what is most frequent first."""
    pydyf._to_bytes = _written  # noqa: SLF001


def _written(item: Any) -> Any:  # noqa: ANN401
    kind = type(item)
    if kind is bytes:
        return item
    if kind is str:
        return item.encode("ascii")
    if kind is float and not item.is_integer():
        return (b"%f" % item).rstrip(b"0")
    return _to_bytes(item)
