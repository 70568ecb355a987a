"""The word lists of the rules, in the data files beside them, read once.

CSV (``by_role``, ``longest_first``) where each word has a role and may want a note; YAML (``load``,
``words``, ``joined``) where lists are long and of few kinds, or a form leads to a canonical one.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_RULES = "pipeline.extract.rules"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def by_role(table: str) -> dict[str, frozenset[str]]:
    """The words of ``TABLE.csv`` by their ``role``, in lower case."""
    found: dict[str, set[str]] = {}
    with files(_RULES).joinpath(f"{table}.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            found.setdefault(row["role"], set()).add(row["word"].lower())
    return {role: frozenset(words) for role, words in found.items()}


@cache
def longest_first(table: str, role: str) -> tuple[str, ...]:
    """The words of one role of ``TABLE.csv``, in the order in which a pattern must try them."""
    return tuple(sorted(by_role(table)[role], key=lambda word: (-len(word), word)))


@cache
def load(name: str) -> Any:
    """The whole YAML file ``NAME.yaml``."""
    source = files(_RULES).joinpath(f"{name}.yaml").read_text("utf-8")
    return yaml.load(source, Loader=_Loader)  # noqa: S506 - a safe loader, in C where it is built


@cache
def words(name: str) -> dict[str, frozenset[str]]:
    """The flat lists of ``NAME.yaml`` as sets of lower-case words; nested groups under their parent too."""
    sets: dict[str, frozenset[str]] = {}
    for key, value in load(name).items():
        if isinstance(value, dict):
            for group, entries in value.items():
                if isinstance(entries, list):
                    sets[f"{key}.{group}"] = frozenset(str(entry).lower() for entry in entries)
            sets[key] = frozenset().union(
                *(sets[f"{key}.{g}"] for g, e in value.items() if isinstance(e, list))
            )
        elif isinstance(value, list):
            sets[key] = frozenset(str(entry).lower() for entry in value)
    return sets


@cache
def joined(name: str, *keys: str) -> frozenset[str]:
    """Some lists of ``NAME.yaml`` as one set, made once."""
    lists = words(name)
    return frozenset().union(*(lists[key] for key in keys))


def is_roman(word: str) -> bool:
    """Whether a word is a Roman number as units and posts bear it, in capitals."""
    return word.isupper() and word.lower() in words("positions")["roman"]
