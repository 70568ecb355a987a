"""The list of events."""

from __future__ import annotations

import sqlite3

from pipeline.publish.web import counting, filters, lists
from pipeline.publish.web.asking import Ask, Shown, Table

FACETS = ("jenis", "polda", "tahun")
COLUMNS = {"jenis": "event_type", "polda": "polda_id", "tahun": "year"}
_DOWNLOAD = [
    "event_id",
    "day",
    "event_type",
    "event_group",
    "unit",
    "polda_id",
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
_ROWS = (
    "SELECT e.id, e.event_id, e.day, e.event_type, e.event_group, e.unit_id, u.unit, e.polda_id, "
    "e.region, e.district, "
    "e.village, e.operation, e.status, e.confidence, e.surface, e.article_id, a.title, a.url, e.is_primary "
    "FROM events e JOIN articles a ON a.id = e.article LEFT JOIN police_units u ON u.unit_id = e.unit_id "
)

_BETWEEN = """
SELECT (SELECT min(id) FROM events WHERE day = (SELECT max(day) FROM events WHERE day <= ?)),
       (SELECT max(id) FROM events WHERE day = (SELECT min(day) FROM events WHERE day >= ?))
"""


def show(conn: sqlite3.Connection, ask: Ask) -> Shown:
    """Events that fit, newest first, with facets."""
    wanted = filters.read(ask.args)
    where = lists.Where()
    for column, value in (("unit_id =", wanted.satuan), ("region_code =", wanted.wilayah)):
        if value:
            where.add(f"{column} ?", value)
    if wanted.dari or wanted.sampai:
        where.add("day BETWEEN ? AND ?", wanted.dari or "", wanted.sampai or "9999")
    chosen = lists.chosen_of(conn, wanted, FACETS)
    counts = counting.count(lists.cells(conn, "events", "event_counts", where, wanted), FACETS, chosen)
    rows = _rows(conn, ask, lists.narrowed(where, chosen, COLUMNS), wanted) if counts.total else []
    more = len(rows) > lists.PAGE and ask.form == "html"
    rows = rows[: lists.PAGE] if ask.form == "html" else rows
    return Shown(
        "events.html",
        {
            "rows": rows,
            "total": counts.total,
            "facets": lists.facets(conn, ask, counts, FACETS),
            "active": lists.active(conn, ask, wanted),
            "next": ask.link(sesudah=rows[-1]["id"]) if more else None,
            "first": lists.after(ask) == 0,
            "filters": wanted,
        },
        Table(_DOWNLOAD, ([row[name] for name in _DOWNLOAD] for row in rows)),
        name="peristiwa",
    )


def _rows(
    conn: sqlite3.Connection, ask: Ask, where: lists.Where, wanted: filters.Filters
) -> list[sqlite3.Row]:
    # Events are numbered by day, newest first: a range of days is a range of numbers.
    if wanted.dari or wanted.sampai:
        low, high = conn.execute(_BETWEEN, [wanted.sampai or "9999", wanted.dari or ""]).fetchone()
        where.add("id BETWEEN ? AND ?", low or 0, high or 0)
    where.add("id > ?", lists.after(ask))
    ids = [
        row[0]
        for row in conn.execute(
            f"SELECT id FROM events{where.sql} ORDER BY id LIMIT ?", [*where.params, lists.size(ask)]
        )
    ]
    rows = list[sqlite3.Row]()
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        rows += conn.execute(f"{_ROWS} WHERE e.id IN ({', '.join('?' * len(some))}) ORDER BY e.id", some)
    return rows
