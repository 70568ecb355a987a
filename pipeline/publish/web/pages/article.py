"""One article: the text with its spans, the records beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from pipeline.publish.web import marks
from pipeline.publish.web.asking import Ask, Missing, Shown, Table

KINDS = ("events", "officers", "units", "personnel", "dates", "quotes")
_DOWNLOAD = ("kind", "value", "surface", "start", "end", "confidence", "rule")
_ORDER = {"events": "is_primary DESC, start", "units": "is_primary DESC, start"}
MAX_TEXT = 200_000
"""Characters of one article that a page shows; the rest is in the tables."""


def show(conn: sqlite3.Connection, ask: Ask) -> Shown | Missing:
    """The article of an id, with all its records."""
    article = conn.execute(
        "SELECT a.*, s.spans FROM articles a LEFT JOIN article_spans s ON s.id = a.id WHERE article_id = ?",
        [ask.key],
    ).fetchone()
    if article is None:
        return Missing()
    records = {
        kind: conn.execute(
            f"SELECT * FROM {kind} WHERE article_id = ? ORDER BY {_ORDER.get(kind, 'start')}", [ask.key]
        ).fetchall()
        for kind in KINDS
    }
    text = article["text"][:MAX_TEXT]
    spans = marks.parse(article["spans"]) + [
        marks.Span("QUOTE", row["start"], row["end"]) for row in records["quotes"]
    ]
    cuts = [row[edge] for rows in records.values() for row in rows for edge in ("start", "end")]
    copies = conn.execute(
        "SELECT article_id, title, site, published_date FROM articles WHERE duplicate_group = ? AND "
        "article_id <> ? "
        "ORDER BY id LIMIT 20",
        [article["duplicate_group"], ask.key],
    ).fetchall()
    return Shown(
        "article.html",
        {
            "article": article,
            "records": records,
            "copies": copies,
            "captions": article["captions_start"] if article["captions_start"] is not None else len(text) + 1,
            "paragraphs": marks.paragraphs(text, spans, cuts),
            "cut": len(article["text"]) > MAX_TEXT,
            "link": article["url"] if (article["url"] or "").startswith(("http://", "https://")) else None,
        },
        Table(_DOWNLOAD, _flat(article["text"], records)),
        data={
            "article": {name: article[name] for name in article.keys() if name not in ("id", "spans")},  # noqa: SIM118
            **{kind: [dict(row) for row in rows] for kind, rows in records.items()},
        },
        name=f"artikel-{ask.key}",
    )


def _flat(text: str, records: dict[str, list[sqlite3.Row]]) -> Iterator[tuple[Any, ...]]:
    values = {
        "events": "event_type",
        "officers": "name",
        "units": "unit",
        "personnel": "surface",
        "dates": "date",
        "quotes": "speaker",
    }
    for kind, rows in records.items():
        for row in rows:
            words = text[row["start"] : row["end"]]
            yield kind, row[values[kind]], words, row["start"], row["end"], row["confidence"], row["rule"]
