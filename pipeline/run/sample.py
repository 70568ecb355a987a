"""The main job, end to end, on the embedded sample: what ``rilis run`` does.

News sites on loopback → robots.txt, listings, pages over HTTP → WARC files and ledger under
``DATA/raw/sample`` (apart from real pages, which the nightly run must not mix with made-up ones) → articles →
records → the eight tables under ``DATA/processed``. Run again, it asks the listings conditionally, fetches
only what is new, and builds the same tables from the same raw store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from pipeline.clock import Clock, SystemClock
from pipeline.errors import FetchError
from pipeline.run.batch import Summary, extract_batch
from pipeline.run.progress import Progress
from pipeline.sample import SITES, SampleServer
from pipeline.scrape import Client, Policy, WarcStore
from pipeline.scrape.crawl import Shop, Visit, recover, visit
from pipeline.scrape.ledger import Ledger
from pipeline.sites import load_sites

_ALL_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class SampleRun:
    """What a run did: one visit a site, and the summary of the batch."""

    visits: tuple[Visit, ...]
    batch: Summary
    raw: Path
    out: Path
    seconds: float


class LoopbackTransport(httpx.BaseTransport):
    """Sends requests for the sample's host names to the server on loopback, and refuses all others.

    The addresses of the sample thus stay the same from run to run, whatever port was free.
    """

    def __init__(self, server: SampleServer) -> None:
        self._hosts = frozenset(server.hosts)
        self._port = server.port
        self._inner = httpx.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host not in self._hosts:
            raise httpx.ConnectError(f"name not found: {request.url.host}")
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def run_sample(
    data: Path,
    *,
    jobs: int = 1,
    on_visit: Callable[[Visit], None] = lambda visit: None,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> SampleRun:
    """Scrape the sample, extract, write the tables below ``data``.

    Raises ``FetchError`` when no page could be fetched, ``LockedError`` when another run holds the folder.
    """
    clock = clock or SystemClock()
    start = clock.monotonic()
    raw, out = data / "raw" / "sample", data / "processed"
    visits = tuple(_scrape(raw, clock, on_visit))
    files = WarcStore(raw).files()
    if not files:
        problems = "; ".join(problem for one in visits for problem in one.problems)
        raise FetchError(
            f"no page of the sample was fetched ({problems or 'no answer'})",
            hint="a firewall may forbid connections to 127.0.0.1",
        )
    batch = extract_batch(files, out, jobs=jobs, only_police=True, progress=progress)
    return SampleRun(visits, batch, raw, out, clock.monotonic() - start)


def _scrape(raw: Path, clock: Clock, on_visit: Callable[[Visit], None]) -> list[Visit]:
    raw.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(raw / "ledger.sqlite")
    visits = []
    try:
        with SampleServer() as server:
            policy = Policy(polite=False, allow_private=True, contact="sample@localhost")
            with Client(policy, clock=clock, transport=LoopbackTransport(server)) as client:
                shop = Shop(client, ledger, WarcStore(raw), clock)
                recover(shop)
                for site in load_sites([SITES]):
                    visits.append(visit(shop, site, since=_ALL_TIME))
                    on_visit(visits[-1])
    finally:
        ledger.close()
    return visits
