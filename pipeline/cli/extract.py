"""``rilis extract``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.run.batch import Summary


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def extract(
        inputs: Annotated[
            list[Path],
            typer.Argument(
                help="Files or folders: .jsonl, .parquet, .txt, .html, .warc.gz", metavar="INPUT..."
            ),
        ],
        out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables.", metavar="DIR")],
        jobs: Annotated[
            int,
            typer.Option("--jobs", "-j", min=0, help="Processes; 0 takes one for each core.", metavar="N"),
        ] = 1,
        ner: Annotated[
            str | None,
            typer.Option(
                help="Where names and places come from; spacy where its model is there, else rules.",
                metavar="rules|spacy|stanza",
            ),
        ] = None,
        log: Annotated[
            str,
            typer.Option(help="`json` writes a log of JSON lines to standard error.", metavar="text|json"),
        ] = "text",
    ) -> None:
        """Articles to the eight tables.

        A bad record is put aside in `DIR/rejected.jsonl` with its place and the reason; the rest goes on.
        Exit code: 0 all was read, 3 some was rejected, 2 wrong usage.

        Examples:

            rilis extract articles.jsonl --out tables

            rilis extract pages/ crawl.warc.gz --out tables -j 4

            rilis extract release.txt --out tables --ner rules
        """
        from pipeline.errors import UsageError
        from pipeline.run.batch import extract_batch
        from pipeline.run.models import chosen
        from pipeline.run.progress import for_terminal

        if log not in ("text", "json"):
            raise UsageError(f"--log {log}: not known", hint="text or json")
        if out.exists() and not out.is_dir():
            raise UsageError(
                "--out is a file, not a folder", where=str(out), hint="name a folder for the tables"
            )
        # ended by a system's shutdown, it leaves as cleanly as by an error
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        progress = for_terminal(log if log == "json" else None)
        summary = extract_batch(inputs, out, jobs=jobs, ner=chosen(ner), progress=progress)
        _tell(summary)
        raise typer.Exit(3 if summary.rejected else 0)


def _tell(summary: Summary) -> None:
    """What was done, for people."""
    typer.echo(", ".join(f"{name} {count:,}" for name, count in summary.rows.items()))
    if summary.copies:
        typer.echo(f"near-copies of another article (column duplicate_group): {summary.copies:,}")
    if summary.unread_dates:
        typer.echo(
            f"publication dates that could not be read (published_date is null): {summary.unread_dates:,}"
        )
    if summary.ignored:
        typer.echo(f"files of other forms in the folders, passed over: {summary.ignored:,}")
    typer.echo(f"tables in {summary.out}, made by {summary.extractor or 'nothing'}")
    if summary.rejected:
        typer.echo(f"records put aside in {summary.out / 'rejected.jsonl'}: {summary.rejected:,}", err=True)
        for entry in summary.first_rejected:
            hint = f" ({entry.hint})" if entry.hint else ""
            typer.echo(f"  {entry.place}: {entry.reason}{hint}", err=True)
        if summary.rejected > len(summary.first_rejected):
            for reason, count in summary.reasons.most_common(5):
                typer.echo(f"  {count:,} times: {reason}", err=True)
