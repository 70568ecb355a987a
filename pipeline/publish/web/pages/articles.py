"""The list of articles, which is also the search."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.publish.web import counting, filters, lists, search
from pipeline.publish.web.asking import Ask, Redirect, Shown, Table, address

FACETS = ("jenis", "polda", "tahun")
COLUMNS = {"jenis": "f.event_type", "polda": "f.polda_id", "tahun": "f.year"}
TAGS = {"jenis": "t", "polda": "p", "tahun": "y"}
COUNTED = 10_000
"""With words, facets are counted over so many of the newest hits at most."""

_DOWNLOAD = ("article_id", "published_date", "title", "site", "url", "primary_unit", "polda", "event_type")
_WIDE = """
SELECT a.id, a.article_id, a.published_date, a.title, a.site, a.url, a.primary_unit_id, a.primary_unit,
       a.polda, f.event_type, {text} AS opening
FROM articles a JOIN article_facets f ON f.id = a.id WHERE a.id IN ({marks}) ORDER BY a.id
"""
_FTS = "articles_fts CROSS JOIN article_facets f ON f.id = articles_fts.rowid"


@dataclass(frozen=True, slots=True)
class Hit:
    """An article of the list, with the beginning of its text or the words round the first hit."""

    row: sqlite3.Row
    opening: list[tuple[str, bool]]


def show(conn: sqlite3.Connection, ask: Ask) -> Shown | Redirect:
    """Articles that fit, newest first, with facets; words with ``:`` become filters."""
    given, unknown = filters.typed(conn, ask.args.get("q", ""))
    if set(given) - {"q"} and not unknown:
        path = "/artikel" if ask.form == "html" else f"/artikel.{ask.form}"
        return Redirect(address(path, {**ask.args, "q": None, **given}))
    wanted = filters.read({**ask.args, **given})
    words = search.match(conn, wanted.q) if wanted.q else None
    where = _conditions(conn, wanted, words)
    chosen = lists.chosen_of(conn, wanted, FACETS)
    cells = _cells(conn, wanted, where, words)
    counts = counting.count(cells, FACETS, chosen)
    # Nothing fits: do not look through everything to find that out again.
    ids = _ids(conn, ask, where, words, chosen) if counts.total or words else []
    more = len(ids) > lists.PAGE and ask.form == "html"
    hits = _hits(
        conn, ids[: lists.PAGE] if ask.form == "html" else ids, words if ask.form == "html" else None
    )
    first = lists.after(ask) == 0
    return Shown(
        "articles.html",
        {
            "rows": hits,
            "total": counts.total,
            "capped": words is not None and sum(n for _, n in cells) >= COUNTED,
            "facets": lists.facets(conn, ask, counts, FACETS),
            "active": lists.active(conn, ask, wanted),
            "unknown": unknown,
            "q": ask.args.get("q", ""),
            "next": ask.link(sesudah=hits[-1].row["id"]) if more else None,
            "first": first,
            "people": _people(conn, wanted.q) if wanted.q and first else [],
            "units": _units(conn, wanted.q) if wanted.q and first else [],
        },
        Table(_DOWNLOAD, ([hit.row[name] for name in _DOWNLOAD] for hit in hits)),
        name="artikel",
    )


def _conditions(conn: sqlite3.Connection, wanted: filters.Filters, words: search.Match | None) -> lists.Where:
    """The conditions that are no facets and no words."""
    where = lists.Where()
    if wanted.q and words is None:
        where.add("0")
    if wanted.satuan:
        where.add("f.unit_id = ?", wanted.satuan)
    if wanted.dari or wanted.sampai:
        where.add("f.day BETWEEN ? AND ?", wanted.dari or "", wanted.sampai or "9999")
    for value, table, column in (
        (wanted.pejabat, "officers", "officer_id"),
        (wanted.wilayah, "events", "region_code"),
    ):
        if value:
            ids = f"SELECT a.id FROM {table} t JOIN articles a USING (article_id) WHERE t.{column} = ?"
            where.add(f"f.id IN ({ids})", value)
    return where


def _cells(
    conn: sqlite3.Connection, wanted: filters.Filters, where: lists.Where, words: search.Match | None
) -> list[counting.Cell]:
    if words is None:
        return lists.cells(conn, "article_facets f", "article_counts", where, wanted)
    full = where.copy()
    full.add("articles_fts MATCH ?", words.narrowed())
    newest = f"SELECT f.cell FROM {_FTS}{full.sql} LIMIT {COUNTED}"
    return counting.numbered(conn, f"SELECT cell, count(*) FROM ({newest}) GROUP BY 1", full.params)


def _ids(
    conn: sqlite3.Connection,
    ask: Ask,
    where: lists.Where,
    words: search.Match | None,
    chosen: Mapping[str, frozenset[Any]],
) -> list[int]:
    """Numbers of the articles of this page; with words, facets are looked up in the full-text index too."""
    if words is None:
        full, key, source = lists.narrowed(where, chosen, COLUMNS), "f.id", "article_facets f"
    else:
        full, key, source = where.copy(), "articles_fts.rowid", _FTS if where.parts else "articles_fts"
        tags = [(TAGS[name], frozenset(map(str, values))) for name, values in chosen.items()]
        full.add("articles_fts MATCH ?", words.narrowed(*tags))
    full.add(f"{key} > ?", lists.after(ask))
    sql = f"SELECT {key} FROM {source}{full.sql} ORDER BY {key} LIMIT ?"
    return [row[0] for row in conn.execute(sql, [*full.params, lists.size(ask)])]


def _hits(conn: sqlite3.Connection, ids: Sequence[int], words: search.Match | None) -> list[Hit]:
    hits = list[Hit]()
    text = "a.text" if words else "substr(a.text, 1, 221)"
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        sql = _WIDE.format(text=text, marks=", ".join("?" * len(some)))
        for row in conn.execute(sql, some):
            plain = [(row["opening"][:220] + ("…" if len(row["opening"]) > 220 else ""), False)]
            hits.append(Hit(row, words.opening(row["opening"]) if words else plain))
    return hits


def _people(conn: sqlite3.Connection, q: str) -> list[sqlite3.Row]:
    words = search.names(q)
    if not words:
        return []
    return conn.execute(
        "SELECT p.officer_id, p.name, p.rank, p.position, p.unit, p.n_articles FROM people_fts "
        "JOIN people p ON p.rowid = people_fts.rowid WHERE people_fts MATCH ? "
        "ORDER BY p.n_articles DESC, p.officer_id LIMIT 4",
        [words],
    ).fetchall()


def _units(conn: sqlite3.Connection, q: str) -> list[sqlite3.Row]:
    words = search.words_of(q)[:6]
    if not words:
        return []
    where = " AND ".join("unit LIKE ?" for _ in words)
    return conn.execute(
        f"SELECT unit_id, unit, n_articles FROM police_units WHERE {where} AND n_articles > 0 "
        "ORDER BY n_articles DESC, unit_id LIMIT 4",
        [f"%{word}%" for word in words],
    ).fetchall()
