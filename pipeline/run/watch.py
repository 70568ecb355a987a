"""A progress bar for a person at a terminal; nothing for a log file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Tell = Callable[[int, int, int], None]


@contextmanager
def watch(out: TextIO) -> Iterator[Tell]:
    """Give a function to be told: sites done, sites in all, pages stored."""
    if not out.isatty():
        yield lambda done, sites, pages: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("sites"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pages]} pages"),
        TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(file=out), transient=True) as progress:
        task = progress.add_task("sites", total=None, pages=0)

        def tell(done: int, sites: int, pages: int) -> None:
            progress.update(task, completed=done, total=sites, pages=pages)

        yield tell
