"""What the endpoints of the studio have in common: how a request is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request

_Taken = ParamSpec("_Taken")
_Found = TypeVar("_Found")

LARGEST = 100_000
"""Bytes of a request that has something made."""


async def read_bytes(request: Request, most: int) -> bytes:
    """Return what a request carries; raises HTTPException for more than `most` bytes."""
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > most:
            raise HTTPException(413)
    return bytes(data)


async def read_object(request: Request, most: int = LARGEST) -> dict[str, Any]:
    """Return the object that a request carries; raises HTTPException for anything else."""
    try:
        found = json.loads(await read_bytes(request, most))
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(found, dict):
        raise HTTPException(400)
    return found


def is_typed(value: object, depth: int, *, empty: bool = False) -> bool:
    """Return whether a value could have been typed in YAML; also as nothing, with `empty`."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(is_typed(each, depth - 1, empty=empty) for each in parts)
    return isinstance(value, str) or (empty and value is None)


def tried(function: Callable[_Taken, _Found], *given: _Taken.args, **more: _Taken.kwargs) -> _Found:
    """Return what a function returns; raises HTTPException where the system refuses."""
    try:
        return function(*given, **more)
    except OSError as error:
        raise HTTPException(507, error.strerror or "") from error
