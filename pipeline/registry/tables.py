"""The CSV files beside the code, read into typed rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources

from pipeline.errors import RegistryError


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of ``data/<name>.csv``.

    Raises ``RegistryError`` where a row is longer or shorter than the header.
    """
    file = resources.files(__package__).joinpath("data", f"{name}.csv")
    with file.open(encoding="utf-8") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):
            if None in row or None in row.values():
                raise RegistryError(
                    "a row does not fit the header",
                    where=f"{name}.csv:{number}",
                    hint="quote cells with commas",
                )
            yield row


def split(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list."""
    return tuple(part for part in cell.split("|") if part)
