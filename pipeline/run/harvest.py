"""From stored pages to the tables: parse, extract, write; the ledger says what is still owed.

Works through the ledger's pending pages, so it overlaps with fetching and goes on after a killed run:
a page is marked done only after the tables hold it, and writing it twice changes nothing.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from pathlib import Path

from pipeline.records import Extraction
from pipeline.run.copies import grouped
from pipeline.run.pages import fingerprint
from pipeline.run.reading import HANDFUL, WORTH_A_POOL, Outcome, Readers
from pipeline.run.tally import Tally
from pipeline.scrape import WarcStore
from pipeline.scrape.ledger import Ledger, Page
from pipeline.sites import Site
from pipeline.tables.partitions import update_months
from pipeline.tables.rows import Provenance

FLUSH = 2_000
"""Pages held in memory before the tables are rewritten."""


class Harvest:
    """Takes what is pending into the tables, some pages at a time."""

    def __init__(
        self, ledger: Ledger, store: WarcStore, sites: Mapping[str, Site], processed: Path, readers: Readers
    ) -> None:
        self._ledger, self._store, self._sites = ledger, store, sites
        self._processed, self._readers = processed, readers
        self._given: deque[list[Page]] = deque()
        self._changes: dict[str, tuple[Extraction, Provenance]] = {}
        self._done: dict[str, tuple[str, str | None, str | None, str]] = {}
        self.tallies: dict[str, Tally] = defaultdict(Tally)
        self.months: set[str] = set()
        """Months whose partitions were rewritten."""
        self.faults: list[str] = []
        """Pages that broke the program."""
        self.rebuilding = False
        """Whether known articles are only read again; they then count as such, not as revised."""
        self.new = self.revised = self.rebuilt = self.taken_down = self.off_topic = self.unparsed = 0

    def take(self, *, wait: bool = False) -> bool:
        """Hand pending pages to the readers and enter what they have read; whether anything was done."""
        busy = {page.url for handful in self._given for page in handful}
        pages = self._ledger.pending(beyond=frozenset(self._done) | busy, limit=WORTH_A_POOL)
        given = 0
        while given < len(pages) and self._readers.room > 0:
            handful = pages[given : given + HANDFUL]
            given += len(handful)
            stored = [(self._store.read(p.place), self._sites.get(p.site_id)) for p in handful if p.place]
            self._readers.give(stored, backlog=len(pages))
            self._given.append(handful)
        outcomes = self._readers.take(wait=wait or not given)
        if outcomes is not None:
            for page, outcome in zip(self._given.popleft(), outcomes, strict=True):
                self._enter(page, outcome)
        if len(self._done) >= FLUSH:
            self.flush()
        return bool(given) or outcomes is not None

    def flush(self) -> None:
        """Write what was gathered, then tell the ledger."""
        if self._changes:
            provenance = grouped(self._processed, self._changes)
            found = [self._changes[key][0] for key in sorted(self._changes)]
            self.months.update(update_months(self._processed, found, provenance=provenance))
        if self._done:
            self._ledger.tabled(self._done.values())
        self._changes, self._done = {}, {}

    def _enter(self, page: Page, found: Outcome) -> None:
        tally = self.tallies[page.site_id]
        known = page.fingerprint is not None
        if isinstance(found, str):
            self.faults.append(f"{page.url}: {found}")
        if not isinstance(found, Extraction):
            tally.add(None)
            self.unparsed += 1
            # A version that cannot be read does not push out one that could.
            topic = "on" if known else "unparsed"
            self._done[page.url] = (page.url, page.article_id, page.fingerprint, topic)
            return
        on_topic = bool(found.units)
        tally.add(found.article, on_topic=on_topic)
        if not on_topic and not known:
            self.off_topic += 1
            self._done[page.url] = (page.url, None, None, "off")
            return
        key = found.article.article_id
        if known or key not in self._changes:
            self._count(page, known)
        about = Provenance(revised_at=page.revised_at, taken_down=page.gone_at is not None)
        self._changes[key] = (found, about)
        self._done[page.url] = (page.url, key, fingerprint(found.article), "on")

    def _count(self, page: Page, known: bool) -> None:
        if known and self.rebuilding:
            self.rebuilt += 1
        elif page.gone_at is not None:
            self.taken_down += 1
        elif known:
            self.revised += 1
        else:
            self.new += 1
