"""``rilis events``: what happened, where and when."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from pipeline.cli.query import Data, Format, Out, folder


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def events(
        types: Annotated[
            list[str] | None, typer.Option("--type", help="Event type or group; may be given several times.")
        ] = None,
        polda: Annotated[str | None, typer.Option(help="Provincial police, as people write it.")] = None,
        unit: Annotated[str | None, typer.Option(help="The unit that acted.")] = None,
        region: Annotated[str | None, typer.Option(help="Part of a kabupaten's or kota's name.")] = None,
        since: Annotated[
            dt.datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")
        ] = None,
        until: Annotated[
            dt.datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")
        ] = None,
        limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 200,
        data: Data = None,
        form: Format = "table",
        out: Out = None,
    ) -> None:
        """List events, newest first.

        Examples:

            rilis events --type campaign_security --polda "Polda Jawa Barat" --from 2024-09-01

            rilis events --type election --region Purwakarta --format xlsx -o election.xlsx
        """
        from pipeline.publish import ask
        from pipeline.publish.answer import answer

        question = ask.events(
            types=types or (),
            polda=polda,
            unit=unit,
            region=region,
            since=since.date() if since else None,
            until=until.date() if until else None,
            limit=limit,
        )
        answer(question, folder(data), form, out)
