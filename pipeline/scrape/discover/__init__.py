"""Finding addresses of articles: feeds, sitemaps, WordPress, Blogger, listing pages.

Each way is a function ``(asker, site, how, window) -> list[Found]`` that raises ``Unavailable`` when the
site does not offer it. Ways are tried in the entry's order until one answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.scrape.discover import blogger, listing, rss, sitemap, wordpress
from pipeline.scrape.discover.asking import Asker, Unavailable, Window
from pipeline.scrape.ledger import Found, Listed
from pipeline.scrape.urls import canonical
from pipeline.sites import Discovery, Site

Way = Callable[[Asker, Site, Discovery, Window], list[Found]]

WAYS: dict[str, Way] = {
    "rss": rss.discover,
    "sitemap": sitemap.discover,
    "wordpress": wordpress.discover,
    "blogger": blogger.discover,
    "listing": listing.discover,
}


@dataclass(frozen=True, slots=True)
class Discovered:
    """What a visit's listings name. ``way`` is ``None`` when none answered; then ``problems`` say why."""

    found: tuple[Found, ...]
    listings: tuple[Listed, ...]
    way: str | None
    problems: tuple[str, ...]


def discover(asker: Asker, site: Site, window: Window) -> Discovered:
    """Try the site's ways in order; the first that answers is the visit's."""
    problems: list[str] = []
    for how in site.discover:
        try:
            found = WAYS[how.kind](asker, site, how, window)
        except Unavailable as error:
            problems.append(f"{how.kind} {how.path or ''}: {error}".replace(" :", ":"))
            if error.is_final:
                break
            continue
        kept = _own(found, site, how)
        if kept or asker.unchanged or found:
            return Discovered(kept, tuple(asker.read), how.kind, tuple(problems))
        problems.append(f"{how.kind} {how.path or ''}: names no article")
    return Discovered((), (), None, tuple(problems))


def _own(found: list[Found], site: Site, how: Discovery) -> tuple[Found, ...]:
    """The site's own addresses that look like articles, each once, in the order they came."""
    wanted = re.compile(how.links) if how.links else None
    kept: dict[str, Found] = {}
    for item in found:
        url = canonical(item.url)
        if url is None or not site.owns(url):
            continue
        path = "/" + url.split("://", 1)[1].partition("/")[2]
        if wanted is not None and not wanted.search(path):
            continue
        kept.setdefault(url, Found(url, item.published, item.modified, item.title))
    return tuple(kept.values())


__all__ = ["WAYS", "Asker", "Discovered", "Unavailable", "Window", "discover"]
