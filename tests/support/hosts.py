"""Web hosts on this machine: servers for ssh, SFTP and rsync, with keys made for the test."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import asyncssh

_Source: TypeAlias = "asyncssh.SSHReader[bytes] | asyncio.StreamReader"
_Sink: TypeAlias = "asyncssh.SSHWriter[bytes] | asyncio.StreamWriter"


@dataclass(slots=True)
class Host:
    """A running server, and what its client needs."""

    port: int
    settings: Path
    """A folder for PATH, with an `ssh` that has this key and knows this host, and no others."""
    refuses: set[str] = field(default_factory=set)
    """Endings of files for which the server has no space."""
    written: list[str] = field(default_factory=list)
    """The files that were completed by SFTP, in this order."""

    @property
    def login(self) -> str:
        """The name by which ssh reaches it."""
        return "studio@127.0.0.1"

    def trust(self, text: str) -> None:
        """Let the client know these host keys, and no others."""
        (self.settings / "known_hosts").write_text(text, encoding="utf-8")


class _Files(asyncssh.SFTPServer):
    """The files of this machine; each that is completed is noted in `host`."""

    host: Host

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        if path.decode().endswith(tuple(self.host.refuses)):
            raise asyncssh.SFTPFailure("no space")
        return super().open(path, pflags, attrs)

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        super().posix_rename(oldpath, newpath)
        self.host.written.append(newpath.decode())


class _Connections(asyncssh.SSHServer):
    """Keeps every connection, so that all can be closed at the end."""

    made: list[asyncssh.SSHServerConnection]

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.made.append(conn)


async def _run(process: asyncssh.SSHServerProcess[bytes]) -> None:
    """Run the command of a client, which is rsync."""
    child = await asyncio.create_subprocess_shell(
        process.command or "false",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdin
    assert child.stdout
    assert child.stderr
    asking = asyncio.create_task(_ask(process.stdin, child.stdin))
    await asyncio.gather(_copy(child.stdout, process.stdout), _copy(child.stderr, process.stderr))
    process.exit(await child.wait())
    asking.cancel()


async def _ask(source: _Source, sink: _Sink) -> None:
    """Copy what a client sends, and its end."""
    await _copy(source, sink)
    with suppress(BrokenPipeError, ConnectionResetError):
        sink.write_eof()


async def _copy(source: _Source, sink: _Sink) -> None:
    """Copy bytes until the source ends; an end of stdout would be one of stderr, too."""
    with suppress(BrokenPipeError, ConnectionResetError):
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()


@contextmanager
def serving(settings: Path) -> Iterator[Host]:
    """Yield a host that runs until the end; `settings` is a folder for its client."""
    settings.mkdir()
    key = asyncssh.generate_private_key("ssh-ed25519")
    own = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(settings / "key")
    (settings / "key").chmod(0o600)
    host = Host(0, settings)
    files = type("Files", (_Files,), {"host": host})
    connections: list[asyncssh.SSHServerConnection] = []
    factory = type("Connections", (_Connections,), {"made": connections})

    async def listen() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[own],
            authorized_client_keys=asyncssh.import_authorized_keys(
                key.export_public_key().decode()
            ),
            server_factory=factory,
            process_factory=_run,
            sftp_factory=files,
            encoding=None,
        )

    with _loop() as loop:
        server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
        host.port = server.get_port()
        _configure(host)
        host.trust(f"[127.0.0.1]:{host.port} {own.export_public_key().decode()}")
        try:
            yield host
        finally:
            asyncio.run_coroutine_threadsafe(_close(server, connections), loop).result(10)


@contextmanager
def _loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Run an event loop in a thread of its own: the browser of other tests has one in this."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(
    server: asyncssh.SSHAcceptor, connections: list[asyncssh.SSHServerConnection]
) -> None:
    """End the server, and the connections that a killed client has left open."""
    server.close()
    await server.wait_closed()
    for connection in connections:
        connection.abort()
        await connection.wait_closed()
    await asyncio.sleep(0.05)  # the loop closes the sockets in its next rounds


def _configure(host: Host) -> None:
    """Write the settings of a client, and an `ssh` that has no others."""
    ssh = shutil.which("ssh")
    assert ssh, "ssh is not installed"
    (host.settings / "config").write_text(
        f"""Host *
  Port {host.port}
  IdentityFile "{host.settings}/key"
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile "{host.settings}/known_hosts"
  GlobalKnownHostsFile /dev/null
""",
        encoding="utf-8",
    )
    (host.settings / "ssh").write_text(
        f'#!/bin/sh\nexec {ssh} -F "{host.settings}/config" "$@"\n', encoding="utf-8"
    )
    (host.settings / "ssh").chmod(0o755)


@contextmanager
def rsync_server(folder: Path, settings: Path) -> Iterator[str]:
    """Yield the address of an rsync server that takes files into `folder`."""
    port = free_port()
    own = f"uid = {os.getuid()}\ngid = {os.getgid()}\n" if os.getuid() == 0 else ""
    settings.write_text(
        f"{own}use chroot = no\nport = {port}\naddress = 127.0.0.1\n"
        f"[web]\npath = {folder}\nread only = no\n[shut]\npath = {folder}\nread only = yes\n",
        encoding="utf-8",
    )
    server = subprocess.Popen(["rsync", "--daemon", "--no-detach", f"--config={settings}"])
    try:
        _wait_for(port)
        yield f"rsync://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def kept_port() -> Iterator[int]:
    """Give a port at which nobody listens, and nobody else can meanwhile."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        yield int(listener.getsockname()[1])


def free_port() -> int:
    """Return a port at which nobody listens."""
    with kept_port() as port:
        return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            assert time.monotonic() < until, "the server does not come up"
            time.sleep(0.02)
        else:
            return
