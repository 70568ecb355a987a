"""Misspelt names of units: the nearest known name, when it is near enough and alone."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.registry import load_registry
from pipeline.registry.names import Name

_SHORTEST = 5
_LONG = 9


@lru_cache(maxsize=2)
def _by_letter(polda: bool) -> dict[str, dict[str, Name]]:
    """Names of units by their first letter: slips there are rare, other words are many."""
    found: dict[str, dict[str, Name]] = {}
    for name in load_registry().names:
        if ("polda" in name.units) == polda and name.units and len(name.key) >= _SHORTEST:
            found.setdefault(name.key[0], {})[name.key] = name
    return found


@lru_cache(maxsize=4096)
def nearest(written: str, kind: str) -> Name | None:
    """The one name within an edit or, for long names, two; None when none or several are as near.

    ``written`` is lower case without spaces. The first letter must agree.
    """
    if len(written) < _SHORTEST:
        return None
    names = _by_letter(kind == "polda").get(written[0], {})
    limit = 2 if len(written) >= _LONG else 1
    found = process.extract(written, names.keys(), scorer=OSA.distance, score_cutoff=limit, limit=4)
    if not found:
        return None
    least = min(distance for _, distance, _ in found)
    best = [names[key] for key, distance, _ in found if distance == least]
    units = {unit for name in best for unit in name.all_units()}
    return best[0] if len(best) == 1 or len(units) == 1 else None


@lru_cache(maxsize=1)
def _districts_by_letter() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in load_registry().names:
        if name.districts and len(name.key) >= _LONG:
            found.setdefault(name.key[0], []).append(name.key)
    return found


@lru_cache(maxsize=4096)
def nearly_a_district(written: str) -> bool:
    """Whether a long name, lower case without spaces, is a kecamatan but for one letter."""
    if len(written) < _LONG:
        return False
    keys = _districts_by_letter().get(written[0], [])
    return process.extractOne(written, keys, scorer=OSA.distance, score_cutoff=1) is not None
