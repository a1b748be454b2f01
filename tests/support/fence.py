"""The fence around the tests: no connection leads out of this machine."""

from __future__ import annotations

import ipaddress
import sys


class ReachedOutError(Exception):
    """A test, or the code under it, has tried to connect to another machine."""


def _stay_here(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse each connection and each look-up that leads away; Python calls this for all."""
    if event == "socket.connect":
        address = arguments[1]
    elif event == "socket.getaddrinfo":
        address = arguments[:1]
    else:
        return
    # The address of a local socket is a path, that of a remote one a tuple.
    if isinstance(address, tuple) and not _is_here(address[0]):
        raise ReachedOutError(f"a connection to {address[0]} was tried")


def _is_here(host: object) -> bool:
    """Tell whether a host is this machine."""
    if host in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def raise_fence() -> None:
    """Let nothing of this process, or of one forked from it, out of the machine from here on.

    A hook and not a fixture: it cannot be undone.
    """
    sys.addaudithook(_stay_here)
