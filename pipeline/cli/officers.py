"""``rilis officers``: who is this officer, and which posts did they hold."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.query import Data, Format, Out, folder


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def officers(
        name: Annotated[str, typer.Argument(help="A name, or some words of it.")],
        unit: Annotated[str | None, typer.Option(help="Only those who served in this unit.")] = None,
        limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 200,
        data: Data = None,
        form: Format = "table",
        out: Out = None,
    ) -> None:
        """Find officers by name, with their posts over time.

        Examples:

            rilis officers "Lilik Ardiansyah"

            rilis officers Hidayat --unit "Polres Purwakarta" --format csv
        """
        from pipeline.publish import ask
        from pipeline.publish.answer import answer

        answer(ask.officers(name, unit=unit, limit=limit), folder(data), form, out)
