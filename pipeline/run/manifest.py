"""``manifest.json``: what a run read and wrote, with which versions, so that its output can be traced.

It holds no time of day: the same input gives the same manifest.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipeline import __version__
from pipeline.tables.schema import SCHEMA_VERSION

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One file of a table."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in ``manifest.json``."""

    command: str
    inputs: list[str]
    """The paths as given."""
    input_files: int
    input_bytes: int
    articles: int
    rejected: int
    reasons: Mapping[str, int]
    """How often each reason for putting a record aside came up, numbers in it left out."""
    ignored_files: int
    unread_dates: int
    near_copies: int
    tables: Mapping[str, TableEntry]
    extractor: str | None
    rilis: str = __version__
    schema_version: str = SCHEMA_VERSION
    python: str = field(default_factory=platform.python_version)

    def to_json(self) -> str:
        """The file as it is written: sorted, so that equal runs give equal bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def entries(files: Iterable[tuple[str, Path, int]]) -> dict[str, TableEntry]:
    """Entries of tables, from (name, file, rows)."""
    return {name: TableEntry(rows, path.stat().st_size, sha256_of(path)) for name, path, rows in files}
