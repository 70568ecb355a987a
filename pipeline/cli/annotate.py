"""``rilis annotate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.run.annotate.exchange import Exchange


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        no_args_is_help=True,
        help="Articles to annotation tools and back, so that people can correct and retrain.",
    )
    app.add_typer(group, name="annotate")

    @group.command("export")
    def export(
        inputs: Annotated[
            list[Path], typer.Argument(help="Files or folders of any input form.", metavar="INPUT...")
        ],
        out: Annotated[Path, typer.Option("--out", "-o", help="File of tasks to write.", metavar="FILE")],
        tool: Annotated[
            str, typer.Option(help="Which tool's form.", metavar="label-studio|prodigy")
        ] = "label-studio",
        limit: Annotated[int, typer.Option(min=1, help="How many articles at most.", metavar="N")] = 500,
        ner: Annotated[
            str | None, typer.Option(help="As for `rilis extract`.", metavar="rules|spacy|stanza")
        ] = None,
        gold: Annotated[
            bool,
            typer.Option("--gold", help="The inputs are folders of gold documents (NAME.md, NAME.json)."),
        ] = False,
    ) -> None:
        """Write the articles of which the extractor is least certain, with its proposals.

        Examples:

            rilis annotate export articles.jsonl --out tasks.json

            rilis annotate export pages/ --tool prodigy --limit 100 --out tasks.jsonl

            rilis annotate export tests/gold --gold --out again.json
        """
        from pipeline.run.annotate.exchange import export_tasks
        from pipeline.run.models import chosen

        _tell(export_tasks(inputs, out, tool=tool, limit=limit, gold=gold, ner=chosen(ner)))

    @group.command("import")
    def import_(
        file: Annotated[Path, typer.Argument(help="What the tool exported.", metavar="FILE")],
        out: Annotated[
            Path, typer.Option("--out", "-o", help="Folder for the gold documents.", metavar="DIR")
        ],
        tool: Annotated[
            str | None,
            typer.Option(
                help="Which tool's form; by the file's ending when unset.", metavar="label-studio|prodigy"
            ),
        ] = None,
    ) -> None:
        """Read annotated tasks back as gold documents (NAME.md, NAME.json).

        The spans are the annotator's. The records in NAME.json are those that the extractor proposed:
        correct them there.

        Examples:

            rilis annotate import project-1.json --out gold

            rilis annotate import annotated.jsonl --out gold
        """
        from pipeline.run.annotate.exchange import import_tasks

        _tell(import_tasks(file, out, tool=tool))


def _tell(done: Exchange) -> None:
    """What was written and what was not; exit code 3 when something was not."""
    typer.echo(
        f"{done.tasks:,} articles: {', '.join(str(path) for path in done.written[:3]) or 'nothing written'}"
    )
    for problem in done.problems[:20]:
        typer.echo(f"  {problem}", err=True)
    if len(done.problems) > 20:
        typer.echo(f"  and {len(done.problems) - 20:,} more", err=True)
    raise typer.Exit(3 if done.problems else 0)
