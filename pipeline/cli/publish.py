"""``rilis publish``: the tables as one SQLite file for the pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.query import Data, folder


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def publish(
        data: Data = None,
        out: Annotated[
            Path | None, typer.Option("--out", "-o", help="The file to write [default: RILIS_DATA/rilis.db].")
        ] = None,
    ) -> None:
        """Build the SQLite file that `rilis serve` shows.

        The file is made beside the old one and takes its place when it is whole. Articles that their site
        took down are left out, and those on the list `take-down.txt` in the data folder: an id or address
        on each line.

        Examples:

            rilis publish

            rilis publish --data data/processed --out site/rilis.db
        """
        from pipeline.config import settings
        from pipeline.publish.store import publish as build
        from pipeline.publish.store.take_down import NAME, read_list

        def step(name: str) -> None:
            if sys.stderr.isatty():
                print(f"\r\033[K{name} …", end="", file=sys.stderr, flush=True)

        withheld = read_list(settings().data / NAME)
        made = build(folder(data), out or settings().data / "rilis.db", withheld=withheld, step=step)
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr)
        typer.echo(
            f"{made.path}: {made.rows['articles']:,} articles, {made.rows['events']:,} events, "
            f"{made.size / 1e6:,.1f} MB. Look at it: rilis serve --db {made.path}"
        )
