"""The registry, read once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.registry.folding import fold
from pipeline.registry.names import Names
from pipeline.registry.regions import Regions
from pipeline.registry.tables import rows, split
from pipeline.registry.values import (
    Ambiguity,
    Degree,
    EventType,
    PlannedUnit,
    Position,
    Rank,
    Unit,
    UnitHead,
)

MABES = "mabes-polri"


@dataclass(frozen=True)
class Registry:
    """Closed lists of facts. Get it from ``load_registry``; the parts are read when first asked for."""

    @cached_property
    def units(self) -> dict[str, Unit]:
        """All listed units by id: Mabes Polri, 36 Polda, 508 resort-level units."""
        return {unit.unit_id: unit for unit in (*_mabes(), *_polda(), *_polres())}

    @cached_property
    def by_region(self) -> dict[str, tuple[str, ...]]:
        """Region code of a kabupaten or kota to the Polres that serve it, those for the main part first."""
        served: dict[str, list[str]] = {}
        listed = [unit for unit in self.units.values() if unit.level == "polres"]
        territorial = [unit for unit in listed if unit.kind not in ("polres_pelabuhan", "polresta_bandara")]
        for unit in territorial:
            for code in unit.region_codes:
                served.setdefault(code, []).append(unit.unit_id)
        for unit in territorial:
            for code in unit.partial_region_codes:
                served.setdefault(code, []).append(unit.unit_id)
        return {code: tuple(ids) for code, ids in served.items()}

    @cached_property
    def ambiguous(self) -> dict[str, Ambiguity]:
        """Ambiguous aliases, by the alias in lower case."""
        return {
            row["alias"].lower(): Ambiguity(
                row["alias"],
                split(row["candidate_unit_ids"]),
                row["default_unit_id"] or None,
                row["how_to_decide"],
            )
            for row in rows("ambiguous")
        }

    @cached_property
    def ambiguous_keys(self) -> dict[str, Ambiguity]:
        """The same by the alias's folded key."""
        return {fold(alias): row for alias, row in self.ambiguous.items()}

    @cached_property
    def former_poldas(self) -> dict[str, tuple[dt.date, str]]:
        """Young Polda: since when each is, and which Polda its units were under before."""
        return {
            row["polda"]: (dt.date.fromisoformat(row["since"]), row["before"]) for row in rows("polda_since")
        }

    @cached_property
    def planned(self) -> tuple[PlannedUnit, ...]:
        """Units proposed or announced."""
        return tuple(
            PlannedUnit(row["name"], row["region_code"], row["served_by"], row["evidence"])
            for row in rows("planned")
        )

    @cached_property
    def heads(self) -> tuple[UnitHead, ...]:
        """Words that open the name of a unit or of the post that heads one."""
        return tuple(UnitHead(row["form"], row["kind"], row["role"]) for row in rows("unit_heads"))

    @cached_property
    def regions(self) -> Regions:
        """Provinces to villages."""
        return Regions()

    @cached_property
    def names(self) -> Names:
        """The trie over the names of units and regions."""
        return Names(self.units.values(), self.ambiguous.values(), self.regions)

    @cached_property
    def ranks(self) -> tuple[Rank, ...]:
        """Ranks and corps suffixes of Polri and TNI."""
        return tuple(
            Rank(
                row["abbr"],
                row["full_name"],
                "tni" if row["service"].startswith("TNI") else "polri",
                row["service"],
                row["type"],
                row["group"] or None,
                int(row["order"]) if row["order"] else None,
                split(row["aliases"]),
                split(row["misspellings_unverified"]),
            )
            for row in rows("ranks")
        )

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Posts of Polri, TNI, government and others."""
        return tuple(
            Position(
                row["canonical"],
                row["full_name"],
                row["category"],
                row["unit_level"],
                split(row["aliases"]),
                split(row["unit_forms"]),
            )
            for row in rows("positions")
        )

    @cached_property
    def degrees(self) -> tuple[Degree, ...]:
        """Degrees and titles."""
        return tuple(
            Degree(row["canonical"], row["full_name"], row["kind"], row["side"], split(row["variants"]))
            for row in rows("degrees")
        )

    @cached_property
    def event_types(self) -> tuple[EventType, ...]:
        """Event types in the order of the guide."""
        return tuple(EventType(**row) for row in rows("event_types"))

    @cached_property
    def points(self) -> dict[str, tuple[float, float]]:
        """Region code to latitude and longitude of its middle, provinces and kabupaten/kota."""
        return {row["code"]: (float(row["lat"]), float(row["lon"])) for row in rows("region_points")}


@lru_cache(maxsize=1)
def load_registry() -> Registry:
    """Return the registry; the same object each time."""
    return Registry()


def _mabes() -> list[Unit]:
    return [
        Unit(
            row["unit_id"],
            row["name"],
            row["full_name"],
            "mabes",
            "mabes",
            None,
            (),
            (),
            None,
            split(row["aliases"]),
            (),
            row["note"] or None,
        )
        for row in rows("mabes")
    ]


def _polda() -> list[Unit]:
    return [
        Unit(
            row["unit_id"],
            row["name"],
            row["full_name"],
            "polda",
            "polda",
            row["unit_id"],
            split(row["province_codes"]),
            (),
            row["seat"] or None,
            split(row["aliases"]),
            (),
            row["note"] or None,
        )
        for row in rows("polda")
    ]


def _polres() -> list[Unit]:
    return [
        Unit(
            row["unit_id"],
            row["name"],
            row["full_name"],
            "polres",
            row["kind"],
            row["polda"],
            split(row["region_codes"]),
            split(row["partial_region_codes"]),
            row["seat"] or None,
            split(row["aliases"]),
            split(row["aliases_unverified"]),
            row["note"] or None,
        )
        for row in rows("polres")
    ]
