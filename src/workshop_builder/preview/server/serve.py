"""`workshop preview`: the products in the browser, renewed at each save."""

from __future__ import annotations

import os
import socket
import sys
import threading
import webbrowser
from multiprocessing.connection import Connection
from pathlib import Path

import uvicorn

from workshop_builder.errors import Problem, RequestError
from workshop_builder.preview.server.broadcast import Projector
from workshop_builder.preview.server.routes import application
from workshop_builder.preview.server.supervisor import Target
from workshop_builder.source import folder

_HOST = "127.0.0.1"
_USUAL_PORT = 8730
"""Tried first, so that a page left open finds the preview again; else any that is free."""


def fire(source: Path, pipe: Connection) -> None:
    """Run the kiln, in its own process."""
    from workshop_builder.preview.builder import process  # noqa: PLC0415  the server must not wait for the engine

    process.run(source, pipe)


def run(source: Path, port: int = 0, *, opens: bool = True, target: Target = fire) -> None:
    """Show the workshop in the folder `source` until Ctrl-C.

    The page is at `port` of this machine, or at any where it is 0; where it `opens`, the browser
    shows it at once. Raises SourceError where there is no workshop, RequestError where the port
    is taken.
    """
    folder.read(source)
    with _listening(port) as listener:
        address = f"http://{_HOST}:{listener.getsockname()[1]}/"
        line = f"{address}  shows {source} and renews it at each save; Ctrl-C ends it\n"
        sys.stdout.write(line)
        sys.stdout.flush()
        if opens and _has_screen():
            threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
        try:
            _serve(source, listener, target)
        except KeyboardInterrupt:
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
            fault = f"{wanted} cannot be had ({os.strerror(error.errno or 0)})"
        else:
            return listener
    text = f"{fault}; name another number, or leave --port out"
    raise RequestError([Problem("--port", 0, text)])


def _has_screen() -> bool:
    """Tell whether there is a browser with a window; one in the terminal would be in the way."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in {"darwin", "win32"} or any(os.environ.get(name) for name in names)


class _Server(uvicorn.Server):
    """Ends the streams of news before it waits for open connections."""

    def __init__(self, config: uvicorn.Config, projector: Projector) -> None:
        super().__init__(config)
        self._projector = projector

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close everything."""
        self._projector.stop()
        await super().shutdown(sockets)


def _serve(source: Path, listener: socket.socket, target: Target) -> None:
    """Serve until a signal ends it."""
    projector = Projector(source, target)
    config = uvicorn.Config(
        application(projector, listener.getsockname()[1]),
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
    try:
        _Server(config, projector).run([listener])
    finally:
        projector.keeper.close()  # who presses Ctrl-C twice does not wait for the rest
