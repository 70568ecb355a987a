"""A stored page and its site's entry to an article: where scraping and parsing meet."""

from __future__ import annotations

import datetime as dt

from pipeline.article import from_html
from pipeline.article.platforms import platform_names
from pipeline.errors import RecordError
from pipeline.ids import content_sha256
from pipeline.records import Article
from pipeline.scrape import StoredPage
from pipeline.sites import Site
from pipeline.text.charset import charset_of


def parse_page(page: StoredPage, site: Site | None) -> Article:
    """The article of a stored page. Errors: ``RecordError`` when it holds none."""
    return parse_body(
        page.body, page.url, site, fetched_at=page.fetched_at, charset=charset_of(page.content_type)
    )


def parse_body(
    body: bytes,
    url: str | None,
    site: Site | None,
    *,
    source_id: str | None = None,
    fetched_at: dt.datetime | None = None,
    charset: str | None = None,
) -> Article:
    """The article of a page's bytes; the site's entry gives selectors, platform, zone and province."""
    if site is None:
        return from_html(body, source_id=source_id, url=url, fetched_at=fetched_at, charset=charset)
    day = (fetched_at or dt.datetime.now(dt.UTC)).date()
    return from_html(
        body,
        source_id=source_id,
        url=url,
        fetched_at=fetched_at,
        selectors=site.selectors_on(day),
        platform=site.platform if site.platform in platform_names() else None,
        site=site.host,
        zone=site.time_zone,
        province_codes=(site.province,) if site.province else (),
        charset=charset,
    )


def fingerprint(article: Article) -> str:
    """Hash of what a reader sees of an article: title and text. Furniture around it does not count."""
    return content_sha256(f"{article.title or ''}\n{article.text}")


def page_fingerprint(body: bytes, url: str, site: Site) -> str | None:
    """The fingerprint of the article in a page's bytes; ``None`` where there is no article."""
    try:
        return fingerprint(parse_body(body, url, site))
    except RecordError:
        return None
