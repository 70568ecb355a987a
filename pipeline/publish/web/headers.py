"""What goes round every request: only GET and HEAD, short addresses, security headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Scope = dict[str, Any]
App = Callable[..., Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
_LONGEST = 4_000
"""Bytes that an address may have."""


def guarded(app: App) -> App:
    """The application with everything that is not a plain question refused, and the headers added."""

    async def outer(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in _HEADERS}
                kept = [pair for pair in message.get("headers", []) if bytes(pair[0]).lower() not in ours]
                message = {**message, "headers": [*kept, *_HEADERS]}
            await send(message)

        if scope["method"] not in ("GET", "HEAD"):
            await _refuse(with_headers, 405, b"Only GET and HEAD are answered.\n", (b"allow", b"GET, HEAD"))
        elif len(scope.get("query_string", b"")) + len(scope.get("raw_path") or b"") > _LONGEST:
            await _refuse(with_headers, 414, b"The address is too long.\n")
        else:
            await app(scope, receive, with_headers)

    return outer


async def _refuse(send: Any, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    plain = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [plain, *headers]})
    await send({"type": "http.response.body", "body": body})
