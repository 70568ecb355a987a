"""``rilis ingest``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.refresh import DATA, SITES


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(
        epilog="Exit code: 0 fine, 3 some file ended before its end, 2 wrong usage, 4 folder in use."
    )
    def ingest(
        files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="WARC files, plain or gzipped.")],
        data: DATA = None,
        sites: SITES = None,
        ner: Annotated[str | None, typer.Option(help="Back end: rules, spacy, stanza.")] = None,
    ) -> None:
        """Read news archives (WARC, such as Common Crawl's news crawl) into the monthly tables.

        Streams: memory does not grow with the size of the archive. Articles that the tables hold
        already stay as they are.

        Example:

            rilis ingest CC-NEWS-20241008.warc.gz --data /srv/rilis
        """
        import json
        from dataclasses import asdict
        from functools import partial

        from pipeline.config import settings
        from pipeline.run.ingest import ingest as run
        from pipeline.run.models import chosen
        from pipeline.run.work import extract_each
        from pipeline.sites import load_sites

        back_end = partial(extract_each, ner=chosen(ner))
        sums = run(files, data or settings().data, load_sites(sites or ()), extract=back_end)
        typer.echo(
            f"{sums.pages} pages: {sums.new} new articles, {sums.known} known already,"
            f" {sums.off_topic} off topic,"
            f" {sums.unparsed} unreadable, {sums.passed_over} without a word of the police.",
            err=True,
        )
        for problem in sums.broken:
            typer.echo(f"broken: {problem}", err=True)
        typer.echo(json.dumps(asdict(sums) | {"months": sorted(sums.months)}, ensure_ascii=False))
        raise typer.Exit(3 if sums.broken else 0)
