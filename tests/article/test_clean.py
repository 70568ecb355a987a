"""Page furniture goes, facts stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.article.clean import clean
from pipeline.article.phrases import phrases

BODY = (
    "KARO - Polres Tanah Karo menggelar apel gelar pasukan, Senin (2/9/2024).\n"
    "Apel dipimpin Kapolres Tanah Karo AKBP Bintang Ginting dan diikuti 120 personel gabungan dari berbagai "
    "fungsi, termasuk anggota Kodim, Satpol PP dan Dinas Perhubungan setempat.\n"
    '"Jaga kesehatan dan jangan arogan," pesan Bintang.'
)

FURNITURE = [
    "BACA JUGA:Kapolres Dairi Resmikan Gedung Baru",
    "BACA JUGA :  Bupati Lantik Pejabat",
    "Baca juga: Harga Cabai di Kabanjahe Naik",
    "SCROLL TO CONTINUE WITH CONTENT",
    "SCROLL TO RESUME CONTENT",
    "Sebarkan artikel ini",
    "Leave a Comment",
    "↓↓ Gulir untuk Melanjutkan ↓↓",
    "Pasang Iklan Disini",
    "Share this post",
    "Loading",
    "Loading...",
    "URL berhasil dicopy",
    "Bagikan",
    "facebook twitter whatsapp telegram line copy",
    "2873 Kali Dibaca",
    "286 Dilihat",
    "waktu baca 2 menit",
    "(Red)",
    "(Hprs/Mul)",
    "***",
    "22",
    "[Gambas:Video 20detik]",
    "\\[video.1\\]",
    "Editor: Y. Tarigan",
    "Bacaan Lainnya",
    "❝❞ Komentar Anda",
    "Close Banner Apps KABAR.com",
    "#polreskaro #humas",
    "Baca: Harga Kol Naik",
    "Silakan baca konten menarik lainnya dari Kabar di Google News",
    "Print Friendly and PDF",
    "Artikel ini telah tayang di kabarkaro.example dengan judul Apel Pasukan",
]

FACTS = [
    "12/10/2024 13:20:00 WIB 149",
    "15 May 2023 | 22:37 WIB",
    "Kamis, 20 September 2018",
    "Humas Polda Kaltim",
    "Penulis : Humas Polres Tanah Karo",
    "[ Bagas P. – Humas Polres Kendal ]",
    "1. Polsek Berastagi 20 personel",
    "Kronologi Kejadian",
    "Komentar warga beragam.",
    "Iklan layanan itu dipasang polisi.",
]


@pytest.mark.parametrize("line", FURNITURE)
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_furniture_goes_wherever_it_stands(line: str, place: int) -> None:
    lines = BODY.split("\n")
    lines.insert(place, line)
    assert clean("\n".join(lines)).text == BODY


@pytest.mark.parametrize("line", FACTS)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_line_with_a_fact_stays(line: str, place: int) -> None:
    lines = BODY.split("\n")
    lines.insert(place, line)
    assert clean("\n".join(lines)).text == "\n".join(lines)


@pytest.mark.parametrize("end", ["(Man)", " (Red)", "(juanda/red)", " (OL-2)", ". (Ries).", "(*)"])
def test_a_signature_leaves_the_last_line(end: str) -> None:
    assert clean(BODY + end).text == (BODY + "." if end.startswith(".") else BODY)


@pytest.mark.parametrize("end", [" (TPS)", " (dua puluh)"])
def test_brackets_inside_a_sentence_are_no_signature(end: str) -> None:
    text = BODY.removesuffix(".") + end
    assert clean(text).text == text


def test_the_comment_form_ends_the_article() -> None:
    for form in ("Tinggalkan Balasan", "Posting Komentar", "Leave a Reply"):
        assert clean(f"{BODY}\n{form}\nNama\nSurel\nSitus web").text == BODY


def test_the_next_article_of_an_endless_page_is_not_taken() -> None:
    more = "Harga Sayur Turun\nMEDAN - Harga sayur turun di Pasar Induk, kata pedagang setempat kemarin."
    assert clean(f"{BODY}\nBerita Terkait\n{more}").text == BODY


def test_related_titles_below_a_heading_go_and_the_text_goes_on() -> None:
    head, tail = BODY.rsplit("\n", 1)
    assert clean(f"{head}\nBerita Terkait\nHarga Sayur Turun\nBupati Resmikan Pasar\n{tail}").text == BODY


def test_a_related_title_on_the_line_below() -> None:
    head, tail = BODY.rsplit("\n", 1)
    assert clean(f"{head}\nBaca juga:\nHarga Sayur Turun\n{tail}").text == BODY


@pytest.mark.parametrize(
    "caption",
    [
        "Kapolres Tanah Karo, AKBP Bintang Ginting--",
        "Apel pasukan di Mapolres. -DOK/KARO -",
        "Foto: Apel gelar pasukan",
        "Keterangan foto: Apel gelar pasukan",
        "SIAP : Pasukan berbaris di lapangan. FOTO: JONI/KABAR KARO",
        "Apel gelar pasukan di Mapolres Tanah Karo (Foto: Ist)",
        "Apel gelar pasukan || Foto: Istimewa",
    ],
)
def test_captions_stand_behind_the_body(caption: str) -> None:
    cleaned = clean(f"{caption}\n{BODY}")
    assert cleaned.text == f"{BODY}\n{caption}"
    assert cleaned.captions_start == len(BODY) + 1


def test_the_writer_is_kept_and_the_first_publisher_goes() -> None:
    cleaned = clean(
        f"{BODY}\nPenulis: Rudi Hartono\nArtikel ini telah tayang di kabarkaro.example dengan judul X"
    )
    assert cleaned.byline == "Rudi Hartono"
    assert cleaned.text == BODY


def test_titles_below_the_writers_name_go() -> None:
    more = "Redaktur & Reporter : Joni\n- Harga Kol Naik Lagi\n- Bupati Lantik Camat"
    assert clean(f"{BODY}\n{BODY}\n{more}").text == f"{BODY}\n{BODY}"


def test_a_text_broken_at_an_old_width_is_joined() -> None:
    wrapped = "Bripka Adi\nmenyambangi warga\ndi Desa Sei Musam\nKec. Bahorok dan\nmengajak ronda\nmalam."
    assert clean(wrapped).text == wrapped.replace("\n", " ")


_LINES = st.one_of(
    st.sampled_from(
        [*FURNITURE, *FACTS, *BODY.split("\n"), "Berita Terkait", "Foto: Ilustrasi", "malam hari"]
    ),
    st.text(alphabet='aB. ,:()"”-–*#0\n', max_size=40),
    st.sampled_from(sorted(phrases().lines)),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_LINES, max_size=14))
def test_cleaning_a_clean_text_changes_nothing(lines: list[str]) -> None:
    once = clean("\n".join(lines))
    again = clean(once.text)
    assert again.text == once.text
    assert again.captions_start == once.captions_start


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_survived_and_has_no_empty_line(text: str) -> None:
    cleaned = clean(text).text
    assert "\n\n" not in cleaned
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize(
    "unit", ["a ", "(", "((a", "baca juga: ", ". ", "-- ", "&amp;", "[x](", "**", "\u00a0 "]
)
def test_hostile_repeats_take_linear_time(unit: str) -> None:
    clean(unit * 200_000)


def test_bulleted_headlines_at_the_end_go_and_a_list_of_facts_stays() -> None:
    body = "Polres Wonosari menjaga pasar. " * 20 + "Situasi aman."
    others = "- Kapolda Resmikan Gedung Baru Polsek Wedi\n• Ribuan Warga Padati Alun-Alun Saat Lebaran"
    facts = "- Dua unit sepeda motor hasil curian\n- Kapolres Belu: AKBP Jono Wiratmo Santosa"
    assert clean(f"{body}\n{others}").text == body
    assert clean(f"{body}\n{facts}").text == f"{body}\n{facts}"


def test_a_list_of_related_titles_goes_whole() -> None:
    head, tail = BODY.rsplit("\n", 1)
    others = "Baca juga:\n- Harga Kol Naik Lagi Pekan Ini\n- Dandim Benarkan Anggota Koramil Ditembak"
    assert clean(f"{head}\n{others}\n{tail}").text == BODY


def test_a_line_of_tags_at_the_end_goes_and_a_list_of_guests_stays() -> None:
    body = "Polres Wonosari menjaga pasar. " * 20 + "Situasi aman."
    tags = "Polres Wonosari, Kapolres Wonosari, AKBP Jono Asmara, Pemkab Wonosari, Wonosari, Polisi Wonosari"
    guests = "Hadir Kapolres Wonosari AKBP Jono Asmara, Bupati, Dandim, Kajari, Ketua DPRD Wonosari"
    assert clean(f"{body}\n{tags}").text == body
    assert clean(f"{body}\n{guests}").text == f"{body}\n{guests}"
