"""Plain text to article."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest

from pipeline.article import from_text
from pipeline.errors import RecordError

JIS = """

# JIS.CO.ID

## Polres Subang Jaga Kampanye Dialogis Di Lapangan Desa

Polres Subang - [SUBANG.JIS.CO.ID](https://SUBANG.JIS.CO.ID)

Oct 8, 2024 - 08:51



SUBANG - Polres Subang menurunkan 40 personel.

"Semua aman," jelas Wahyu, pada Senin, 7 Oktober 2024.
"""


def test_a_page_head_is_read_and_leaves_the_text() -> None:
    article = from_text(JIS, source_id="000")
    assert article.title == "Polres Subang Jaga Kampanye Dialogis Di Lapangan Desa"
    assert article.site == "subang.jis.co.id"
    assert article.byline == "Polres Subang"
    assert article.published_date == dt.date(2024, 10, 8)
    assert article.published_at == dt.datetime(2024, 10, 8, 1, 51, tzinfo=dt.UTC)
    assert article.text.startswith("SUBANG - Polres Subang")
    assert article.text.endswith("7 Oktober 2024.")


def test_a_caption_stands_behind_the_body() -> None:
    article = from_text(
        "Judul Berita\nKapolres Tebo, AKBP Rahman Lubis--\nTEBO, JAMBIPAGI.CO - Polisi siaga."
    )
    assert article.captions_start is not None
    assert article.text[article.captions_start :] == "Kapolres Tebo, AKBP Rahman Lubis--"
    assert article.site == "jambipagi.co"


@pytest.mark.parametrize("raw", ["", " \n\t", "\x00\x01\ufffd" * 50, "Loading\n(Red)\n"])
def test_what_is_no_article_is_refused(raw: str) -> None:
    with pytest.raises(RecordError):
        from_text(raw, source_id="x")


def test_a_byline_in_plain_text_is_read_and_stays() -> None:
    text = "Judul Berita\nTEBO - Polisi siaga di pasar.\nPenulis: Rudi Lubis"
    article = from_text(text)
    assert article.byline == "Rudi Lubis"
    assert article.text.endswith("Penulis: Rudi Lubis")


def test_app_banners_are_no_title() -> None:
    article = from_text("Download Apps KABAR.com\nPolres Tebo Siaga\nTEBO - Polisi siaga di pasar.")
    assert article.title == "Polres Tebo Siaga"


def test_a_paragraph_is_no_title() -> None:
    lead = "TEBO, KABAR - " + "Polisi siaga di pasar dan terminal sejak pagi hari, " * 3 + "kata Kapolres."
    article = from_text(f"{lead}\nBerita kedua.")
    assert article.title is None
    assert article.text.startswith(lead)


def test_a_section_name_is_no_title() -> None:
    article = from_text("Hukum\nPolres Tebo Ringkus Dua Pencuri\nTEBO - Polisi meringkus dua pencuri.")
    assert article.title == "Polres Tebo Ringkus Dua Pencuri"
    assert article.text == "Hukum\nTEBO - Polisi meringkus dua pencuri."


def test_a_short_title_is_one_where_no_longer_line_stands() -> None:
    article = from_text("Polisi Siaga\nTEBO - " + "Polisi siaga di pasar dan terminal sejak pagi. " * 4)
    assert article.title == "Polisi Siaga"


def test_the_title_again_with_the_sites_name_goes() -> None:
    article = from_text("Polres Tebo Siaga\nPolres Tebo Siaga - KABAR.COM\nTEBO - Polisi siaga di pasar.")
    assert article.text == "TEBO - Polisi siaga di pasar."


@pytest.mark.parametrize(
    "raw",
    [
        "a\n" * 100_000,
        "kata kata\n" * 100_000,
        "Polisi menangkap." + " (Red)" * 100_000,
        "baca juga:\n" * 100_000,
        "Foto: a\n" * 100_000,
        "[a](" * 200_000,
        "Bogor -\n" * 100_000,
        "Polisi menangkap" + ". Baca juga: a" * 100_000,
    ],
    ids=lambda raw: raw[:12],
)
def test_hostile_texts_end_soon(raw: str) -> None:
    with contextlib.suppress(RecordError):
        from_text(raw)
