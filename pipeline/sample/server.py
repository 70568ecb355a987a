"""A small threaded web server on loopback that answers for all hosts of the sample."""

from __future__ import annotations

import hashlib
import threading
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from pipeline.sample.content import SampleSite, sample_sites
from pipeline.sample.pages import render


class SampleServer:
    """Runs while inside its ``with`` block; ``port`` is where it listens on 127.0.0.1.

    The ``Host`` header of a request chooses the site, as on a real server of many sites. Answers carry
    ``ETag`` and ``Last-Modified`` and are conditional.
    """

    def __init__(self, sites: tuple[SampleSite, ...] | None = None) -> None:
        known = {site.host: site for site in sites or sample_sites()}
        log: list[tuple[str, str, int]] = []
        handler = type("Handler", (_Handler,), {"sites": known, "log": log})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.hosts = tuple(known)
        self.log = log
        """Host, path and status of each answer, in order."""

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    sites: dict[str, SampleSite]
    log: list[tuple[str, str, int]]
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one write, else the kernel waits between them
    server_version = "Sample"
    sys_version = ""

    def do_GET(self) -> None:
        site = self.sites.get((self.headers.get("Host") or "").split(":", 1)[0].lower())
        parts = urlsplit(self.path)
        page = render(site, parts.path) if site else None
        if site is None or page is None:
            self._answer(HTTPStatus.NOT_FOUND, "text/html; charset=UTF-8", b"<h1>404 Not Found</h1>", {})
            return
        newest = max(article.published for article in site.articles)
        validators = {
            "ETag": f'"{hashlib.sha256(page.body).hexdigest()[:20]}"',
            "Last-Modified": format_datetime(newest),
        }
        if self.headers.get("If-None-Match") == validators["ETag"]:
            self._answer(HTTPStatus.NOT_MODIFIED, page.content_type, b"", validators)
        else:
            self._answer(HTTPStatus.OK, page.content_type, page.body, validators)

    def _answer(self, status: HTTPStatus, content_type: str, body: bytes, extra: dict[str, str]) -> None:
        self.log.append((self.headers.get("Host") or "", self.path, int(status)))
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        for name, value in extra.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet; ``SampleServer.log`` holds what was asked."""
