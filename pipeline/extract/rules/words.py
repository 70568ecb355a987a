"""Word lists of the rules, read from the CSV files beside them."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


@cache
def by_role(table: str) -> dict[str, frozenset[str]]:
    """The words of ``<table>.csv`` by their ``role``, in lower case."""
    found: dict[str, set[str]] = {}
    file = resources.files(__package__).joinpath(f"{table}.csv")
    with file.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            found.setdefault(row["role"], set()).add(row["word"].lower())
    return {role: frozenset(words) for role, words in found.items()}
