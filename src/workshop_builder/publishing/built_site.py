"""The built website that is to be published: a copy of it, which no later build changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workshop_builder.errors import Problem, PublishError
from workshop_builder.output import package

SITE = "site/"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """What is known of a file of the website."""

    size: int
    """Bytes."""
    sha256: str
    """In hex."""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """The website, in a folder of its own."""

    folder: Path
    files: Mapping[str, SiteFile] = field(repr=False)
    """By their path in the website, with forward slashes."""


def copy_site(output: Path, made_from: str, folder: Path, remedy: str) -> BuiltSite:
    """Copy the website of the package `output` into `folder`, and return it.

    Raises PublishError where there is none, where it was made from anything else than
    `made_from`, and where a file is not as the build left it. `remedy` is the command that
    helps in all these cases.
    """
    content = _manifest(output)
    if not content:
        raise _error(output, f"there is nothing built here; run '{remedy}' first")
    if content.get("made_from") != made_from:
        text = f"was not built from the workshop as it is now; run '{remedy}', then publish"
        raise _error(output, text)
    entries = [entry for entry in content["files"] if entry["file"].startswith(SITE)]
    if not any(entry["file"] == f"{SITE}index.html" for entry in entries):
        raise _error(output, f"holds no website; run '{remedy}' first")
    files = {}
    for entry in entries:
        name = entry["file"].removeprefix(SITE)
        files[name] = _copy_file(output / entry["file"], folder / name, entry["sha256"], remedy)
    return BuiltSite(folder, files)


def is_relative_path(name: object) -> bool:
    """Return whether `name` is the path of a file inside a folder, and leads nowhere else."""
    return (
        isinstance(name, str)
        and name.isprintable()
        and "\\" not in name
        and all(part not in ("", ".", "..") for part in name.split("/"))
    )


def _manifest(output: Path) -> dict[str, Any]:
    """Return the manifest of a package; an empty one where there is none of ours."""
    try:
        content = json.loads((output / package.MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    files = content.get("files") if isinstance(content, dict) else None
    is_ours = isinstance(files, list) and all(
        isinstance(entry, dict)
        and is_relative_path(entry.get("file"))
        and isinstance(entry.get("sha256"), str)
        for entry in files
    )
    return content if is_ours else {}


def _copy_file(source: Path, target: Path, sha256: str, remedy: str) -> SiteFile:
    try:
        data = source.read_bytes()
    except OSError as error:
        text = f"cannot be read ({error.strerror}); run '{remedy}', then publish"
        raise _error(source, text) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise _error(source, f"was changed after the build; run '{remedy}', then publish")
    try:
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        target.write_bytes(data)
        with suppress(OSError):  # a file system without rights is no reason to stop
            target.chmod(0o644)
    except OSError as error:
        text = f"cannot be prepared for publishing ({error.strerror}); free some space on this disk"
        raise _error(source, text) from error
    return SiteFile(len(data), sha256)


def _error(path: Path, text: str) -> PublishError:
    return PublishError([Problem(str(path), 0, text)])
