"""Who may ask, and from where: one person, on this computer, from a page of the desk itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

#: Bytes of a request's body.
BODY = 64_000
#: What a page of the desk may do: its own scripts and styles, and nothing from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """Refuses what does not come from the desk's own page, and what is too large.

    Parameters
    ----------
    app
        What answers the rest.
    token
        In the address that the person opens; then a cookie keeps it.
    port
        Of the server; the names of this computer with it are the only hosts.

    Notes
    -----
    Another site can send requests here but has no cookie (``SameSite=Strict``), another ``Origin``, and, if
    its name was made to point here, another ``Host``.
    """

    def __init__(self, app: App, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._cookie = f"yoyak-desk-{port}"

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._refused(scope, headers)
        if refused:
            await _answer(send, refused)
        elif self._first(scope):
            cookie = f"{self._cookie}={self._token}; Path=/; HttpOnly; SameSite=Strict"
            await _answer(send, 303, {"location": "/", "set-cookie": cookie})
        elif not self._known(headers):
            await _answer(send, 403)
        else:
            await self._through(scope, receive, send)

    def _refused(self, scope: MutableMapping[str, Any], headers: dict[str, str]) -> int:
        host = headers.get("host", "")
        if host not in self._hosts:
            return 421
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405
        if scope["method"] == "POST":
            if headers.get("origin") != f"http://{host}":
                return 403
            if headers.get("sec-fetch-site", "same-origin") != "same-origin":
                return 403
        length = headers.get("content-length", "0")
        return 413 if not length.isdigit() or int(length) > BODY else 0

    def _first(self, scope: MutableMapping[str, Any]) -> bool:
        """Whether the person opens the address that they were given."""
        if scope["method"] != "GET" or scope["path"] != "/":
            return False
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        return compare_digest(given[0].encode(), self._token.encode())

    def _known(self, headers: dict[str, str]) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return False
        return cookie is not None and compare_digest(cookie.value.encode(), self._token.encode())

    async def _through(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        read, begun, over = 0, False, False

        async def counted() -> Message:
            nonlocal read, over
            message = await receive()
            read += len(message.get("body", b""))
            if read > BODY:
                over = True
                return {"type": "http.disconnect"}
            return message

        async def guarded(message: Message) -> None:
            nonlocal begun
            if over:
                return
            if message["type"] == "http.response.start":
                begun = True
                own = {name for name, _ in message["headers"]}
                added = [(k.encode(), v.encode()) for k, v in _HEADERS.items() if k.encode() not in own]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        try:
            await self._app(scope, counted, guarded)
        except Exception:
            if not over:
                raise
        if over and not begun:
            await _answer(send, 413)


async def _answer(send: Send, status: int, headers: dict[str, str] | None = None) -> None:
    body = b"" if status == 303 else f"{status}\n".encode()
    every = {**_HEADERS, "content-type": "text/plain", "content-length": str(len(body)), **(headers or {})}
    pairs = [(name.encode(), value.encode()) for name, value in every.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})
