"""An article from a stored web page.

Parsed with BeautifulSoup on lxml. The body comes from the site's own selectors, then its platform's, then
common ones, then JSON-LD, and at last trafilatura in its precise mode; the date comes from JSON-LD and
OpenGraph first, since themes fill those for search engines with care.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from bs4 import BeautifulSoup

from pipeline import ids
from pipeline.article.body import Body, find_body
from pipeline.article.characters import lines_of
from pipeline.article.clean import clean_lines
from pipeline.article.language import language_of
from pipeline.article.metadata import Metadata, attribute_or_text, read_metadata
from pipeline.article.phrases import bare, key, phrases
from pipeline.article.platforms import (
    HasSelectors,
    Selectors,
    chain,
    date_zone_of,
    detect,
    everywhere,
    generic,
    selectors_of,
)
from pipeline.article.published import NOTHING, Published, page_date, parse, zone_name
from pipeline.article.strain import strained
from pipeline.article.url import canonical_url, site_of
from pipeline.errors import RecordError
from pipeline.records import Article
from pipeline.text.charset import decode

_MIN_TEXT = 120
_LEAST = 90
_TITLE_MAX = 500
_REPEATS_WITHIN = 5
_MAX_TAGS = 25_000
_DATED_PATH = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)/")


def from_html(
    raw: bytes | str,
    *,
    url: str | None,
    source_id: str | None = None,
    fetched_at: dt.datetime | None = None,
    selectors: HasSelectors | None = None,
    platform: str | None = None,
    site: str | None = None,
    zone: str | None = None,
    province_codes: Sequence[str] = (),
    charset: str | None = None,
) -> Article:
    """Make an article of a page.

    ``url`` is where it was fetched; ``selectors`` and ``platform`` come from the site's entry, ``charset``
    from the HTTP header, ``zone`` (or else the first of ``province_codes``) says how page dates are read.
    Raises ``RecordError`` when the page holds no article.
    """
    text = raw if isinstance(raw, str) else decode(raw, charset)
    if not text.strip():
        raise RecordError("no article: the page is empty", where=url or source_id)
    text = _bounded(text)
    own = Selectors.of(selectors) if selectors else Selectors()
    soup = strained(text, own)
    meta = read_metadata(soup)
    platform = platform or detect(soup)
    known = _selectors(own, platform)
    title = _title(soup, meta, known)
    if title and phrases().not_found.search(title):
        raise RecordError(f"no article: the page says “{title[:60]}”", where=url or source_id)
    local = zone or zone_name(province_codes)
    when, byline = _published(soup, meta, known, local, date_zone_of(platform)), _byline(soup, meta, known)
    body = find_body(soup, known)
    if body.is_listing and not meta.body:
        raise RecordError("no article: a listing of several", where=url or source_id)
    if len(body) < _MIN_TEXT:
        body = _fall_back(text, meta, body)
    cleaned = clean_lines(_without_title(body.lines, title), _captions(body, title))
    if len(cleaned.text) < _LEAST:
        raise RecordError(
            "no article on this page",
            where=url or source_id,
            hint="a listing, an error page, or a layout that changed",
        )
    if when == NOTHING:
        when = _last_resort(text, cleaned.text, url, local)
    address = _address(url, meta)
    return Article(
        article_id=ids.digest(canonical_url(address)) if address else ids.digest(title or "", cleaned.text),
        text=cleaned.text,
        source_id=source_id,
        url=address,
        site=site or site_of(address),
        title=title,
        byline=byline or cleaned.byline,
        published_at=when.at,
        published_date=when.date,
        fetched_at=fetched_at.astimezone(dt.UTC) if fetched_at else None,
        language=language_of(cleaned.text),
        captions_start=cleaned.captions_start,
        province_codes=tuple(province_codes),
    )


def _bounded(page: str) -> str:
    """The page up to a number of tags that no real one has, so that time is bounded."""
    if page.count("<") <= _MAX_TAGS:
        return page
    past = next(islice(re.finditer("<", page), _MAX_TAGS, None))
    return page[: past.start()]


def _selectors(own: Selectors, platform: str | None) -> Selectors:
    return chain([own, selectors_of(platform) if platform else Selectors(), generic(), everywhere()])


def _title(soup: BeautifulSoup, meta: Metadata, known: Selectors) -> str | None:
    for selector in known.title:
        element = soup.select_one(selector)
        found = " ".join(lines_of(element.get_text(" "))) if element else ""
        if len(found) >= 8:
            return found[:_TITLE_MAX]
    stated = meta.title or (soup.title.get_text() if soup.title else "")
    return " ".join(lines_of(stated[:_TITLE_MAX])) or None


def _published(
    soup: BeautifulSoup, meta: Metadata, known: Selectors, zone: str, naive: str | None
) -> Published:
    found = parse(meta.published, zone)
    for selector in known.date:
        if found.at is not None:
            break
        for element in soup.select(selector, limit=3):
            again = parse(attribute_or_text(element), zone, naive=naive)
            if again != NOTHING and (found == NOTHING or again.date == found.date):
                found = again
                break
    return found


def _last_resort(page: str, text: str, url: str | None, zone: str) -> Published:
    """A date line above the text, a date in the address, and then what htmldate makes of the page."""
    found = page_date(text.split("\n", 6)[:6], zone)
    if found == NOTHING and url and (match := _DATED_PATH.search(url)):
        found = parse("-".join(match.groups()), zone)
    if found == NOTHING:
        from htmldate import find_date

        guess = find_date(page, original_date=True, extensive_search=False, url=url)
        found = parse(guess, zone) if guess else NOTHING
    return found


def _byline(soup: BeautifulSoup, meta: Metadata, known: Selectors) -> str | None:
    for selector in known.byline:
        element = soup.select_one(selector)
        found = " ".join(lines_of(element.get_text(" "))) if element else ""
        name = _without_label(found)
        if 2 <= len(name) <= 80:
            return name
    stated = meta.byline
    return stated if stated and not stated.startswith("http") and len(stated) <= 80 else None


def _without_label(byline: str) -> str:
    """``Reporter: Jurnal`` is by Jurnal."""
    match = phrases().byline.match(byline)
    return (match["who"] if match else byline).split(" - ")[0].strip(" |,-")


def _fall_back(text: str, meta: Metadata, found: Body) -> Body:
    """JSON-LD's own body, else trafilatura's; only where they hold more than the selectors found."""
    if meta.body and len(meta.body) >= _MIN_TEXT:
        stated = meta.body
        if "<" in stated and ">" in stated:
            stated = BeautifulSoup(stated, "lxml").get_text("\n")
        return replace_lines(found, stated)
    import trafilatura

    extracted = trafilatura.extract(
        text,
        include_comments=False,
        include_tables=False,
        favor_precision=True,
        fast=True,
        output_format="txt",
    )
    return replace_lines(found, extracted) if extracted and len(extracted) > len(found) else found


def replace_lines(body: Body, text: str) -> Body:
    """The same captions with other lines."""
    return replace(body, lines=lines_of(text))


def _without_title(lines: list[str], title: str | None) -> list[str]:
    if not title:
        return lines
    name = key(bare(title))
    return [line for i, line in enumerate(lines) if i >= _REPEATS_WITHIN or key(bare(line)) != name]


def _captions(body: Body, title: str | None) -> list[str]:
    """Captions that say more than the title does."""
    name = key(bare(title)) if title else ""
    return [line for line in body.captions if key(bare(line)) != name]


def _address(url: str | None, meta: Metadata) -> str | None:
    """Where the article was fetched; the page's own word only where nothing else is known."""
    return url or meta.url
