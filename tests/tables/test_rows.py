"""Records to rows, and the checks that stand between them and a file."""

from __future__ import annotations

import dataclasses

import pytest

from pipeline.errors import SchemaError
from pipeline.records import Extraction
from pipeline.tables import TABLES
from pipeline.tables.checks import check_article
from pipeline.tables.rows import Provenance, drop_articles, record_batches, rows_of
from tests.tables.made import TEXT, extraction


def check(found: Extraction) -> None:
    check_article(rows_of(found))


def changed(table: str, **values: object) -> Extraction:
    found = extraction()
    (record, *rest) = getattr(found, table)
    return dataclasses.replace(found, **{table: [dataclasses.replace(record, **values), *rest]})


def test_rows_follow_the_declaration() -> None:
    rows = rows_of(extraction())
    check_article(rows)
    assert {name: len(some) for name, some in rows.items()} == {
        name: 2 if name == "mentions" else 1 for name in TABLES
    }
    article = dict(zip(TABLES["articles"].names, rows["articles"][0], strict=True))
    assert article["n_words"] == 19
    assert article["duplicate_group"] == article["article_id"]
    assert article["taken_down"] is False


def test_mentions_are_sorted_by_their_place() -> None:
    found = extraction()
    found.mentions.reverse()
    starts = [row[TABLES["mentions"].names.index("start")] for row in rows_of(found)["mentions"]]
    assert starts == sorted(starts)


def test_provenance_reaches_the_article() -> None:
    row = rows_of(extraction(), Provenance(duplicate_group="b" * 16, taken_down=True))["articles"][0]
    article = dict(zip(TABLES["articles"].names, row, strict=True))
    assert (article["duplicate_group"], article["taken_down"]) == ("b" * 16, True)


@pytest.mark.parametrize(
    ("table", "values", "told"),
    [
        ("units", {"start": -1}, "not inside"),
        ("units", {"end": len(TEXT) + 1}, "not inside"),
        ("units", {"end": 7}, "not inside"),
        ("units", {"surface": "Polres Karo"}, "surface 'Polres Karo' is not"),
        ("units", {"level": "polsubsektor"}, "not an allowed value"),
        ("units", {"unit_id": None}, "unit_id is null"),
        ("officers", {"position": ""}, "position is an empty string"),
        ("officers", {"confidence": 1.5}, "not within 0 and 1"),
        ("officers", {"officer_id": "o2"}, "officer_id ['o1'] is not among the officers"),
        ("quotes", {"end": 5000}, "not inside"),
        ("events", {"event_type": "party"}, "not an allowed value"),
        ("mentions", {"label": "MISC"}, "not an allowed value"),
    ],
)  # fmt: skip
def test_a_broken_row_is_refused(table: str, values: dict[str, object], told: str) -> None:
    with pytest.raises(SchemaError) as caught:
        check(changed(table, **values))
    assert told in caught.value.message
    assert "a" * 16 in str(caught.value)


def test_a_key_stands_once_and_one_event_is_the_main_one() -> None:
    found = extraction()
    with pytest.raises(SchemaError, match="stand twice"):
        check(dataclasses.replace(found, units=found.units * 2))
    second = dataclasses.replace(found.events[0], event_id="e2")
    with pytest.raises(SchemaError, match="is_primary"):
        check(dataclasses.replace(found, events=[*found.events, second]))


def test_batches_hold_all_rows_and_can_lose_an_article() -> None:
    batches = record_batches([extraction("a" * 16), extraction("b" * 16)])
    assert batches["mentions"].num_rows == 4
    left = drop_articles(batches, ["a" * 16])
    assert set(left["mentions"]["article_id"].to_pylist()) == {"b" * 16}


def test_a_number_too_large_for_its_column_is_named() -> None:
    with pytest.raises(SchemaError, match=r"personnel\.max"):
        record_batches([changed("personnel", max=2**40)])
