"""From stored pages to the tables: parse, extract, write; the ledger says what is still owed.

Works through the ledger's pending pages, so it overlaps with fetching and goes on after a killed run:
a page is marked done only after the tables hold it, and writing it twice changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pipeline.errors import RecordError, RilisError, SchemaError
from pipeline.records import Article, Extraction
from pipeline.run.copies import grouped
from pipeline.run.pages import fingerprint, parse_page
from pipeline.run.tally import Tally
from pipeline.scrape import WarcStore
from pipeline.scrape.ledger import Ledger, Page
from pipeline.sites import Site
from pipeline.tables.checks import check_article
from pipeline.tables.partitions import update_months
from pipeline.tables.rows import Provenance, rows_of

Extract = Callable[[list[Article]], Iterable[Extraction | RilisError]]
"""Everything found in each article, in order; an error for one that breaks the extractor."""
FLUSH = 2_000
"""Pages held in memory before the tables are rewritten."""


class Harvest:
    """Takes what is pending into the tables, some pages at a time."""

    def __init__(
        self, ledger: Ledger, store: WarcStore, sites: Mapping[str, Site], processed: Path, extract: Extract
    ) -> None:
        self._ledger, self._store, self._sites = ledger, store, sites
        self._processed, self._extract = processed, extract
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

    def take(self, limit: int = 100) -> int:
        """Work on some pending pages; how many there were."""
        pages = self._ledger.pending(beyond=frozenset(self._done), limit=limit)
        parsed = [(page, self._parse(page)) for page in pages]
        found = iter(self._extract([article for _, article in parsed if article is not None]))
        for page, article in parsed:
            self._enter(page, None if article is None else self._checked(page, next(found)))
        if len(self._done) >= FLUSH:
            self.flush()
        return len(pages)

    def flush(self) -> None:
        """Write what was gathered, then tell the ledger."""
        if self._changes:
            provenance = grouped(self._processed, self._changes)
            found = [self._changes[key][0] for key in sorted(self._changes)]
            self.months.update(update_months(self._processed, found, provenance=provenance))
        if self._done:
            self._ledger.tabled(self._done.values())
        self._changes, self._done = {}, {}

    def _parse(self, page: Page) -> Article | None:
        """The article in a stored page, or ``None``."""
        if page.place is None:
            return None
        stored = self._store.read(page.place)
        try:
            return parse_page(stored, self._sites.get(page.site_id))
        except RecordError:
            return None
        except Exception as error:
            # A page that breaks the parser is a page put aside, never the end of the run.
            self.faults.append(f"{page.url}: {type(error).__name__}: {error}")
            return None

    def _checked(self, page: Page, found: Extraction | RilisError) -> Extraction | None:
        """What the tables can take, or ``None``."""
        if isinstance(found, RilisError):
            self.faults.append(f"{page.url}: {found.message}")
            return None
        try:
            check_article(rows_of(found))
        except SchemaError as error:
            self.faults.append(f"{page.url}: {error.message}")
            return None
        return found

    def _enter(self, page: Page, found: Extraction | None) -> None:
        tally = self.tallies[page.site_id]
        known = page.fingerprint is not None
        if found is None:
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
