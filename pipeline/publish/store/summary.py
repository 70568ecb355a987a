"""What is counted once, when the file is made: units, people, facets, and what the start page shows."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import duckdb

from pipeline.publish.reference import event_types, points, regions, units
from pipeline.publish.store import load

_UNITS = """
SELECT u.unit_id, any_value(u.unit), any_value(u.level), any_value(u.polda_id), any_value(u.region_code),
       count(DISTINCT u.article_id), CAST(min(a.published_date) AS VARCHAR),
       CAST(max(a.published_date) AS VARCHAR)
FROM units u JOIN article_order USING (article_id) JOIN articles a USING (article_id)
GROUP BY u.unit_id
"""
_NAMED_ELSEWHERE = """
SELECT unit_id, any_value(unit) FROM (
  SELECT unit_id, unit FROM officers UNION ALL SELECT primary_unit_id, primary_unit FROM articles
  UNION ALL SELECT polda_id, polda FROM articles UNION ALL SELECT polda_id, NULL FROM units
  UNION ALL SELECT unit_id, NULL FROM events
) WHERE unit_id IS NOT NULL GROUP BY unit_id
"""
_PEOPLE = """
SELECT o.officer_id,
       arg_max(o.name, length(o.name)), arg_max(o.rank, seen) FILTER (o.rank IS NOT NULL),
       arg_max(o.rank_order, seen) FILTER (o.rank IS NOT NULL),
       arg_max(o.position, seen) FILTER (o.position IS NOT NULL), any_value(o.force),
       arg_max(o.unit_id, seen) FILTER (o.unit_id IS NOT NULL),
       arg_max(o.unit, seen) FILTER (o.unit_id IS NOT NULL), NULL,
       count(DISTINCT o.article_id), CAST(min(day) AS VARCHAR), CAST(max(day) AS VARCHAR)
FROM (
  SELECT o.*, a.published_date AS day, (coalesce(a.published_date, DATE '1900-01-01'), o.article_id) AS seen
  FROM officers o JOIN article_order USING (article_id) JOIN articles a USING (article_id)
) o
GROUP BY o.officer_id ORDER BY o.officer_id
"""


def fill_event_types(target: sqlite3.Connection) -> None:
    """The code book's types with their labels."""
    rows: list[tuple[object, ...]] = [
        (t.type, t.group, t.label_id, t.label_en, t.definition_id) for t in event_types()
    ]
    load.insert(target, "event_types", [rows])


def fill_units(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection) -> None:
    """Units that the data name, and all Polda, with the point of their first region."""
    known = {unit.unit_id: unit for unit in units()}
    rows: dict[str, dict[str, Any]] = {}
    for unit_id, name, level, polda_id, code, n, first, last in source.execute(_UNITS).fetchall():
        rows[unit_id] = _unit(unit_id, name, level, polda_id, code)
        rows[unit_id] |= {"n_articles": n, "first_seen": first, "last_seen": last}
    for unit_id, name in source.execute(_NAMED_ELSEWHERE).fetchall():
        if unit_id not in rows:
            ref = known.get(unit_id)
            rows[unit_id] = (
                _unit(unit_id, ref.name, ref.level, ref.polda_id, ref.region_code)
                if ref
                else _unit(unit_id, name or unit_id, "polsek", None, None)
            )
    for ref in units():
        if ref.level in ("mabes", "polda") and ref.unit_id not in rows:
            rows[ref.unit_id] = _unit(ref.unit_id, ref.name, ref.level, ref.polda_id, ref.region_code)
    for row in list(rows.values()):
        if row["polda_id"] not in rows:
            row["polda_id"] = None
    names = [
        "unit_id",
        "unit",
        "level",
        "polda_id",
        "region_code",
        "region",
        "lat",
        "lon",
        "n_articles",
        "n_events",
        "n_officers",
        "first_seen",
        "last_seen",
    ]
    load.insert(target, "police_units", [[tuple(rows[key][name] for name in names) for key in sorted(rows)]])


def _unit(unit_id: str, name: str, level: str, polda_id: str | None, code: str | None) -> dict[str, Any]:
    lat, lon = points().get(code or "", (None, None))
    return {
        "unit_id": unit_id,
        "unit": name,
        "level": level,
        "polda_id": polda_id,
        "region_code": code,
        "region": regions().get(code or ""),
        "lat": lat,
        "lon": lon,
        "n_articles": 0,
        "n_events": 0,
        "n_officers": 0,
        "first_seen": None,
        "last_seen": None,
    }


def fill_people(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection) -> None:
    """Each officer once; the Polda is the one over the newest unit."""
    load.insert(target, "people", load.stream(source, _PEOPLE))
    target.execute(
        "UPDATE people SET polda_id = (SELECT polda_id FROM police_units u WHERE u.unit_id = people.unit_id)"
    )


def fill_counts(target: sqlite3.Connection) -> None:
    """What facets read, and the counts of each unit."""
    target.execute("INSERT INTO article_counts SELECT cell, count(*) FROM article_facets GROUP BY 1")
    target.execute("INSERT INTO event_counts SELECT cell, count(*) FROM events GROUP BY 1")
    target.execute(
        "INSERT INTO event_months SELECT substr(day, 1, 7), event_type, count(*) FROM events GROUP BY 1, 2"
    )
    for column, query in (
        ("n_events", "SELECT unit_id, count(*) AS n FROM events GROUP BY 1"),
        ("n_officers", "SELECT unit_id, count(DISTINCT officer_id) AS n FROM officers GROUP BY 1"),
    ):
        target.execute(
            f"UPDATE police_units SET {column} = c.n FROM ({query}) c WHERE c.unit_id = police_units.unit_id"
        )


def fill_summary(target: sqlite3.Connection, sources: dict[str, Any]) -> None:
    """What the start page shows; ``sources`` are further values that the caller knows."""
    one = target.execute(
        "SELECT count(*), count(DISTINCT duplicate_group), count(DISTINCT site), min(published_date), "
        "max(published_date), max(fetched_at), sum(n_words) FROM articles"
    ).fetchone()
    counts = dict(
        zip(("articles", "stories", "sites", "first", "last", "fetched", "words"), one, strict=True)
    )
    counts["extractors"] = [
        row[0] for row in target.execute("SELECT DISTINCT extractor FROM articles ORDER BY 1")
    ]
    for name, query in {
        "units": "SELECT count(*) FROM police_units WHERE n_articles > 0",
        "officers": "SELECT count(*) FROM people",
        "events": "SELECT count(*) FROM events",
        "quotes": "SELECT count(*) FROM quotes",
        "personnel": "SELECT count(*) FROM personnel",
    }.items():
        counts[name] = target.execute(query).fetchone()[0]
    months = target.execute(
        'SELECT month, t."group", sum(n) FROM event_months c JOIN event_types t ON t.type = c.event_type '
        "WHERE month IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    where = target.execute(
        "SELECT region_code, count(*) FROM events WHERE region_code IS NOT NULL GROUP BY 1 ORDER BY 1"
    ).fetchall()
    values = {"counts": counts, "months": months, "regions": where, **sources}
    target.executemany(
        "INSERT INTO summary VALUES (?, ?)", [(key, json.dumps(value)) for key, value in values.items()]
    )
