"""The list of police units."""

from __future__ import annotations

import sqlite3

from pipeline.publish.web import counting, filters, lists, search
from pipeline.publish.web.asking import Ask, Shown, Table

FACETS = ("tingkat", "polda")
COLUMNS = {"tingkat": "u.level", "polda": "u.polda_id"}
_DOWNLOAD = [
    "unit_id",
    "unit",
    "level",
    "polda_id",
    "region_code",
    "region",
    "n_articles",
    "n_events",
    "n_officers",
    "first_seen",
    "last_seen",
]


def show(conn: sqlite3.Connection, ask: Ask) -> Shown:
    """Units that fit, those in most articles first."""
    wanted = filters.read(ask.args)
    where = lists.Where()
    where.add("u.n_articles > 0")
    for word in search.words_of(wanted.q or "")[:6]:
        where.add("u.unit LIKE ?", f"%{word}%")
    chosen = lists.chosen_of(conn, wanted, FACETS)
    cells = counting.cells(
        conn,
        f"SELECT u.level, u.polda_id, count(*) FROM police_units u{where.sql} GROUP BY 1, 2",
        where.params,
    )
    counts = counting.count(cells, FACETS, chosen)
    full = lists.narrowed(where, chosen, COLUMNS)
    sql = (
        "SELECT u.*, p.unit AS polda FROM police_units u "
        f"LEFT JOIN police_units p ON p.unit_id = u.polda_id{full.sql} "
        "ORDER BY u.n_articles DESC, u.unit_id"
    )
    rows = lists.fitting(conn, ask, sql, full.params)
    shown = lists.ranked(conn, ask, wanted, counts, rows, FACETS)
    return Shown(
        "units.html",
        shown,
        Table(_DOWNLOAD, ([row[name] for name in _DOWNLOAD] for row in shown["rows"])),
        name="satuan",
    )
