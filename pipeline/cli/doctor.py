"""``rilis doctor``."""

from __future__ import annotations

import typer

from pipeline.cli.refresh import DATA


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(epilog="Exit code: 0 all is well, 3 something needs a look.")
    def doctor(data: DATA = None) -> None:
        """Explain the last nightly run in words, and what to do about its alarms.

        Example:

            rilis doctor --data /srv/rilis
        """
        from pipeline.config import settings
        from pipeline.run.doctor import explain

        lines, well = explain(data or settings().data)
        for line in lines:
            typer.echo(line)
        raise typer.Exit(0 if well else 3)
