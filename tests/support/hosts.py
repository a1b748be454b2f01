"""Web hosts on this machine: a server for ssh, rsync and SFTP, known by keys made for the test."""

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
    """A server that is up, and what a client of it needs."""

    port: int
    settings: Path
    """The folder with `ssh`, which knows the key, the host and no others; to be put on PATH."""
    refuses: set[str] = field(default_factory=set)
    """Endings of files for which the server has no room."""
    written: list[str] = field(default_factory=list)
    """What was put in its place by SFTP, in this order."""

    @property
    def login(self) -> str:
        """The name by which ssh reaches it."""
        return "studio@127.0.0.1"

    def knows(self, text: str) -> None:
        """Let the client know these host keys, and no others."""
        (self.settings / "known_hosts").write_text(text, encoding="utf-8")


class _Files(asyncssh.SFTPServer):
    """The files of this machine, written down as they are put in place."""

    host: Host

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        if path.decode().endswith(tuple(self.host.refuses)):
            raise asyncssh.SFTPFailure("no room")
        return super().open(path, pflags, attrs)

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        super().posix_rename(oldpath, newpath)
        self.host.written.append(newpath.decode())


class _Door(asyncssh.SSHServer):
    """Remembers who has come in, so that all can be sent home at the end."""

    inside: list[asyncssh.SSHServerConnection]

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.inside.append(conn)


async def _run(process: asyncssh.SSHServerProcess[bytes]) -> None:
    """Run what a client asks for, which is rsync."""
    child = await asyncio.create_subprocess_shell(
        process.command or "false",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdin
    assert child.stdout
    assert child.stderr
    asking = asyncio.create_task(_pour(process.stdin, child.stdin))
    await asyncio.gather(_pour(child.stdout, process.stdout), _pour(child.stderr, process.stderr))
    process.exit(await child.wait())
    asking.cancel()


async def _pour(source: _Source, sink: _Sink) -> None:
    """Hand on what comes, to its end."""
    with suppress(BrokenPipeError, ConnectionResetError):
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
        sink.write_eof()


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
    inside: list[asyncssh.SSHServerConnection] = []
    door = type("Door", (_Door,), {"inside": inside})
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(
        asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[own],
            authorized_client_keys=asyncssh.import_authorized_keys(
                key.export_public_key().decode()
            ),
            server_factory=door,
            process_factory=_run,
            sftp_factory=files,
            encoding=None,
        )
    )
    host.port = server.get_port()
    _settle(host)
    host.knows(f"[127.0.0.1]:{host.port} {own.export_public_key().decode()}")
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield host
    finally:
        asyncio.run_coroutine_threadsafe(_close(server, inside), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: asyncssh.SSHAcceptor, inside: list[asyncssh.SSHServerConnection]) -> None:
    """End the server, and the connections that a killed client has left open."""
    server.close()
    await server.wait_closed()
    for connection in inside:
        connection.abort()
        await connection.wait_closed()
    await asyncio.sleep(0.05)  # the loop closes the sockets in its next rounds


def _settle(host: Host) -> None:
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


def free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


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
