"""``rilis train``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_EPILOG = """
**Examples**

`rilis train spacy --gold tests/gold --corpora corpora --out models/spacy` cross-validates and trains.

`rilis train spacy --corpora corpora --public idner-news-2k` scores the recipe on that corpus's own test part.
"""


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(epilog=_EPILOG)
    def train(
        kind: Annotated[str, typer.Argument(help="spacy or stanza.")],
        *,
        gold: Annotated[Path, typer.Option(help="Folder of gold documents.")] = Path("tests/gold"),
        corpora: Annotated[
            Path | None, typer.Option(help="Folder of the public corpora (docs/models.md).")
        ] = None,
        out: Annotated[
            Path | None, typer.Option(help="Folder of the new model; models/KIND when left out.")
        ] = None,
        report: Annotated[Path | None, typer.Option(help="Write the page of all scores here.")] = None,
        folds: Annotated[int, typer.Option(help="Folds of the cross-validation; 0 for none.")] = 5,
        measured: Annotated[int | None, typer.Option(help="Run only so many of the folds.")] = None,
        epochs: Annotated[int | None, typer.Option(help="Passes over the data.")] = None,
        seed: Annotated[int | None, typer.Option(help="Seed of everything random.")] = None,
        public: Annotated[
            str, typer.Option(help="Score the recipe on this public corpus; saves nothing.")
        ] = "",
    ) -> None:
        """Train a model for names, on the processor.

        One core, about four minutes a fold for spaCy. Set OMP_NUM_THREADS=1 for the same weights every time.
        """
        from dataclasses import replace

        from pipeline.errors import UsageError
        from pipeline.evaluate.report import table
        from pipeline.train.command import run_public, train_model
        from pipeline.train.recipe import Recipe

        recipe = Recipe()
        if epochs is not None:
            recipe = replace(recipe, epochs=epochs)
        if seed is not None:
            recipe = replace(recipe, seed=seed)
        if public:
            if corpora is None:
                raise UsageError("--public needs --corpora", hint="the folder that holds the public corpora")
            typer.echo(run_public(kind, corpora, public, recipe, typer.echo))
            return
        folder = out or Path("models") / kind
        result = train_model(
            kind,
            gold,
            folder,
            corpora=corpora,
            folds=folds,
            measured=measured,
            recipe=recipe,
            report=report,
            tell=typer.echo,
        )
        if result is not None:
            typer.echo(table(result.both.scores))
        typer.echo(f"saved to {folder}")
