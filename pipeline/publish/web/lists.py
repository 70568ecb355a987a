"""What the four lists have in common: conditions, facets, pages, downloads."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.publish.web import counting
from pipeline.publish.web.asking import Ask
from pipeline.publish.web.filters import Filters

PAGE = 25
DOWNLOAD = 10_000
"""Rows that a download holds at most; more are had with SQL or the Parquet files."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as it is shown: the argument it sets, its choices with their labels."""

    argument: str
    choices: list[tuple[counting.Choice, str, str]]
    """Choice, label, address when clicked (which takes a chosen one away again)."""


@dataclass(slots=True)
class Where:
    """Conditions and their parameters, gathered one by one."""

    parts: list[str] = field(default_factory=list)
    params: list[Any] = field(default_factory=list)

    def add(self, condition: str, *params: Any) -> None:
        """One more condition, with the values of its marks."""
        self.parts.append(condition)
        self.params.extend(params)

    def copy(self) -> Where:
        """The same conditions, to be added to apart."""
        return Where(list(self.parts), list(self.params))

    @property
    def sql(self) -> str:
        """The clause, empty where there is no condition."""
        return " WHERE " + " AND ".join(self.parts) if self.parts else ""


def types_of(conn: sqlite3.Connection, wanted: str) -> frozenset[str]:
    """The event types that a type or a group stands for."""
    rows = conn.execute('SELECT type FROM event_types WHERE type = ?1 OR "group" = ?1', [wanted])
    return frozenset(row[0] for row in rows) or frozenset([wanted])


def chosen_of(conn: sqlite3.Connection, filters: Filters, names: Sequence[str]) -> dict[str, frozenset[Any]]:
    """The chosen values of those filters that are facets; a group of event types as its types."""
    chosen: dict[str, frozenset[Any]] = {}
    for name in names:
        value = getattr(filters, name)
        if value is not None:
            chosen[name] = types_of(conn, value) if name == "jenis" else frozenset([value])
    return chosen


def narrowed(where: Where, chosen: Mapping[str, frozenset[Any]], columns: Mapping[str, str]) -> Where:
    """The conditions with those of the chosen facets added; ``columns`` maps a facet to its column."""
    full = where.copy()
    for name, values in chosen.items():
        marks = ", ".join("?" * len(values))
        full.add(f"{columns[name]} IN ({marks})", *sorted(values))
    return full


def cells(
    conn: sqlite3.Connection, rows: str, counted: str, where: Where, wanted: Filters
) -> list[counting.Cell]:
    """Counts by type, Polda and year. ``rows`` is the table, ``counted`` the one with its counts by cell."""
    days = bool(wanted.dari) + bool(wanted.sampai)
    if not where.parts:
        return counting.numbered(conn, f"SELECT cell, n FROM {counted}", [])
    if days and len(where.parts) == 1:
        # Only days: a look at the two ends of each cell in its index beats sorting a hundred thousand rows.
        inner = f"SELECT count(*) FROM {rows} WHERE cell = c.cell AND day BETWEEN ? AND ?"
        sql = f"SELECT c.cell, ({inner}) FROM cells c WHERE c.year BETWEEN ? AND ?"
        first, last = wanted.dari or "0000", wanted.sampai or "9999"
        return counting.numbered(conn, sql, [first, last, int(first[:4]), int(last[:4])])
    return counting.numbered(conn, f"SELECT cell, count(*) FROM {rows}{where.sql} GROUP BY 1", where.params)


def facets(
    conn: sqlite3.Connection,
    ask: Ask,
    counts: counting.Counts,
    names: Sequence[str],
) -> list[Facet]:
    """All facets of a list, ready to be shown."""
    poldas = dict(conn.execute("SELECT unit_id, unit FROM police_units WHERE level = 'polda'").fetchall())
    shown = []
    for name in names:
        choices = list(counts.facets[name])
        if name == "tahun":
            choices.sort(key=lambda choice: -choice.value)
        rows = []
        for choice in choices:
            label = str(choice.value)
            if name == "polda":
                label = poldas.get(label, label)
            elif name in ("jenis", "tingkat"):
                label = ask.labels(f"{'type' if name == 'jenis' else 'level'}.{label}")
            target = ask.link(**{name: None if choice.chosen else choice.value, "sesudah": None, "hal": None})
            rows.append((choice, label, target))
        shown.append(Facet(name, rows))
    return shown


def active(conn: sqlite3.Connection, ask: Ask, filters: Filters) -> list[tuple[str, str, str]]:
    """The filters in force: name, value as people read it, address without it."""
    shown = []
    for name in (
        "q",
        "jenis",
        "polda",
        "tahun",
        "satuan",
        "wilayah",
        "pejabat",
        "dari",
        "sampai",
        "pangkat",
        "tingkat",
    ):
        value = getattr(filters, name)
        if value is None:
            continue
        target = ask.link(**{name: None, "sesudah": None, "hal": None})
        shown.append((ask.labels(f"filter.{name}"), _readable(conn, ask, name, value), target))
    return shown


def _readable(conn: sqlite3.Connection, ask: Ask, name: str, value: Any) -> str:
    lookups = {
        "polda": "SELECT unit FROM police_units WHERE unit_id = ?",
        "satuan": "SELECT unit FROM police_units WHERE unit_id = ?",
        "wilayah": "SELECT region FROM police_units WHERE region_code = ? AND region IS NOT NULL LIMIT 1",
        "pejabat": "SELECT name FROM people WHERE officer_id = ?",
    }
    if name in lookups:
        row = conn.execute(lookups[name], [value]).fetchone()
        return str(row[0]) if row else str(value)
    if name == "jenis":
        group = conn.execute(
            'SELECT 1 FROM event_types WHERE "group" = ? AND type <> ?', [value, value]
        ).fetchone()
        return ask.labels(f"group.{value}" if group else f"type.{value}")
    if name == "tingkat":
        return ask.labels(f"level.{value}")
    return ask.labels.day(value) if name in ("dari", "sampai") else str(value)


def after(ask: Ask) -> int:
    """The last row's number on the page before; 0 on the first page."""
    value = ask.args.get("sesudah", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else 0


def page(ask: Ask) -> int:
    """Pages before this one, in lists that are not numbered; 0 on the first."""
    value = ask.args.get("hal", "")
    return min(max(int(value), 1), 400) - 1 if value.isascii() and value.isdigit() and len(value) < 12 else 0


def size(ask: Ask) -> int:
    """Rows to fetch: one more than a page, or a whole download."""
    return PAGE + 1 if ask.form == "html" else DOWNLOAD


def fitting(conn: sqlite3.Connection, ask: Ask, sql: str, params: Sequence[Any]) -> list[sqlite3.Row]:
    """Rows of a list that is not numbered: those of the page and one more, or a whole download.

    ``sql`` ends in its order; the limit is added here.
    """
    behind = page(ask) * PAGE if ask.form == "html" else 0
    return conn.execute(f"{sql} LIMIT ? OFFSET ?", [*params, size(ask), behind]).fetchall()


def ranked(
    conn: sqlite3.Connection,
    ask: Ask,
    wanted: Filters,
    counts: counting.Counts,
    rows: list[sqlite3.Row],
    names: Sequence[str],
) -> dict[str, Any]:
    """What the templates of lists that are not numbered show; ``rows`` as from ``fitting``."""
    more = len(rows) > PAGE and ask.form == "html"
    return {
        "rows": rows[:PAGE] if ask.form == "html" else rows,
        "total": counts.total,
        "facets": facets(conn, ask, counts, names),
        "active": active(conn, ask, wanted),
        "q": wanted.q or "",
        "next": ask.link(hal=page(ask) + 2) if more else None,
        "first": page(ask) == 0,
    }
