"""The published site in a real Chromium: a server on loopback, a page that may talk to nobody else."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.publish.store import publish
from pipeline.publish.web.app import make
from tests.publish import datasets

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ROOT = Path(__file__).parents[2]
AXE = ROOT / ".cache" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("RILIS_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site's address."""
    import uvicorn

    folder = tmp_path_factory.mktemp("site")
    db = publish(datasets.write(folder / "tables"), folder / "rilis.db").path
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make(db).app(), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; tests are skipped where it or Playwright is missing.

    Ends with the module: while it lives, Playwright's event loop runs in this thread and no other may.
    """
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium here (apt-get install chromium, or set RILIS_CHROMIUM)")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Visit:
    """A browser window on the site that notes what goes wrong and where it asks."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.page: Page = context.new_page()
        self.site = site
        self.wrong: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", lambda message: self._noted(message.type, message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        self.page.on(
            "dialog", lambda dialog: (self.wrong.append(f"dialog {dialog.message}"), dialog.dismiss())
        )

    def _noted(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.wrong.append(text)

    def open(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def follow(self, link: Locator) -> Page:
        """Click what leads to another page; back when that page and its scripts are loaded.

        A click alone returns before that, and what the scripts open is then still shut.
        """
        with self.page.expect_navigation():
            link.click()
        return self.page

    def close(self) -> None:
        assert not self.wrong, self.wrong
        assert self.hosts <= {self.site.split("/")[2]}, self.hosts


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """A window on a desk; at its end there was no error, no dialog and no other host."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    seen = Visit(context, site)
    yield seen
    context.close()
    seen.close()


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Visit]:
    """A window on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    context.set_default_timeout(15_000)
    seen = Visit(context, site)
    yield seen
    context.close()
    seen.close()
