"""The list of articles, which is also the search."""

from __future__ import annotations

import sqlite3

from pipeline.publish.web import counting, filters, lists, search
from pipeline.publish.web.asking import Ask, Redirect, Shown, Table, address

FACETS = ("jenis", "polda", "tahun")
COLUMNS = {"jenis": "f.event_type", "polda": "f.polda_id", "tahun": "f.year"}
COUNTED = 20_000
"""With words, facets are counted over so many of the newest hits at most."""

_DOWNLOAD = ("article_id", "published_date", "title", "site", "url", "primary_unit", "polda", "event_type")


def show(conn: sqlite3.Connection, ask: Ask) -> Shown | Redirect:
    """Articles that fit, newest first, with facets; words with ``:`` become filters."""
    given, unknown = filters.typed(conn, ask.args.get("q", ""))
    if given != ({"q": ask.args["q"].strip()} if ask.args.get("q", "").strip() else {}) and not unknown:
        return Redirect(address("/artikel", {**ask.args, "q": None, **given}))
    wanted = filters.read({**ask.args, **given})
    words = search.match(conn, wanted.q) if wanted.q else None
    where, full = _conditions(wanted, words)
    chosen = lists.chosen_of(conn, wanted, FACETS)
    cells = counting.cells(conn, _database(conn), *_cells(where, words, full))
    rows = _rows(conn, ask, lists.narrowed(where, chosen, COLUMNS), words)
    more = len(rows) > lists.PAGE and ask.form == "html"
    rows = rows[: lists.PAGE] if ask.form == "html" else rows
    total = counting.total(cells, FACETS, chosen)
    found = sum(n for _, n in cells)
    return Shown(
        "articles.html",
        {
            "rows": rows,
            "total": total,
            "capped": words is not None and found >= COUNTED,
            "facets": lists.facets(conn, ask, cells, FACETS, chosen),
            "active": lists.active(conn, ask, wanted),
            "unknown": unknown,
            "q": ask.args.get("q", ""),
            "next": ask.link(sesudah=rows[-1]["id"]) if more else None,
            "first": lists.after(ask) == 0,
            "people": _people(conn, wanted.q) if wanted.q and lists.after(ask) == 0 else [],
            "units": _units(conn, wanted.q) if wanted.q and lists.after(ask) == 0 else [],
        },
        Table(_DOWNLOAD, ([row[name] for name in _DOWNLOAD] for row in rows)),
        name="artikel",
    )


def _conditions(wanted: filters.Filters, words: str | None) -> tuple[lists.Where, bool]:
    """The conditions that are no facets, and whether there are any."""
    where = lists.Where()
    if words:
        where.add("articles_fts MATCH ?", words)
    elif wanted.q:
        where.add("0")
    if wanted.satuan:
        where.add("f.unit_id = ?", wanted.satuan)
    if wanted.dari:
        where.add("f.day >= ?", wanted.dari)
    if wanted.sampai:
        where.add("f.day <= ?", wanted.sampai)
    for value, table, column in (
        (wanted.pejabat, "officers", "officer_id"),
        (wanted.wilayah, "events", "region_code"),
    ):
        if value:
            where.add(
                f"f.id IN (SELECT a.id FROM {table} t JOIN articles a USING (article_id) WHERE "
                f"t.{column} = ?)",
                value,
            )
    return where, bool(where.parts)


def _from(words: str | None) -> str:
    return (
        "articles_fts CROSS JOIN article_facets f ON f.id = articles_fts.rowid"
        if words
        else "article_facets f"
    )


def _cells(where: lists.Where, words: str | None, narrowed: bool) -> tuple[str, list[object]]:
    if not narrowed:
        return "SELECT event_type, polda_id, year, n FROM article_counts", []
    inner = f"SELECT f.event_type, f.polda_id, f.year FROM {_from(words)}{where.sql}"
    if words:
        inner += f" LIMIT {COUNTED}"
    return f"SELECT event_type, polda_id, year, count(*) FROM ({inner}) GROUP BY 1, 2, 3", where.params


def _rows(conn: sqlite3.Connection, ask: Ask, where: lists.Where, words: str | None) -> list[sqlite3.Row]:
    key = "articles_fts.rowid" if words else "f.id"
    where.add(f"{key} > ?", lists.after(ask))
    inner = f"SELECT {key} AS id FROM {_from(words)}{where.sql} ORDER BY {key} LIMIT ?"
    ids = [row[0] for row in conn.execute(inner, [*where.params, lists.size(ask)])]
    wide = "a.id, a.article_id, a.published_date, a.title, a.site, a.url, a.primary_unit_id, "
    "a.primary_unit, a.polda, f.event_type"
    sql = f"SELECT {wide}, substr(a.text, 1, 220) AS opening FROM articles a JOIN article_facets f ON "
    "f.id = a.id WHERE a.id"
    rows = list[sqlite3.Row]()
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        rows += conn.execute(f"{sql} IN ({', '.join('?' * len(some))}) ORDER BY a.id", some)
    if not (words and ask.form == "html"):
        return rows
    return [_marked(conn, row, words) for row in rows]


def _marked(conn: sqlite3.Connection, row: sqlite3.Row, words: str) -> sqlite3.Row:
    """The row with the sentence that the words were found in, hits between U+0002 and U+0003."""
    cursor = conn.execute(
        "SELECT snippet(articles_fts, 1, char(2), char(3), '…', 28) FROM articles_fts "
        "WHERE rowid = ? AND articles_fts MATCH ?",
        [row["id"], words],
    )
    found = cursor.fetchone()
    return dict(row) | {"opening": found[0] if found else row["opening"]}  # type: ignore[return-value]


def _people(conn: sqlite3.Connection, q: str) -> list[sqlite3.Row]:
    words = search.names(q)
    if not words:
        return []
    return conn.execute(
        "SELECT p.officer_id, p.name, p.rank, p.position, p.unit, p.n_articles FROM people_fts "
        "JOIN people p ON p.rowid = people_fts.rowid WHERE people_fts MATCH ? ORDER BY p.n_articles "
        "DESC LIMIT 4",
        [words],
    ).fetchall()


def _units(conn: sqlite3.Connection, q: str) -> list[sqlite3.Row]:
    words = search.words_of(q)[:6]
    if not words:
        return []
    where = " AND ".join("unit LIKE ?" for _ in words)
    return conn.execute(
        f"SELECT unit_id, unit, n_articles FROM police_units WHERE {where} AND n_articles > 0 "
        "ORDER BY n_articles DESC LIMIT 4",
        [f"%{word}%" for word in words],
    ).fetchall()


def _database(conn: sqlite3.Connection) -> str:
    return str(conn.execute("PRAGMA database_list").fetchone()[2])
