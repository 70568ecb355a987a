"""The ``rilis`` command. One thin file a command; each names itself in a ``register`` function.

Heavy imports stay inside the commands, so that ``rilis --help`` is instant.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import typer

from pipeline.errors import RilisError

app = typer.Typer(
    name="rilis",
    help="Indonesian police press releases, from news pages to tidy Parquet tables.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

for _module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
    importlib.import_module(f"{__name__}.{_module.name}").register(app)


def main() -> None:
    """Run the command; a known error becomes one clear message and its exit code."""
    try:
        app()
    except RilisError as error:
        print(f"rilis: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except KeyboardInterrupt:
        print("rilis: interrupted", file=sys.stderr)
        sys.exit(130)
