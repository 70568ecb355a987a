"""How many rows fit, by each facet.

A list asks once for the counts by its facets' combinations ("cells"), given its other filters (words, unit,
days); the total and every facet come from those few thousand numbers. The file never changes while it is
served, so they are kept.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

Cell = tuple[tuple[Any, ...], int]

_KEEP = 400
_kept: OrderedDict[tuple[Any, ...], list[Cell]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet with the rows it would leave."""

    value: Any
    n: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """The rows that have all the chosen values, and each facet's choices under the other choices."""

    total: int
    facets: Mapping[str, list[Choice]]


def database(conn: sqlite3.Connection) -> str:
    """The file behind a connection."""
    return str(conn.execute("PRAGMA database_list").fetchone()[2])


def cells(conn: sqlite3.Connection, sql: str, params: Sequence[Any]) -> list[Cell]:
    """The counts of a query whose last column is the number of rows, the others the facets."""
    key = (database(conn), sql, *params)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = [(tuple(row[:-1]), row[-1]) for row in conn.execute(sql, params) if row[-1]]
    with _lock:
        _kept[key] = found
        while len(_kept) > _KEEP:
            _kept.popitem(last=False)
    return found


def numbered(conn: sqlite3.Connection, sql: str, params: Sequence[Any]) -> list[Cell]:
    """The same for a query of cell numbers and counts."""
    names = {
        values[0]: values[1:]
        for values, _ in cells(conn, "SELECT cell, event_type, polda_id, year, 1 FROM cells", [])
    }
    return [(names[values[0]], n) for values, n in cells(conn, sql, params)]


def count(found: Sequence[Cell], names: Sequence[str], chosen: Mapping[str, frozenset[Any]]) -> Counts:
    """Total and facets in one pass: a row that misses one choice still counts for that facet."""
    checks = [(at, chosen[name]) for at, name in enumerate(names) if name in chosen]
    counters: list[Counter[Any]] = [Counter() for _ in names]
    everywhere = range(len(names))
    total = 0
    for values, n in found:
        missed = [at for at, allowed in checks if values[at] not in allowed]
        if not missed:
            total += n
            for at in everywhere:
                counters[at][values[at]] += n
        elif len(missed) == 1:
            counters[missed[0]][values[missed[0]]] += n
    facets = {}
    for at, name in enumerate(names):
        mine = chosen.get(name, frozenset())
        ordered = sorted(counters[at].items(), key=lambda pair: (-pair[1], str(pair[0])))
        facets[name] = [Choice(value, n, value in mine) for value, n in ordered if value is not None]
    return Counts(total, facets)
