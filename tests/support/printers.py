"""A real CUPS with printers that print into files, in a folder and on a port of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from judges.tools import program

_SETTINGS = """Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
LogLevel debug
<Location />
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow 127.0.0.1
  </Limit>
</Policy>
"""
_PLACES = """ServerRoot {folder}
StateDir {folder}
RequestRoot {folder}/spool
CacheDir {folder}/cache
TempDir {folder}/spool/tmp
DocumentRoot {folder}
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
FileDevice Yes
Sandboxing relaxed
"""
_DRIVER = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "FILE.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*PSVersion: "(3010.000) 0"
*cupsFilter: "application/vnd.cups-pdf 0 -"
"""
_SIZES = {"A4": (595, 842), "Letter": (612, 792)}
_DUPLEX = """*OpenUI *Duplex: PickOne
*DefaultDuplex: DuplexNoTumble
*Duplex None: ""
*Duplex DuplexNoTumble: ""
*CloseUI: *Duplex
"""
_PATIENCE = 30
"""Seconds after which a job is taken for lost."""


@dataclass(frozen=True, slots=True)
class Cups:
    """A running CUPS."""

    folder: Path
    port: int

    @property
    def environment(self) -> Mapping[str, str]:
        """What leads the programs of CUPS to it, and to no other."""
        return {"CUPS_SERVER": f"127.0.0.1:{self.port}", "HOME": str(self.folder)}

    def add(self, name: str, *sizes: str, duplex: bool = False) -> None:
        """Add a printer that takes sheets of these sizes."""
        driver = self.folder / f"{name}.ppd"
        driver.write_text(_driver(sizes, duplex=duplex), encoding="ascii")
        self.manage("lpadmin", "-p", name, "-E", "-v", f"file:{self.printed(name)}", "-P", driver)

    def manage(self, tool: str, *arguments: str | Path) -> None:
        """Run one of its tools, such as `cupsreject`."""
        path = program(tool, "cups-client")
        environment = {**os.environ, **self.environment}
        subprocess.run([path, *arguments], env=environment, capture_output=True, check=True)

    def printed(self, name: str) -> Path:
        """Return the file into which a printer prints, the last job over the one before."""
        return self.folder / f"{name}.pdf"

    def finished(self, job: str) -> tuple[int, set[str]]:
        """Wait for a job; return the number of its copies, and what it asked of its printer."""
        number = job.rpartition("-")[2]
        log = self.folder / "error_log"
        for _ in range(_PATIENCE * 20):
            text = log.read_text(encoding="utf-8")
            if f"[Job {number}] Job completed." in text:
                given = dict(re.findall(rf'\[Job {number}\] argv\[(\d)\]="(.*)"', text))
                return int(given["4"]), set(given["5"].split())
            time.sleep(0.05)
        raise TimeoutError(text[-2000:])


def _driver(sizes: tuple[str, ...], *, duplex: bool) -> str:
    """Return a printer's description."""
    lines = []
    for key in ("PageSize", "PageRegion"):
        lines += [f"*OpenUI *{key}: PickOne", f"*Default{key}: {sizes[0]}"]
        lines += [*(f'*{key} {size}: ""' for size in sizes), f"*CloseUI: *{key}"]
    for size in sizes:
        width, height = _SIZES[size]
        lines += [f'*ImageableArea {size}: "12 12 {width - 12} {height - 12}"']
        lines += [f'*PaperDimension {size}: "{width} {height}"']
    lines += [f"*DefaultImageableArea: {sizes[0]}", f"*DefaultPaperDimension: {sizes[0]}"]
    return _DRIVER + "\n".join(lines) + "\n" + (_DUPLEX if duplex else "")


@contextmanager
def cups() -> Iterator[Cups]:
    """Run CUPS without a printer; it ends with the block."""
    server = program("cupsd", "cups-daemon")
    with tempfile.TemporaryDirectory() as name, socket.socket() as free:
        folder = Path(name)
        folder.chmod(0o755)  # its filters run as another user
        (folder / "spool/tmp").mkdir(parents=True)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        (folder / "cupsd.conf").write_text(_SETTINGS.format(port=port))
        (folder / "cups-files.conf").write_text(_PLACES.format(folder=folder))
        free.close()
        given = ["-c", f"{folder}/cupsd.conf", "-s", f"{folder}/cups-files.conf"]
        process = subprocess.Popen([server, "-f", *given])
        try:
            _wait(port, process)
            yield Cups(folder, port)
        finally:
            process.terminate()
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return as soon as the server answers."""
    for _ in range(_PATIENCE * 20):
        assert process.poll() is None, "CUPS has ended"
        with socket.socket() as connection:
            if connection.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("CUPS does not start")
