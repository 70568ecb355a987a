"""The reader and writer of gold documents."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from pipeline.errors import InputError, RecordError
from pipeline.evaluate.gold import GoldSpan, parse_tags, read_document, read_gold, tagged, write_document

GOLD = Path(__file__).parents[1] / "gold"

RECORDS = {
    "id": "T1",
    "primary_unit": "Polres Purwakarta",
    "polda": "Polda Jawa Barat",
    "units": ["Polres Purwakarta"],
    "officers": [],
    "dates": [],
    "personnel": [],
    "event": {
        "type": "patrol",
        "date": None,
        "date_end": None,
        "region": None,
        "district": None,
        "village": None,
    },
    "other_event_types": [],
    "operation": None,
    "quotes": [],
}


def make(
    folder: Path, head: str = "title: Patroli: malam\npublished: 2024-10-12T13:20+07:00", body: str = "ya"
) -> Path:
    path = folder / "T1.md"
    path.write_text(f"---\nid: T1\n{head}\n---\n\n{body}\n", encoding="utf-8")
    path.with_suffix(".json").write_text(json.dumps(RECORDS), encoding="utf-8")
    return path


def test_every_gold_document_reads_and_its_spans_hold() -> None:
    docs = read_gold(GOLD)
    assert len(docs) >= 109
    for doc in docs:
        assert doc.spans
        for span in doc.spans:
            assert doc.text[span.start : span.end] == span.surface


def test_writing_and_reading_back_gives_the_same(tmp_path: Path) -> None:
    for doc in read_gold(GOLD)[:20]:
        assert read_document(write_document(doc, tmp_path)) == doc


def test_front_matter(tmp_path: Path) -> None:
    doc = read_document(make(tmp_path))
    assert doc.title == "Patroli: malam"
    assert doc.published == dt.datetime(2024, 10, 12, 13, 20, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    assert read_document(make(tmp_path, "published: 2024-10-12")).published == dt.date(2024, 10, 12)
    assert read_document(make(tmp_path, "published: null")).published is None


def test_tags_in_and_out() -> None:
    text, spans = parse_tags("Kata {POS Kapolsek} {PER Adi}.")
    assert text == "Kata Kapolsek Adi."
    assert spans == [GoldSpan("POS", 5, 13, "Kapolsek"), GoldSpan("PER", 14, 17, "Adi")]
    assert tagged(text, spans) == "Kata {POS Kapolsek} {PER Adi}."


@pytest.mark.parametrize(
    ("body", "line"),
    [("baik\n{PER tidak ditutup", 7), ("{UNIT Polres {LOC Asahan}}", 6), ("a\n\n{XYZ b}", 8), ("{PER  }", 6)],
)
def test_a_broken_tag_is_told_with_its_line(tmp_path: Path, body: str, line: int) -> None:
    path = make(tmp_path, body=body, head="title: x")
    with pytest.raises(RecordError) as caught:
        read_document(path)
    assert caught.value.where == f"{path}:{line}"
    assert caught.value.hint


def test_broken_files_are_told(tmp_path: Path) -> None:
    path = make(tmp_path, "published: 2024-10-12T10:00")
    with pytest.raises(RecordError, match="no zone"):
        read_document(path)
    path = make(tmp_path)
    path.with_suffix(".json").write_text('{"id": "T1",\n "units": [}')
    with pytest.raises(RecordError) as caught:
        read_document(path)
    assert caught.value.where == f"{path.with_suffix('.json')}:2"
    path.with_suffix(".json").write_text('{"id": "T1"}')
    with pytest.raises(RecordError, match="primary_unit"):
        read_document(path)
    path.with_suffix(".json").unlink()
    with pytest.raises(RecordError, match="missing"):
        read_document(path)
    path.write_text("tanpa kepala")
    with pytest.raises(RecordError, match="front matter"):
        read_document(path)
    with pytest.raises(InputError):
        read_gold(tmp_path / "nowhere")
