"""``rilis schema``."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def schema(
        form: Annotated[
            str, typer.Option("--format", help="How to show it.", metavar="text|json|markdown")
        ] = "text",
    ) -> None:
        """Print the tables and columns, from their one declaration.

        Examples:

            rilis schema

            rilis schema --format json

            rilis schema --format markdown > data-dictionary.md
        """
        from pipeline.errors import UsageError
        from pipeline.tables import dictionary

        forms = {"text": dictionary.text, "json": dictionary.as_json, "markdown": dictionary.markdown}
        if form not in forms:
            raise UsageError(f"--format {form}: not known", hint=", ".join(forms))
        typer.echo(forms[form]().rstrip("\n"))
