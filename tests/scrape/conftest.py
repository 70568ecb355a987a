"""What the scraper's tests share: a local web, a clock that stands still, a site entry."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.sites import Assertions, Discovery, Site
from tests.misbehave import Web

HOST = "127.0.0.2"


class FakeClock:
    """Stands still until somebody sleeps."""

    def __init__(self) -> None:
        self.t = 1000.0
        self.slept: list[float] = []
        self.lock = threading.Lock()

    def now(self) -> datetime:
        return datetime(2026, 11, 10, tzinfo=UTC) + timedelta(seconds=self.t)

    def monotonic(self) -> float:
        return self.t

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.slept.append(seconds)
            self.t += seconds


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def server() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.fixture
def web(server: Web) -> Web:
    server.routes.clear()
    server.forget()
    return server


@pytest.fixture
def site(web: Web) -> Callable[..., Site]:
    """Makes an entry for the local web; keywords set its fields."""

    def make(*discover: Discovery, **keys: object) -> Site:
        plain = Site(
            id="contoh", name="Contoh", url=web.url(HOST), platform="generic", kind="regional_news",
            network=None, language="id", province=None, units=(), seen=(), time_zone="Asia/Jakarta",
            status="stable", status_reason=None, status_since=None, aliases=(), discover=discover,
            selectors=(), pages=None, rate=0.0, assertions=Assertions(), file="contoh.yml",
        )  # fmt: skip
        return replace(plain, **keys)  # type: ignore[arg-type]

    return make
