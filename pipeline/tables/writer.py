"""Batches of rows to Parquet files, with bounded memory and the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.schema import TABLES
from pipeline.tables.staging import Staging

PART = "part-0.parquet"
_GROUP_ROWS = 1 << 16
_GROUP_BYTES = 4 << 20


class TableFile:
    """One Parquet file, written a row group at a time; ``rows`` counts them."""

    def __init__(self, path: Path, name: str) -> None:
        self.schema = arrow_schema(name)
        self.rows = 0
        self._writer = pq.ParquetWriter(path, self.schema, compression="zstd", version="2.6")
        self._waiting: list[pa.RecordBatch] = []
        self._size = (0, 0)

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows. The borders of the row groups follow from the rows alone."""
        if not batch.num_rows:
            return
        self.rows += batch.num_rows
        self._waiting.append(batch)
        rows, size = self._size
        self._size = (rows + batch.num_rows, size + batch.nbytes)
        if self._size[0] >= _GROUP_ROWS or self._size[1] >= _GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            table = pa.Table.from_batches(self._waiting, schema=self.schema)
            self._writer.write_table(table, row_group_size=max(1, table.num_rows))
            del table
        self._waiting, self._size = [], (0, 0)
        pa.default_memory_pool().release_unused()

    def close(self) -> None:
        """Write what waits and the footer; a file without rows is a valid one."""
        self._flush()
        self._writer.close()


class DatasetWriter:
    """The eight tables as one file each, ``OUT/<table>/part-0.parquet``.

    Inside a ``Staging`` block; nothing is visible before ``staging.commit()``.
    """

    def __init__(self, staging: Staging) -> None:
        partitioned = next(staging.out.glob("articles/month=*"), None)
        if partitioned is not None:
            raise UsageError(
                "holds monthly partitions, which a batch would break",
                where=str(staging.out),
                hint="choose another folder with --out",
            )
        self._paths = {name: staging.path(f"{name}/{PART}") for name in TABLES}
        self._files = {name: TableFile(path, name) for name, path in self._paths.items()}
        self._staging = staging

    def write(self, batches: Mapping[str, pa.RecordBatch]) -> None:
        """Add the rows of some articles."""
        for name, file in self._files.items():
            file.write(batches[name])

    def close(self) -> dict[str, int]:
        """Finish the files; the number of rows of each table."""
        for file in self._files.values():
            file.close()
        return {name: file.rows for name, file in self._files.items()}

    def set_duplicate_groups(self, groups: Iterator[str]) -> None:
        """After ``close``: give ``articles.duplicate_group`` its values, one for each article in order."""
        path = self._paths["articles"]
        draft = self._staging.scratch("articles.draft")
        at = TABLES["articles"].names.index("duplicate_group")
        file = TableFile(draft, "articles")
        with pq.ParquetFile(path) as source:
            for batch in source.iter_batches(batch_size=1024, use_threads=False):
                values = pa.array([next(groups) for _ in range(batch.num_rows)], pa.string())
                columns = batch.columns
                columns[at] = values
                file.write(pa.RecordBatch.from_arrays(columns, schema=file.schema))
        file.close()
        draft.replace(path)
