"""The common questions as SQL: who is an officer, what is a unit, which events were there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pipeline.errors import UsageError
from pipeline.publish.answer import Question
from pipeline.publish.reference import event_types, find_unit

_LIKE = str.maketrans({"%": "\\%", "_": "\\_", "\\": "\\\\"})


def officers(name: str, *, unit: str | None = None, limit: int = 200) -> Question:
    """The posts of everybody whose name holds all the words, oldest first."""
    words = name.split()
    if not words:
        raise UsageError("no name given", hint='for example: rilis officers "Lilik Ardiansyah"')
    where = ["name ILIKE ? ESCAPE '\\'" for _ in words]
    params: list[Any] = [f"%{word.translate(_LIKE)}%" for word in words]
    if unit:
        where.append("unit_id = ?")
        params.append(find_unit(unit).unit_id)
    return Question(
        "SELECT name, rank, position, unit, first_seen, last_seen, n_articles, n_stories "
        f"FROM officer_posts WHERE {' AND '.join(where)} "
        "ORDER BY name, first_seen NULLS LAST, position, unit LIMIT ?",
        [*params, limit],
        title=f"Posts of officers named “{name}”",
        empty=f"No officer named “{name}” in these tables.",
    )


def unit(name: str) -> list[Question]:
    """Four answers about a unit: its profile, who serves there, what it did, the newest articles."""
    found = find_unit(name)
    key = [found.unit_id]
    none = f"{found.name} is not named in these tables."
    return [
        Question(
            "SELECT unit, level, n_articles, n_primary, n_events, n_officers, usual_event, first_seen, "
            "last_seen FROM unit_profile WHERE unit_id = ?",
            key,
            title=found.name + (f" · {found.polda}" if found.polda and found.polda != found.name else ""),
            empty=none,
        ),
        Question(
            "SELECT name, rank, position, first_seen, last_seen, n_articles FROM officer_posts "
            "WHERE unit_id = ? ORDER BY last_seen DESC NULLS LAST, n_articles DESC, name LIMIT 25",
            key,
            title="Officers",
            empty="No officers.",
        ),
        Question(
            "SELECT event_type, count(*) AS n_events, min(coalesce(e.date, a.published_date)) AS first, "
            "max(coalesce(e.date, a.published_date)) AS last "
            "FROM events e JOIN articles a USING (article_id) "
            "WHERE e.unit_id = ? GROUP BY event_type ORDER BY n_events DESC, event_type",
            key,
            title="Events",
            empty="No events.",
        ),
        Question(
            "SELECT published_date AS date, title, url FROM articles WHERE primary_unit_id = ? "
            "ORDER BY published_date DESC NULLS LAST, article_id LIMIT 10",
            key,
            title="Newest articles",
            empty="No articles.",
        ),
    ]


def events(
    *,
    types: Sequence[str] = (),
    polda: str | None = None,
    unit: str | None = None,
    region: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    limit: int = 200,
) -> Question:
    """Events newest first; ``since`` and ``until`` are days, both included."""
    where, params = ["true"], list[Any]()
    if types:
        known = {row.type for row in event_types()} | {row.group for row in event_types()}
        for name in types:
            if name not in known:
                raise UsageError(f"no event type {name!r}", hint=f"types are {', '.join(sorted(known))}")
        marks = ", ".join("?" for _ in types)
        where.append(f"(e.event_type IN ({marks}) OR e.event_group IN ({marks}))")
        params += [*types, *types]
    if polda:
        where.append("a.polda_id = ?")
        params.append(find_unit(polda).unit_id)
    if unit:
        where.append("e.unit_id = ?")
        params.append(find_unit(unit).unit_id)
    if region:
        where.append("e.region ILIKE ? ESCAPE '\\'")
        params.append(f"%{region.translate(_LIKE)}%")
    if since:
        where.append("coalesce(e.date, a.published_date) >= ?")
        params.append(since)
    if until:
        where.append("coalesce(e.date, a.published_date) <= ?")
        params.append(until)
    return Question(
        "SELECT coalesce(e.date, a.published_date) AS date, e.event_type, a.primary_unit AS unit, e.region, "
        "e.district, e.village, e.operation, e.confidence, a.title, a.url "
        "FROM events e JOIN articles a USING (article_id) "
        f"WHERE {' AND '.join(where)} ORDER BY 1 DESC NULLS LAST, e.event_id LIMIT ?",
        [*params, limit],
        title="Events",
        empty="No event fits.",
    )
