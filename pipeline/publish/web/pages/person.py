"""One officer: posts over time, articles, what they said."""

from __future__ import annotations

import sqlite3

from pipeline.publish.web import charts
from pipeline.publish.web.asking import Ask, Missing, Shown, Table

_POSTS = """
SELECT o.rank, o.position, o.unit_id, o.unit, max(o.is_acting) AS is_acting,
  min(a.published_date) AS first_seen,
       max(a.published_date) AS last_seen, count(*) AS n
FROM officers o JOIN articles a USING (article_id) WHERE o.officer_id = ?
GROUP BY o.rank, o.position, o.unit_id, o.unit ORDER BY last_seen DESC, first_seen DESC, n DESC
"""
_ARTICLES = """
SELECT a.article_id, a.published_date, a.title, a.site, a.url, o.rank, o.position, o.unit, o.is_speaker,
  o.start, o.surface
FROM officers o JOIN articles a USING (article_id) WHERE o.officer_id = ? ORDER BY a.id LIMIT ?
"""
_COLUMNS = (
    "article_id",
    "published_date",
    "title",
    "rank",
    "position",
    "unit",
    "is_speaker",
    "surface",
    "site",
    "url",
)


def show(conn: sqlite3.Connection, ask: Ask) -> Shown | Missing:
    """The officer of an id."""
    person = conn.execute("SELECT * FROM people WHERE officer_id = ?", [ask.key]).fetchone()
    if person is None:
        return Missing()
    posts = conn.execute(_POSTS, [ask.key]).fetchall()
    articles = conn.execute(_ARTICLES, [ask.key, 15 if ask.form == "html" else 10_000]).fetchall()
    quotes = conn.execute(
        "SELECT q.quote, q.start, q.article_id, a.published_date, a.title FROM quotes q "
        "JOIN articles a USING (article_id) WHERE q.officer_id = ? ORDER BY a.id, q.start LIMIT 8",
        [ask.key],
    ).fetchall()
    namesakes = conn.execute(
        "SELECT officer_id, name, rank, position, unit, n_articles FROM people WHERE name = ? AND "
        "officer_id <> ? "
        "ORDER BY n_articles DESC LIMIT 8",
        [person["name"], ask.key],
    ).fetchall()
    return Shown(
        "person.html",
        {
            "person": person,
            "posts": list(zip(posts, charts.timeline(posts), strict=True)),
            "articles": articles,
            "quotes": quotes,
            "namesakes": namesakes,
        },
        Table(_COLUMNS, ([row[name] for name in _COLUMNS] for row in articles)),
        name=f"pejabat-{ask.key}",
    )
