"""Sitemaps: plain, news, index, gzipped. XML with entities or a DTD of its own is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import yaml
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipeline.scrape.body import BodyError, gunzip
from pipeline.scrape.discover.asking import Asker, Listing, Unavailable, Window, absolute, moment
from pipeline.scrape.ledger import Found
from pipeline.scrape.urls import canonical
from pipeline.sites import Discovery, Site

MAX_BODY = 60_000_000
MAX_DEPTH = 3


def discover(asker: Asker, site: Site, how: Discovery, window: Window) -> list[Found]:
    """Addresses in the sitemap and in those of its children that may hold anything new."""
    found: list[Found] = []
    queue = [(absolute(site, how.path or "/sitemap.xml"), 0)]
    asked = 0
    while queue and asked < how.max_pages:
        url, depth = queue.pop(0)
        asked += 1
        try:
            listing = asker.get(url)
            if listing.same:
                continue
            children, items = parse(listing)
        except Unavailable:
            if depth == 0:
                raise
            continue
        found += [item for item in items if window.holds(item)]
        if depth < MAX_DEPTH:
            newest_first = sorted(children, key=lambda child: str(child.modified or ""), reverse=True)
            queue += [
                (child.url, depth + 1)
                for child in newest_first
                if window.holds(child) and _may_hold_articles(site, child.url)
            ]
    return found


def parse(listing: Listing) -> tuple[list[Found], list[Found]]:
    """Child sitemaps and addresses of articles. Errors: ``Unavailable``."""
    try:
        root = fromstring(gunzip(listing.body, MAX_BODY), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unavailable(f"XML with a DTD or entities refused ({type(error).__name__})") from error
    except (ParseError, BodyError, ValueError, LookupError) as error:
        raise Unavailable(f"not a sitemap: {error}") from error
    entries = [_found(node) for node in root if _name(node) in {"url", "sitemap"}]
    items = [entry for entry in entries if entry is not None]
    return (items, []) if _name(root) == "sitemapindex" else ([], items)


def _found(node: Element) -> Found | None:
    values: dict[str, str] = {}
    for child in node.iter():
        if child.text and child.text.strip():
            values.setdefault(_name(child), child.text.strip())
    if "loc" not in values:
        return None
    return Found(
        values["loc"],
        published=moment(values.get("publication_date")),
        modified=moment(values.get("lastmod")),
        title=values.get("title"),
    )


def _name(node: Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1]


def _may_hold_articles(site: Site, url: str) -> bool:
    return canonical(url) is not None and site.owns(url) and not any(word in url for word in _skip())


@cache
def _skip() -> tuple[str, ...]:
    raw = yaml.safe_load(Path(__file__).with_name("sitemap.yml").read_text(encoding="utf-8"))
    return tuple(raw["skip"])
