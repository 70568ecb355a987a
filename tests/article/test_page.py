"""Web pages to articles: the parts, the fall-backs, and pages that are none or mean harm."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from pipeline.article import from_html
from pipeline.article.platforms import Selectors, detect, platform_names
from pipeline.article.strain import strained
from pipeline.errors import RecordError

URL = "https://kabarkaro.example/berita/apel-pasukan"
LEAD = (
    "KARO - Polres Tanah Karo menggelar apel gelar pasukan di lapangan, Senin (2/9/2024). Apel dipimpin "
    "Kapolres Tanah Karo AKBP Bintang Ginting."
)
QUOTE = "“Jaga kesehatan,” pesan Bintang kepada 120 personel yang mengikuti apel pagi itu."
TEXT = f"{LEAD}\n{QUOTE}"
P = f"<p>{LEAD}</p><p>{QUOTE}</p>"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="entry-content">{P}</div>',
        f'<div class="td-post-content tagdiv-type">{P}<div class="td-a-rec">Iklan Toko Maju</div></div>',
        f'<div class="jeg_main"><div class="content-inner">{P}<div class="jeg_ad">Iklan</div></div></div>',
        f'<div class="wp-block-post-content">{P}</div>',
        f"<div class='post-body entry-content' itemprop='articleBody'>{LEAD}<br/><br/>{QUOTE}<br/></div>",
        f'<div class="detail__body-text itp_bodycontent">{P}<div class="linksisip">Baca juga: X</div></div>',
        f'<div class="read__content">{P}<div class="inner-link-baca-juga">Baca juga: X Y</div></div>',
        f'<div class="side-article txt-article">{P}<p class="baca">Baca juga: Judul Lain</p></div>',
        f'<div id="o_wblog_post_content"><section>{P}</section></div>',
        f"<section itemprop='articleBody'>{P}<script>var a = 'teks';</script></section>",
        f'<div class="entry-content"><style>p{{}}</style>{P}<noscript>Aktifkan JavaScript</noscript></div>',
        f'<div class="entry-content"><p>{LEAD}</p><form>Cari berita</form><p><b>“Jaga</b> kesehatan,” '
        f"{QUOTE.split('” ', 1)[1]}</p></div>",
    ],
)
def test_the_body_is_found_and_its_furniture_is_not(body: str) -> None:
    menu = "<nav><ul><li><a href='/'>Beranda</a></li></ul></nav>"
    side = "<aside><h3>Terpopuler</h3><p>Harga cabai di Pasar Kabanjahe naik lagi pekan ini.</p></aside>"
    assert from_html(page(f"{menu}<h1>Apel Pasukan di Karo</h1>{body}{side}"), url=URL).text == TEXT


def test_metadata_come_from_json_ld_first() -> None:
    ld = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "datePublished": "2020-01-01"},
            {
                "@type": ["NewsArticle"],
                "headline": "Apel Pasukan di Karo",
                "datePublished": "2024-09-02T10:15:00+07:00",
                "author": [{"@type": "Person", "name": "Rudi Tarigan"}],
            },
        ],
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(ld)}</script>'
        '<meta property="og:title" content="Judul lain">'
        '<meta property="article:published_time" content="2021-01-01">'
    )
    article = from_html(page(f'<div class="entry-content">{P}</div>', head), url=URL)
    assert article.title == "Apel Pasukan di Karo"
    assert article.published_at == dt.datetime(2024, 9, 2, 3, 15, tzinfo=dt.UTC)
    assert article.published_date == dt.date(2024, 9, 2)
    assert article.byline == "Rudi Tarigan"
    assert article.site == "kabarkaro.example"
    assert article.language == "id"


@pytest.mark.parametrize(
    "broken",
    ["{", "[" * 30_000, '{"@type": "NewsArticle", "headline": 3, "author": [1, null]}', "null", '"x"'],
)
def test_broken_json_ld_costs_nothing(broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script><title>Apel Pasukan di Karo</title>'
    article = from_html(page(f'<div class="entry-content">{P}</div>', head), url=URL)
    assert (article.title, article.text) == ("Apel Pasukan di Karo", TEXT)


def test_json_ld_may_hold_the_whole_article() -> None:
    ld = {"@type": "NewsArticle", "headline": "Apel Pasukan di Karo", "articleBody": TEXT}
    head = f'<script type="application/ld+json">{json.dumps(ld)}</script>'
    assert from_html(page('<div id="app"></div>', head), url=URL).text == TEXT


def test_an_unknown_layout_is_read_by_the_generic_extractor() -> None:
    body = f"<div class='x1'><h1>Apel Pasukan di Karo</h1><div class='x2'>{P * 3}</div></div>"
    assert LEAD in from_html(page(body), url=URL).text


def test_a_sites_own_selectors_win() -> None:
    body = (
        f'<div class="entry-content"><p>{"Bukan berita ini. " * 30}</p></div>'
        f'<div class="khusus"><h4>Apel di Karo pagi ini</h4><i class="tgl">2 September 2024 10:15</i>'
        f'<div class="naskah">{P}<div class="sela">Sisipan</div></div></div>'
    )
    own = Selectors(body=(".naskah",), title=(".khusus h4",), date=(".tgl",), drop=(".sela",))
    article = from_html(page(body), url=URL, selectors=own, zone="Asia/Makassar")
    assert article.text == TEXT
    assert article.title == "Apel di Karo pagi ini"
    assert article.published_at == dt.datetime(2024, 9, 2, 2, 15, tzinfo=dt.UTC)


def test_captions_inside_and_above_the_body_stand_behind_it() -> None:
    body = (
        "<aside><figcaption>Iklan</figcaption></aside><h1>Apel Pasukan di Karo</h1>"
        "<figure><img><figcaption>Apel di Mapolres Tanah Karo</figcaption></figure>"
        f'<div class="entry-content"><p>{LEAD}</p><figure><figcaption>Pasukan berbaris</figcaption></figure>'
        f"<p>{QUOTE}</p></div><figure><figcaption>Berita lain</figcaption></figure>"
    )
    article = from_html(page(body), url=URL)
    assert article.text[: article.captions_start] == f"{TEXT}\n"
    assert article.text[article.captions_start :] == "Apel di Mapolres Tanah Karo\nPasukan berbaris"


@pytest.mark.parametrize(
    ("url", "extra", "day"),
    [
        ("https://x.example/2024/09/03/apel", "", "2024-09-03"),
        (URL, "<time datetime='2024-09-02T10:00:00+07:00'>2 Sep</time>", "2024-09-02"),
        (URL, "<span class='post-date'>Senin, 2 September 2024 | 10:00 WIB</span>", "2024-09-02"),
    ],
)
def test_where_a_date_may_come_from(url: str, extra: str, day: str) -> None:
    article = from_html(page(f'<h1>Apel Pasukan</h1>{extra}<div class="entry-content">{P}</div>'), url=url)
    assert str(article.published_date) == day


def test_no_date_is_no_date() -> None:
    article = from_html(page(f"<div class='entry-content'>{P.replace(' (2/9/2024)', '')}</div>"), url=URL)
    assert (article.published_at, article.published_date) == (None, None)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   \n",
        b"\x00" * 500,
        page("<h1>404</h1><p>Halaman tidak ditemukan</p>"),
        page("".join(f"<h2><a href='/b{n}'>Judul berita nomor {n}</a></h2>" for n in range(40))),
        page("<script>location='/'</script>"),
        page(f"<h1>Halaman Tidak Ditemukan</h1><div class='entry-content'>{P}</div>"),
        page("<div class='entry-content'><p>Maaf, halaman ini sedang dalam perbaikan.</p></div>"),
        page(
            "".join(
                f"<article><h2>Judul {n}</h2><div class='entry-content'>{P}</div></article>" for n in "abcde"
            )
        ),
        bytes(range(256)) * 40,
    ],
)
def test_a_page_without_an_article_is_refused(raw: bytes) -> None:
    with pytest.raises(RecordError, match="no article"):
        from_html(raw, url=URL)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 30_000 + P,
        '<div class="entry-content">' * 2_000 + P,
        f'<div class="entry-content">{P}</div>' + "<b>" * 60_000,
        f'<div class="{"a " * 200_000}"><div class="entry-content">{P}</div></div>',
        f'<div class="entry-content">{P}' + "<!--" * 10_000,
    ],
)
def test_hostile_markup_ends(body: str) -> None:
    try:
        article = from_html(page(body), url=URL)
    except RecordError:
        return
    assert LEAD in article.text


@pytest.mark.parametrize(
    ("head", "platform"),
    [
        ('<meta name="generator" content="WordPress 6.6">', "wordpress"),
        ("<link rel='stylesheet' href='https://x.example/wp-content/themes/a.css'>", "wordpress"),
        ("<meta content='blogger' name='generator'/>", "blogger"),
        ('<meta name="generator" content="Odoo">', "odoo"),
        ('<meta property="og:site_name" content="detikNews">', "detik"),
        ('<link rel="icon" href="https://cms.disway.id/favicon.png">', "disway"),
        ('<meta name="generator" content="Hugo">', None),
    ],
)
def test_platforms_are_recognised(head: str, platform: str | None) -> None:
    assert detect(strained(page("", head).decode(), Selectors())) == platform
    assert platform is None or platform in platform_names()


@pytest.mark.parametrize(
    "title",
    [
        "Polisi: Pelaku Tak Ditemukan di Rumahnya",
        "Mayat Ditemukan di Sungai",
        "Senjata Tidak Ditemukan Polisi",
    ],
)
def test_headlines_about_finding_are_no_error_pages(title: str) -> None:
    assert from_html(page(f"<h1>{title}</h1><div class='entry-content'>{P}</div>"), url=URL).title == title


def test_one_article_has_one_id_however_it_was_linked() -> None:
    body = page(f'<div class="entry-content">{P}</div>')
    ids = {
        from_html(body, url=url).article_id
        for url in (URL, f"{URL}/amp", f"{URL}?utm_source=wa", URL.replace("https://", "http://www."))
    }
    assert len(ids) == 1
