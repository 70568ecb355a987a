"""A local web that misbehaves on demand: many hosts (127.0.0.x) on one port, every request logged.

with Web() as web:
    web.page("127.0.0.2", "/", "<p>…")
    web.route("127.0.0.2", "/slow", lambda request: request.drip(b"x", 1.0))
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass
class Seen:
    """One logged request."""

    host: str
    path: str
    headers: dict[str, str]
    at: float
    status: int = 0


class Request(BaseHTTPRequestHandler):
    """What a route gets; it answers with ``send`` or does something worse to ``connection``."""

    protocol_version = "HTTP/1.1"
    web: Web
    seen: Seen

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        headers = {key.lower(): value for key, value in self.headers.items()}
        self.seen = Seen(host, self.path, headers, time.monotonic())
        with self.web.lock:
            self.web.seen.append(self.seen)
        route = self.web.routes.get((host, self.path)) or self.web.routes.get((host, self.path.split("?")[0]))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            if route is None:
                self.send(b"not here", status=404, kind="text/plain")
            else:
                route(self)

    def send(
        self, body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **extra: str
    ) -> None:
        self.seen.status = status
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", extra.pop("content_length", str(len(body))))
        for key, value in extra.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def drop(self) -> None:
        """Cut the connection, whatever was promised."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def start(self, status: int = 200, kind: str = "text/html", **extra: str) -> None:
        """Send headers without a length; the body ends with the connection."""
        self.seen.status = status
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for key, value in extra.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def verify_request(self, request: Any, client_address: Any) -> bool:
        return str(client_address[0]).startswith("127.")

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@dataclass
class Web:
    """The hosts, their routes and the log."""

    routes: dict[tuple[str, str], Callable[[Request], None]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        handler = type("Handler", (Request,), {"web": self})
        self._server = _Server(("0.0.0.0", 0), handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, host: str, path: str = "") -> str:
        return f"http://{host}:{self.port}{path}"

    def route(self, host: str, path: str, answer: Callable[[Request], None]) -> str:
        self.routes[(host, path)] = answer
        return self.url(host, path)

    def page(self, host: str, path: str, body: str | bytes, **extra: Any) -> str:
        """A page with an ETag and a date, that answers conditional requests rightly."""
        raw = body.encode() if isinstance(body, str) else body
        etag = f'"{md5(raw).hexdigest()[:12]}"'
        stamp = formatdate(1_700_000_000, usegmt=True)

        def answer(request: Request) -> None:
            if request.headers.get("If-None-Match") == etag:
                request.seen.status = 304
                request.send_response(304)
                request.send_header("ETag", etag)
                request.end_headers()
            else:
                request.send(raw, ETag=etag, Last_Modified=stamp, **extra)

        return self.route(host, path, answer)

    def paths(self, host: str | None = None) -> list[str]:
        with self.lock:
            return [seen.path for seen in self.seen if host in {None, seen.host}]

    def forget(self) -> None:
        with self.lock:
            self.seen.clear()
