"""``rilis release``: a citable bundle of the tables."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.query import Data, folder


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def release(
        out: Annotated[Path, typer.Argument(help="The folder to make.", metavar="DIR")],
        data: Data = None,
        gold: Annotated[
            Path | None, typer.Option(help="Gold documents: score the extractor on them and put it beside.")
        ] = None,
        scores: Annotated[
            Path | None, typer.Option(help="The same from a file of `rilis evaluate --json`.")
        ] = None,
        with_text: Annotated[
            bool, typer.Option("--with-text", help="Put the articles' texts in; they belong to others.")
        ] = False,
        day: Annotated[
            dt.datetime | None,
            typer.Option("--date", formats=["%Y-%m-%d"], help="Day of the release [today]."),
        ] = None,
    ) -> None:
        """Make a bundle that can be cited: tables, dictionary, code book, scores, checksums, CITATION.cff.

        The articles' texts are left out unless asked for.

        Examples:

            rilis release rilis-2024-12

            rilis release rilis-2024-12 --gold tests/gold --date 2024-12-31
        """
        from pipeline.clock import SystemClock
        from pipeline.publish.bundle import release as make

        made = make(
            folder(data),
            out,
            day=day.date() if day else SystemClock().now().date(),
            with_text=with_text,
            scores=_scores(gold, scores),
        )
        typer.echo(f"{made.folder}: {made.rows['articles']:,} articles, {made.rows['events']:,} events")


def _scores(gold: Path | None, file: Path | None) -> str | None:
    """The scores as JSON, without the single mistakes, which quote the articles."""
    from pipeline.errors import UsageError

    if gold is not None:
        from pipeline.evaluate.gold import read_gold
        from pipeline.evaluate.predict import predict
        from pipeline.evaluate.report import as_json
        from pipeline.evaluate.scores import evaluate

        documents = read_gold(gold)
        text = as_json(evaluate(documents, predict(documents, None)))
    elif file is not None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"cannot read the scores: {error}", where=str(file)) from error
    else:
        return None
    try:
        found = json.loads(text)
        kept = {name: found[name] for name in ("documents", "extractor", "scores")}
    except (ValueError, KeyError, TypeError):
        raise UsageError(
            "this is no file of scores", where=str(file), hint="make it with `rilis evaluate … --json FILE`"
        ) from None
    return json.dumps(kept, ensure_ascii=False, indent=2)
