"""Page dates in the forms that sites print."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.article.published import NOTHING, page_date, parse, zone_name

MONTHS = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus"),
    *("September", "Oktober", "November", "Desember"),
]


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Oct 8, 2024 - 08:51", "2024-10-08T01:51+00:00"),
        ("Kamis, 19 Jun 2025 03:17 WIB", "2025-06-18T20:17+00:00"),
        ("Kamis, 19 Juni 2025 | 11:43 WITA", "2025-06-19T03:43+00:00"),
        ("Rabu 02-10-2024,09:00 WIB", "2024-10-02T02:00+00:00"),
        ("12/10/2024 13:20:00 WIB 149", "2024-10-12T06:20+00:00"),
        ("10/21/2025 17:47", "2025-10-21T10:47+00:00"),
        ("15 May 2023 | 22:37 WIB", "2023-05-15T15:37+00:00"),
        ("Diposting : 8 August 2017 17:51", "2017-08-08T10:51+00:00"),
        ("November 5, 2024 3:05 PM", "2024-11-05T08:05+00:00"),
        ("2024-11-28T12:21+07:00", "2024-11-28T05:21+00:00"),
        ("2024-11-28T05:21:09.123Z", "2024-11-28T05:21:09+00:00"),
        ("2024-11-28 12:21", "2024-11-28T05:21+00:00"),
        ("Kompas.com- 04/07/2025, 09:12 WIB", "2025-07-04T02:12+00:00"),
    ],
)
def test_instants(text: str, instant: str) -> None:
    assert parse(text).at == dt.datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kamis, 20 September 2018", "2018-09-20"),
        ("20 Nopember 2019", "2019-11-20"),
        ("1 Pebruari 2020", "2020-02-01"),
        ("22Nov2024", "2024-11-22"),
        ("28-Feb-24", "2024-02-28"),
        ("10/06/2025", "2025-06-10"),
    ],
)
def test_days_without_a_time_give_no_instant(text: str, day: str) -> None:
    found = parse(text)
    assert (found.at, found.date) == (None, dt.date.fromisoformat(day))


@pytest.mark.parametrize("text", ["", "hari ini", "2024", "31/02/2024", "Kamis", "99 Juni 2024"])
def test_what_cannot_be_read_gives_nothing(text: str) -> None:
    assert parse(text) == NOTHING


def test_the_local_day_is_the_sites_own() -> None:
    late = parse("2024-11-28T17:30:00+00:00", zone_name(("94",)))
    assert late.date == dt.date(2024, 11, 29)
    early = parse("Nov 28, 2024 - 00:30", zone_name(("73",)))
    assert early.at == dt.datetime(2024, 11, 27, 16, 30, tzinfo=dt.UTC)
    assert early.date == dt.date(2024, 11, 28)


def test_values_that_are_dates_already() -> None:
    assert parse(dt.date(2024, 1, 2)).at is None
    assert parse(dt.datetime(2024, 1, 2, 7, 0)).at == dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
    assert parse(None) == NOTHING


def test_a_page_date_is_a_line_of_its_own() -> None:
    assert page_date(["Polisi menangkap 3 orang pada 1 Juli 2024 di Bandung, kata Kapolres."]) == NOTHING
    assert page_date(["Sabtu, 10 Februari 2024 - 09:56 WIB"]).date == dt.date(2024, 2, 10)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    parse(text)


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2099, 1, 1), timezones=st.just(dt.UTC)))
def test_iso_instants_come_back(moment: dt.datetime) -> None:
    assert parse(moment.isoformat(timespec="seconds")).at == moment.replace(microsecond=0)


@given(st.datetimes(dt.datetime(2010, 1, 1), dt.datetime(2029, 12, 31)))
def test_agrees_with_the_oracle(moment: dt.datetime) -> None:
    dateparser = pytest.importorskip("dateparser")
    printed = f"{moment.day} {MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M}"
    wanted = dateparser.parse(printed, languages=["id"], settings={"TIMEZONE": "+0700", "TO_TIMEZONE": "UTC"})
    at = parse(printed).at
    assert at is not None and at.replace(tzinfo=None) == wanted
