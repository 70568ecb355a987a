"""The word lists of the rules: one YAML beside each rule, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """The whole YAML file ``pipeline/extract/rules/NAME.yaml``."""
    source = (files("pipeline.extract.rules") / f"{name}.yaml").read_text("utf-8")
    return yaml.load(source, Loader=_Loader)  # noqa: S506 - a safe loader, in C where it is built


@cache
def words(name: str) -> dict[str, frozenset[str]]:
    """The flat lists of a file as sets of lower-case words; nested groups are joined under their parent."""
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
    """Some lists of a file as one set, made once."""
    lists = words(name)
    return frozenset().union(*(lists[key] for key in keys))


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
