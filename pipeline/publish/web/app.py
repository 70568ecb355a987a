"""Datasette on one published file, with the plugin: ``make(db)`` for tests, ``serve(db)`` for people."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.tables.schema import TABLES

if TYPE_CHECKING:
    from datasette.app import Datasette

HERE = Path(__file__).parent
NAME = "rilis"
"""The database's name in addresses, whatever the file is called."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost."""

    sql_seconds: float = 1.0
    page_seconds: float = 5.0
    """For the pages of ours, whose queries are known; a download may take as long."""
    rows: int = 1_000
    threads: int = 4
    sql: bool = True
    """Whether visitors may write SQL of their own."""


def make(db: Path, *, limits: Limits | None = None) -> Datasette:
    """A Datasette application over the file; read-only, with only our plugin.

    Raises ``InputError`` when the file is missing or was not made by ``rilis publish``.
    """
    os.environ["DATASETTE_LOAD_PLUGINS"] = ""  # other installed plugins have no business here
    from datasette.app import Datasette
    from datasette.plugins import pm

    from pipeline.publish.web import plugin

    counts = _check(db)
    if not pm.has_plugin("rilis"):
        pm.register(plugin, name="rilis")
    if pm.has_plugin("datasette.handle_exception"):
        pm.unregister(name="datasette.handle_exception")  # prints every variable of a failed request
    limits = limits or Limits()
    site = Datasette(
        files=[],
        metadata=_metadata(),
        settings={
            "sql_time_limit_ms": int(limits.sql_seconds * 1000),
            "max_returned_rows": limits.rows,
            "num_sql_threads": limits.threads,
            "default_allow_sql": limits.sql,
            "allow_download": False,
            "allow_csv_stream": False,
            "max_csv_mb": 20,
            "suggest_facets": False,
            "facet_time_limit_ms": 300,
            "cache_size_kb": 32_000,
            "default_page_size": 50,
            "truncate_cells_html": 300,
        },
        inspect_data={
            NAME: {
                "hash": f"{db.stat().st_mtime_ns:064x}",
                "size": db.stat().st_size,
                "file": str(db),
                "tables": counts,
            }
        },
        template_dir=str(HERE / "templates"),
        static_mounts=[("aset", str(HERE / "static"))],
        secret=os.environ.get("RILIS_SECRET"),
    )
    _add(site, db)
    site._rilis_limits, site._rilis_kept = limits, {}
    return site


def _add(site: Any, db: Path) -> None:
    from datasette.database import Database

    site.remove_database("_memory") if "_memory" in site.databases else None
    database = Database(site, str(db.resolve()), is_mutable=False)
    site.add_database(database, name=NAME)


def _check(db: Path) -> dict[str, dict[str, int]]:
    """Rows by table, as the file itself tells; so that nothing needs counting when the site starts."""
    if not db.is_file():
        raise InputError("there is no such file", where=str(db), hint="make it with `rilis publish`")
    try:
        with sqlite3.connect(f"file:{db}?immutable=1", uri=True) as conn:
            conn.execute("SELECT value FROM summary WHERE key = 'counts'").fetchone()[0]
            names = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            sizes = dict(
                conn.execute("SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl")
            )
    except (sqlite3.Error, TypeError) as error:
        raise InputError(
            f"this is no file of `rilis publish` ({error})",
            where=str(db),
            hint="make it with `rilis publish`",
        ) from error
    finally:
        if "conn" in locals():
            conn.close()
    return {name: {"count": sizes.get(name, 0)} for name in names}


def _metadata() -> dict[str, Any]:
    tables = {
        table.name: {
            "title": table.label,
            "description": table.description,
            "columns": {column.name: column.description for column in table.columns},
        }
        for table in TABLES.values()
    }
    return {"title": "Rilis", "databases": {NAME: {"tables": tables}}}


def serve(db: Path, *, host: str = "127.0.0.1", port: int = 8001, limits: Limits | None = None) -> None:
    """Serve the file until interrupted."""
    import uvicorn

    site = make(db, limits=limits)
    uvicorn.run(
        site.app(), host=host, port=port, log_level="warning", server_header=False, timeout_keep_alive=30
    )
