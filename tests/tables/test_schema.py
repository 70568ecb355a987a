"""The declaration, and all that is derived from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import SchemaError
from pipeline.tables import SCHEMA_VERSION, TABLES, dictionary, table
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.schema import load

ROOT = Path(__file__).parents[2]
CONTRACT = {
    "articles": "article_id source_id url site title byline published_at published_date fetched_at language "
    "text n_words content_sha256 duplicate_group primary_unit_id primary_unit polda_id polda extractor",
    "units": "article_id unit_id unit level polda_id region_code is_primary n_mentions surface start end",
    "officers": "article_id officer_id name rank rank_name rank_order force degrees position unit_id unit "
    "is_speaker n_mentions surface start end",
    "dates": "article_id date date_end granularity role surface start end",
    "personnel": "article_id min max approx force unit_of surface start end",
    "events": "article_id event_id is_primary event_type event_group date date_end unit_id region_code "
    "region district village operation confidence surface start end",
    "quotes": "article_id quote speaker speaker_position officer_id start end",
    "mentions": "article_id label surface start end source score",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_every_column_of_the_contract_is_there_in_its_order(name: str) -> None:
    wanted = CONTRACT[name].split()
    assert [column for column in TABLES[name].names if column in wanted] == wanted


def test_there_are_eight_tables_in_order() -> None:
    assert list(TABLES) == list(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_arrow_fields_carry_the_descriptions(name: str) -> None:
    schema = arrow_schema(name)
    for column, field in zip(TABLES[name].columns, schema, strict=True):
        assert field.name == column.name
        assert field.nullable == column.nullable
        assert field.metadata[b"description"].decode() == column.description
        assert json.loads(field.metadata.get(b"values", b"[]")) == list(column.values)
    assert schema.metadata[b"rilis:schema_version"].decode() == SCHEMA_VERSION


def test_references_lead_to_columns() -> None:
    for declared in TABLES.values():
        for column in declared.columns:
            if column.references:
                other, name = column.references.split(".")
                assert table(other)[name].type == column.type


def test_an_unknown_table_or_column_is_named() -> None:
    with pytest.raises(SchemaError, match="articles, units"):
        table("article")
    with pytest.raises(SchemaError, match="no column 'nama'"):
        _ = table("officers")["nama"]


@pytest.mark.parametrize(
    "column", ["{type: int64, description: d, label: l}", "{type: string, label: l}", "{type: bool, note: n}"]
)
def test_a_wrong_declaration_is_refused(tmp_path: Path, column: str) -> None:
    path = tmp_path / "schema.yml"
    path.write_text(
        "schema_version: 1\ncolumns: {}\ntables:\n  t:\n    description: d\n    label: l\n    columns:\n"
        f"      c: {column}\n"
    )
    with pytest.raises(SchemaError, match="column c"):
        load(path)


def test_the_data_dictionary_page_is_fresh() -> None:
    page = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert page.rstrip("\n") == dictionary.markdown().rstrip("\n"), (
        "docs/data-dictionary.md is stale: rilis schema --format markdown > docs/data-dictionary.md"
    )


def test_json_and_text_show_every_column() -> None:
    shown = json.loads(dictionary.as_json())["tables"]
    assert {name: [c["name"] for c in t["columns"]] for name, t in shown.items()} == {
        name: list(t.names) for name, t in TABLES.items()
    }
    text = dictionary.text()
    assert all(f"  {column.name} " in text for t in TABLES.values() for column in t.columns)


def test_event_types_and_groups_are_the_registry_s() -> None:
    from pipeline.registry import load_registry

    types = load_registry().event_types
    assert TABLES["events"]["event_type"].values == tuple(entry.type for entry in types)
    groups = tuple(dict.fromkeys(entry.group for entry in types))
    assert TABLES["events"]["event_group"].values == groups
