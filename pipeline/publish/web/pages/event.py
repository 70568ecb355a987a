"""One event: what, where, when, who, and the words it was read from."""

from __future__ import annotations

import sqlite3

from pipeline.publish.web.asking import Ask, Missing, Shown, Table

_AROUND = 180
_COLUMNS = [
    "event_id",
    "event_type",
    "event_group",
    "day",
    "date_end",
    "unit",
    "region_code",
    "region",
    "district",
    "village",
    "operation",
    "status",
    "confidence",
    "surface",
    "article_id",
    "title",
    "url",
]


def show(conn: sqlite3.Connection, ask: Ask) -> Shown | Missing:
    """The event of an id."""
    event = conn.execute(
        "SELECT e.*, a.title, a.url, a.site, a.published_date, a.duplicate_group, u.unit, p.unit AS polda, "
        "substr(a.text, max(1, e.start + 1 - ?2), e.start - max(0, e.start - ?2)) AS before, "
        "substr(a.text, e.end + 1, ?2) AS behind "
        "FROM events e JOIN articles a ON a.id = e.article LEFT JOIN police_units u ON u.unit_id = e.unit_id "
        "LEFT JOIN police_units p ON p.unit_id = e.polda_id WHERE e.event_id = ?1 ORDER BY e.id LIMIT 1",
        [ask.key, _AROUND],
    ).fetchone()
    if event is None:
        return Missing()
    of_article = [event["article_id"]]
    officers = conn.execute(
        "SELECT * FROM officers WHERE article_id = ? ORDER BY start", of_article
    ).fetchall()
    personnel = conn.execute(
        "SELECT * FROM personnel WHERE article_id = ? ORDER BY start", of_article
    ).fetchall()
    copies = conn.execute(
        "SELECT article_id, title, site, published_date FROM articles WHERE duplicate_group = ? AND "
        "article_id <> ? "
        "ORDER BY id LIMIT 20",
        [event["duplicate_group"], event["article_id"]],
    ).fetchall()
    near = conn.execute(
        "SELECT e.event_id, e.day, e.event_type, e.event_group, a.title FROM events e JOIN articles a "
        "ON a.id = e.article "
        "WHERE e.unit_id = ? AND e.id BETWEEN ? AND ? AND e.event_id <> ? ORDER BY abs(e.id - ?) LIMIT 6",
        [event["unit_id"], event["id"] - 20_000, event["id"] + 20_000, ask.key, event["id"]],
    ).fetchall()
    return Shown(
        "event.html",
        {"event": event, "officers": officers, "personnel": personnel, "copies": copies, "near": near},
        Table(_COLUMNS, [tuple(event[name] for name in _COLUMNS)]),
        name=f"peristiwa-{ask.key}",
    )
