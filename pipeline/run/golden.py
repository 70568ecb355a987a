"""Golden pages: a stored page beside the article that is expected of it, for tests to hold on to."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.ids import slug
from pipeline.records import Article
from pipeline.run.pages import parse_page
from pipeline.scrape import StoredPage, WarcStore
from pipeline.scrape.ledger import Ledger
from pipeline.sites import Site

FIELDS = (
    "url",
    "site",
    "title",
    "byline",
    "published_at",
    "published_date",
    "language",
    "captions_start",
    "text",
)


def expected(article: Article) -> dict[str, Any]:
    """What a golden file says of an article."""
    raw = asdict(article)
    return {key: value if value is None or isinstance(value, int) else str(value) for key, value in
            ((key, raw[key]) for key in FIELDS)}  # fmt: skip


def write_golden(site: Site, data: Path, folder: Path, count: int = 2) -> list[Path]:
    """Write the newest stored pages of a site and their articles to ``folder/<site>/``.

    The JSON is what the parser gives now; it is golden only once a person has read it.
    Errors: ``InputError`` when nothing of the site is stored.
    """
    ledger = Ledger(data / "raw" / "ledger.sqlite")
    try:
        places = [page.place for page in ledger.newest(site.id, count) if page.place is not None]
    finally:
        ledger.close()
    if not places:
        raise InputError(
            f"no stored page of {site.id}",
            where=str(data),
            hint=f"`rilis refresh --only {site.id}` fetches some",
        )
    store = WarcStore(data / "raw")
    return [_write(store.read(place), site, folder / site.id) for place in places]


def _write(page: StoredPage, site: Site, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    name = slug(page.url.rstrip("/").rsplit("/", 1)[-1])[:60] or "page"
    (folder / f"{name}.html").write_bytes(page.body)
    path = folder / f"{name}.json"
    article = expected(parse_page(page, site))
    path.write_text(json.dumps(article, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
