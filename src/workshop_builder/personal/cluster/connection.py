"""The connection to the scheduler of a Dask cluster; the only module that knows `distributed`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from workshop_builder.errors import BuildError, Problem, RequestError

_TIMEOUT = 30
"""Seconds in which a worker has to send what it has made."""
_MISSING = "needs Dask; type: pip install 'workshop-builder[cluster]'"


@contextmanager
def connected(address: str, seconds: float) -> Iterator[Connection]:
    """Connect to the scheduler at an address, which has some seconds to answer.

    Raises RequestError where there is none, or private data would be sent to it in the clear.
    """
    _refuse_in_the_clear(address)
    try:
        from distributed import Client, Security  # noqa: PLC0415  1 s, and only some have it
    except ImportError as error:
        raise RequestError([Problem("cluster", 0, _MISSING)]) from error
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what they log, we tell in one line
    if address.startswith("tls:"):
        _refuse_without_certificate(Security)
    try:
        client: Any = Client(  # type: ignore[no-untyped-call]
            address, timeout=seconds, set_as_default=False, direct_to_workers=True
        )
    except Exception as error:  # whatever the library makes of it
        said = " ".join(str(error).split()) or type(error).__name__
        text = (
            f"no scheduler answers at '{address}' ({said[:120]}); start one, or write its address"
        )
        raise RequestError([Problem("cluster", 0, text)]) from error
    try:
        yield Connection(client, address)
    finally:
        with suppress(Exception):  # the scheduler may be gone
            client.close(timeout=2)


def _refuse_in_the_clear(address: str) -> None:
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if parts.scheme not in ("tcp", "tls") or not host or not port:
        text = f"'{address}' is no address; write it like tls://HOST:8786"
    elif parts.scheme == "tcp" and not _is_here(host):
        text = (
            f"names would cross the network in the clear; use tls://{host}:{port} (docs/scale.md)"
        )
    else:
        return
    raise RequestError([Problem("cluster", 0, text)])


def _refuse_without_certificate(security: Any) -> None:  # noqa: ANN401  it has no types
    """Raise RequestError where Dask is told of no certificate, or of one that cannot be used."""
    try:
        found = security().get_connection_args("client").get("ssl_context")
    except (OSError, ValueError) as error:
        text = f"the certificate for tls cannot be used ({error}); mend Dask's configuration"
        raise RequestError([Problem("cluster", 0, text)]) from error
    if not found:
        text = "Dask has no certificate for tls; write it into its configuration (docs/scale.md)"
        raise RequestError([Problem("cluster", 0, text)])


def _is_here(host: str) -> bool:
    """Return whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Connection:
    """A connection to a scheduler."""

    def __init__(self, client: Any, address: str) -> None:  # noqa: ANN401  it has no types
        self._client = client
        self._address = address
        self._asked = 0

    def workers(self) -> set[str]:
        """Return the addresses of all workers; raises BuildError where the scheduler has gone."""
        try:  # its own `scheduler_info` is overwritten, with none, by what it does meanwhile
            asked = self._client.scheduler.identity
            found = self._client.sync(asked, n_workers=-1, callback_timeout=_TIMEOUT)
        except Exception as error:  # whatever the library makes of it
            raise self._gone() from error
        return set(found["workers"])

    def _gone(self) -> BuildError:
        text = (
            f"the scheduler at '{self._address}' has gone; start it, and try again: "
            "what is finished is kept"
        )
        return BuildError([Problem("--cluster", 0, text)])

    def ask(self, worker: str, function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401
        """Let a worker call a function; return the future of what it answers."""
        self._asked += 1
        return self._client.submit(
            function,
            *arguments,
            workers=[worker],
            allow_other_workers=False,
            key=f"workshop-{id(self)}-{self._asked}",
            pure=False,
        )

    def value(self, answer: Any) -> Any:  # noqa: ANN401
        """Return what a worker has answered; raises whatever became of it."""
        try:
            return answer.result(timeout=_TIMEOUT)
        finally:
            answer.release()

    @staticmethod
    def is_lost(error: Exception) -> bool:
        """Return whether an answer is lost on its way, or with the worker that was asked."""
        return isinstance(error, OSError) or type(error).__module__.startswith(
            ("distributed", "asyncio", "concurrent")
        )

    def forget(self, answer: Any) -> None:  # noqa: ANN401
        """Want an answer no more."""
        answer.cancel()
        answer.release()
