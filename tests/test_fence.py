"""The fence around the tests stands."""

from __future__ import annotations

import socket
import urllib.request

import pytest

from fence import ReachedOutError


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_no_connection_leaves_this_machine(host: str) -> None:
    """A connection to another machine's address fails before it begins."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as plug, pytest.raises(ReachedOutError, match=host):
        plug.connect((host, 80))


def test_no_name_is_looked_up() -> None:
    """A request to a name fails before anybody is asked where it is."""
    with pytest.raises(ReachedOutError, match=r"studio\.example"):
        urllib.request.urlopen("http://studio.example/")


def test_this_machine_can_be_reached() -> None:
    """A server of the tests' own may be asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
