"""The judges that are written in Java: each has a Java file beside this one that drives it.

A driver is given files and judges one after the other, as most of the time goes into starting.
It prints lines of the number of a file, counted from 0, and what is wrong with it, parted by a
tab; and the number alone when the file has been judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from judges.tools import JudgeError, program, run_well

_SERIAL = "-XX:+UseSerialGC"
_QUICK = "-XX:TieredStopAtLevel=1"
"""A judge of a few files runs for seconds: to compile it better takes longer than it gains."""
FEW = 16


def judge(
    driver: str, class_path: str, paths: Sequence[Path], *options: str
) -> dict[Path, list[str]]:
    """Return what is wrong with each file by the judge that `driver` drives; nothing: it is right.

    Raises JudgeError where a file was left out.
    """
    java = program("java", "default-jdk-headless")
    source = Path(__file__).with_name(f"{driver}.java")
    faults: dict[Path, list[str]] = {path: [] for path in paths}
    judged = 0
    speed = [_SERIAL, _QUICK] if len(paths) <= FEW else [_SERIAL]
    command: list[str | Path] = [java, *speed, "-cp", class_path, source]
    for line in run_well([*command, *options, *paths]).splitlines():
        number, _, fault = line.partition("\t")
        if fault:
            faults[paths[int(number)]].append(fault)
        judged += not fault
    if judged != len(paths):
        raise JudgeError(f"{driver} judged {judged} of {len(paths)} files")
    return faults
