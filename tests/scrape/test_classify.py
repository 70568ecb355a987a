"""Answers that came with status 200 and are no articles, and articles that look like none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pipeline.scrape import Answer
from pipeline.scrape.classify import classify
from pipeline.sites import Site

NEWS = "<p>Kapolres berterima kasih kepada warga yang membantu pengamanan pawai budaya di alun-alun.</p>"
GAMBLING_ARREST = (
    "<title>Polres ungkap judi online slot gacor</title><h1>Polres ungkap judi online</h1>"
    "<p>Polisi menangkap bandar togel yang memasang iklan slot gacor dan situs toto di media sosial.</p>"
    + NEWS
    * 5
)


def page(body: str, **keys: object) -> Answer:
    raw = body.encode()
    headers = (("Content-Type", str(keys.pop("kind", "text/html"))),)
    url = str(keys.pop("url", "http://127.0.0.2/a"))
    return Answer(url, url, datetime(2026, 1, 1, tzinfo=UTC), 200, headers, raw)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<title>Apel pagi</title>" + NEWS * 5, "article"),
        ("<title>Korban belum ditemukan, 404 personel dikerahkan</title>" + NEWS * 5, "article"),
        (GAMBLING_ARREST, "article"),
        ("<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>", "challenge"),
        ("<title>Berita</title><script>window._cf_chl_opt={}</script><p>Sebentar</p>", "challenge"),
        ("<title>Apel</title><script src='/cdn-cgi/challenge-platform/x'></script>" + NEWS * 40, "article"),
        ("<title>Halaman tidak ditemukan - Contoh</title>" + NEWS * 5, "soft404"),
        ('<title>Eksklusif</title><script>{"isAccessibleForFree":false}</script>' + NEWS * 5, "paywall"),
        ("<title>SLOT GACOR maxwin</title>" + "slot gacor maxwin link alternatif rtp live " * 20, "hijacked"),
        ("<title>Apel</title><p>Memuat…</p><script>" + "x" * 5000 + "</script>", "empty"),
        ("", "empty"),
    ],
)
def test_kinds(body: str, kind: str) -> None:
    assert classify(page(body)).kind == kind


def test_a_foreign_redirect_is_a_hijacked_domain(site: Callable[..., Site]) -> None:
    place = site(url="http://127.0.0.2", aliases=("contoh.id",))
    assert classify(page("<title>x</title>" + NEWS * 5), place).kind == "article"
    assert (
        classify(page("<title>x</title>" + NEWS * 5, url="https://www.contoh.id/a"), place).kind == "article"
    )
    verdict = classify(page("<title>x</title>" + NEWS * 5, url="https://menang.example/a"), place)
    assert (verdict.kind, verdict.why) == ("hijacked", "sent on to menang.example")


def test_other_media_are_no_articles() -> None:
    assert classify(page("%PDF-1.4", kind="application/pdf")).kind == "not_html"
