"""``rilis explain``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def explain(
        article: Annotated[
            str,
            typer.Argument(
                help="A file of any input form, or (with --data) an id or address.", metavar="ARTICLE"
            ),
        ],
        data: Annotated[
            Path | None, typer.Option(help="Folder of tables in which the article stands.", metavar="DIR")
        ] = None,
        number: Annotated[
            str | None, typer.Option("--id", help="Which article of a file with several.", metavar="ID")
        ] = None,
        ner: Annotated[
            str | None,
            typer.Option(help="As for `rilis extract`.", metavar="rules|spacy|stanza"),
        ] = None,
        html: Annotated[
            Path | None, typer.Option("--html", help="Write a page instead of the terminal.", metavar="FILE")
        ] = None,
    ) -> None:
        """Show one article with its spans marked, and each record with its evidence, rule and confidence.

        Examples:

            rilis explain release.txt

            rilis explain articles.jsonl --id A07 --html a07.html

            rilis explain 05e8cfbb36db1f1e --data tables
        """
        from pipeline.errors import UsageError
        from pipeline.run import explain as explaining
        from pipeline.run.explain_show import as_html, print_view
        from pipeline.run.models import chosen

        if data is not None and number is not None:
            raise UsageError("--id chooses an article of a file", hint="with --data, give the id as ARTICLE")
        if data is not None:
            view, more = explaining.explain_stored(data, article), 0
        else:
            view, more = explaining.explain_file(Path(article), number, chosen(ner))
        if html is not None:
            html.parent.mkdir(parents=True, exist_ok=True)
            html.write_text(as_html(view), encoding="utf-8")
            typer.echo(f"written to {html}")
        else:
            from rich.console import Console

            print_view(view, Console())
        if more and number is None:
            typer.echo(f"the file holds {more:,} more records; choose one with --id", err=True)
