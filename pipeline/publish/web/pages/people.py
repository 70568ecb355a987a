"""The list of officers."""

from __future__ import annotations

import sqlite3

from pipeline.publish.web import counting, filters, lists, search
from pipeline.publish.web.asking import Ask, Shown, Table

FACETS = ("pangkat", "polda")
COLUMNS = {"pangkat": "p.rank", "polda": "p.polda_id"}
_DOWNLOAD = [
    "officer_id",
    "name",
    "rank",
    "position",
    "unit",
    "force",
    "n_articles",
    "first_seen",
    "last_seen",
]


def show(conn: sqlite3.Connection, ask: Ask) -> Shown:
    """Officers that fit, those in most articles first."""
    wanted = filters.read(ask.args)
    where, words = lists.Where(), search.names(wanted.q) if wanted.q else None
    if words:
        where.add("p.rowid IN (SELECT rowid FROM people_fts WHERE people_fts MATCH ?)", words)
    elif wanted.q:
        where.add("0")
    if wanted.satuan:
        where.add("p.unit_id = ?", wanted.satuan)
    chosen = lists.chosen_of(conn, wanted, FACETS)
    cells = counting.cells(
        conn,
        f"SELECT p.rank, p.polda_id, count(*) FROM people p{where.sql} GROUP BY 1, 2",
        where.params,
    )
    counts = counting.count(cells, FACETS, chosen)
    full = lists.narrowed(where, chosen, COLUMNS)
    sql = f"SELECT p.* FROM people p{full.sql} ORDER BY p.n_articles DESC, p.officer_id"
    rows = lists.fitting(conn, ask, sql, full.params)
    shown = lists.ranked(conn, ask, wanted, counts, rows, FACETS)
    return Shown(
        "people.html",
        shown,
        Table(_DOWNLOAD, ([row[name] for name in _DOWNLOAD] for row in shown["rows"])),
        name="pejabat",
    )
