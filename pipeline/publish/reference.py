"""What the pages and questions take from the registry: units by any of their names, points, labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rapidfuzz import process

from pipeline.errors import UsageError
from pipeline.registry import EventType, load_registry
from pipeline.registry.folding import fold


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit of the registry with the names of its Polda and first region."""

    unit_id: str
    name: str
    level: str
    polda_id: str | None
    polda: str | None
    region_code: str | None
    region: str | None


@cache
def units() -> tuple[UnitRef, ...]:
    """All listed units, in the registry's order."""
    registry = load_registry()
    return tuple(
        UnitRef(
            unit.unit_id,
            unit.name,
            unit.level,
            unit.polda_id,
            registry.units[unit.polda_id].name if unit.polda_id else None,
            unit.region_code,
            registry.regions.name(unit.region_code),
        )
        for unit in registry.units.values()
    )


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Folded name, alias or id to the units that it may mean; a canonical name means its bearer alone."""
    registry = load_registry()
    names: dict[str, set[str]] = {}
    for unit in registry.units.values():
        for alias in unit.aliases:
            names.setdefault(fold(alias), set()).add(unit.unit_id)
    for key, row in registry.ambiguous_keys.items():
        names.setdefault(key, set()).update(row.candidates)
    canonical: dict[str, set[str]] = {}
    for unit in registry.units.values():
        for name in (unit.name, unit.full_name, unit.unit_id):
            canonical.setdefault(fold(name), set()).add(unit.unit_id)
    return {key: tuple(sorted(ids)) for key, ids in {**names, **canonical}.items()}


def find_unit(name: str) -> UnitRef:
    """The unit of a name, alias or id as people write it.

    Raises ``UsageError`` for a name that no unit bears, and for one that several bear, with the candidates.

    >>> find_unit("Polres Kobar").name
    'Polres Kotawaringin Barat'
    """
    ids = _by_name().get(fold(name), ())
    found = [unit for unit in units() if unit.unit_id in ids]
    if len(found) == 1:
        return found[0]
    if found:
        candidates = ", ".join(f"{unit.unit_id} ({unit.polda})" for unit in found)
        raise UsageError(f"{name!r} may be several units: {candidates}", hint="give the id of one of them")
    near = process.extract(name, [unit.name for unit in units()], limit=3, score_cutoff=80)
    hint = (
        "did you mean " + ", ".join(choice for choice, *_ in near) + "?"
        if near
        else "see `rilis registry find`"
    )
    raise UsageError(f"no unit is called {name!r}", hint=hint)


def event_types() -> tuple[EventType, ...]:
    """The code book, in its order."""
    return load_registry().event_types


def points() -> dict[str, tuple[float, float]]:
    """Region code to latitude and longitude of its centroid."""
    return load_registry().points


@cache
def regions() -> dict[str, str]:
    """Code to name of provinces, kabupaten and kota."""
    return {
        code: name
        for code, name in load_registry().regions.down_to_districts().items()
        if code.count(".") < 2
    }
