"""Scores: what a perfect, an empty and a half-right extraction get."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, UsageError
from pipeline.evaluate.align import Alignment
from pipeline.evaluate.command import choose, run_evaluate
from pipeline.evaluate.fields import FIELDS, first_words
from pipeline.evaluate.floors import Floors, below, read_floors, renew, write_floors
from pipeline.evaluate.gold import GoldDocument, read_gold
from pipeline.evaluate.report import as_json, listing, table, write_page
from pipeline.evaluate.scores import evaluate
from pipeline.records import (
    Article,
    DateRecord,
    EventRecord,
    Extraction,
    Mention,
    OfficerRecord,
    PersonnelRecord,
    QuoteRecord,
    UnitRecord,
)

GOLD = read_gold(Path(__file__).parents[1] / "gold")[:12]


def untouched(doc: GoldDocument) -> Article:
    return Article(article_id=doc.id, text=doc.text)


def perfect(doc: GoldDocument) -> Extraction:
    """An extraction that says exactly what the gold says."""
    r = doc.records
    event = r.event
    day = dt.date.fromisoformat
    main = EventRecord(
        "e", True, event.type, "", day(event.date) if event.date else None,
        day(event.date_end) if event.date_end else None, None, None,
        event.region, event.district, event.village, r.operation, "actual", 1.0, "", 0, 0, "t",
    )  # fmt: skip
    others = [dataclasses.replace(main, is_primary=False, event_type=k) for k in r.other_event_types]
    return Extraction(
        article=untouched(doc),
        extractor="test",
        primary_unit=r.primary_unit,
        polda=r.polda,
        units=[UnitRecord("", u, "polres", None, None, False, 1, "", 0, 0, 1.0, "t") for u in r.units],
        officers=[
            OfficerRecord(
                "", o.name, o.rank, None, None, o.force, None, o.position, False,
                None, o.unit, None, None, False, 1, "", 0, 0, 1.0, "t",
            )
            for o in r.officers
        ],
        dates=[DateRecord(day(d), None, "day", "other", None, "", 0, 0, 1.0, "t") for d in r.dates],
        personnel=[
            PersonnelRecord(p.min, p.max, p.approx, p.force, p.unit_of, "actual", "", 0, 0, 1.0, "t")
            for p in r.personnel
        ],
        events=[main, *others],
        quotes=[QuoteRecord(f"{q.starts} dan lagi", q.speaker, None, None, 0, 0, 1.0, "t") for q in r.quotes],
        mentions=[Mention(s.label, s.start, s.end, s.surface, "rule", 1.0, "t") for s in doc.spans],
    )  # fmt: skip


def test_a_perfect_extraction_scores_one_everywhere() -> None:
    result = evaluate(GOLD, [perfect(doc) for doc in GOLD])
    assert {score.field for score in result.scores} == {field.name for field in FIELDS}
    assert [s.field for s in result.scores if s.value != 1.0] == []
    assert result.mistakes == []


def test_an_empty_extraction_scores_nothing_for_what_is_there() -> None:
    result = evaluate(GOLD, [Extraction(untouched(doc), "none") for doc in GOLD])
    assert result.score("span_all").value == 0.0
    assert result.score("units").recall == 0.0
    assert result.score("primary_unit").value == 0.0


def test_one_wrong_value_is_counted_once_on_each_side_and_listed() -> None:
    found = [perfect(doc) for doc in GOLD]
    which = next(i for i, doc in enumerate(GOLD) if doc.records.officers)
    officers = list(found[which].officers)
    officers[0] = dataclasses.replace(officers[0], name="Orang Lain")
    found[which] = dataclasses.replace(found[which], officers=officers)
    result = evaluate(GOLD, found)
    score = result.score("officer_name")
    assert (score.misses, score.false) == (1, 1)
    assert score.low <= score.value <= score.high < 1.0 + 1e-9
    text = listing(result, "officer_name")
    assert "orang lain" in text
    assert GOLD[which].id in text


def test_repeated_values_are_multisets() -> None:
    doc = next(d for d in read_gold(Path(__file__).parents[1] / "gold") if len(d.records.personnel) > 1)
    whole = perfect(doc)
    double = dataclasses.replace(whole, personnel=[*whole.personnel, whole.personnel[0]])
    assert evaluate([doc], [double]).score("personnel").false == 1


def test_intervals_are_seeded() -> None:
    found = [Extraction(untouched(doc), "none") for doc in GOLD[:6]] + [perfect(doc) for doc in GOLD[6:]]
    one, two = evaluate(GOLD, found), evaluate(GOLD, found)
    assert one.scores == two.scores
    assert one.score("span_all").low < one.score("span_all").value < one.score("span_all").high


def test_spans_are_compared_over_cleaned_text() -> None:
    doc = GOLD[0]
    whole = perfect(doc)
    cut = doc.spans[0].end
    text = "  " + doc.text[cut:]
    moved = [
        dataclasses.replace(m, start=m.start - cut + 2, end=m.end - cut + 2)
        for m in whole.mentions
        if m.start >= cut
    ]
    shorter = dataclasses.replace(
        whole, article=dataclasses.replace(whole.article, text=text), mentions=moved
    )
    score = evaluate([doc], [shorter]).score("span_all")
    assert (score.misses, score.removed, score.false) == (1, 1, 0)


def test_alignment_knows_removed_text() -> None:
    alignment = Alignment("BACA JUGA: lain\nKapolres  AKBP Adi.", "Kapolres AKBP Adi.")
    assert alignment.span(16, 24) == (0, 8)
    assert alignment.span(31, 34) == (14, 17)
    assert alignment.span(0, 4) is None


def test_first_words_leave_marks_out() -> None:
    assert first_words("“Kami,” katanya - akan terus menjaga") == "kami katanya akan terus"


def test_floors(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    good = evaluate(GOLD, [perfect(doc) for doc in GOLD])
    bad = evaluate(GOLD, [Extraction(untouched(doc), "none") for doc in GOLD])
    floors = renew(good, Floors({}, []))
    write_floors(path, floors)
    assert read_floors(path) == floors
    assert below(good, floors) == []
    assert any(line.startswith("units:") for line in below(bad, floors))
    assert renew(bad, floors).floors == floors.floors
    with pytest.raises(UsageError, match="reason"):
        renew(bad, floors, lower=True)
    lowered = renew(bad, floors, lower=True, reason='gold was "wrong"', today=dt.date(2026, 1, 2))
    write_floors(path, lowered)
    again = read_floors(path)
    assert again.floors["units"] == 0.0
    assert again.lowered[0].startswith("2026-01-02")
    assert 'gold was "wrong"' in again.lowered[0]
    path.write_text("[floors]\nno_such = 0.5\n")
    with pytest.raises(ConfigError, match="no_such"):
        below(good, read_floors(path))


def test_reports(tmp_path: Path) -> None:
    result = evaluate(GOLD, [Extraction(untouched(doc), "none") for doc in GOLD])
    assert table(result.scores).count("\n") == len(FIELDS)
    assert '"field": "units"' in as_json(result)
    page = tmp_path / "errors.html"
    write_page(result, page)
    assert '<h2 id="units">' in page.read_text(encoding="utf-8")


def test_unknown_field_is_told() -> None:
    with pytest.raises(UsageError, match="nosuch"):
        choose(["nosuch"])


def test_the_gold_stays_over_its_floors(capsys: pytest.CaptureFixture[str]) -> None:
    root = Path(__file__).parents[1]
    code = run_evaluate(root / "gold", ner="rules", floors_file=root / "floors.toml")
    assert code == 0, capsys.readouterr().out
