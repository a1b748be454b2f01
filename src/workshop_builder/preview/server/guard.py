"""Who may ask the preview for what: a wall around the server, and the headers of every answer.

The server listens on this machine alone, but a page of the web that is open in the same browser
could still send requests to it, or have a name of its own lead here (DNS rebinding). So each
request must name our own address, and must not come from a page that is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""Of the preview's own page."""

READER_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' blob: 'unsafe-inline'; "
    "img-src 'self' blob: data:; font-src 'self' blob: data:; connect-src 'self' blob:; "
    "frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Of the e-book's reader: it shows a book's files as blobs in frames, which take this over."""

PRODUCT_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; object-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
"""Of what the workshop makes: it may look as it likes, and do nothing."""

_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
"""Of every answer that does not say otherwise."""

_USUAL_PORT = 80
"""Of the web; browsers leave it out of the host's name."""

_OWN_SITES = {"same-origin", "none"}
"""What a browser says of a request by our own page, or by the person at it."""

_MEANT_TO_FOOL = re.compile(
    rb"%(?:2e|2f|5c|25|[01][0-9a-f]|7f)|[\x00-\x20\\\x7f]|//", re.IGNORECASE
)
"""Ways to write a path that no link of ours has: dots, slashes and controls in disguise."""


class Guard:
    """Refuses what does not come from the preview's own page, and what asks for odd paths."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        """Stand before `app`, which is reached at `port` of this machine."""
        self._app = app
        suffix = "" if port == _USUAL_PORT else f":{port}"
        self._hosts = {f"127.0.0.1{suffix}", f"localhost{suffix}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, dressed)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that is not let in."""
        if self._foreign(scope):
            return _no(403, "This preview answers only its own page.")
        if scope["method"] not in {"GET", "HEAD"}:
            return _no(405, "This preview can only be looked at.", {"allow": "GET, HEAD"})
        if _odd(scope["raw_path"]):
            return _no(400, "There is no such address.")
        return None

    def _foreign(self, scope: Scope) -> bool:
        """Tell whether a request names another host than ours, or comes from another's page."""
        hosts = list(_values(scope, b"host"))
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return True
        ours = f"http://{hosts[0]}"
        if any(origin != ours for origin in _values(scope, b"origin")):
            return True
        return any(
            site not in {"same-origin", "none"} for site in _values(scope, b"sec-fetch-site")
        )


def _values(scope: Scope, name: bytes) -> Iterator[str]:
    """Yield the values of a header, small letters only."""
    return (value.decode("latin-1").lower() for key, value in scope["headers"] if key == name)


def _odd(path: bytes) -> bool:
    """Tell whether a path is written as none of ours is."""
    if _MEANT_TO_FOOL.search(path):
        return True
    plain = unquote_to_bytes(path)
    try:
        plain.decode()
    except UnicodeDecodeError:
        return True
    return not plain.startswith(b"/") or any(part in {b".", b".."} for part in plain.split(b"/"))


def _no(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(text, status, headers)
