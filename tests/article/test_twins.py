"""The twins of the owner's five articles: read as they are, they give the clean text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.article import from_text

TWINS = Path(__file__).parent.parent / "twins"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
_TAG = re.compile(r"\{[A-Z]+ ([^{}]*)\}")


def _expected(path: Path) -> tuple[dict[str, str], str]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in front.strip().split("\n"))
    lines = [line.strip() for line in _TAG.sub(r"\1", body).split("\n")]
    return fields, "\n".join(line for line in lines if line)


@pytest.mark.parametrize("name", ["T00", "T01", "T02", "T03", "T04"])
def test_a_twin_is_read_as_it_is(name: str) -> None:
    article = from_text((TWINS / f"{name}.txt").read_text(encoding="utf-8"), source_id=name)
    fields, text = _expected(TWINS / f"{name}.md")
    assert article.text == text
    assert article.title == fields["title"]
    assert article.site == fields["site"]
    day = None if fields["published"] == "null" else fields["published"][:10]
    assert (article.published_date.isoformat() if article.published_date else None) == day


SEED_FACTS = {
    "000": ("purwakarta.jis.co.id", "2024-10-08", "PURWAKARTA - Demi", "tutur Enjang."),
    "001": ("intisarinews.co.id", None, "Metro, Intisarinews.co.id", "pungkasnya."),
    "002": ("purwakarta1.iwo.or.id", "2024-02-09", "PURWAKARTA - Polres", "di wilayah tersebut."),
    "003": ("purwakarta.jis.co.id", "2024-11-28", "PURWAKARTA - Untuk", "Tegas Yuga."),
    "004": ("jambiekspres.co", None, "MUARO JAMBI, JAMBI", "AKBP Heri Supriawan--"),
}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the owner's articles are not in the repository")
@pytest.mark.parametrize("name", sorted(SEED_FACTS))
def test_a_seed_is_read_as_it_is(name: str) -> None:
    site, day, begins, ends = SEED_FACTS[name]
    path = next(SEEDS.glob(f"{name}_*.txt"))
    article = from_text(path.read_text(encoding="utf-8"), source_id=path.stem)
    assert article.site == site
    assert (article.published_date.isoformat() if article.published_date else None) == day
    assert article.text.startswith(begins)
    assert article.text.endswith(ends)
    assert "BACA JUGA" not in article.text
    assert article.title
    assert article.title not in article.text
