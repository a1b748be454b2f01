"""Prose that was read before is kept by all that it follows from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from workshop_builder.languages.files import ENGLISH
from workshop_builder.languages.read import read
from workshop_builder.loading import read_before
from workshop_builder.markup.convert import convert

_BODY = """Do it *softly*, see [the bridge](exercises/bridge.md) and [no such](nowhere.md).

![](pictures/a.png)

{{ exercise: bridge }}
"""
_NAMES = frozenset({"chapters/a.md", "exercises/bridge.md", "pictures/a.png"})
_GIVEN = ("chapters/a.md", _BODY, 3, read(ENGLISH)[0].writing, _NAMES, ())
_OTHERS = (
    (0, "chapters/b.md"),
    (1, _BODY + "More.\n"),
    (2, 4),
    (3, read("de")[0].writing),
    (4, _NAMES | {"nowhere.md"}),
    (5, (("figures/a.yaml", "A figure."),)),
)


def _told(found: read_before.ReadText) -> tuple[Any, ...]:
    prose, problems = found
    return prose.body.__html__(), prose.pictures, prose.links, prose.uses, prose.ids, problems


def test_what_was_read_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes back as it was, faults and all; whatever else is given, it is read anew."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    asked: list[str] = []

    def noted(path: str, *more: Any) -> Any:  # noqa: ANN401
        asked.append(path)
        return convert(path, *more)

    monkeypatch.setattr(read_before, "convert", noted)
    read_before.converted.cache_clear()
    first = _told(read_before.converted(*_GIVEN))
    read_before.converted.cache_clear()
    assert _told(read_before.converted(*_GIVEN)) == first
    assert first[1:3] != ((), ())
    assert first[-1]
    for number, (place, other) in enumerate(_OTHERS, 2):
        read_before.converted(*_GIVEN[:place], other, *_GIVEN[place + 1 :])
        assert len(asked) == number
