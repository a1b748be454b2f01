"""The built website that is to be published: its files as the build left them, held still."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workshop_builder.errors import Problem, PublishError
from workshop_builder.output import package

SITE = "site/"


@dataclass(frozen=True, slots=True)
class Stand:
    """What a file of the website is like."""

    size: int
    """Bytes."""
    sha256: str
    """In hex."""


@dataclass(frozen=True, slots=True)
class Site:
    """The website, in a folder of its own that no build changes."""

    folder: Path
    files: Mapping[str, Stand] = field(repr=False)
    """By their path in the website, with forward slashes."""


def take(output: Path, made_from: str, folder: Path, remedy: str) -> Site:
    """Copy the website of the package `output` into `folder`, and return it.

    Raises PublishError where there is none, where it was made from something else than
    `made_from`, or where it is not as the build left it; `remedy` is the command that helps.
    """
    content = _manifest(output)
    if not content:
        raise _problem(output, f"there is nothing built here; run '{remedy}' first")
    if content.get("made_from") != made_from:
        text = f"was not built from the workshop as it is now; run '{remedy}', then publish"
        raise _problem(output, text)
    entries = [entry for entry in content["files"] if entry["file"].startswith(SITE)]
    if not any(entry["file"] == f"{SITE}index.html" for entry in entries):
        raise _problem(output, f"holds no website; run '{remedy}' first")
    files = {}
    for entry in entries:
        name = entry["file"].removeprefix(SITE)
        files[name] = _copy(output / entry["file"], folder / name, entry["sha256"], remedy)
    return Site(folder, files)


def is_name(name: object) -> bool:
    """Return whether something is the path of a file in a folder, and leads nowhere else."""
    return (
        isinstance(name, str)
        and name.isprintable()
        and "\\" not in name
        and all(part not in ("", ".", "..") for part in name.split("/"))
    )


def _manifest(output: Path) -> dict[str, Any]:
    """Return what the manifest of a package says; nothing where there is none of ours."""
    try:
        content = json.loads((output / package.MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    files = content.get("files") if isinstance(content, dict) else None
    whole = isinstance(files, list) and all(
        isinstance(entry, dict)
        and is_name(entry.get("file"))
        and isinstance(entry.get("sha256"), str)
        for entry in files
    )
    return content if whole else {}


def _copy(source: Path, target: Path, sha256: str, remedy: str) -> Stand:
    try:
        data = source.read_bytes()
    except OSError as error:
        text = f"cannot be read ({error.strerror}); run '{remedy}', then publish"
        raise _problem(source, text) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise _problem(source, f"was changed after the build; run '{remedy}', then publish")
    try:
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        target.write_bytes(data)
        target.chmod(0o644)
    except OSError as error:
        text = f"cannot be prepared for publishing ({error.strerror}); make room on this disk"
        raise _problem(source, text) from error
    return Stand(len(data), sha256)


def _problem(path: Path, text: str) -> PublishError:
    return PublishError([Problem(str(path), 0, text)])
