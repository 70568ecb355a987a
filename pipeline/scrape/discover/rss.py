"""RSS and Atom feeds, with further pages where the entry says how they are named."""

from __future__ import annotations

import calendar
import datetime as dt
import io
from typing import Any

import feedparser

from pipeline.scrape.discover.asking import Asker, Unavailable, Window, numbered
from pipeline.scrape.ledger import Found
from pipeline.sites import Discovery, Site

MAX_ITEMS = 2_000
MAX_BYTES = 4_000_000
"""A larger feed is no feed, and would keep the parser busy for minutes."""


def discover(asker: Asker, site: Site, how: Discovery, window: Window) -> list[Found]:
    """Addresses in the feed, page by page while a page holds anything new."""
    found: list[Found] = []
    seen: set[str] = set()
    for number, listing in enumerate(asker.pages(numbered(site, how, "/feed/"), how.max_pages)):
        page = [item for item in parse(listing.body, listing.content_type) if item.url not in seen]
        if number == 0 and not page:
            raise Unavailable("not a feed, or an empty one")
        seen.update(item.url for item in page)
        found += [item for item in page if window.holds(item)]
        if not asker.goes_on(page, window):
            break
    return found


def parse(body: bytes, content_type: str | None = None) -> list[Found]:
    """The items of a feed; a broken feed gives what can be read of it. Errors: ``Unavailable``."""
    if len(body) > MAX_BYTES:
        raise Unavailable("too large for a feed")
    # A stream, never a string: feedparser would take a string for an address or a file's name.
    feed = feedparser.parse(
        io.BytesIO(body), response_headers={"content-type": content_type or "application/xml"}
    )
    items = []
    for entry in feed.entries[:MAX_ITEMS]:
        link = entry.get("feedburner_origlink") or entry.get("link")
        if link:
            items.append(
                Found(
                    str(link),
                    published=_moment(entry.get("published_parsed")),
                    # Not `entry.get`: feedparser would answer with the date of publication.
                    modified=_moment(dict.get(entry, "updated_parsed")),
                    title=entry.get("title"),
                )
            )
    return items


def _moment(parsed: Any) -> dt.datetime | None:
    """feedparser gives UTC as nine numbers."""
    if parsed is None:
        return None
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
