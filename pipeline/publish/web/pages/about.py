"""The data: what each table and column means, and the code book."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from pipeline.publish.reference import event_types
from pipeline.publish.web.asking import Ask, Shown, Table
from pipeline.tables.schema import TABLES


def show(conn: sqlite3.Connection, ask: Ask) -> Shown:
    """The dictionary, from the one declaration of the tables."""
    summary: dict[str, Any] = {
        key: json.loads(value) for key, value in conn.execute("SELECT key, value FROM summary")
    }
    rows = [
        (table.name, column.name, column.type, column.label, column.description, column.when_null)
        for table in TABLES.values()
        for column in table.columns
    ]
    return Shown(
        "about.html",
        {"tables": TABLES, "types": event_types(), "summary": summary},
        Table(("table", "column", "type", "label", "description", "when_null"), rows),
        name="kamus-data",
        keep=True,
    )
