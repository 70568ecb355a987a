"""From what was found in articles to Arrow record batches, one for each table.

A column is filled from the attribute of the same name in ``pipeline.records``; only ``articles`` has
columns that are computed here. Rows keep the order of the articles, and within an article the order
of ``start``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import SchemaError
from pipeline.ids import content_sha256
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
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.schema import SCHEMA_VERSION, TABLES

RECORDS: Mapping[str, type] = {
    "units": UnitRecord,
    "officers": OfficerRecord,
    "dates": DateRecord,
    "personnel": PersonnelRecord,
    "events": EventRecord,
    "quotes": QuoteRecord,
    "mentions": Mention,
}
"""The record class behind each table but ``articles``."""

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of an article from outside its text. ``duplicate_group`` is its own id by default."""

    duplicate_group: str | None = None
    revised_at: dt.datetime | None = None
    taken_down: bool = False


def _getter(name: str) -> Callable[[Any], tuple[Any, ...]]:
    columns = TABLES[name].names[1:]
    missing = set(columns) ^ {f.name for f in fields(RECORDS[name])}
    if missing:
        raise SchemaError(f"table {name} and its record differ in {sorted(missing)}")
    return attrgetter(*columns)


_GETTERS = {name: _getter(name) for name in RECORDS}
_SPAN = attrgetter("start", "end")


def article_row(found: Extraction, known: Provenance) -> tuple[Any, ...]:
    """The row of the table ``articles``, in the order of its columns."""
    article: Article = found.article
    values: dict[str, Any] = {
        "n_words": len(article.text.split()),
        "content_sha256": content_sha256(article.text),
        "duplicate_group": known.duplicate_group or article.article_id,
        "revised_at": known.revised_at,
        "taken_down": known.taken_down,
        "schema_version": SCHEMA_VERSION,
    }
    return tuple(
        values[name]
        if name in values
        else getattr(article, name)
        if hasattr(article, name)
        else getattr(found, name)
        for name in TABLES["articles"].names
    )


def rows_of(found: Extraction, known: Provenance | None = None) -> Rows:
    """The rows of one article for each table, as tuples in the order of the columns."""
    article_id = found.article.article_id
    rows: Rows = {"articles": [article_row(found, known or Provenance())]}
    for name, getter in _GETTERS.items():
        records = sorted(getattr(found, name), key=_SPAN)
        rows[name] = [(article_id, *getter(record)) for record in records]
    return rows


def record_batches(extractions: Iterable[Extraction]) -> dict[str, pa.RecordBatch]:
    """One record batch a table for a handful of articles."""
    rows: Rows = {name: [] for name in TABLES}
    for found in extractions:
        for name, some in rows_of(found).items():
            rows[name].extend(some)
    return to_batches(rows)


def to_batches(rows: Rows) -> dict[str, pa.RecordBatch]:
    """Rows to record batches of the declared schemas; ``SchemaError`` where a value has the wrong type."""
    return {name: _batch(name, rows[name]) for name in TABLES}


def _batch(name: str, rows: list[tuple[Any, ...]]) -> pa.RecordBatch:
    schema = arrow_schema(name)
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = []
    for field, values in zip(schema, columns, strict=True):
        try:
            arrays.append(pa.array(values, type=field.type))
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeEncodeError) as error:
            raise SchemaError(f"{name}.{field.name}: {error}", hint="this is a fault of a rule") from error
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def drop_articles(
    batches: Mapping[str, pa.RecordBatch], article_ids: Iterable[str]
) -> dict[str, pa.RecordBatch]:
    """The batches without the rows of some articles."""
    ids = pa.array(sorted(article_ids), pa.string())
    return {
        name: batch.filter(pc.invert(pc.is_in(batch["article_id"], value_set=ids)))
        for name, batch in batches.items()
    }
