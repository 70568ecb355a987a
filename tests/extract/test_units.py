"""Police units, marked up in tests/sentences/units.txt, and the unit that acts."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
from hypothesis import given

from pipeline.extract.document import Document
from pipeline.extract.rules.primary import choose_primary, unit_records
from pipeline.extract.rules.units import find_bare_titles, find_units
from pipeline.records import Article
from pipeline.registry import load_registry
from tests.extract.pieces import made_of

sys.path.insert(0, str(Path(__file__).parent))
from marked import lines, unmark


def article(text: str, title: str | None = None, **fields: object) -> Document:
    return Document(Article(article_id="t", text=text, title=title, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("case", lines("units"), ids=lambda case: case[0][:40])
def test_marked_sentences(case: list[str]) -> None:
    marked, ids, title, site = (*case, "", "", "")[:4]
    text, surfaces = unmark(marked)
    doc = article(text, title if title not in ("", "-") else None, site=site or None)
    found = find_units(doc)
    assert [text[m.start : m.end] for m in found] == surfaces
    wanted = [cell.strip() for cell in ids.split(";") if cell.strip()]
    assert [m.unit_id or "-" for m in found] == wanted
    titles = [m.form == "title" for m in found]
    assert titles == [f"<{text[m.start : m.end]}>" in marked for m in found]


def test_undecided_name_keeps_its_candidates() -> None:
    (mention,) = find_units(article("Polres Banjar menyita sabu."))
    assert mention.unit_id is None
    assert mention.candidates == ("polres-banjar-jabar", "polres-banjar-kalsel")
    assert mention.confidence < 0.5


def test_misspelt_name_is_less_sure() -> None:
    right, wrong = find_units(article("Polres Indramayu dan Polres Indramyu."))
    assert right.unit_id == wrong.unit_id == "polres-indramayu"
    assert wrong.confidence < right.confidence


def test_polsek_knows_its_polres_and_polda() -> None:
    (mention,) = find_units(article("Polsek Astambul menyita sabu."))
    assert (mention.level, mention.parent_id) == ("polsek", "polres-banjar-kalsel")
    assert (mention.polda_id, mention.region_code) == ("polda-kalimantan-selatan", "63.03")


def test_polsek_of_a_kabupaten_served_by_two_polres() -> None:
    text = "Polsek Syamtalira Bayu, Kabupaten Aceh Utara, bersama Polres Lhokseumawe."
    assert find_units(article(text))[0].parent_id == "polres-lhokseumawe"


def test_bare_heads_are_no_mentions() -> None:
    doc = article("Menurut Kapolres, dua Polsek dan Polres Paser bersiap.")
    assert [doc.text[h.start : h.end] for h in find_bare_titles(doc)] == ["Kapolres", "Polsek"]
    assert len(find_units(doc)) == 1


@pytest.mark.parametrize(
    ("published", "polda"),
    [(dt.date(2019, 11, 1), "polda-papua"), (dt.date(2025, 6, 1), "polda-papua-tengah")],
)
def test_polda_of_the_time(published: dt.date, polda: str) -> None:
    doc = article("Polres Mimika merazia kapal.", published_date=published)
    assert find_units(doc)[0].polda_id == polda


def test_polda_named_in_the_text_decides() -> None:
    found = find_units(article("Polres Mimika Polda Papua merazia kapal."))
    assert found[0].polda_id == "polda-papua"


@pytest.mark.parametrize(
    ("title", "text", "unit"),
    [
        ("Polres Kendal Bagi Beras", "Polda Jateng memuji Polres Kendal.", "polres-kendal"),
        (
            "Pejabat Polda NTT dan Kapolres Pantau KPU",
            "Polres Manggarai menjaga KPU. Polres Manggarai siaga. Tim Polda NTT datang.",
            "polres-manggarai",
        ),
        (
            "Bhabinkamtibmas Sambangi Warga",
            "Polres Sanggau meminta warga ronda.\nPolsek Entikong hadir.",
            "polsek-entikong-sanggau",
        ),
        (
            "Polres Tegal dan Polres Brebes Razia",
            "Polres Tegal dan Polres Brebes merazia.",
            "polda-jawa-tengah",
        ),
        ("Kapolda Riau dan Kapolda Bali Berganti", "Kapolda Riau dan Kapolda Bali berganti.", "mabes-polri"),
        (
            "Sertijab, Kini Kapolres Lebak Baru",
            "Polda Banten menggelar sertijab Kapolres Lebak. Polda Banten sudah siap.",
            "polda-banten",
        ),
        (
            "Kapolda Aceh Kunjungi Polres Langsa",
            "Kapolda Aceh tiba di Polres Langsa. Polres Langsa siap.",
            "polda-aceh",
        ),
        (
            "Kapolsek Semaka Berganti, Kapolres Tanggamus Berpesan",
            "Kapolres Tanggamus memimpin sertijab Kapolsek Semaka. Kapolsek Semaka yang lama pindah.",
            "polres-tanggamus",
        ),
        (
            None,
            "Kabid Humas Polda Jambi membenarkan kabar itu.\nTim Polres Bungo bergerak. Polres Bungo siaga.",
            "polres-bungo",
        ),
        (
            None,
            "AKBP Jono hadir. Mantan Kasubdit Tipikor Ditreskrimsus Polda Jambi ini memuji Polres Bungo.",
            "polres-bungo",
        ),
        (None, "Polsek Kuaro menangkap pencuri.\nKapolres Paser memuji Polsek Kuaro.", "polsek-kuaro-paser"),
    ],
)
def test_primary_unit(title: str | None, text: str, unit: str) -> None:
    doc = article(text, title)
    assert choose_primary(doc, find_units(doc)).unit_id == unit


def test_no_unit_no_primary() -> None:
    doc = article("Warga menanam jagung.")
    assert choose_primary(doc, find_units(doc)).unit_id is None


def test_records_count_mentions_and_mark_the_primary() -> None:
    doc = article("Polres Paser siaga. Kapolres Paser dan Polda Kaltim hadir.", "Polres Paser Siaga")
    first, second = unit_records(doc, find_units(doc))
    assert (first.unit_id, first.n_mentions, first.is_primary) == ("polres-paser", 2, True)
    assert (first.region_code, first.polda_id) == ("64.01", "polda-kalimantan-timur")
    assert (second.unit, second.n_mentions, second.is_primary) == ("Polda Kalimantan Timur", 1, False)
    assert doc.text[first.start : first.end] == first.surface == "Polres Paser"


def test_every_listed_unit_is_found_by_its_own_name() -> None:
    registry = load_registry()
    missed = []
    for unit in registry.units.values():
        polda = registry.units[unit.polda_id].name if unit.polda_id and unit.level == "polres" else "Polri"
        doc = article(f"{unit.name} {polda} bekerja.")
        found = find_units(doc)
        if not found or found[0].unit_id != unit.unit_id or doc.text[: found[0].end] != unit.name:
            missed.append(unit.name)
    assert not missed


@given(
    made_of(
        "Polres|Polda|Polsek|Polresta|Sat Reskrim|Kapolres|Subang|Banjar|Jabar|"
        "Metro|Kota|Kediri|dan|Jatim|Brimob|Mabes Polri|Polri"
    )
)
def test_offsets_are_sound_on_anything(text: str) -> None:
    doc = article(text)
    for mention in find_units(doc):
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
