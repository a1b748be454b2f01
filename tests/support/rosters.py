"""A small workshop whose exercises some students leave out, for tests of personal sheets."""

from __future__ import annotations

from pathlib import Path

from workshop_builder.loading import load
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.model.workshop import Workshop
from workshop_builder.personal import choosing, roster

SETTINGS = """title: Rest well
language: en
slug: rest
safety:
  stop_if: [sharp pain]
conditions:
  bad-knee: sore or new knee
  late-pregnancy: pregnancy after 16 weeks
groups:
  floor: [bridge, kneel]
products: {take-home: {exercises: [floor]}}
"""
EXERCISES = {
    "bridge": "name: Bridge\nhold: 5 s\nrepeat: 5\navoid_with: [late-pregnancy]\n"
    "instead: {late-pregnancy: [sit, stand tall]}",
    "kneel": "name: Kneel\nhold: 20 s\navoid_with: [bad-knee, a cold]\ninstead: bridge",
    "sit": "name: Sit and stand\nrepeat: 5-10",
    "walk": "name: Walk\nhold: 2 min\nkind: mobility\navoid_with: [bad-knee]",
}


def write(folder: Path) -> Path:
    """Write the workshop into `folder`; return the folder."""
    (folder / "exercises").mkdir(parents=True)
    (folder / "workshop.yaml").write_text(SETTINGS, encoding="utf-8")
    for name, fields in EXERCISES.items():
        text = f"---\n{fields}\n---\n\n1. Begin slowly.\n2. Hold for a breath or two.\n"
        (folder / f"exercises/{name}.md").write_text(text, encoding="utf-8")
    return folder


def workshop(folder: Path) -> Workshop:
    """Return the workshop, written into `folder`."""
    return load.load(write(folder))


def sheets(made_for: Workshop, path: Path) -> tuple[list[PersonalSheet], list[str]]:
    """Return the sheets that a roster asks for, and each problem of it without its folder."""
    rows, problems = roster.read(path, made_for)
    found = choosing.choose(made_for, rows, problems)
    return found, [str(each).removeprefix(f"{path.parent}/") for each in sorted(set(problems))]
