"""Golden pages: the markup of each platform with the article that is expected of it.

A page without its JSON makes the test write one and fail, until a person has read it.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline.article import from_html
from pipeline.run.golden import expected
from pipeline.run.pages import parse_body
from pipeline.sites import Site, load_sites

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
PAGES = sorted(GOLDEN.glob("*/*.html"))


@pytest.fixture(scope="module")
def sites() -> dict[str, Site]:
    """The entries of the package and of the sample, by host."""
    return {site.host: site for site in load_sites(["package", ROOT / "pipeline" / "sample" / "sites"])}


def test_there_are_golden_pages_of_every_platform(sites: dict[str, Site]) -> None:
    counts = {folder.name: len(list(folder.glob("*.html"))) for folder in GOLDEN.iterdir() if folder.is_dir()}
    assert {"blogger", "disway", "iwo", "jis", "odoo", "wordpress"} <= {
        k for k, v in counts.items() if v >= 2
    }
    urls = [json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))["url"] for page in PAGES]
    assert {urlsplit(url).hostname for url in urls} >= {host for host in sites if host.endswith(".example")}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_golden_page_gives_its_article(path: Path, sites: dict[str, Site]) -> None:
    file = path.with_suffix(".json")
    if not file.exists():
        article = expected(
            from_html(path.read_bytes(), url=f"https://{path.parent.name}.example/{path.stem}")
        )
        file.write_text(json.dumps(article, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        pytest.fail(f"{file.name} was missing and is now written: read it, then run again")
    wanted = json.loads(file.read_text(encoding="utf-8"))
    assert expected(from_html(path.read_bytes(), url=wanted["url"])) == wanted
    site = sites.get(urlsplit(wanted["url"]).hostname or "")
    if site:
        assert expected(parse_body(path.read_bytes(), wanted["url"], site)) == wanted, "by its site's entry"
