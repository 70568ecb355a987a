"""What a page says about its article in JSON-LD, OpenGraph and other meta elements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag

_ARTICLE_TYPES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "posting")
_MAX_JSON = 2_000_000
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own statements; None for what it does not say."""

    title: str | None = None
    url: str | None = None
    published: str | None = None
    byline: str | None = None
    body: str | None = None
    kind: str | None = None
    """``og:type`` in lower case, or ``article`` where JSON-LD speaks of one."""


def read_metadata(soup: BeautifulSoup) -> Metadata:
    """Read JSON-LD first, meta elements second."""
    item = next(_json_articles(soup), {})
    og = _meta(soup)
    canonical = soup.select_one("link[rel=canonical][href]")
    return Metadata(
        title=_text(item.get("headline")) or og.get("og:title") or og.get("twitter:title"),
        url=(str(canonical["href"]) if canonical else None) or og.get("og:url") or _text(item.get("url")),
        published=_text(item.get("datePublished"))
        or og.get("article:published_time")
        or og.get("og:article:published_time")
        or og.get("datepublished")
        or og.get("pubdate")
        or og.get("publishdate")
        or og.get("dc.date.issued"),
        byline=_names(item.get("author")) or og.get("author") or og.get("article:author"),
        body=_text(item.get("articleBody")),
        kind="article" if item else (og.get("og:type") or "").lower() or None,
    )


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in soup.find_all("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and isinstance(content, str) and content.strip():
            found.setdefault(str(name).lower(), content.strip())
    return found


def _json_articles(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    for element in soup.find_all("script", type="application/ld+json"):
        raw = element.string or element.get_text()
        if not raw or len(raw) > _MAX_JSON:
            continue
        try:
            value = json.loads(raw, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(value, 0)


def _articles_in(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for part in value[:200]:
            yield from _articles_in(part, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
        if any(str(name).lower().endswith(_ARTICLE_TYPES) for name in names):
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if name in value:
                yield from _articles_in(value[name], depth + 1)


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = next((part for part in value if part), None)
    return value.strip() or None if isinstance(value, str) else None


def _names(value: object) -> str | None:
    people = value if isinstance(value, list) else [value]
    names = [_text(p.get("name")) if isinstance(p, dict) else _text(p) for p in people[:10]]
    return ", ".join(name for name in names if name) or None


def attribute_or_text(element: Tag) -> str:
    """A machine-readable date where an element has one, else its text."""
    for name in ("datetime", "content", "title"):
        value = element.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return element.get_text(" ", strip=True)
