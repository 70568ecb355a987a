"""The tables, read once from their one declaration, ``schema.yml``.

``TABLES`` maps a table's name to its ``Table``; everything that needs to know a column (Arrow schemas,
rows, checks, data dictionary, ``rilis schema``, the publishing layer) asks here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from pipeline.errors import SchemaError

TYPES = ("string", "int32", "float64", "bool", "date", "timestamp")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``when_null`` says what null means; ``None`` where null is not allowed."""

    name: str
    type: str
    description: str
    label: str
    """Short name in Indonesian, for headings."""
    unit: str | None = None
    values: tuple[str, ...] = ()
    when_null: str | None = None
    references: str | None = None
    """``table.column`` that holds the same value."""

    @property
    def nullable(self) -> bool:
        """Whether a value may be missing: where the schema says what that means."""
        return self.when_null is not None


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns in order, and the columns that identify a row."""

    name: str
    description: str
    label: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise SchemaError(
            f"table {self.name} has no column {name!r}", hint="run `rilis schema` to see the columns"
        )


def _column(name: str, shared: Mapping[str, Any], own: Mapping[str, Any], where: str) -> Column:
    spec = {**shared, **own}
    unknown = set(spec) - {"type", "description", "label", "unit", "values", "when_null", "references"}
    if unknown or spec.get("type") not in TYPES or not spec.get("description") or not spec.get("label"):
        raise SchemaError(
            f"column {name}: needs type, description and label; unknown keys: {sorted(unknown)}",
            where=where,
            hint=f"types are {', '.join(TYPES)}",
        )
    when_null = spec.pop("when_null", None) or None
    return Column(name=name, values=tuple(spec.pop("values", ())), when_null=when_null, **spec)


def load(path: Path) -> tuple[str, dict[str, Table]]:
    """Read a declaration: its ``schema_version`` and its tables, in order.

    Raises ``SchemaError`` for an unknown key or type, or a column without a description.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    shared: dict[str, dict[str, Any]] = data["columns"]
    tables = {}
    for name, spec in data["tables"].items():
        where = f"{path.name}, table {name}"
        columns = tuple(
            _column(column, shared.get(column, {}), own or {}, where)
            for column, own in spec["columns"].items()
        )
        tables[name] = Table(name, spec["description"], spec["label"], columns, tuple(spec.get("key", ())))
    return str(data["schema_version"]), tables


SCHEMA_VERSION, _tables = load(Path(__file__).with_name("schema.yml"))
TABLES: Mapping[str, Table] = MappingProxyType(_tables)
"""The eight tables by name, in the order in which they are written and shown."""


def table(name: str) -> Table:
    """The declaration of one table; ``SchemaError`` names the tables there are."""
    try:
        return TABLES[name]
    except KeyError:
        raise SchemaError(f"no table {name!r}", hint=f"the tables are {', '.join(TABLES)}") from None
