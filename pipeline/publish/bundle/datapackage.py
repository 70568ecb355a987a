"""The tables as a Data Package (frictionlessdata.io), from their one declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.tables.schema import SCHEMA_VERSION, TABLES, Column

_TYPES = {
    "string": "string",
    "int32": "integer",
    "float64": "number",
    "bool": "boolean",
    "date": "date",
    "timestamp": "datetime",
}


def descriptor(
    files: Mapping[str, Mapping[str, Any]], *, version: str, left_out: frozenset[str]
) -> dict[str, Any]:
    """The ``datapackage.json`` of a bundle.

    ``files`` maps a table to ``path``, ``bytes``, ``hash`` and ``rows``; columns in ``left_out``
    (``table.column``) are not in the files.
    """
    return {
        "profile": "data-package",
        "name": "rilis",
        "title": "Rilis: Indonesian police press releases as tables",
        "version": version,
        "schema_version": SCHEMA_VERSION,
        "resources": [_resource(name, file, left_out) for name, file in files.items()],
    }


def _resource(name: str, file: Mapping[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    table = TABLES[name]
    columns = [column for column in table.columns if f"{name}.{column.name}" not in left_out]
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    schema["foreignKeys"] = [
        {"fields": column.name, "reference": {"resource": target[0], "fields": target[1]}}
        for column in columns
        if column.references and (target := column.references.split(".")) != [name, column.name]
    ]
    if not schema["foreignKeys"]:
        del schema["foreignKeys"]
    return {
        "name": name,
        "title": table.label,
        "description": table.description,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **file,
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.label,
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.when_null:
        field["whenNull"] = column.when_null
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if column.values:
        constraints["enum"] = list(column.values)
    return {**field, "constraints": constraints} if constraints else field
