"""Dates as pages print them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.dates import WIT, parse_datetime

MONTHS = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus"),
    *("September", "Oktober", "November", "Desember"),
]


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("Kamis, 19 Jun 2025 03:17 WIB", "2025-06-19T03:17:00+07:00"),
        ("Oct 8, 2024 - 08:51", "2024-10-08T08:51:00+07:00"),
        ("28 November 2024 12:21", "2024-11-28T12:21:00+07:00"),
        ("2024-11-28T12:21:00+08:00", "2024-11-28T12:21:00+08:00"),
        ("2024-11-28T05:21:00.123Z", "2024-11-28T05:21:00+00:00"),
        ("12/10/2024 13:20:00 WITA", "2024-10-12T13:20:00+08:00"),
        ("08:51 WIT, 7 Oktober 2024", "2024-10-07T08:51:00+09:00"),
        ("Thu, 28 Nov 2024 05:21:00 +0000", "2024-11-28T05:21:00+00:00"),
        ("Selasa, 5 Nopember 2024 | 9:15 pm", "2024-11-05T21:15:00+07:00"),
        ("10.30 WIB - 12.10.2024", "2024-10-12T10:30:00+07:00"),
        ("28 November 2024", "2024-11-28"),
        ("Senin, 7 Okt 2024 - 25:99 WIB", "2024-10-07"),
    ],
)
def test_reads(printed: str, iso: str) -> None:
    parsed = parse_datetime(printed)
    assert parsed is not None
    assert parsed.isoformat() == iso


@pytest.mark.parametrize(
    "printed", ["", "kemarin", "3 jam lalu", "31 Februari 2024", "2024-13-40", "Kategori: Polri"]
)
def test_unreadable_is_none(printed: str) -> None:
    assert parse_datetime(printed) is None


def test_zone_of_the_site_where_none_is_written() -> None:
    parsed = parse_datetime("7 Oktober 2024 08.15", WIT)
    assert parsed is not None
    assert parsed.isoformat() == "2024-10-07T08:15:00+09:00"


@given(st.datetimes(dt.datetime(2010, 1, 1), dt.datetime(2029, 12, 31)))
def test_agrees_with_the_oracle(moment: dt.datetime) -> None:
    dateparser = pytest.importorskip("dateparser")
    printed = f"{moment.day} {MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M}"
    parsed = parse_datetime(printed)
    assert isinstance(parsed, dt.datetime)
    assert parsed.replace(tzinfo=None) == dateparser.parse(printed, languages=["id"])


@given(st.text(max_size=60))
def test_any_text_is_read_or_none(printed: str) -> None:
    parsed = parse_datetime(printed)
    assert not isinstance(parsed, dt.datetime) or parsed.tzinfo is not None
