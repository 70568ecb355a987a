"""Result rows out: to the screen, CSV, JSON, Parquet and XLSX.

Article text is somebody else's. A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a
tab or a line break for a formula; in CSV such text gets an apostrophe before it (``guard=False`` leaves it
as it is), in XLSX every text is written as text.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError

FORMATS = ("table", "csv", "json", "parquet", "xlsx")
BINARY = ("parquet", "xlsx")
XLSX_ROWS = 1_048_575
"""Rows that one sheet holds below its heading."""
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CELL_CHARACTERS = 32_767

Row = Sequence[Any]


def guarded(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("Polres"), guarded(-5)
    ("'=1+1", 'Polres', -5)
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_RISKY):
        return "'" + value
    return value


def plain(value: Any) -> Any:
    """Dates and times as ISO text, all else as it is; what JSON and CSV hold."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return value


def write_csv(columns: Sequence[str], rows: Iterable[Row], out: IO[str], *, guard: bool = True) -> int:
    """Write a heading and the rows; return how many rows."""
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180; a lone CR is then quoted too
    writer.writerow(columns)
    count = 0
    for row in rows:
        values = (plain(value) for value in row)
        writer.writerow([guarded(value) for value in values] if guard else list(values))
        count += 1
    return count


def write_json(columns: Sequence[str], rows: Iterable[Row], out: IO[str]) -> int:
    """Write one JSON array of objects, a row a line."""
    count = 0
    out.write("[")
    for row in rows:
        out.write(",\n" if count else "\n")
        values = dict(zip(columns, (plain(value) for value in row), strict=True))
        out.write(json.dumps(values, ensure_ascii=False, default=str))
        count += 1
    out.write("\n]\n")
    return count


def write_xlsx(columns: Sequence[str], rows: Iterable[Row], path: Path | IO[bytes]) -> int:
    """Write one sheet with a frozen heading and filters. Texts stay texts; long ones are cut at 32,767."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    target = str(path) if isinstance(path, Path) else path
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("rilis")
        heading = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(columns):
            sheet.set_column(at, at, max(12, min(40, len(name) + 4)))
            sheet.write_string(0, at, name, heading)
        count = 0
        for row in rows:
            count += 1
            if count > XLSX_ROWS:
                raise UsageError(
                    "more rows than a spreadsheet holds", hint="use --format csv or parquet, or a LIMIT"
                )
            for at, value in enumerate(row):
                _cell(sheet, count, at, value, day, instant)
        sheet.autofilter(0, 0, count, max(0, len(columns) - 1))
    return count


def _cell(sheet: Any, row: int, at: int, value: Any, day: Any, instant: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, at, value.astimezone(dt.UTC).replace(tzinfo=None), instant)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, at, value, day)
    else:
        sheet.write_string(row, at, str(value)[:_CELL_CHARACTERS])


def write_parquet(batches: pa.RecordBatchReader, path: Path) -> int:
    """Write record batches to one Parquet file; return how many rows."""
    count = 0
    with pq.ParquetWriter(path, batches.schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def fetched(result: Any, size: int = 5_000) -> Iterator[Row]:
    """The rows of a DuckDB result, a few thousand in memory at a time."""
    while rows := result.fetchmany(size):
        yield from rows
