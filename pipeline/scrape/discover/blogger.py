"""Blogger's posts feed as JSON, last changed first."""

from __future__ import annotations

import json
from typing import Any

from pipeline.scrape.discover.asking import Asker, Listing, Unavailable, Window, absolute, moment
from pipeline.scrape.ledger import Found
from pipeline.sites import Discovery, Site
from pipeline.text.charset import charset_of, decode

PER_PAGE = 100
QUERY = "alt=json&orderby=updated&max-results={per_page}&start-index={start}"


def discover(asker: Asker, site: Site, how: Discovery, window: Window) -> list[Found]:
    """Posts changed within the window, page by page while a page holds anything new."""
    base = absolute(site, how.path or "/feeds/posts/summary")
    found: list[Found] = []

    def address(number: int) -> str:
        return f"{base}?{QUERY.format(per_page=PER_PAGE, start=(number - 1) * PER_PAGE + 1)}"

    for listing in asker.pages(address, how.max_pages):
        page = parse(listing)
        found += [item for item in page if window.holds(item)]
        if len(page) < PER_PAGE or not asker.goes_on(page, window):
            break
    return found


def parse(listing: Listing) -> list[Found]:
    """Posts of the feed. Errors: ``Unavailable`` when it is none."""
    try:
        feed: Any = json.loads(decode(listing.body, charset_of(listing.content_type)))["feed"]
        entries = feed.get("entry", [])
        return [item for entry in entries if (item := _found(entry)) is not None]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unavailable("not a Blogger feed") from error


def _found(entry: Any) -> Found | None:
    link = next((link["href"] for link in entry.get("link", []) if link.get("rel") == "alternate"), None)
    if link is None:
        return None
    return Found(
        str(link),
        published=moment(_text(entry, "published")),
        modified=moment(_text(entry, "updated")),
        title=_text(entry, "title"),
    )


def _text(entry: Any, key: str) -> str | None:
    value = entry.get(key)
    return str(value["$t"]) if isinstance(value, dict) and value.get("$t") else None
