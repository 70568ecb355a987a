"""Rows from DuckDB into SQLite, a few thousand in memory at a time, in the order in which pages read them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import duckdb

from pipeline.publish.store import ddl
from pipeline.tables.schema import TABLES

BATCH = 2_000

_EXPRESSIONS = {
    "bool": 'CAST({0}."{1}" AS INTEGER)',
    "date": 'CAST({0}."{1}" AS VARCHAR)',
    "timestamp": "strftime({0}.\"{1}\", '%Y-%m-%dT%H:%M:%SZ')",
}

# Articles that their site took down, or that were asked to be, are not shown to the public.
_ORDER = """
CREATE TEMP TABLE article_order AS
SELECT article_id, row_number() OVER (
  ORDER BY coalesce(CAST(published_at AS TIMESTAMP), CAST(published_date AS TIMESTAMP)) DESC NULLS LAST,
    article_id
) AS id
FROM articles
WHERE NOT coalesce(taken_down, false)
  AND article_id NOT IN (SELECT entry FROM withheld)
  AND rtrim(coalesce(url, ''), '/') NOT IN (SELECT entry FROM withheld)
"""
_FROM = {
    "articles": "articles t JOIN article_order o USING (article_id)",
    "events": "events t JOIN article_order o USING (article_id) JOIN articles a USING (article_id) "
    "JOIN cells c ON c.event_type IS NOT DISTINCT FROM t.event_type "
    "AND c.polda_id IS NOT DISTINCT FROM a.polda_id "
    "AND c.year IS NOT DISTINCT FROM year(coalesce(t.date, a.published_date))",
}
_EXTRA = {
    "articles": "o.id, {columns}",
    "events": "row_number() OVER ({order}), {columns}, o.id, CAST(coalesce(t.date, a.published_date) AS "
    "VARCHAR),"
    " year(coalesce(t.date, a.published_date)), a.polda_id, c.cell",
}
_NEWEST_EVENT = "ORDER BY coalesce(t.date, a.published_date) DESC NULLS LAST, t.event_id, t.article_id"


_CELLS = """
CREATE TEMP TABLE main_event AS
SELECT article_id, any_value(event_type) AS event_type FROM events WHERE is_primary GROUP BY article_id;
CREATE TEMP TABLE cells AS
SELECT row_number() OVER (ORDER BY year, event_type, polda_id) AS cell, * FROM (
  SELECT m.event_type, a.polda_id, year(a.published_date) AS year
  FROM articles a JOIN article_order USING (article_id) LEFT JOIN main_event m USING (article_id)
  UNION SELECT e.event_type, a.polda_id, year(coalesce(e.date, a.published_date))
  FROM events e JOIN article_order USING (article_id) JOIN articles a USING (article_id)
)
"""
_TAG = "coalesce('zq{0}' || regexp_replace(lower({1}), '[^a-z0-9]', '', 'g'), '')"
_FACETS = f"""
SELECT o.id, m.event_type, a.polda_id, year(a.published_date), a.primary_unit_id,
       CAST(a.published_date AS VARCHAR), c.cell,
       concat_ws(' ', {_TAG.format("t", "m.event_type")}, {_TAG.format("p", "a.polda_id")},
                 {_TAG.format("u", "a.primary_unit_id")}, 'zqy' || year(a.published_date))
FROM articles a JOIN article_order o USING (article_id) LEFT JOIN main_event m USING (article_id)
JOIN cells c ON c.event_type IS NOT DISTINCT FROM m.event_type AND c.polda_id IS NOT DISTINCT FROM a.polda_id
  AND c.year IS NOT DISTINCT FROM year(a.published_date)
ORDER BY o.id
"""


# Six million rows of mentions would cost more than all the rest; pages read the spans of one article at once.
_SPANS = """
SELECT o.id, string_agg(m.label || ' ' || m."start" || ' ' || m."end", ';' ORDER BY m."start",
  m."end" DESC, m.label)
FROM mentions m JOIN article_order o USING (article_id) GROUP BY o.id ORDER BY o.id
"""


def prepare(source: duckdb.DuckDBPyConnection, withheld: Iterable[str] = ()) -> None:
    """Number the articles, newest first, and the combinations of what facets count.

    ``withheld`` are ids and addresses of the take-down list: those articles get no number and go nowhere.
    """
    source.execute("CREATE TEMP TABLE withheld (entry VARCHAR)")
    for entry in sorted(withheld):
        source.execute("INSERT INTO withheld VALUES (?)", [entry])
    source.execute(_ORDER)
    source.execute(_CELLS)


def facets(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection) -> None:
    """What lists of articles are filtered and counted by, apart from the long texts."""
    insert(
        target, "cells", stream(source, "SELECT cell, event_type, polda_id, year FROM cells ORDER BY cell")
    )
    insert(target, "article_facets", stream(source, _FACETS))


def copy(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection, name: str) -> int:
    """Create one table of the schema in ``target`` and fill it; return its number of rows."""
    target.execute(ddl.create(name))
    columns = ", ".join(
        _EXPRESSIONS.get(column.type, '{0}."{1}"').format("t", column.name) for column in TABLES[name].columns
    )
    if name == "events":
        chosen = _EXTRA[name].format(columns=columns, order=_NEWEST_EVENT)
        sql = f"SELECT {chosen} FROM {_FROM[name]} ORDER BY 1"
    elif name == "articles":
        sql = f"SELECT {_EXTRA[name].format(columns=columns)} FROM {_FROM[name]} ORDER BY o.id"
    else:
        sql = (
            f"SELECT {columns} FROM {name} t JOIN article_order o USING (article_id) "
            'ORDER BY o.id, t."start", t."end"'
        )
    return insert(target, name, stream(source, sql))


def spans(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection) -> int:
    """The tagged spans of each article in one row, as ``LABEL start end`` joined by semicolons."""
    return insert(target, "article_spans", stream(source, _SPANS))


def stream(source: duckdb.DuckDBPyConnection, sql: str) -> Iterable[list[tuple[object, ...]]]:
    """The rows of a query, in batches."""
    result = source.execute(sql)
    while rows := result.fetchmany(BATCH):
        yield rows


def insert(target: sqlite3.Connection, name: str, batches: Iterable[list[tuple[object, ...]]]) -> int:
    """Append rows that have all the columns of a table, in order; return how many."""
    count = 0
    for rows in batches:
        marks = ", ".join("?" * len(rows[0]))
        target.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        count += len(rows)
    return count
