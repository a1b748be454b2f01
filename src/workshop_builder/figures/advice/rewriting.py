"""Writing angles into the file of a figure: only their own lines change."""

from __future__ import annotations

import re

from workshop_builder.source.yaml_text import KeyPath, YamlDocument

_INDENT = "  "


def with_angle(text: str, document: YamlDocument, keys: KeyPath, value: float) -> str:
    """Return the text of a figure in which the angle at `keys` is `value`; all else stays."""
    lines = text.split("\n")
    if keys in document.lines:
        number = document.lines[keys] - 1
        pattern = rf"(\b{keys[-1]}[\"']?\s*:\s*)[^\s,#}}]+"
        lines[number] = re.sub(pattern, rf"\g<1>{value:g}", lines[number], count=1)
        return "\n".join(lines)
    *parents, joint = (str(key) for key in keys)
    while parents and tuple(parents) not in document.lines:
        joint = f"{parents.pop()}:\n{joint}"
    return "\n".join(_inserted(lines, document, tuple(parents), f"{joint}: {value:g}"))


def _inserted(
    lines: list[str], document: YamlDocument, parents: tuple[str, ...], entry: str
) -> list[str]:
    """Return lines with an entry, which may be a key with another below it, in a mapping."""
    children = [
        (line, keys[-1])
        for keys, line in document.lines.items()
        if keys[:-1] == parents and keys != parents
    ]
    first = min(line for line, _ in children)
    if parents and first == document.lines[parents]:
        inline = re.sub(r"(\w+):\n(.*)", r"\1: {\2}", entry)
        lines[first - 1] = lines[first - 1].replace("{", f"{{{inline}, ", 1)
        return lines
    indent = re.match(r"\s*", lines[first - 1])[0]  # type: ignore[index]
    after = _after(children, parents)
    parts = [indent + _INDENT * depth + part for depth, part in enumerate(entry.split("\n"))]
    return [*lines[:after], *parts, *lines[after:]]


def _after(children: list[tuple[int, str | int]], parents: tuple[str, ...]) -> int:
    """Return after which line a new entry stands: of a limb the last, else `position` or none."""
    if parents and parents[-1] in {"both", "near", "far"}:
        return max(line for line, _ in children)
    positions = [line for line, key in children if key == "position"]
    return positions[0] if positions else min(line for line, _ in children) - 1
