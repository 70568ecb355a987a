"""Golden pages: the markup of each platform with the article that is expected of it.

A page without its JSON makes the test write one and fail, until a person has read it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.article import from_html
from pipeline.run.golden import expected

GOLDEN = Path(__file__).parents[1] / "golden"
PAGES = sorted(GOLDEN.glob("*/*.html"))


def test_there_are_golden_pages_of_every_platform() -> None:
    counts = {folder.name: len(list(folder.glob("*.html"))) for folder in GOLDEN.iterdir() if folder.is_dir()}
    assert {"blogger", "disway", "iwo", "jis", "odoo", "wordpress"} <= {
        k for k, v in counts.items() if v >= 2
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_golden_page_gives_its_article(path: Path) -> None:
    file = path.with_suffix(".json")
    if not file.exists():
        article = expected(
            from_html(path.read_bytes(), url=f"https://{path.parent.name}.example/{path.stem}")
        )
        file.write_text(json.dumps(article, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        pytest.fail(f"{file.name} was missing and is now written: read it, then run again")
    wanted = json.loads(file.read_text(encoding="utf-8"))
    assert expected(from_html(path.read_bytes(), url=wanted["url"])) == wanted
