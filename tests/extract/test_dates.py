"""Every form of date, marked up in tests/sentences/dates.txt."""

import datetime as dt
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.rules.dates import DateMention, find_dates, to_records
from tests.extract.pieces import made_of

sys.path.insert(0, str(Path(__file__).parent))
import itertools

from marked import document, lines, unmark

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2029, 12, 31))


def written(mention: DateMention) -> str:
    """A mention in the notation of the file."""
    if mention.date is None:
        return "-"
    if mention.granularity == "month":
        return "month"
    if mention.date_end:
        return f"{mention.date}..{mention.date_end}"
    return "+".join(str(day) for day in (mention.date, *mention.more))


@pytest.mark.parametrize("case", lines("dates"), ids=lambda case: case[1][:40])
def test_marked_sentences(case: list[str]) -> None:
    published, marked, meaning = (*case, "")[:3]
    text, surfaces = unmark(marked)
    found = find_dates(document(text, published))
    assert [text[m.start : m.end] for m in found] == surfaces
    for mention, expected in zip(
        found, (cell.strip() for cell in meaning.split(",") if cell.strip()), strict=True
    ):
        day, _, role = expected.partition("/")
        assert written(mention) == day
        assert role in ("", mention.role)


@given(
    DAYS,
    st.sampled_from(
        [
            "{w} ({d}/{m}/{y})",
            "{w}, {d} {M} {y}",
            "{w} malam ({d:02}/{m:02}/{y})",
            "{d} {M} {y}",
            "tanggal {d} {M} {y}",
        ]
    ),
)
def test_whole_dates_are_read_as_written(day: dt.date, form: str) -> None:
    text = (
        "Apel digelar "
        + form.format(w=WEEKDAYS[day.weekday()], d=day.day, m=day.month, y=day.year, M=MONTHS[day.month - 1])
        + " di lapangan."
    )
    (mention,) = find_dates(document(text))
    assert mention.date == day
    assert mention.weekday_ok in (True, None)


@given(DAYS, st.integers(-50, 50))
def test_a_missing_year_is_that_of_publication(published: dt.date, distance: int) -> None:
    day = published + dt.timedelta(days=distance)
    text = f"Apel digelar {WEEKDAYS[day.weekday()]} ({day.day}/{day.month}) di lapangan."
    (mention,) = find_dates(document(text, published.isoformat()))
    assert mention.date == day


@given(
    made_of(
        "Senin|Sabtu malam|kemarin|(20/01/2024)|8|Mei|2024|"
        "s/d|tanggal|hari ini|Kamis (21/11)|31/02/2024|dan|lalu"
    )
)
def test_any_text_gives_ordered_spans(text: str) -> None:
    found = find_dates(document(text, "2024-01-21"))
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start
    for record in to_records(document(text), found):
        assert record.surface == text[record.start : record.end]


def test_the_weekday_that_contradicts_is_flagged() -> None:
    (mention,) = find_dates(document("Sidak digelar Selasa (7/10/2024).", "2024-10-20"))
    assert mention.weekday_ok is False
    assert mention.date == dt.date(2024, 10, 7)


def test_a_page_date_is_told_apart() -> None:
    text = (
        "Sabtu, 10 Februari 2024 - 09:56 WIB\nKapolsek datang Jumat (9/2/2024) ke balai desa, bertemu warga."
    )
    first, second = find_dates(document(text))
    assert (first.place, first.role) == ("page", "other")
    assert second.role == "event"


def test_a_page_date_at_the_end_of_a_long_page_is_told_apart() -> None:
    text = "Polres menyita alat berat dan menahan operatornya. " * 12 + "\nJumat, 17 Februari 2023 16:12 WIB"
    assert [(date.place, date.role) for date in find_dates(document(text))] == [("page", "other")]


def test_a_printed_day_stands_in_for_the_publication_day() -> None:
    text = "15 May 2023 | 22:37 WIB\nPolisi berjaga sejak Minggu."
    _, weekday = find_dates(document(text))
    assert weekday.date == dt.date(2023, 5, 14)
