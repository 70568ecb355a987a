"""Arrow schemas of the tables, with every description in the metadata.

The metadata hold nothing that changes between two runs, so that the same rows give the same bytes.
"""

from __future__ import annotations

import json
from functools import cache

import pyarrow as pa

from pipeline.tables.schema import SCHEMA_VERSION, Column, table

_TYPES = {
    "string": pa.string(),
    "int32": pa.int32(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}


def _field(column: Column) -> pa.Field:
    metadata = {"description": column.description, "label_id": column.label}
    if column.unit:
        metadata["unit"] = column.unit
    if column.values:
        metadata["values"] = json.dumps(column.values)
    if column.when_null:
        metadata["when_null"] = column.when_null
    if column.references:
        metadata["references"] = column.references
    return pa.field(column.name, _TYPES[column.type], nullable=column.nullable, metadata=metadata)


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table.

    >>> arrow_schema("units").field("level").metadata[b"values"]
    b'["mabes", "polda", "polres", "polsek"]'
    """
    declared = table(name)
    metadata = {
        "rilis:table": declared.name,
        "rilis:schema_version": SCHEMA_VERSION,
        "description": declared.description,
        "label_id": declared.label,
    }
    return pa.schema([_field(column) for column in declared.columns], metadata=metadata)
