"""One question, one answer in the form that was asked for: what ``rilis query`` and its sisters do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.publish import duck, formats


@dataclass(frozen=True, slots=True)
class Question:
    """SQL with its parameters, and what the answer is called on the screen."""

    sql: str
    params: Sequence[Any] = ()
    title: str | None = None
    empty: str | None = None
    """What to say when there is no row."""


def answer(
    question: Question, data: Path, form: str = "table", out: Path | None = None, *, guard: bool = True
) -> int:
    """Run a question on the tables in ``data`` and write the rows; return how many there were.

    ``form`` is one of ``formats.FORMATS``; ``out`` a file, or ``None`` for the standard output.
    Raises ``UsageError`` for SQL that DuckDB refuses, an unknown format, or a binary format without a file.
    """
    if form not in formats.FORMATS:
        raise UsageError(f"unknown format {form!r}", hint=f"formats are {', '.join(formats.FORMATS)}")
    if form in formats.BINARY and out is None:
        raise UsageError(f"--format {form} needs a file", hint=f"add -o result.{form}")
    with duck.connect(data) as connection:
        if form == "parquet" and out is not None:
            found = duck.relation(connection, question.sql, list(question.params))
            return formats.write_parquet(found.to_arrow_reader(5_000), out)
        result = duck.run(connection, question.sql, list(question.params))
        columns = [column[0] for column in result.description]
        rows = formats.fetched(result)
        if form == "xlsx" and out is not None:
            return formats.write_xlsx(columns, rows, out)
        if form == "table":
            return _screen(question, columns, rows, out)
        if out is None:
            return _text(form, columns, rows, sys.stdout, guard)
        with out.open("w", encoding="utf-8", newline="") as file:
            return _text(form, columns, rows, file, guard)


def _text(form: str, columns: Sequence[str], rows: Any, file: Any, guard: bool) -> int:
    if form == "csv":
        return formats.write_csv(columns, rows, file, guard=guard)
    return formats.write_json(columns, rows, file)


def _screen(question: Question, columns: Sequence[str], rows: Any, out: Path | None) -> int:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=question.title, title_justify="left", box=None, header_style="bold", pad_edge=False)
    count, numbers = 0, set(range(len(columns)))
    kept = list(rows)
    for row in kept:
        numbers -= {at for at, value in enumerate(row) if value is not None and not _number(value)}
    for at, name in enumerate(columns):
        table.add_column(name, justify="right" if at in numbers and kept else "left", overflow="fold")
    for row in kept:
        count += 1
        table.add_row(*(Text(_shown(value)) for value in row))
    if out is None:
        console = Console()
        if not console.is_terminal:
            console = Console(width=200)
        _print(console, table, question, count)
    else:
        with out.open("w", encoding="utf-8") as file:
            _print(Console(file=file, width=200), table, question, count)
    return count


def _print(console: Any, table: Any, question: Question, count: int) -> None:
    if not count and question.empty:
        console.print(question.empty, markup=False)
        return
    console.print(table)
    console.print(f"({count} row{'' if count == 1 else 's'})", markup=False, style="dim")


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    text = str(formats.plain(value))
    # Control characters of hostile text must not reach a terminal.
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
