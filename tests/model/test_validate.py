"""What is wrong with a sheet of YAML, all of it in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from small import write
from workshop_builder import SourceError, load

FAULTY = """title: Rest well
language: en
session_minutes: 10
session:
  - title: Start
    minutes: 3
    cue: |
      - one
      - two ![a](b)
  - title: Go on
    minutes: 4
    needs: [mat, "[a](b)"]
safety:
  red_flags:
    - numb <legs> and [more](x)
"""


def test_a_text_with_faults_hides_no_other_fault(tmp_path: Path) -> None:
    """Each fault of a text is told at its line, and what the text stands in is checked as well."""
    folder = write(tmp_path)
    (folder / "workshop.yaml").write_text(FAULTY, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        load(folder)
    told = [str(problem).partition(";")[0] for problem in caught.value.problems]
    assert told == [
        "workshop.yaml:3: the session's blocks add up to 7 minutes, not 10",
        "workshop.yaml:7: cue: a list, heading or table cannot stand here",
        "workshop.yaml:7: cue: a picture cannot stand here",
        "workshop.yaml:12: needs: the link 'b' cannot stand here",
        "workshop.yaml:15: text: '<legs' is no tag and would vanish",
        "workshop.yaml:15: text: the link 'x' cannot stand here",
    ]


def test_a_list_of_one_wrong_item_is_not_called_empty(tmp_path: Path) -> None:
    """Of a list whose only item is wrong, the item alone is told."""
    folder = write(tmp_path, "{handout: {editions: [largeprint]}}")
    with pytest.raises(SourceError) as caught:
        load(folder)
    (told,) = caught.value.problems
    assert told.text == "editions: 'largeprint' is not known; did you mean 'large-print'?"
