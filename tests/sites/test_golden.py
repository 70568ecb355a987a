"""Golden pages: each page in ``golden/<site>/`` gives the article in the JSON beside it.

A page without its JSON gets one and fails the test until a person has read what was written.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from pipeline.run.golden import expected
from pipeline.run.pages import parse_body
from pipeline.sites import Site, load_sites

GOLDEN = Path(__file__).parent / "golden"
SAMPLE = Path(__file__).parents[2] / "pipeline" / "sample" / "sites"
PAGES = sorted(GOLDEN.glob("*/*.html"))


@pytest.fixture(scope="module")
def sites() -> dict[str, Site]:
    return {site.id: site for site in load_sites(["package", SAMPLE])}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_page_gives_the_article_beside_it(page: Path, sites: dict[str, Site]) -> None:
    wanted = page.with_suffix(".json")
    url = json.loads(wanted.read_text(encoding="utf-8"))["url"] if wanted.exists() else "https://example.id/"
    at = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    found = expected(parse_body(page.read_bytes(), url, sites[page.parent.name], fetched_at=at))
    if not wanted.exists():
        wanted.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        pytest.fail(f"{wanted} was made: read it, correct it, run again")
    assert found == json.loads(wanted.read_text(encoding="utf-8"))


def test_each_platform_of_the_seeds_has_two() -> None:
    counts = {folder.name: len(list(folder.glob("*.html"))) for folder in GOLDEN.iterdir()}
    assert set(counts) >= {f"sample-{name}" for name in ("jis", "iwo", "wordpress", "disway", "blogger")}
    assert min(counts.values()) >= 2
