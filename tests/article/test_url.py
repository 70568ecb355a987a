"""Canonical addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.article import canonical_url
from pipeline.article.dateline import site_in_dateline
from pipeline.article.url import site_of

PLAIN = "https://example.id/read/12/polres-x"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.id/read/12/polres-x",
        "https://www.example.id/read/12/polres-x/",
        "https://m.example.id/read/12/polres-x?utm_source=wa&utm_medium=social",
        "https://amp.example.id/amp/12/polres-x#top",
        "https://EXAMPLE.id//read/12/polres-x?page=all",
        "https://example.id:443/read/12/polres-x/amp/",
        "https://example.id/read/12/polres-x?page=2&fbclid=abc",
        "https://example.id/read/12/polres-x/page/3/",
        " https://example.id/read/12/polres-x?single=1 ",
    ],
)
def test_variants_are_one_address(url: str) -> None:
    assert canonical_url(url) == PLAIN


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://galeri.example/?p=17822", "https://galeri.example?p=17822"),
        ("http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a"),
        ("https://m.id/a", "https://m.id/a"),
        ("https://example.id/berita?page=satu", "https://example.id/berita?page=satu"),
        ("https://example.id/Jum'at-curhat", "https://example.id/Jum'at-curhat"),
        ("not an address", "not an address"),
        ("https://[broken/", "https://[broken/"),
        ("ftp://example.id/a", "ftp://example.id/a"),
    ],
)
def test_what_tells_articles_apart_is_kept(url: str, wanted: str) -> None:
    assert canonical_url(url) == wanted


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z.]{1,20}/[a-z0-9/?=&%#-]{0,40}", fullmatch=True))
def test_a_canonical_address_is_its_own(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_sites() -> None:
    assert site_of("https://WWW.Kabar.co.id./x") == "kabar.co.id"
    assert site_of(None) is None
    assert site_of("no address") is None
    assert site_in_dateline("Metro, Kabarlampung.co.id–Polres Metro") == "kabarlampung.co.id"
    assert site_in_dateline("surel admin@kabar.id atau lainnya") is None
    assert site_in_dateline("Polres Metro AKP. Budi.S mengatakan") is None
