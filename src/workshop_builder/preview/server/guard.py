"""Which requests the preview answers, and the security headers of every answer.

The server listens on this machine alone, but a web page that is open in the same browser could
still send requests to it, or have its own host name resolve to this machine (DNS rebinding). So
each request must name our own address, and must not come from a page that is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from urllib.parse import unquote_to_bytes

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""For the preview's own page."""

READER_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' blob: 'unsafe-inline'; "
    "img-src 'self' blob: data:; font-src 'self' blob: data:; connect-src 'self' blob:; "
    "frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""For the reader of the e-book, which shows a book's files as blobs in frames that inherit it."""

PRODUCT_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; object-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
"""For the products: they may have any style, and run no script."""

_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
"""For every answer that does not set its own."""

_USUAL_PORT = 80
"""The port of HTTP, which browsers leave out of the Host header."""

_OWN_SITES = {"same-origin", "none"}
"""Values of Sec-Fetch-Site for a request by our own page, or by the user."""

_DISGUISED = re.compile(rb"%(?:2e|2f|5c|25|[01][0-9a-f]|7f)|[\x00-\x20\\\x7f]|//", re.IGNORECASE)
"""What no link of ours has in its path: encoded dots and slashes, control characters."""

SECRET = "x-studio-secret"  # noqa: S105  its name
"""The header with the secret of the session, which every request that writes has to carry."""

_LONGEST_PATH = 4000
"""Bytes; Python refuses to read a number of more than 4300 digits."""


class Guard:
    """Refuses requests that are not from the preview's own page, and requests for odd paths."""

    def __init__(
        self,
        app: ASGIApp,
        port: int,
        writable: Collection[str] = (),
        is_secret: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Guard `app`, which is served at `port` of this machine.

        It can only be read, but for the paths that are `writable`, by our own page and with what
        `is_secret` holds for the secret.
        """
        self._app = app
        self._writable = frozenset(writable)
        self._is_secret = is_secret
        suffix = "" if port == _USUAL_PORT else f":{port}"
        self._hosts = {f"127.0.0.1{suffix}", f"localhost{suffix}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it; set the headers of the answer."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that is refused; None for any other."""
        if self._is_foreign(scope):
            return _refused(403, "This preview answers only its own page.")
        if scope["method"] == "POST" and scope["path"] in self._writable:
            if not self._may_write(scope):
                return _refused(403, "Only the page of this studio can write.")
        elif scope["method"] not in {"GET", "HEAD"}:
            return _refused(405, "This preview is read-only.", {"allow": "GET, HEAD"})
        if _is_odd(scope["raw_path"]):
            return _refused(400, "There is no such address.")
        return None

    def _may_write(self, scope: Scope) -> bool:
        """Return whether a request says that our page has sent it, and has the secret."""
        secrets = list(_values(scope, SECRET.encode(), exact=True))
        sites = set(_values(scope, b"sec-fetch-site"))
        from_page = len(list(_values(scope, b"origin"))) == 1 and sites <= {"same-origin"}
        return from_page and len(secrets) == 1 and self._is_secret(secrets[0])

    def _is_foreign(self, scope: Scope) -> bool:
        """Return whether a request names a host that is not ours, or comes from another's page."""
        hosts = list(_values(scope, b"host"))
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return True
        ours = f"http://{hosts[0]}"
        if any(origin != ours for origin in _values(scope, b"origin")):
            return True
        return any(site not in _OWN_SITES for site in _values(scope, b"sec-fetch-site"))


def _values(scope: Scope, name: bytes, *, exact: bool = False) -> Iterator[str]:
    """Yield the values of a header: in lower case, unless they are wanted exactly."""
    found = (value.decode("latin-1") for key, value in scope["headers"] if key == name)
    return found if exact else (value.lower() for value in found)


def _is_odd(path: bytes) -> bool:
    """Return whether a path is written as none of ours is."""
    if len(path) > _LONGEST_PATH or _DISGUISED.search(path):
        return True
    plain = unquote_to_bytes(path)
    try:
        plain.decode()
    except UnicodeDecodeError:
        return True
    return not plain.startswith(b"/") or any(part in {b".", b".."} for part in plain.split(b"/"))


def _refused(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(text, status, headers)
