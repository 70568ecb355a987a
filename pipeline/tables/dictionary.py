"""The declaration for people and machines: Markdown (the data dictionary), plain text, JSON."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict

from pipeline.tables.schema import SCHEMA_VERSION, TABLES, Column, Table

_INTRO = """# Data dictionary

Schema version {version}. Made by `rilis schema --format markdown` from the one declaration,
`pipeline/tables/schema.yml`.

Every table is a folder of Parquet files. `start` and `end` count characters of `articles.text` (Python string
indices, end exclusive), and `surface` is exactly `text[start:end]`. What is not known is null, never an empty
string. A table in monthly partitions has one more column when it is read as a whole: `month` (`2024-10`, or
`unknown`), the month of `articles.published_date`.
"""


def _allowed(column: Column) -> str:
    """Values, unit and reference in words."""
    parts = []
    if column.values:
        parts.append("one of " + ", ".join(f"`{value}`" for value in column.values))
    if column.unit:
        parts.append(f"unit: {column.unit}")
    if column.references:
        parts.append(f"refers to `{column.references}`")
    return "; ".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _markdown_table(table: Table) -> str:
    key = f"\n\nA row is identified by {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    lines = [
        f"## `{table.name}`: {table.label}\n\n{table.description}{key}\n",
        "| column | type | label (Indonesian) | meaning | values, unit | null means |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for column in table.columns:
        cells = (
            f"`{column.name}`",
            column.type,
            column.label,
            column.description,
            _allowed(column),
            column.when_null or "never null",
        )
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def markdown() -> str:
    """The data dictionary page."""
    return "\n".join([_INTRO.format(version=SCHEMA_VERSION), *map(_markdown_table, TABLES.values())])


def text(width: int = 100) -> str:
    """The tables and columns for a terminal."""
    lines = [f"schema version {SCHEMA_VERSION}"]
    for table in TABLES.values():
        lines += ["", f"{table.name}: {table.description}"]
        for column in table.columns:
            head = f"  {column.name:<18} {column.type + ('?' if column.nullable else ''):<11} "
            told = ". ".join(part for part in (column.description.rstrip("."), _allowed(column)) if part)
            lines.append(
                textwrap.fill(told + ".", width, initial_indent=head, subsequent_indent=" " * len(head))
            )
    return "\n".join([*lines, "", "`?` after a type: the value may be null."])


def as_json() -> str:
    """The declaration as JSON."""
    tables = {}
    for name, table in TABLES.items():
        columns = [
            {k: v for k, v in asdict(column).items() if v not in (None, ())} for column in table.columns
        ]
        tables[name] = {
            "description": table.description,
            "label": table.label,
            "key": list(table.key),
            "columns": columns,
        }
    return json.dumps({"schema_version": SCHEMA_VERSION, "tables": tables}, ensure_ascii=False, indent=2)
