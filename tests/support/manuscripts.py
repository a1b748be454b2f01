"""Manuscripts for tests of `workshop check`: a workshop without any remark, and what is changed.

What an exercise, a chapter or workshop.yaml leaves out is taken from that workshop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import yaml
from PIL import Image

from workshop_builder import resources
from workshop_builder.checking.check import check
from workshop_builder.checking.remark import Remark
from workshop_builder.loading import load
from workshop_builder.source import folder as folders
from workshop_builder.source import yaml_text
from workshop_builder.source.yaml_text import Tree

STARTERS = sorted(resources.folder("commands/starter").iterdir())
STARTER = STARTERS[-1]
DAY = date(2026, 11, 26)
SETTINGS = {
    "title": "Lift",
    "language": "en",
    "date": "2026-11-22",
    "reviewed": "Read by a physiotherapist",
    "safety": {"red_flags": ["Sudden weakness"], "stop_if": ["sharp pain"]},
}
CARD = {
    "name": "Lift your feet",
    "caution": "Not with a new hip.",
    "easier": "Lift less.",
    "figure": "pose.yaml",
}


def remarks(source: Path) -> tuple[Remark, ...]:
    """Return what is remarked of a source folder on a day that is always the same."""
    folder = folders.read(source)
    return check(folder, load.from_folder(folder), DAY)


def write(source: Path, files: Mapping[str, str]) -> Path:
    """Write the workshop without remarks into a folder, changed by `files`; return the folder."""
    pose = (STARTER / "figures/ear-to-shoulder.yaml").read_text(encoding="utf-8")
    stand_ins = {
        "workshop.yaml": "",
        "exercises/base.md": "name: Base\n",
        "figures/pose.yaml": pose,
    }
    for name, text in (stand_ins | dict(files)).items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_content(name, text))
    return source


def _content(name: str, text: str) -> bytes:
    """Return a file of an example, with what it leaves out."""
    if name == "workshop.yaml":
        return _filled(SETTINGS, keys(text)).encode()
    if name.endswith(".svg"):
        return text.encode()
    if name.startswith("pictures/"):
        return _picture(*map(int, re.findall(r"\d+", text)))
    front, _, body = text.partition("\n\n")
    stem = Path(name).stem
    if name.startswith("exercises/"):
        card = _filled(CARD, {"name": stem.title()}, keys(front))
        return f"---\n{card}---\n\n{body or f'1. Hold like {stem}.'}\n".encode()
    return (
        f"---\n{front}\n---\n\n{body}\n".encode() if name.startswith("chapters/") else text.encode()
    )


def keys(text: str) -> dict[str, Tree]:
    """Return YAML in which every scalar stays text."""
    data = yaml_text.read("example", text).data if text else {}
    assert isinstance(data, dict)
    return data


def _filled(*parts: Mapping[str, object]) -> str:
    """Return YAML of what the last part says of each key; a key that says nothing is left out."""
    whole = {key: value for part in parts for key, value in part.items()}
    return yaml.safe_dump({key: value for key, value in whole.items() if value})


def _picture(number: int, width: int, height: int) -> bytes:
    """Return a picture of its own for each number, the same at every size."""
    small = Image.frombytes("L", (6, 4), bytes((number * 97 + i * i * 61) % 256 for i in range(24)))
    data = BytesIO()
    small.resize((width, height), Image.Resampling.BICUBIC).save(data, "PNG")
    return data.getvalue()
