"""Checks on write, derived from the declaration: nothing that breaks it gets into a table.

One article is checked at a time, so that a fault of a rule costs that article and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pipeline.errors import SchemaError
from pipeline.tables.schema import TABLES, Column, Table

_HINT = "this is a fault of a rule, not of the input; please report it with the article"
_ISSUE = Callable[[Any], str | None]


def _column_check(column: Column) -> _ISSUE:
    """A function that tells what is wrong with a value of the column, or ``None``."""
    allowed = frozenset(column.values)
    required = not column.nullable
    text = column.type == "string"
    share = column.unit == "probability"

    def check(value: Any) -> str | None:
        if value is None:
            return "is null" if required else None
        if text and not value:
            return "is an empty string"
        if allowed and value not in allowed:
            return f"is {value!r}, which is not an allowed value"
        if share and not 0 <= value <= 1:
            return f"is {value}, not within 0 and 1"
        return None

    return check


_CHECKS = {
    name: [
        (i, column.name, _column_check(column))
        for i, column in enumerate(table.columns)
        if not column.nullable or column.type == "string" or column.values or column.unit == "probability"
    ]
    for name, table in TABLES.items()
}
_SPANS = {
    name: (
        table.names.index("start"),
        table.names.index("end"),
        table.names.index("surface") if "surface" in table.names else None,
    )
    for name, table in TABLES.items()
    if "start" in table.names
}


def _fail(name: str, article_id: str, problem: str) -> SchemaError:
    return SchemaError(problem, where=f"table {name}, article {article_id}", hint=_HINT)


def _check_values(name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for row in rows:
        for i, column, check in _CHECKS[name]:
            problem = check(row[i])
            if problem:
                raise _fail(name, row[0], f"{column} {problem}")


def _check_spans(name: str, rows: Sequence[tuple[Any, ...]], text: str) -> None:
    start_at, end_at, surface_at = _SPANS[name]
    for row in rows:
        start, end = row[start_at], row[end_at]
        if not 0 <= start < end <= len(text):
            raise _fail(name, row[0], f"span {start}-{end} is not inside the text of {len(text)} characters")
        if surface_at is not None and row[surface_at] != text[start:end]:
            raise _fail(
                name,
                row[0],
                f"surface {row[surface_at][:60]!r} is not text[{start}:{end}] ({text[start:end][:60]!r})",
            )


def _check_key(table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    at = [table.names.index(column) for column in table.key]
    seen = set()
    for row in rows:
        key = tuple(row[i] for i in at)
        if key in seen:
            raise _fail(table.name, row[0], f"{' and '.join(table.key)} {key} stand twice")
        seen.add(key)


def _values(table: Table, column: str, rows: Iterable[tuple[Any, ...]]) -> set[Any]:
    at = table.names.index(column)
    return {row[at] for row in rows}


def check_article(rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Check the rows of one article, as ``rows_of`` gives them.

    Nulls, empty strings, allowed values, probabilities, offsets inside the text, ``surface`` equal to
    ``text[start:end]``, unique keys, references within the article, at most one primary unit and event.
    Raises ``SchemaError`` that names the table, the column and the value.
    """
    articles = TABLES["articles"]
    (article,) = rows["articles"]
    text = article[articles.names.index("text")]
    for name, table in TABLES.items():
        some = rows[name]
        _check_values(name, some)
        if name in _SPANS:
            _check_spans(name, some, text)
        if table.key:
            _check_key(table, some)
        if "is_primary" in table.names:
            at = table.names.index("is_primary")
            if sum(row[at] for row in some) > 1:
                raise _fail(name, article[0], "is_primary stands more than once")
    officers = _values(TABLES["officers"], "officer_id", rows["officers"]) | {None}
    stray = _values(TABLES["quotes"], "officer_id", rows["quotes"]) - officers
    if stray:
        raise _fail("quotes", article[0], f"officer_id {sorted(stray)} is not among the officers")
