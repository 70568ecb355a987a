"""The start page: search, what is in the data, events by month and by place, the newest events."""

from __future__ import annotations

import json
import sqlite3
from functools import cache
from typing import Any

from pipeline.publish.reference import event_types, points, regions
from pipeline.publish.web import charts
from pipeline.publish.web.asking import Ask, Shown, Table

NEWEST = 8
PLACES = 10


def group_order() -> list[str]:
    """The groups of event types in the code book's order."""
    return list(dict.fromkeys(row.group for row in event_types()))


@cache
def _ground() -> list[tuple[float, float, float]]:
    return charts.ground(points())


def show(conn: sqlite3.Connection, ask: Ask) -> Shown:
    """All from the summaries that were made with the file, and the newest events."""
    summary: dict[str, Any] = {
        key: json.loads(value) for key, value in conn.execute("SELECT key, value FROM summary")
    }
    newest = conn.execute(
        "SELECT e.event_id, e.day, e.event_type, e.event_group, e.region, e.district, e.article_id, a.title, "
        "e.unit_id, u.unit, a.site FROM events e JOIN articles a ON a.id = e.article "
        "LEFT JOIN police_units u ON u.unit_id = e.unit_id WHERE e.is_primary ORDER BY e.id LIMIT ?",
        [NEWEST],
    ).fetchall()
    dots = charts.dots([tuple(row) for row in summary["regions"]], points(), regions())
    months = [tuple(row) for row in summary["months"]]
    types = conn.execute(
        'SELECT c.event_type, t."group", sum(c.n) AS n FROM event_months c '
        "JOIN event_types t ON t.type = c.event_type GROUP BY 1, 2 ORDER BY n DESC, 1"
    ).fetchall()
    columns = ("month", "event_group", "n_events")
    return Shown(
        "start.html",
        {
            "counts": summary["counts"],
            "version": summary["version"],
            "chart": charts.months(months, group_order()),
            "dots": [dot for dot in dots if "." in dot.code],
            "ground": _ground(),
            "map": (charts.MAP_WIDTH, charts.MAP_HEIGHT),
            "places": [dot for dot in dots if "." in dot.code][:PLACES],
            "types": types,
            "most": max((row["n"] for row in types), default=1),
            "newest": newest,
        },
        Table(columns, months),
        data=summary,
        name="ringkasan",
        keep=True,
    )
