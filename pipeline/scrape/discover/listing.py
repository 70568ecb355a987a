"""Listing pages: every link that looks like an article of the site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from pipeline.scrape.discover.asking import Asker, Listing, Window, numbered
from pipeline.scrape.ledger import Found
from pipeline.scrape.urls import canonical
from pipeline.sites import Discovery, Site
from pipeline.text.charset import charset_of, decode

# Without a pattern of the entry's own: a slug of four words or more, or a dated or numbered path.
_ARTICLE = re.compile(r"/[^/?]+(?:-[^/?-]+){3,}[^/]*/?$|/\d{4}/\d\d/[^/?]+|/read/\d+")
_SPACE = re.compile(r"\s+")


def discover(asker: Asker, site: Site, how: Discovery, window: Window) -> list[Found]:
    """Links of the listing's pages, page by page while a page holds anything new."""
    found: dict[str, Found] = {}
    for listing in asker.pages(numbered(site, how, "/"), how.max_pages):
        page = [item for item in links(listing, site, how.links) if item.url not in found]
        found.update((item.url, item) for item in page)
        if not asker.goes_on(page, window):
            break
    return list(found.values())


def links(listing: Listing, site: Site, wanted: str | None) -> list[Found]:
    """Addresses of the site's own articles on a page, each once, in the page's order."""
    pattern = re.compile(wanted) if wanted else _ARTICLE
    tree = HTMLParser(decode(listing.body, charset_of(listing.content_type)))
    base_node = tree.css_first("base[href]")
    base = (
        canonical((base_node.attributes.get("href") or "") if base_node else "", listing.url) or listing.url
    )
    kept: dict[str, Found] = {}
    for node in tree.css("a[href]"):
        url = canonical(node.attributes.get("href") or "", base)
        if url is None or url in kept:
            continue
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if site.owns(url) and pattern.search(path):
            kept[url] = Found(url, title=_SPACE.sub(" ", node.text()).strip()[:300] or None)
    return list(kept.values())
