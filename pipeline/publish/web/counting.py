"""How many rows fit, by each facet.

A list asks once for the counts by all its facets together, given its other filters (words, unit, days);
totals and every facet come from those few thousand cells. The file never changes while it is served,
so the cells are kept.
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
_cells: OrderedDict[tuple[Any, ...], list[Cell]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet with the rows it would leave."""

    value: Any
    n: int
    chosen: bool


def cells(conn: sqlite3.Connection, database: str, sql: str, params: Sequence[Any]) -> list[Cell]:
    """The counts of a query whose last column is the number of rows, the others the facets."""
    key = (database, sql, *params)
    with _lock:
        if key in _cells:
            _cells.move_to_end(key)
            return _cells[key]
    found = [(tuple(row[:-1]), row[-1]) for row in conn.execute(sql, params)]
    with _lock:
        _cells[key] = found
        while len(_cells) > _KEEP:
            _cells.popitem(last=False)
    return found


def total(found: Sequence[Cell], names: Sequence[str], chosen: Mapping[str, frozenset[Any]]) -> int:
    """Rows that have all the chosen values."""
    wanted = [(at, chosen[name]) for at, name in enumerate(names) if name in chosen]
    return sum(n for values, n in found if all(values[at] in allowed for at, allowed in wanted))


def facet(
    found: Sequence[Cell], names: Sequence[str], chosen: Mapping[str, frozenset[Any]], name: str
) -> list[Choice]:
    """The values of one facet with their counts under the other choices, the most frequent first."""
    at = names.index(name)
    others = [(i, chosen[other]) for i, other in enumerate(names) if other in chosen and other != name]
    counts: Counter[Any] = Counter()
    for values, n in found:
        if values[at] is not None and all(values[i] in allowed for i, allowed in others):
            counts[values[at]] += n
    mine = chosen.get(name, frozenset())
    return [
        Choice(value, n, value in mine)
        for value, n in sorted(counts.items(), key=lambda p: (-p[1], str(p[0])))
    ]
