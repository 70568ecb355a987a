"""The tables in monthly partitions, updated in place: what the nightly refresh writes.

``OUT/<table>/month=2024-10/part-0.parquet``; the month is that of ``articles.published_date`` in every table,
``unknown`` where it is null. An update reads only the months that it touches, writes their new files under
``OUT/.staging``, and renames them over the old ones (see ``pipeline.tables.staging``):

- A reader sees, for each month and table, the old file or the new one whole, never half of one. A file that
  it has opened stays readable. A month that lost its last row keeps a file without rows, so a path that a
  reader has listed never goes away.
- The renames take milliseconds; a reader that needs all tables and months from one state reads with
  ``read_table``, which notices a swap and reads again.
- A month whose bytes would not change is left alone, its time of change included.
- Killed at any instant, the update either did not happen or is finished by the next writer or reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.records import Extraction
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.checks import check_article
from pipeline.tables.rows import Provenance, Rows, rows_of, to_batches
from pipeline.tables.schema import TABLES
from pipeline.tables.staging import Staging
from pipeline.tables.writer import PART, TableFile

UNKNOWN = "unknown"


def month_of(found: Extraction) -> str:
    """The partition of an article: ``2024-10``, or ``unknown``."""
    day = found.article.published_date
    return UNKNOWN if day is None else f"{day:%Y-%m}"


def _file(name: str, month: str) -> str:
    return f"{name}/month={month}/{PART}"


def months(out: Path) -> list[str]:
    """The months that have a partition, sorted."""
    return sorted(path.name.removeprefix("month=") for path in (out / "articles").glob("month=*"))


def months_by_article(out: Path) -> dict[str, str]:
    """The month in which each article stands now."""
    places = {}
    for month in months(out):
        ids = pq.ParquetFile(out / _file("articles", month)).read(columns=["article_id"])
        places.update(dict.fromkeys(ids["article_id"].to_pylist(), month))
    return places


def update_months(
    out: Path,
    extractions: Iterable[Extraction],
    *,
    provenance: Mapping[str, Provenance] | None = None,
    removed: Iterable[str] = (),
) -> list[str]:
    """Put articles into the monthly tables, in place of what stood there under the same ``article_id``.

    ``provenance`` (by article id) gives ``duplicate_group``, ``revised_at`` and ``taken_down``, also for
    articles that stand there already and are not among ``extractions``; ``removed`` are taken out.
    Returns the months whose files changed. In memory stand the articles given and one month. Raises
    ``SchemaError`` before anything is changed when rows break the schema, ``LockedError`` when another
    process writes to ``out``, ``UsageError`` when ``out`` holds the unpartitioned tables of a batch.
    """
    known = dict(provenance or {})
    with Staging(out) as staging:
        if (out / "articles" / PART).exists():
            raise UsageError(
                "holds the tables of a batch, not monthly partitions",
                where=str(out),
                hint="choose another folder",
            )
        places = months_by_article(out)
        fresh: dict[str, list[Rows]] = defaultdict(list)
        gone: dict[str, set[str]] = defaultdict(set)
        for found in extractions:
            article_id = found.article.article_id
            rows = rows_of(found, known.pop(article_id, None))
            check_article(rows)
            fresh[month_of(found)].append(rows)
            if article_id in places:
                gone[places[article_id]].add(article_id)
        for article_id in removed:
            if article_id in places:
                gone[places[article_id]].add(article_id)
        noted: dict[str, dict[str, Provenance]] = defaultdict(dict)
        for article_id, facts in known.items():
            if article_id in places:
                noted[places[article_id]][article_id] = facts
        changed = [
            month
            for month in sorted({*fresh, *gone, *noted})
            if _rewrite(staging, month, fresh[month], gone[month], noted[month])
        ]
        if changed:
            staging.commit()
    return changed


def _rewrite(
    staging: Staging,
    month: str,
    fresh: list[Rows],
    gone: set[str],
    noted: Mapping[str, Provenance],
) -> bool:
    """Write one month's files; whether any differs from what stands there."""
    merged: Rows = {name: [row for rows in fresh for row in rows[name]] for name in TABLES}
    batches = to_batches(merged)
    changed = False
    for name in TABLES:
        final = _file(name, month)
        table = pa.Table.from_batches([batches[name]])
        standing = staging.out / final
        if standing.exists():
            old = _without(pq.ParquetFile(standing).read(), gone)
            if name == "articles" and noted:
                old = _annotate(old, noted)
            table = pa.concat_tables([old.cast(table.schema), table])
        path = staging.path(final)
        _write(path, name, table)
        if standing.exists() and standing.read_bytes() == path.read_bytes():
            staging.drop(final)
        else:
            changed = True
    return changed


def _without(table: pa.Table, gone: set[str]) -> pa.Table:
    if not gone:
        return table
    return table.filter(pc.invert(pc.is_in(table["article_id"], value_set=pa.array(sorted(gone)))))


def _annotate(articles: pa.Table, noted: Mapping[str, Provenance]) -> pa.Table:
    """The rows of ``articles`` with new facts from outside their text."""
    ids = articles["article_id"].to_pylist()
    for column in ("duplicate_group", "revised_at", "taken_down"):
        values: list[Any] = articles[column].to_pylist()
        for i, article_id in enumerate(ids):
            if article_id in noted:
                value = getattr(noted[article_id], column)
                values[i] = article_id if column == "duplicate_group" and value is None else value
        at = articles.schema.get_field_index(column)
        field = articles.schema.field(column)
        articles = articles.set_column(at, field, pa.array(values, field.type))
    return articles


def _write(path: Path, name: str, table: pa.Table) -> None:
    """Write rows sorted by article; within an article they keep their order."""
    order = pc.sort_indices(
        table.append_column("_at", pa.array(range(table.num_rows), pa.int64())),
        sort_keys=[("article_id", "ascending"), ("_at", "ascending")],
    )
    file = TableFile(path, name)
    for batch in _batches(table.take(order), name):
        file.write(batch)
    file.close()


def _batches(table: pa.Table, name: str) -> Iterator[pa.RecordBatch]:
    return iter(table.combine_chunks().cast(arrow_schema(name)).to_batches(max_chunksize=1024))
