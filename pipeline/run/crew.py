"""Visits to many sites at once, each by itself: what breaks one site stays at that site."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from pipeline.scrape import StoredPage
from pipeline.scrape.crawl import Shop, Visit, visit
from pipeline.sites import Site

WORKERS = 32


class Crew:
    """Threads that visit sites: ``with Crew(…) as crew: while crew.working(): …``.

    Leaving the block asks the visits to stop after the page they are at, and waits for them.
    """

    def __init__(
        self,
        shop: Shop,
        sites: Sequence[Site],
        *,
        since: dt.datetime | None = None,
        seconds: float | None = None,
        dry_run: bool = False,
        workers: int = WORKERS,
    ) -> None:
        self._shop, self._sites, self._since, self._dry_run = shop, sites, since, dry_run
        self._deadline = None if seconds is None else shop.clock.monotonic() + seconds
        self._stop, self._news = threading.Event(), threading.Event()
        self._pool = ThreadPoolExecutor(max(1, min(workers, len(sites))), thread_name_prefix="visit")
        self._futures: list[Future[Visit]] = []
        self.pages = 0
        """Pages stored so far."""

    def __enter__(self) -> Self:
        self._futures = [self._pool.submit(self._visit, site) for site in self._sites]
        for future in self._futures:
            future.add_done_callback(lambda _: self._news.set())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def working(self) -> bool:
        """Whether a visit is under way or to come."""
        return not all(future.done() for future in self._futures)

    def wait(self, seconds: float) -> None:
        """Wait until a page was stored or a visit ended, at most so long."""
        self._news.wait(seconds)
        self._news.clear()

    @property
    def sites_done(self) -> int:
        """How many sites have been visited to the end."""
        return sum(future.done() for future in self._futures)

    def visits(self) -> list[Visit]:
        """What happened, in the order of the sites."""
        return [future.result() for future in self._futures if future.done() and not future.cancelled()]

    def _stopped(self) -> bool:
        late = self._deadline is not None and self._shop.clock.monotonic() >= self._deadline
        return late or self._stop.is_set()

    def _visit(self, site: Site) -> Visit:
        if self._stopped():
            return Visit(site.id, problems=["not visited: the time was up"], skipped=True)
        try:
            return visit(
                self._shop,
                site,
                since=self._since,
                on_page=self._stored,
                stopped=self._stopped,
                dry_run=self._dry_run,
            )
        except Exception as error:
            # A fault of ours at one site must not cost the others; it is told as an alarm.
            return Visit(site.id, problems=[f"fault: {type(error).__name__}: {error}"], crashed=True)

    def _stored(self, page: StoredPage, site: Site) -> None:
        self.pages += 1
        self._news.set()
