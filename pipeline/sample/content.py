"""The sample's sites and articles, read from the YAML beside this file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
SITES = HERE / "sites"
"""Folder of site entries for the sample's hosts."""


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One article as its site knows it. ``unit`` and ``event`` are what a careful reader finds."""

    slug: str
    title: str
    by: str
    published: dt.datetime
    lines: tuple[str, ...]
    path: str
    url: str
    id: int
    category: str
    caption: str | None
    wrapped: bool
    unit: str | None
    event: str | None
    day: str
    """Name of the weekday."""

    @property
    def iso(self) -> str:
        return self.published.isoformat()

    @property
    def utc(self) -> str:
        return self.published.astimezone(dt.UTC).isoformat()

    @property
    def page_date(self) -> str:
        """As the JIS network prints it."""
        return self.published.strftime("%b %d, %Y - %H:%M").replace(" 0", " ", 1)

    @property
    def disway_date(self) -> str:
        """As the Disway network prints it."""
        return f"{self.day} {self.published:%d-%m-%Y,%H:%M} WIB"

    @property
    def long_date(self) -> str:
        return f"{self.day}, {self.published:%d/%m/%Y}"

    @property
    def time(self) -> str:
        return self.published.strftime("%H.%M")

    @property
    def rfc822(self) -> str:
        return self.published.strftime("%a, %d %b %Y %H:%M:%S %z")


@dataclass(frozen=True, slots=True)
class SampleSite:
    """One host and what it serves."""

    host: str
    name: str
    template: str
    pages: dict[str, str]
    """Path to template of a listing."""
    posts: str | None
    """Path of WordPress's REST listing."""
    feed: str | None
    """Path of Blogger's JSON feed."""
    articles: tuple[SampleArticle, ...]

    @property
    def home(self) -> str:
        """The address of the front page."""
        return f"http://{self.host}"


@cache
def sample_sites() -> tuple[SampleSite, ...]:
    """All sites of the sample with their articles, newest first."""
    table = yaml.safe_load((HERE / "sites.yml").read_text(encoding="utf-8"))
    return tuple(_site(entry, table["days"]) for entry in table["sites"])


def _site(entry: dict[str, Any], days: list[str]) -> SampleSite:
    file = HERE / "articles" / f"{entry['articles']}.yml"
    articles = [_article(raw, entry, days) for raw in yaml.safe_load(file.read_text(encoding="utf-8"))]
    return SampleSite(
        host=entry["host"],
        name=entry["name"],
        template=entry["template"],
        pages=dict(entry["pages"]),
        posts=entry.get("posts"),
        feed=entry.get("feed"),
        articles=tuple(sorted(articles, key=lambda article: article.published, reverse=True)),
    )


def _article(raw: dict[str, Any], site: dict[str, Any], days: list[str]) -> SampleArticle:
    published = dt.datetime.fromisoformat(raw["published"])
    number = int(raw.get("id", 0))
    path = site["article"].format(
        slug=raw["slug"], id=number, year=published.year, month=f"{published.month:02d}"
    )
    return SampleArticle(
        slug=raw["slug"],
        title=raw["title"],
        by=raw["by"],
        published=published,
        lines=tuple(line for line in raw["body"].split("\n") if line.strip()),
        path=path,
        url=f"http://{site['host']}{path}",
        id=number,
        category=raw.get("category", "Berita"),
        caption=raw.get("caption"),
        wrapped=bool(raw.get("wrapped")),
        unit=raw.get("unit"),
        event=raw.get("event"),
        day=days[published.weekday()],
    )
