"""SQL on the Parquet tables: a DuckDB connection with each table as a view, and the ready views."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import duckdb

from pipeline.errors import InputError, UsageError
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.schema import TABLES
from pipeline.tables.staging import help_along, in_transit

Connection = duckdb.DuckDBPyConnection
READY_VIEWS = Path(__file__).with_name("views.sql")
VIEW_NAMES = ("officer_posts", "personnel_by_event", "events_monthly", "unit_profile")


def connect(data: Path, *, memory_limit: str | None = None) -> duckdb.DuckDBPyConnection:
    """Open a dataset folder, ``data/<table>/…parquet``.

    Each table becomes a view of its name; a declared table without files an empty one, so that a query
    over it still runs. ``memory_limit`` is written as DuckDB does (``"1GB"``). Raises ``InputError``
    when the folder holds no table at all.
    """
    if not any(_files(data, name) for name in TABLES):
        raise InputError(
            "there are no tables here",
            where=str(data),
            hint="make some with `rilis run` or `rilis extract … --out DIR`, or name a folder with --data",
        )
    if in_transit(data):
        help_along(data)
    connection = duckdb.connect()
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET TimeZone = 'UTC'")
    # What does not fit into memory goes to the system's place for it, not into the folder that one stands in.
    connection.execute(
        f"SET temp_directory = '{Path(tempfile.gettempdir()) / f'rilis-duckdb-{os.getpid()}'}'"
    )
    if memory_limit:
        connection.execute(f"SET memory_limit = '{memory_limit}'")
    for name in TABLES:
        if _files(data, name):
            glob = str(data / name / "**" / "*.parquet").replace("'", "''")
            connection.execute(
                f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{glob}', union_by_name = true)"
            )
        else:
            connection.register(name, arrow_schema(name).empty_table())
    connection.execute(READY_VIEWS.read_text(encoding="utf-8"))
    return connection


def run(connection: duckdb.DuckDBPyConnection, sql: str, params: object = None) -> duckdb.DuckDBPyConnection:
    """Execute a statement; what DuckDB refuses becomes a ``UsageError`` that names the views."""
    try:
        return connection.execute(sql, params)
    except duckdb.Error as error:
        raise _refused(error) from error


def relation(
    connection: duckdb.DuckDBPyConnection, sql: str, params: object = None
) -> duckdb.DuckDBPyRelation:
    """A query as a relation, which gives its rows as Arrow; errors as in ``run``."""
    try:
        found = connection.sql(sql, params=params)
    except duckdb.Error as error:
        raise _refused(error) from error
    if found is None:
        raise UsageError("this statement gives no rows", hint="ask with a SELECT")
    return found


def _refused(error: duckdb.Error) -> UsageError:
    first, *rest = str(error).strip().splitlines()
    return UsageError(
        "\n  ".join([first, *(line for line in rest if line.strip())]),
        hint=f"tables: {', '.join(TABLES)}; ready views: {', '.join(VIEW_NAMES)}",
    )


def _files(data: Path, name: str) -> bool:
    return any((data / name).rglob("*.parquet"))
