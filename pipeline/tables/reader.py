"""Tables read back, whole, while a refresh may be swapping files beside us."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError, StoreError
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.schema import TABLES
from pipeline.tables.staging import help_along, in_transit

_TRIES = 20


def table_files(folder: Path, name: str) -> list[Path]:
    """The Parquet files of a table, sorted: one file, or one for each month."""
    return sorted((folder / name).glob("**/*.parquet"))


def _no_table(folder: Path, name: str) -> InputError:
    return InputError(
        f"holds no table {name!r}",
        where=str(folder),
        hint="give the folder that `rilis extract --out` or `rilis refresh` wrote",
    )


def _read(folder: Path, name: str, columns: Sequence[str] | None) -> tuple[pa.Table, list[tuple[int, int]]]:
    files = table_files(folder, name)
    if not files:
        raise _no_table(folder, name)
    schema = arrow_schema(name)
    wanted = list(columns) if columns is not None else schema.names
    marks, tables = [], []
    for path in files:
        with path.open("rb") as handle:
            marks.append((path.stat().st_ino, path.stat().st_mtime_ns))
            tables.append(pq.ParquetFile(handle).read(columns=wanted).select(wanted))
    return pa.concat_tables(tables), marks


def read_table(folder: Path | str, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """A whole table (or some columns of it), in the declared column order.

    Works on both layouts. When files are being swapped, it waits and reads again, so that all months
    come from the same state. Raises ``InputError`` where there is no such table.
    """
    folder = Path(folder)
    if name not in TABLES:
        raise InputError(f"no table {name!r}", hint=f"the tables are {', '.join(TABLES)}")
    for attempt in range(_TRIES):
        if in_transit(folder) and attempt > 1:
            help_along(folder)
        try:
            table, marks = _read(folder, name, columns)
            now = [(p.stat().st_ino, p.stat().st_mtime_ns) for p in table_files(folder, name)]
        except FileNotFoundError:
            now, marks = [], [(0, 0)]
        if marks == now and not in_transit(folder):
            return table
        time.sleep(0.05)
    raise StoreError("the table changes faster than it can be read", where=str(folder / name))


def iter_parquet(path: Path, columns: Sequence[str], batch_size: int = 64) -> Iterator[dict[str, Any]]:
    """The rows of any Parquet file as mappings, a few at a time; columns that it lacks are left out.

    Raises ``InputError`` when the file is not Parquet.
    """
    try:
        file = pq.ParquetFile(path, pre_buffer=False)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(f"not a Parquet file ({error})", where=str(path)) from error
    with file:
        present = [name for name in columns if name in file.schema_arrow.names]
        for batch in file.iter_batches(batch_size=batch_size, columns=present):
            yield from batch.to_pylist()


def parquet_columns(path: Path) -> list[str]:
    """The names of a Parquet file's columns. Raises ``InputError`` when it is not Parquet."""
    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(f"not a Parquet file ({error})", where=str(path)) from error


def read_rows(folder: Path, name: str, column: str, value: str) -> list[dict[str, Any]]:
    """The rows of a table that have a value in a column, in the order of the table."""
    files = table_files(folder, name)
    if not files:
        raise _no_table(folder, name)
    wanted = arrow_schema(name).names
    rows: list[dict[str, Any]] = []
    for path in files:
        rows += pq.read_table(
            path, columns=wanted, filters=[(column, "==", value)], partitioning=None
        ).to_pylist()
    return rows
