"""Numbers of personnel, marked up in tests/sentences/personnel.txt."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.rules.dates import find_dates
from pipeline.extract.rules.personnel import PersonnelMention, find_personnel, to_records
from tests.extract.pieces import made_of

sys.path.insert(0, str(Path(__file__).parent))
from marked import document, lines, unmark


def written(mention: PersonnelMention) -> str:
    """A mention in the notation of the file."""
    most = "*" if mention.max is None else mention.max
    least = f"~{mention.min}" if mention.approx else mention.min
    return f"{least} {most} {mention.force} {mention.unit_of} {mention.status}"


@pytest.mark.parametrize("case", lines("personnel"), ids=lambda case: case[0][:40])
def test_marked_sentences(case: list[str]) -> None:
    marked, meaning = (*case, "")[:2]
    text, surfaces = unmark(marked)
    doc = document(text)
    found = find_personnel(doc)
    assert [text[m.start : m.end] for m in found] == surfaces
    assert len(to_records(doc, found)) == len(found) - marked.count("<")
    expected = [cell.strip() for cell in meaning.split(";") if cell.strip()]
    assert [written(mention) for mention in found if not mention.repeats] == expected


@given(st.integers(2, 999_999))
def test_thousands_with_dots(number: int) -> None:
    text = f"Polres mengerahkan sebanyak {number:,} personel.".replace(",", ".")
    (mention,) = find_personnel(document(text))
    assert (mention.min, mention.max) == (number, number)


@given(
    made_of(
        "sekitar|1.250|12|puluhan|dua pleton|personel|anggota Polri|"
        "TNI|gabungan|(dua belas)|terdiri dari|dan|orang|1 SSK"
    )
)
def test_any_text_keeps_its_evidence(text: str) -> None:
    doc = document(text)
    for record in to_records(doc, find_personnel(doc)):
        assert record.surface == text[record.start : record.end]
        assert record.max is None or record.min <= record.max


def test_a_line_without_end_is_read_in_reasonable_steps() -> None:
    text = "Senin (7/10/2024) kemarin 20 personel Polri dan 30 personel TNI siaga "
    doc = document(text * 1500)
    assert len(find_personnel(doc)) == 3000
    assert len(find_dates(doc)) == 1500
