"""WordPress's REST listing of posts, last changed first: new and edited articles in one list."""

from __future__ import annotations

import json
from typing import Any

from pipeline.scrape.discover.asking import Asker, Listing, Unavailable, Window, absolute, moment
from pipeline.scrape.ledger import Found
from pipeline.sites import Discovery, Site
from pipeline.text.charset import charset_of, decode

PER_PAGE = 100
QUERY = "per_page={per_page}&page={n}&orderby=modified&order=desc&_fields=id,link,date_gmt,modified_gmt,title"


def discover(asker: Asker, site: Site, how: Discovery, window: Window) -> list[Found]:
    """Posts changed within the window, page by page while a page holds anything new.

    The addresses of the listing stay the same from run to run, so that it can be asked for
    conditionally; ``modified_after`` would change them each night.
    """
    base = absolute(site, how.path or "/wp-json/wp/v2/posts")
    found: list[Found] = []

    def address(number: int) -> str:
        return base + ("&" if "?" in base else "?") + QUERY.format(per_page=PER_PAGE, n=number)

    for listing in asker.pages(address, how.max_pages):
        page = parse(listing)
        found += [item for item in page if window.holds(item)]
        if len(page) < PER_PAGE or not asker.goes_on(page, window):
            break
    return found


def parse(listing: Listing) -> list[Found]:
    """Posts of a REST answer. Errors: ``Unavailable`` when it is none."""
    try:
        posts: Any = json.loads(decode(listing.body, charset_of(listing.content_type)))
    except ValueError as error:
        raise Unavailable("not JSON") from error
    if not isinstance(posts, list):
        raise Unavailable("not a list of posts")
    found = []
    for post in posts:
        if isinstance(post, dict) and isinstance(post.get("link"), str):
            title = post.get("title")
            found.append(
                Found(
                    post["link"],
                    published=_utc(post.get("date_gmt")),
                    modified=_utc(post.get("modified_gmt")),
                    title=title.get("rendered") if isinstance(title, dict) else None,
                )
            )
    return found


def _utc(value: Any) -> Any:
    return moment(value) if isinstance(value, str) else None
