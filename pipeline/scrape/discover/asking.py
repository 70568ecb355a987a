"""Asking a site for a listing: conditionally, with the content's hash as a second opinion."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.scrape.client import Client
from pipeline.scrape.ledger import Found, Ledger, Listed
from pipeline.sites import Discovery, Site

FULL_AFTER = dt.timedelta(days=3)
"""A listing that answered only 304 for so long is asked for whole: a 304 can lie."""
_FINAL = {"robots_unreachable", "breaker", "dns", "connect", "private"}


class Unavailable(Exception):
    """A way is not offered. ``is_final``: the host as a whole does not answer."""

    def __init__(self, why: str, *, is_final: bool = False) -> None:
        super().__init__(why)
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Window:
    """How far back a visit goes."""

    since: dt.datetime
    """Articles that were published and changed before are left alone."""
    deep: bool = False
    """Go back to ``since`` even through pages that hold nothing new, and read unchanged listings too."""

    def holds(self, found: Found) -> bool:
        """Whether an address is new enough; one without a date is."""
        newest = max((moment for moment in (found.published, found.modified) if moment), default=None)
        return newest is None or newest >= self.since


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing as it came; ``same`` when it is what it was at the last visit."""

    url: str
    body: bytes
    content_type: str | None
    same: bool


@dataclass(slots=True)
class Asker:
    """Asks in the name of one site, and remembers what was read for the ledger."""

    client: Client
    ledger: Ledger
    site: Site
    deep: bool = False
    """Whether listings are asked for whole, changed or not."""
    read: list[Listed] = field(default_factory=list)
    unchanged: bool = False
    """Whether a listing of this visit was what it was."""

    def get(self, url: str) -> Listing:
        """A listing, or ``Unavailable``."""
        before = None if self.deep else self.ledger.listed(url)
        fresh = before is not None and self.client.clock.now() - before.read_at < FULL_AFTER
        answer = self.client.fetch(
            url,
            rate=self.site.rate,
            etag=before.etag if before and fresh else None,
            last_modified=before.last_modified if before and fresh else None,
        )
        if answer.unchanged:
            self.unchanged = True
            return Listing(url, b"", None, same=True)
        if not answer.ok:
            why = f"status {answer.status}" if answer.failure == "status" else str(answer.failure)
            if answer.failure == "private":
                why = "leads to a private address (--allow-private-hosts permits that)"
            raise Unavailable(why, is_final=answer.failure in _FINAL)
        digest = hashlib.sha256(answer.body).hexdigest()
        same = before is not None and before.digest == digest
        self.unchanged = self.unchanged or same
        self.read.append(
            Listed(url, answer.header("etag"), answer.header("last-modified"), digest, answer.fetched_at)
        )
        return Listing(answer.final_url, answer.body, answer.header("content-type"), same=same)

    def pages(self, address: Callable[[int], str | None], most: int) -> Iterator[Listing]:
        """The pages of a listing from the first on, until there is no further one, or one is unchanged.

        ``address`` gives the address of a page by its number, from 1. Errors: ``Unavailable`` when the
        first page is.
        """
        for number in range(1, most + 1):
            url = address(number)
            if url is None:
                return
            try:
                listing = self.get(url)
            except Unavailable:
                if number == 1:
                    raise
                return
            if listing.same:
                return
            yield listing

    def is_news(self, found: Found) -> bool:
        """Whether the ledger does not have an address in this version."""
        return not self.ledger.knows(found)

    def goes_on(self, page: list[Found], window: Window) -> bool:
        """Whether the next, older page of a listing can hold anything new."""
        return any(window.holds(item) and (window.deep or self.is_news(item)) for item in page)


def moment(text: str | None) -> dt.datetime | None:
    """A date of RFC 3339 or W3C form; one without a zone is taken as UTC; ``None`` when unreadable."""
    if not text:
        return None
    try:
        value = dt.datetime.fromisoformat(text.strip())
        return (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def numbered(site: Site, how: Discovery, first: str) -> Callable[[int], str | None]:
    """Addresses of pages by number, as the entry names them; only the first where it names no others."""

    def address(number: int) -> str | None:
        if number == 1:
            return absolute(site, how.path or first)
        return absolute(site, how.paging.format(n=number)) if how.paging else None

    return address


def absolute(site: Site, path: str) -> str:
    """A path of the site as an address; a whole address stays what it is."""
    if "://" in path:
        return path
    return f"{site.url}/{path.lstrip('/')}"
