"""``rilis version``."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def version() -> None:
        """Print the version."""
        from pipeline import __version__

        typer.echo(__version__)

    @app.callback()
    def root() -> None:
        """Indonesian police press releases, from news pages to tidy Parquet tables."""
