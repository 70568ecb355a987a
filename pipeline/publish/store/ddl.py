"""The SQLite tables: those of the schema with their columns as declared, and those that the pages need.

Rows are numbered newest first (``articles.id``, ``events.id``), so that "the newest that fit" is a walk
along an index that stops after one page, whatever the filter.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.tables.schema import TABLES

PAGES = Path(__file__).with_name("pages.sql")
INDEXES = Path(__file__).with_name("indexes.sql")

_TYPES = {
    "string": "TEXT",
    "int32": "INTEGER",
    "float64": "REAL",
    "bool": "INTEGER",
    "date": "TEXT",
    "timestamp": "TEXT",
}
_PARENTS = {
    "article_id": "articles(article_id)",
    "event_type": "event_types(type)",
    "officer_id": "people(officer_id)",
}
_UNIT_PARENT = {
    "units": ("unit_id", "polda_id"),
    "officers": ("unit_id",),
    "events": ("unit_id", "polda_id"),
    "articles": ("primary_unit_id", "polda_id"),
}
EXTRA = {
    "articles": {},
    "events": {"article": "INTEGER", "day": "TEXT", "year": "INTEGER", "polda_id": "TEXT", "cell": "INTEGER"},
}
"""Columns that only the SQLite file has: what lists are ordered, filtered and counted by."""


def create(table: str) -> str:
    """The ``CREATE TABLE`` statement of one declared table, with its foreign keys."""
    lines = []
    if table in EXTRA:
        lines.append("id INTEGER PRIMARY KEY")
    for column in TABLES[table].columns:
        required = "" if column.nullable else " NOT NULL"
        unique = " UNIQUE" if (table, column.name) == ("articles", "article_id") else ""
        lines.append(f'"{column.name}" {_TYPES[column.type]}{required}{unique}{_parent(table, column.name)}')
    lines += [f'"{name}" {kind}{_parent(table, name)}' for name, kind in EXTRA.get(table, {}).items()]
    return f"CREATE TABLE {table} (\n  " + ",\n  ".join(lines) + "\n)"


def _parent(table: str, column: str) -> str:
    if column in _UNIT_PARENT.get(table, ()):
        return " REFERENCES police_units(unit_id)"
    if column in _PARENTS and (table, column) != ("articles", "article_id"):
        return f" REFERENCES {_PARENTS[column]}"
    return ""
