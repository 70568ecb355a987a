"""Kinds and days of events, from our own sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.document import Document
from pipeline.extract.rules.dates import find_dates
from pipeline.extract.rules.event_types import score_event_types
from pipeline.extract.rules.events import find_events
from pipeline.records import Article, EventRecord

CASES = Path(__file__).parent.parent / "sentences" / "events.txt"
PUBLISHED = dt.date(2024, 10, 8)


@dataclass(frozen=True)
class Nowhere:
    region_code: str | None = None
    region: str | None = None
    district: str | None = None
    village: str | None = None


def read_cases() -> list[tuple[str, str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [(kind, title, body) for kind, title, body in rows]


def document(text: str, title: str | None = None, published: dt.date | None = PUBLISHED) -> Document:
    return Document(Article(article_id="t", text=text, title=title, published_date=published))


def main_event(text: str, title: str | None = None, published: dt.date | None = PUBLISHED) -> EventRecord:
    doc = document(text, title, published)
    return find_events(doc, find_dates(doc), Nowhere())[0]


@pytest.mark.parametrize(("kind", "title", "body"), read_cases(), ids=lambda value: str(value)[:40])
def test_kind(kind: str, title: str, body: str) -> None:
    ranked = score_event_types(document(body, title))
    assert ranked[0].event_type == kind, [(r.event_type, round(r.score, 1)) for r in ranked[:3]]


@pytest.mark.parametrize(("kind", "title", "body"), read_cases(), ids=lambda value: str(value)[:40])
def test_kind_without_a_title(kind: str, title: str, body: str) -> None:
    ranked = score_event_types(document(f"{title}. {body}"))
    assert ranked[0].event_type == kind, [(r.event_type, round(r.score, 1)) for r in ranked[:3]]


def test_shares_sum_to_one_and_evidence_is_in_the_text() -> None:
    for _, title, body in read_cases():
        doc = document(body, title)
        ranked = score_event_types(doc)
        assert sum(row.confidence for row in ranked) == pytest.approx(1)
        for record in find_events(doc, find_dates(doc), Nowhere()):
            assert record.surface == doc.text[record.start : record.end] != ""


def test_a_crime_named_as_a_warning_is_no_crime() -> None:
    title = "Bhabinkamtibmas Sambang Warga, Sampaikan Pesan Kamtibmas"
    body = "Warga diimbau waspada pencurian, penipuan dan bahaya narkoba di lingkungannya."
    assert score_event_types(document(body, title))[0].event_type == "community_policing"


def test_a_line_that_points_elsewhere_tells_nothing() -> None:
    body = (
        "Kapolres memimpin sertijab dua kapolsek.\nBaca juga: Konser Musik di Stadion Ricuh, Festival Bubar"
    )
    kinds = {row.event_type for row in score_event_types(document(body, "Sertijab Kapolsek"))}
    assert "public_event_security" not in kinds


DAYS = [
    # the day of the act, not of the statement
    ('Maling ditangkap, Minggu (6/10/2024). "Mengaku," ujar Budi, Senin (7/10/2024).', "2024-10-06", None),
    # only the statement is dated
    ('Kampanye terus dijaga polisi. "Kami siap," jelas Budi, Senin (7/10/2024).', None, None),
    # said at the event itself
    ('"Kami siap," kata Budi di sela apel gelar pasukan, Senin (7/10/2024).', "2024-10-07", None),
    # the occasion to come is not the day
    ("Jelang Pilkada 27 November 2024, apel gelar pasukan digelar Senin (7/10/2024).", "2024-10-07", None),
    # a planned event has its planned day
    ("Debat publik paslon akan dijaga 200 personel pada 20 Oktober 2024.", "2024-10-20", None),
    # ranges
    ("Operasi Zebra digelar dari 14 Oktober hingga 27 Oktober 2024.", "2024-10-14", "2024-10-27"),
    ("Pelaku ditangkap pada Kamis (3/10/2024) dan Jumat (4/10/2024).", "2024-10-03", "2024-10-04"),
    ("Pelaku ditangkap pada Kamis (3/10/2024) dan Senin (7/10/2024).", "2024-10-03", None),
    # the parade before an operation has one day
    (
        "Apel gelar pasukan digelar Senin (7/10/2024). Operasi dari 14 hingga 27 Oktober 2024.",
        "2024-10-07",
        None,
    ),
    ("Patroli digelar di tiga desa.", None, None),
]


@pytest.mark.parametrize(("text", "day", "end"), DAYS, ids=lambda value: str(value)[:40])
def test_day(text: str, day: str | None, end: str | None) -> None:
    event = main_event(text)
    assert (event.date and event.date.isoformat(), event.date_end and event.date_end.isoformat()) == (
        day,
        end,
    )


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Patroli malam digelar Senin (7/10/2024).", "actual"),
        ("Konser akan dijaga 200 personel pada 20 Oktober 2024.", "planned"),
        ("Konser itu dibatalkan panitia.", "denied"),
        ("Polres bakal menggelar razia miras.", "planned"),
        ("Sampai sore tidak ada unjuk rasa di kantor bupati.", "denied"),
        ("Kebakaran melanda pasar, tidak ada korban jiwa.", "actual"),
        ("Kasus pencurian itu terjadi Senin (7/8/2023).", "past"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert main_event(text).status == status


def test_operation_and_unit_belong_to_the_main_event() -> None:
    doc = document("Operasi Zebra Mahakam 2024 dimulai, 20 pengendara ditilang.", "Operasi Zebra")
    main = find_events(doc, [], Nowhere(region="Kabupaten Paser"), "Operasi Zebra 2024", "x")[0]
    assert (main.operation, main.unit_id, main.region) == (
        "Operasi Zebra 2024",
        "x",
        "Kabupaten Paser",
    )


def test_empty_text_has_no_event() -> None:
    assert find_events(document(""), [], Nowhere()) == []


def test_an_occasion_weighs_less_than_the_act() -> None:
    ranked = score_event_types(document("Personel Polsek berkeliling.", "Patroli Gereja Jelang Natal"))
    assert ranked[0].event_type == "patrol"


def test_further_events_are_of_another_group() -> None:
    title = "Jaga Kondusifitas Pasca Pilkada, Bhabinkamtibmas Patroli Dinihari dan Cooling System"
    doc = document("Bhabinkamtibmas turun ke warga untuk cooling system.", title)
    kinds = [(record.is_primary, record.event_type) for record in find_events(doc, [], Nowhere())]
    assert kinds == [(True, "election_outreach"), (False, "patrol")]


@pytest.mark.parametrize(
    ("title", "body", "kinds"),
    [
        (
            "Diduga Lecehkan Warga, Anggota Polres Dipatsus",
            "Oknum anggota itu menjalani patsus. Pelecehan dilaporkan korban, pelaku jadi tersangka.",
            ["discipline", "sexual_violence"],
        ),
        (
            "Kantor PPK Didatangi Kasat Samapta",
            "Ia berpatroli melihat penyaluran logistik Pilkada ke kantor PPK.",
            ["election_logistics", "patrol"],
        ),
        (
            "Polres Gelar Apel Gelar Pasukan Operasi Zebra",
            "Apel gelar pasukan Operasi Zebra menandai operasi lalu lintas.",
            ["force_readiness"],
        ),
    ],
)
def test_kinds_that_stand_beside_a_main_one(title: str, body: str, kinds: list[str]) -> None:
    found = find_events(document(body, title), [], Nowhere())
    assert [record.event_type for record in found] == kinds


def test_a_crime_without_its_own_words_is_other_crime() -> None:
    body = (
        "Tersangka ditangkap penyidik, barang bukti disita, ia dijerat pidana dan ditahan. "
        "Terduga pelaku lain masih buron, kata penyidik."
    )
    assert score_event_types(document(body, "Pelaku Diringkus Polisi"))[0].event_type == "other_crime"


def test_a_period_between_two_told_days() -> None:
    text = "Polres Banggai merazia miras selama tanggal 7 Februari sampai dengan tanggal 13 Februari 2023."
    (event,) = extract(Article("a1", text)).events
    assert (str(event.date), str(event.date_end)) == ("2023-02-07", "2023-02-13")


def test_the_sender_before_a_dash_is_not_the_one_who_acts() -> None:
    text = (
        "Polres Sumba Barat – Anggota Polsek Loura menyambangi warga. "
        "Kepada warga, anggota Polsek Loura menitipkan pesan kamtibmas."
    )
    assert extract(Article("a1", text)).primary_unit == "Polsek Loura"


def test_a_polres_behind_a_comma_only_says_whose_the_polsek_is() -> None:
    text = (
        "Malam itu kecamatan tampak sepi.\nWarga sudah tidur.\n"
        "Patroli digelar jajaran Polsek Kilo, Polres Dompu, sejak malam.\n"
        "Menurut Kasi Humas Polres Dompu Iptu Bagas Wibowo, keadaan aman."
    )
    assert extract(Article("a1", text)).primary_unit == "Polsek Kilo"


def test_capitals_of_a_headline_are_no_part_of_the_unit() -> None:
    title = "Polsek Moa Lakor Berkomitmen Kawal Kampanye"
    text = (
        "Humas Polres Maluku Barat Daya – Polres Maluku Barat Daya menjalankan operasi.\n"
        "Personel Polsek Moa Lakor menjaga kampanye. Semua berjalan aman di wilayah Polsek Moa Lakor."
    )
    assert extract(Article("a1", text, title=title)).primary_unit == "Polsek Moa Lakor"
