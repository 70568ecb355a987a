"""One police unit: officers, events, personnel, neighbours."""

from __future__ import annotations

import math
import sqlite3

from pipeline.publish.web import charts
from pipeline.publish.web.asking import Ask, Missing, Shown, Table
from pipeline.publish.web.pages.start import group_order

_EVENTS = (
    "SELECT e.event_id, e.day, e.event_type, e.event_group, e.region, e.district, e.village, "
    "e.operation, a.article_id, "
    "a.title, a.url FROM events e JOIN articles a ON a.id = e.article WHERE e.unit_id = ? ORDER BY e.id "
    "LIMIT ?"
)
_PERSONNEL = """
SELECT p.min, p.max, p.approx, p.unit_of, p.surface, p.start, e.day, e.event_type, e.event_group,
  e.article_id, a.title
FROM events e JOIN personnel p USING (article_id) JOIN articles a ON a.id = e.article
WHERE e.unit_id = ? AND e.is_primary AND p.unit_of = 'personel' AND p.status = 'actual'
ORDER BY p.min DESC, e.id LIMIT 5
"""
_COLUMNS = (
    "event_id",
    "day",
    "event_type",
    "region",
    "district",
    "village",
    "operation",
    "article_id",
    "title",
    "url",
)


def show(conn: sqlite3.Connection, ask: Ask) -> Shown | Missing:
    """The unit of an id."""
    unit = conn.execute(
        "SELECT u.*, p.unit AS polda FROM police_units u LEFT JOIN police_units p ON p.unit_id = u.polda_id "
        "WHERE u.unit_id = ?",
        [ask.key],
    ).fetchone()
    if unit is None:
        return Missing()
    one = [ask.key]
    events = conn.execute(_EVENTS, [ask.key, 12 if ask.form == "html" else 10_000]).fetchall()
    months = conn.execute(
        "SELECT substr(day, 1, 7), event_group, count(*) FROM events WHERE unit_id = ? AND day IS NOT NULL "
        "GROUP BY 1, 2 ORDER BY 1, 2",
        one,
    ).fetchall()
    types = conn.execute(
        "SELECT event_type, event_group, count(*) AS n FROM events WHERE unit_id = ? GROUP BY 1, 2 "
        "ORDER BY n DESC, 1",
        one,
    ).fetchall()
    officers = conn.execute(
        "SELECT * FROM people WHERE unit_id = ? ORDER BY last_seen DESC, n_articles DESC LIMIT 12", one
    ).fetchall()
    return Shown(
        "unit.html",
        {
            "unit": unit,
            "events": events,
            "chart": charts.months([tuple(row) for row in months], group_order()),
            "types": types,
            "most": max((row["n"] for row in types), default=1),
            "officers": officers,
            "personnel": conn.execute(_PERSONNEL, one).fetchall(),
            "neighbours": _neighbours(conn, unit),
        },
        Table(_COLUMNS, ([row[name] for name in _COLUMNS] for row in events)),
        name=f"satuan-{ask.key}",
    )


def _neighbours(conn: sqlite3.Connection, unit: sqlite3.Row) -> list[tuple[sqlite3.Row, int]]:
    """The six nearest units of the same level with their distance in kilometres (of the centroids)."""
    if unit["lat"] is None:
        return []
    others = conn.execute(
        "SELECT unit_id, unit, lat, lon, n_articles FROM police_units "
        "WHERE level = ? AND unit_id <> ? AND lat IS NOT NULL AND n_articles > 0",
        [unit["level"], unit["unit_id"]],
    ).fetchall()
    near = sorted(
        (
            (_kilometres(unit["lat"], unit["lon"], row["lat"], row["lon"]), row["unit_id"], row)
            for row in others
        ),
        key=lambda item: item[:2],
    )
    return [(row, round(km)) for km, _, row in near[:6]]


def _kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    east = math.radians(lon2 - lon) * math.cos(math.radians((lat + lat2) / 2))
    return 6371 * math.hypot(math.radians(lat2 - lat), east)
