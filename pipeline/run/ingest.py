"""News archives in WARC form into the monthly tables, through the same parser as the nightly run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from pipeline.clock import Clock, SystemClock
from pipeline.errors import InputError, RecordError, RilisError, SchemaError
from pipeline.records import Article, Extraction
from pipeline.run.copies import grouped
from pipeline.run.lock import hold
from pipeline.run.pages import parse_page
from pipeline.run.reading import Extract
from pipeline.scrape import StoredPage, read_pages
from pipeline.sites import Site
from pipeline.tables.checks import check_article
from pipeline.tables.partitions import months_by_article, update_months
from pipeline.tables.rows import Provenance, rows_of

FLUSH, HANDFUL = 1_000, 64


@dataclass(slots=True)
class Ingested:
    """What came of the archives. ``broken`` files ended before their end; what stood before was taken."""

    pages: int = 0
    passed_over: int = 0
    """Pages without a word of the police, not parsed."""
    unparsed: int = 0
    off_topic: int = 0
    known: int = 0
    """Articles that the tables hold already; those stay as they are."""
    new: int = 0
    broken: list[str] = field(default_factory=list)
    months: set[str] = field(default_factory=set)


def ingest(
    files: Sequence[Path],
    data: Path,
    sites: Sequence[Site],
    *,
    extract: Extract,
    clock: Clock | None = None,
    tell: Callable[[Ingested], None] = lambda sums: None,
) -> Ingested:
    """Read WARC files page by page and put the police articles into ``data/processed``.

    An article that the tables hold already is not replaced: the nightly run's version is newer.
    Errors: ``InputError`` when a file is missing, ``LockedError`` while another run holds the folder.
    """
    for path in files:
        if not path.is_file():
            raise InputError("no such file", where=str(path), hint="give .warc or .warc.gz files")
    sums = Ingested()
    with hold(data, clock or SystemClock()):
        out = data / "processed"
        known = set(months_by_article(out))
        batch: dict[str, tuple[Extraction, Provenance]] = {}
        for found in _found(files, {site.host: site for site in sites}, extract, sums):
            key = found.article.article_id
            if key in known:
                sums.known += 1
                continue
            known.add(key)
            batch[key] = (found, Provenance())
            sums.new += 1
            if len(batch) >= FLUSH:
                _flush(out, batch, sums)
                tell(sums)
        _flush(out, batch, sums)
    return sums


def _found(
    files: Sequence[Path], sites: dict[str, Site], extract: Extract, sums: Ingested
) -> Iterator[Extraction]:
    batch: list[Article] = []
    for article in _articles(files, sites, sums):
        batch.append(article)
        if len(batch) >= HANDFUL:
            yield from _police(batch, extract, sums)
            batch = []
    yield from _police(batch, extract, sums)


def _articles(files: Sequence[Path], sites: dict[str, Site], sums: Ingested) -> Iterator[Article]:
    for path in files:
        try:
            for page in read_pages(path):
                sums.pages += 1
                article = _article(page, sites, sums)
                if article is not None:
                    yield article
        except Exception as error:
            # warcio raises many kinds on a torn or foreign file; what stood before it is kept.
            sums.broken.append(f"{path}: {type(error).__name__}: {error}")


def _article(page: StoredPage, sites: dict[str, Site], sums: Ingested) -> Article | None:
    low = page.body.lower() if "html" in (page.content_type or "html").lower() else b""
    if not any(sign in low for sign in _signs()):
        sums.passed_over += 1
        return None
    host = (urlsplit(page.final_url).hostname or "").lower().removeprefix("www.")
    try:
        return parse_page(page, sites.get(host))
    except RecordError:
        sums.unparsed += 1
    except Exception:
        # One hostile page must not end an archive of a million.
        sums.unparsed += 1
    return None


def _police(articles: list[Article], extract: Extract, sums: Ingested) -> Iterator[Extraction]:
    """What is in the articles that name a police unit."""
    for found in extract(articles) if articles else ():
        if isinstance(found, RilisError) or not _fits(found):
            sums.unparsed += 1
        elif not found.units:
            sums.off_topic += 1
        else:
            yield found


def _fits(found: Extraction) -> bool:
    try:
        check_article(rows_of(found))
    except SchemaError:
        return False
    return True


def _flush(out: Path, batch: dict[str, tuple[Extraction, Provenance]], sums: Ingested) -> None:
    if batch:
        provenance = grouped(out, batch)
        found = [batch[key][0] for key in sorted(batch)]
        sums.months.update(update_months(out, found, provenance=provenance))
        batch.clear()


@cache
def _signs() -> tuple[bytes, ...]:
    raw = yaml.safe_load(Path(__file__).with_name("ingest.yml").read_text(encoding="utf-8"))
    return tuple(sign.encode() for sign in raw["signs"])
