"""``rilis serve``: the pages for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def serve(
        db: Annotated[
            Path | None, typer.Option(help="File of `rilis publish` [default: RILIS_DATA/rilis.db].")
        ] = None,
        host: Annotated[
            str, typer.Option(help="Address to listen on; keep a proxy before it.")
        ] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=1, max=65535)] = 8001,
        sql: Annotated[bool, typer.Option(help="Let visitors write SQL of their own.")] = True,
        sql_seconds: Annotated[float, typer.Option(min=0.05, help="Time limit of such a query.")] = 1.0,
        rows: Annotated[int, typer.Option(min=1, help="Row limit of such a query.")] = 1000,
    ) -> None:
        """Serve the pages: search, articles with their evidence, officers, units, events.

        Read-only. On the internet put a proxy with TLS before it; docs/publishing.md says how.

        Examples:

            rilis serve

            rilis serve --db site/rilis.db --port 9000 --no-sql
        """
        from pipeline.config import settings
        from pipeline.publish.web.app import Limits, serve

        file = db or settings().data / "rilis.db"
        typer.echo(f"http://{host}:{port}/  (stop with Ctrl-C)", err=True)
        serve(file, host=host, port=port, limits=Limits(sql_seconds=sql_seconds, rows=rows, sql=sql))
