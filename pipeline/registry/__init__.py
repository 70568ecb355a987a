"""Closed lists of facts: units, ranks, positions, degrees, regions, event types.

``load_registry()`` is the door: it gives the one ``Registry``, whose parts are read when first asked for.
"""

from __future__ import annotations

from pipeline.registry.load import MABES, Registry, load_registry
from pipeline.registry.values import (
    Ambiguity,
    Degree,
    EventType,
    PlannedUnit,
    Position,
    Rank,
    Region,
    Unit,
    UnitHead,
)

__all__ = [
    "MABES",
    "Ambiguity",
    "Degree",
    "EventType",
    "PlannedUnit",
    "Position",
    "Rank",
    "Region",
    "Registry",
    "Unit",
    "UnitHead",
    "load_registry",
]
