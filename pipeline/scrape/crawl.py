"""One visit to one site: look at the listings, fetch what is due, store it. Never raises for the world."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.clock import Clock
from pipeline.scrape.answer import Answer
from pipeline.scrape.classify import Verdict, classify
from pipeline.scrape.client import Client
from pipeline.scrape.discover import Asker, Window, discover
from pipeline.scrape.ledger import Ledger, Page
from pipeline.scrape.warc import StoredPage, WarcStore
from pipeline.sites import Site

FIRST_VISIT = dt.timedelta(days=30)
OVERLAP = dt.timedelta(days=3)
LONGEST = 3 * 3600.0
"""Seconds after which a visit leaves the rest to the next run."""
HIJACKED_LIMIT = 3
"""So many hijacked answers in a visit, and the site is left alone."""

Fingerprint = Callable[[bytes, str, Site], str | None]


@dataclass(frozen=True, slots=True)
class Shop:
    """What visits share: the client, the stores, and how a page's text is told from its furniture."""

    client: Client
    ledger: Ledger
    store: WarcStore
    clock: Clock
    fingerprint: Fingerprint | None = None
    """Hash of the article in a page; without it any changed byte is a revision."""


@dataclass(slots=True)
class Visit:
    """What happened at one site."""

    site_id: str
    way: str | None = None
    found: int = 0
    new: int = 0
    stored: int = 0
    revised: int = 0
    gone: int = 0
    checked: int = 0
    left: int = 0
    """Pages that were due but not tried: out of time, or the host was given up."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Answers by kind: article, challenge, soft404 … and failures."""
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0
    skipped: bool = False
    """The time was up before the site's turn."""
    crashed: bool = False
    """A fault of the program's own ended the visit."""


def visit(
    shop: Shop,
    site: Site,
    *,
    since: dt.datetime | None = None,
    on_page: Callable[[StoredPage, Site], None] = lambda page, site: None,
    stopped: Callable[[], bool] = lambda: False,
    dry_run: bool = False,
) -> Visit:
    """Visit one site. ``on_page`` gets each page once it is safely stored.

    ``since``: how far back to look; by default to three days before the last visit, at the first
    visit 30 days. ``dry_run`` looks at the listings and changes nothing.
    """
    start = shop.clock.monotonic()
    result = Visit(site.id)
    now = shop.clock.now()
    deep = since is not None
    if since is None:
        last = shop.ledger.last_visit(site.id)
        since = last - OVERLAP if last else now - FIRST_VISIT
    asker = Asker(shop.client, shop.ledger, site, deep=deep)
    seen = discover(asker, site, Window(since, deep=deep))
    result.way, result.found = seen.way, len(seen.found)
    result.problems += seen.problems
    if dry_run:
        result.new = sum(asker.is_news(item) for item in seen.found)
        result.seconds = shop.clock.monotonic() - start
        return result
    if seen.way is not None:
        result.new = shop.ledger.enter(site.id, seen.found, seen.listings, now)

    def enough() -> bool:
        return stopped() or shop.clock.monotonic() - start > LONGEST

    _fetch_new(shop, site, result, on_page, enough)
    _check_again(shop, site, result, on_page, enough)
    result.seconds = shop.clock.monotonic() - start
    return result


def _until(stopped: Callable[[], bool], result: Visit, due: list[Page]) -> Iterator[Page]:
    """The pages that are due, one after the other; what a visit cut short leaves is counted."""
    for index, page in enumerate(due):
        if stopped() or _given_up(result):
            result.left += len(due) - index
            return
        yield page


def _fetch_new(
    shop: Shop,
    site: Site,
    result: Visit,
    on_page: Callable[[StoredPage, Site], None],
    stopped: Callable[[], bool],
) -> None:
    for page in _until(stopped, result, shop.ledger.due_new(site.id, shop.clock.now())):
        answer = _ask(shop, site, page.url)
        verdict = _judge(answer, site)
        result.kinds[verdict.kind] += 1
        if verdict.kind == "article":
            on_page(_keep(shop, site, page, answer, revision=False), site)
            result.stored += 1
        elif answer.is_passing or verdict.kind in {"challenge", "empty"}:
            shop.ledger.failed(page.url, verdict.kind, answer.status, shop.clock.now(), again=answer.retry_at)
        else:
            shop.ledger.rejected(page.url, f"{verdict.kind} {verdict.why}".strip(), answer.status)


def _check_again(
    shop: Shop,
    site: Site,
    result: Visit,
    on_page: Callable[[StoredPage, Site], None],
    stopped: Callable[[], bool],
) -> None:
    for page in _until(stopped, result, shop.ledger.due_again(site.id, shop.clock.now())):
        conditional = not page.full_check and page.gone_at is None
        answer = _ask(
            shop,
            site,
            page.url,
            etag=page.etag if conditional else None,
            last_modified=page.last_modified if conditional else None,
        )
        now = shop.clock.now()
        result.checked += 1
        if answer.unchanged:
            result.kinds["unchanged"] += 1
            shop.ledger.checked(page.url, now, not_modified=True)
            continue
        verdict = _judge(answer, site)
        result.kinds[verdict.kind] += 1
        if page.gone_at is None and (answer.is_gone or verdict.kind == "soft404"):
            shop.ledger.gone(page.url, answer.status, now)
            result.gone += 1
        elif verdict.kind == "article" and (page.gone_at or _has_changed(shop, site, page, answer)):
            on_page(_keep(shop, site, page, answer, revision=True), site)
            result.revised += 1
        elif not answer.is_passing:
            # Also where we are shut out now: to ask every night for ever would help nobody.
            shop.ledger.checked(page.url, now, not_modified=False)


def _ask(
    shop: Shop, site: Site, url: str, *, etag: str | None = None, last_modified: str | None = None
) -> Answer:
    """Fetch an article, whole where the site cuts it into pages and its robots.txt lets us ask for that."""
    if site.pages is not None:
        whole = site.pages.whole(url)
        answer = shop.client.fetch(whole, rate=site.rate, etag=etag, last_modified=last_modified)
        if answer.failure != "robots":
            return answer
    return shop.client.fetch(url, rate=site.rate, etag=etag, last_modified=last_modified)


def _judge(answer: Answer, site: Site) -> Verdict:
    if answer.ok:
        return classify(answer, site)
    if answer.failure == "status":
        return Verdict(f"status_{answer.status}")
    return Verdict(answer.failure or f"status_{answer.status}")


def _given_up(result: Visit) -> bool:
    """A host that is closed, or a domain that was taken over, is not asked for page after page."""
    kinds = result.kinds
    return bool(
        kinds["breaker"]
        or kinds["robots_unreachable"]
        or kinds["hijacked"] >= HIJACKED_LIMIT
        or kinds["challenge"] >= 5
    )


def _keep(shop: Shop, site: Site, page: Page, answer: Answer, *, revision: bool) -> StoredPage:
    """Raw store first (on the disk), ledger second."""
    place = shop.store.append(answer, page.url, site.id)
    stored = StoredPage(
        url=page.url,
        final_url=answer.final_url,
        site_id=site.id,
        fetched_at=answer.fetched_at,
        content_type=answer.header("content-type"),
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        digest=hashlib.sha256(answer.body).hexdigest(),
        body=answer.body,
        place=place,
    )
    shop.ledger.stored(stored, revision=revision)
    return stored


def _has_changed(shop: Shop, site: Site, page: Page, answer: Answer) -> bool:
    if hashlib.sha256(answer.body).hexdigest() == page.digest:
        return False
    if shop.fingerprint is None or page.fingerprint is None:
        return True
    return shop.fingerprint(answer.body, answer.final_url, site) != page.fingerprint


def recover(shop: Shop) -> int:
    """Bring ledger and raw store together after a killed run. Returns how many pages were adopted."""
    return shop.ledger.adopt(shop.store.tail(shop.ledger.known_ends()))


def totals(visits: Iterable[Visit]) -> Counter[str]:
    """Sums over visits, for reports."""
    sums: Counter[str] = Counter()
    for item in visits:
        sums.update(
            found=item.found, new=item.new, stored=item.stored, revised=item.revised, gone=item.gone,
            checked=item.checked, left=item.left,
        )  # fmt: skip
    return sums
