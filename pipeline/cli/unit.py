"""``rilis unit``: one police unit at a glance."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.query import Data, Format, Out, folder


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def unit(
        name: Annotated[str, typer.Argument(help="A unit as people write it; short forms are understood.")],
        data: Data = None,
        form: Format = "table",
        out: Out = None,
    ) -> None:
        """Show a unit: how often it is named, who serves there, what it did, the newest articles.

        With a format other than table, the profile alone is written.

        Examples:

            rilis unit "Polres Purwakarta"

            rilis unit "Polres Kobar" --format json
        """
        from pipeline.publish import ask
        from pipeline.publish.answer import answer

        questions = ask.unit(name)
        for question in questions if form == "table" and out is None else questions[:1]:
            if not answer(question, folder(data), form, out) and question is questions[0]:
                break
            if form == "table":
                typer.echo()
