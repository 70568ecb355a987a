"""``rilis query``: SQL on the tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None, typer.Option("--data", help="Folder of the tables [default: RILIS_DATA/processed].")
]
Format = Annotated[str, typer.Option("--format", "-f", help="table, csv, json, parquet or xlsx.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write to a file instead of the screen.")]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def query(
        sql: Annotated[
            str, typer.Argument(help="A SELECT; `@file.sql` reads a file, `-` the standard input.")
        ],
        data: Data = None,
        form: Format = "table",
        out: Out = None,
        unguarded: Annotated[
            bool,
            typer.Option(help="In CSV, leave text that a spreadsheet would take for a formula as it is."),
        ] = False,
    ) -> None:
        """Ask the tables in SQL (DuckDB).

        Every table is a view: articles, units, officers, dates, personnel, events, quotes, mentions. Ready
        views: officer_posts, personnel_by_event, events_monthly, unit_profile.

        Examples:

            rilis query "SELECT event_type, count(*) AS n FROM events GROUP BY 1 ORDER BY n DESC"

            rilis query "SELECT * FROM events_monthly" --format xlsx -o monthly.xlsx

            rilis query "SELECT name, rank, unit FROM officer_posts LIMIT 5" --format csv
        """
        from pipeline.publish.answer import Question, answer

        answer(Question(_sql(sql)), folder(data), form, out, guard=not unguarded)


def folder(data: Path | None) -> Path:
    """The folder that was named, or the configured one."""
    from pipeline.config import settings

    return data or settings().processed


def _sql(given: str) -> str:
    from pipeline.errors import UsageError

    if given == "-":
        return sys.stdin.read()
    if given.startswith("@"):
        try:
            return Path(given[1:]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"cannot read the query: {error}", where=given[1:]) from error
    return given
