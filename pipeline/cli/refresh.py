"""``rilis refresh``."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

SITES = Annotated[
    list[str] | None,
    typer.Option(
        "--sites", metavar="DIR", help="Folder of site entries; `package` for the built-in ones. Repeatable."
    ),
]
DATA = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="Data folder (default: RILIS_DATA or ./data).")
]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(
        epilog="Exit code: 0 fine, 3 finished with alarms, 4 another run holds the data folder, 1 failed."
    )
    def refresh(
        sites: SITES = None,
        data: DATA = None,
        only: Annotated[
            list[str] | None,
            typer.Option(metavar="ID", help="Only this site (id or host), whatever its status. Repeatable."),
        ] = None,
        since: Annotated[
            datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Look back to this day.")
        ] = None,
        budget: Annotated[
            float | None,
            typer.Option(metavar="MINUTES", min=0, help="Stop fetching after so long; the rest waits."),
        ] = None,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Look at the listings, change nothing.")
        ] = False,
        rebuild: Annotated[
            bool, typer.Option("--rebuild", help="Read all stored pages again, with the rules of today.")
        ] = False,
        contact: Annotated[
            str, typer.Option(help="Mail or web address for the User-Agent (default: RILIS_CONTACT).")
        ] = "",
        workers: Annotated[int, typer.Option(min=1, max=256, help="Sites visited at once.")] = 32,
        jobs: Annotated[
            int, typer.Option("-j", "--jobs", min=0, help="Processes that parse and extract; 0: one a core.")
        ] = 0,
        ner: Annotated[
            str | None,
            typer.Option(help="Back end: rules, spacy, stanza (default: spacy where its model is there)."),
        ] = None,
        allow_private_hosts: Annotated[
            bool, typer.Option("--allow-private-hosts", help="Fetch loopback and private addresses (tests).")
        ] = False,
        impolite: Annotated[
            bool, typer.Option("--no-delay", help="Drop the waits; only together with --allow-private-hosts.")
        ] = False,
    ) -> None:
        """Find, fetch, extract what is new on every site, and update the tables.

        Examples:

            rilis refresh --contact redaksi@example.id

            rilis refresh --sites my-sites --only polres-contoh --since 2026-11-01

            rilis refresh --dry-run --budget 10
        """
        from pipeline.config import settings
        from pipeline.errors import UsageError
        from pipeline.run.models import chosen
        from pipeline.run.refresh import Options
        from pipeline.run.refresh import refresh as run
        from pipeline.run.report import as_json, summary
        from pipeline.run.watch import watch
        from pipeline.scrape import Policy

        if impolite and not allow_private_hosts:
            raise UsageError(
                "--no-delay is for a server of one's own", hint="add --allow-private-hosts, or drop it"
            )
        policy = Policy(
            contact=contact or settings().contact, allow_private=allow_private_hosts, polite=not impolite
        )
        options = Options(
            data=data or settings().data,
            sites=tuple(sites or ()),
            only=tuple(only or ()),
            since=since.date() if since else None,
            budget=budget,
            dry_run=dry_run,
            rebuild=rebuild,
            workers=workers,
            jobs=jobs or os.cpu_count() or 1,
            ner=chosen(ner),
            policy=policy,
        )
        with watch(sys.stderr) as tell:
            report = run(options, tell=tell)
        for line in summary(report):
            typer.echo(line, err=True)
        typer.echo(as_json(report, whole=False))
        raise typer.Exit(report.exit_code)
