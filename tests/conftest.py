"""What holds for every test: nothing of ours may reach out of this machine."""

from __future__ import annotations

import ipaddress
import sys

import pytest

from sample import Sample, build_once, shared_folder


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


# A hook and not a fixture: it holds in every process forked from here, and cannot be undone.
sys.addaudithook(_stay_here)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Build the sample in every edition on every paper, once for all tests and workers."""
    return build_once(shared_folder(tmp_path_factory.getbasetemp()))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that keeps anew what tests compare with."""
    parser.addoption("--refresh", action="store_true", help="write what is kept in tests/ anew")


@pytest.fixture(scope="session")
def refresh(request: pytest.FixtureRequest) -> bool:
    """Return whether kept files are to be written anew."""
    return bool(request.config.getoption("--refresh"))
