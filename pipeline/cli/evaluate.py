"""``rilis evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_EPILOG = """
**Examples**

`rilis evaluate tests/gold` prints the scores.

`rilis evaluate tests/gold --errors officer_name` lists that field's mistakes in context.

`rilis evaluate tests/gold --floors tests/floors.toml` fails when a field is under its floor.
"""


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(epilog=_EPILOG)
    def evaluate(
        gold: Annotated[Path, typer.Argument(help="Folder of gold documents (NAME.md with NAME.json).")],
        *,
        ner: Annotated[
            str | None, typer.Option(help="rules, spacy or stanza; the default when left out.")
        ] = None,
        only: Annotated[
            list[str] | None, typer.Option(help="Score this field alone (may be repeated).")
        ] = None,
        errors: Annotated[list[str] | None, typer.Option(help="List the mistakes of this field.")] = None,
        json_file: Annotated[
            Path | None, typer.Option("--json", help="Write scores and mistakes as JSON.")
        ] = None,
        html_file: Annotated[
            Path | None, typer.Option("--html", help="Write a page of the mistakes.")
        ] = None,
        floors: Annotated[Path | None, typer.Option(help="Fail when a field is under its floor.")] = None,
        raise_floors: Annotated[bool, typer.Option("--raise-floors", help="Move the floors up.")] = False,
        lower_floors: Annotated[str, typer.Option(help="Move floors down too, for this reason.")] = "",
    ) -> None:
        """Score the extraction against gold documents, with intervals.

        The extractor sees the plain text only. Exit code 1 when a field is under its floor.
        """
        from pipeline.evaluate.command import run_evaluate

        code = run_evaluate(
            gold,
            ner=ner,
            only=only or [],
            errors=errors or [],
            json_file=json_file,
            html_file=html_file,
            floors_file=floors,
            raise_floors=raise_floors,
            lower_reason=lower_floors,
        )
        raise typer.Exit(code)
