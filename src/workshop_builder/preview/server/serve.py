"""`workshop preview`: opens the port, serves the preview until Ctrl-C, and ends all it started."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import webbrowser
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import uvicorn

from workshop_builder.errors import Problem, RequestError, refused_by_system
from workshop_builder.preview.messages import Idle, ProblemLines
from workshop_builder.preview.server.broadcast import Broadcast
from workshop_builder.preview.server.routes import application
from workshop_builder.preview.server.supervisor import ProcessMain
from workshop_builder.source import folder

_HOST = "127.0.0.1"
_RETRY = 5.0
"""Seconds until the engine is started again, where the disk was full."""
_USUAL_PORT = 8730
"""Tried first, so that a page left open finds the preview again; else any that is free."""


def build_process_main(source: Path, pipe: Connection) -> None:
    """Run the build process; to be called in a process of its own."""
    while True:
        try:
            from workshop_builder.preview.builder import process  # noqa: PLC0415  the server must not wait for the engine

            break
        except OSError as error:  # no space for what the engine writes when it is imported
            problem = Problem(str(source), 0, refused_by_system(error) or str(error))
            if not _told(pipe, problem):
                return
    process.run(source, pipe)


def _told(pipe: Connection, problem: Problem) -> bool:
    """Say what is wrong, and wait a while; return whether the other end of the pipe is there."""
    try:
        pipe.send(ProblemLines((str(problem),)))
        pipe.send(Idle())
        if pipe.poll(_RETRY):
            pipe.recv()
    except (EOFError, OSError):
        return False
    return True


def run(
    source: Path,
    port: int = 0,
    *,
    open_browser: bool = True,
    has_studio: bool = False,
    process_main: ProcessMain = build_process_main,
) -> None:
    """Preview the workshop in the folder `source` until Ctrl-C.

    The page is at `port` of this machine, or at any free port where it is 0. With `open_browser`
    the browser shows it at once; with `has_studio` sheets can be picked there. Raises SourceError
    where there is no workshop, RequestError where the port is taken.
    """
    folder.read(source)
    with _listening(port) as listener:
        address = f"http://{_HOST}:{listener.getsockname()[1]}/"
        line = f"{address}  shows {source}, updated at each save; press Ctrl-C to stop\n"
        sys.stdout.write(line)
        sys.stdout.flush()
        if open_browser and _has_screen():
            threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
        with suppress(KeyboardInterrupt):  # before the server takes it
            _serve(Broadcast(source, process_main, has_studio=has_studio), listener)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a further one has nothing left to end
        sys.stderr.write("stopped\n")


def _listening(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone; raises RequestError where it cannot."""
    for wanted in (port,) if port else (_USUAL_PORT, 0):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_HOST, wanted))
            listener.listen()
        except OSError as error:
            listener.close()
            fault = f"port {wanted} cannot be used ({os.strerror(error.errno or 0)})"
        else:
            return listener
    text = f"{fault}; name another number, or leave --port out"
    raise RequestError([Problem("--port", 0, text)])


def _has_screen() -> bool:
    """Return whether a browser would have a window; one in the terminal would be in the way."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in {"darwin", "win32"} or any(os.environ.get(name) for name in names)


class _PreviewServer(uvicorn.Server):
    """A server that ends the streams of states before it waits for open connections."""

    def __init__(self, config: uvicorn.Config, broadcast: Broadcast) -> None:
        super().__init__(config)
        self._broadcast = broadcast

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close everything."""
        self._broadcast.stop()
        await super().shutdown(sockets)


def _serve(broadcast: Broadcast, listener: socket.socket) -> None:
    """Serve until Ctrl-C, or until another signal ends it."""
    config = uvicorn.Config(
        application(broadcast, listener.getsockname()[1]),
        log_config=None,
        log_level="critical",
        access_log=False,
        http="h11",
        ws="none",
        lifespan="on",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = _PreviewServer(config, broadcast)
    # Uvicorn would give Ctrl-C back before all has ended. It is heard even where the preview was
    # started with Ctrl-C ignored, as in the background.
    signal.signal(signal.SIGINT, server.handle_exit)
    try:
        server.run([listener])
    finally:
        broadcast.supervisor.close()  # after a second Ctrl-C nothing else has done it
