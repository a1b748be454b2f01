"""What `workshop check` prints: the remarks as lines, or as JSON for editors and CI."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from workshop_builder.checking.check import check
from workshop_builder.checking.remark import Remark
from workshop_builder.loading import load
from workshop_builder.model.base import RemarkName
from workshop_builder.source import folder as folders


def report(source: Path, form: str) -> tuple[str, int]:
    """Return the remarks on the folder `source` in words or as `json`, and how many they are.

    Raises SourceError for a folder that cannot be read as a workshop.
    """
    folder = folders.read(source)
    workshop = load.from_folder(folder)
    remarks = check(folder, workshop, datetime.now().astimezone().date())
    if form == "json":
        return _as_json(remarks, workshop.settings.silence), len(remarks)
    return "".join(f"{remark}\n" for remark in remarks), len(remarks)


def _as_json(remarks: Sequence[Remark], silenced: Mapping[RemarkName, str]) -> str:
    """Return the remarks, and what is silenced with its reason, as JSON text."""
    data = {"remarks": [asdict(remark) for remark in remarks], "silenced": dict(silenced)}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
