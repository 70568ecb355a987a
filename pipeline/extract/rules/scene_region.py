"""The kabupaten or kota of the event: the acting unit's own, or the one where the scene plainly lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.extract.rules.addresses import Address
from pipeline.extract.rules.places import Place
from pipeline.extract.rules.primary import Primary
from pipeline.extract.rules.units import UnitMention
from pipeline.registry import Registry, Unit, load_registry

_LEAD = 400
_CLASSED = "place:regency"
_KECAMATAN = "place:district"
_DATELINE = 2
_TOLD = 2
_SEVERAL = 3
"""So many Polres and Polsek in an article about their Polda leave its region open."""
_CLEARLY = 2


def region_of(
    registry: Registry, units: list[UnitMention], grouped: list[Address], primary: Primary
) -> str | None:
    """The code of the kabupaten or kota of the event."""
    named = [
        place.code
        for address in grouped
        for place in address.places
        if place.level == "regency" and place.code
    ]
    if primary.level in ("polres", "polsek"):
        unit = registry.units.get(primary.unit_id or "")
        if unit is not None and len(unit.region_codes) > 1:
            served = Counter(code for code in named if code in unit.region_codes)
            if served:
                return served.most_common(1)[0][0]
        own = unit.region_codes if unit is not None else (primary.region_code or "",)
        return _elsewhere(unit, grouped) or _of_lead(own, grouped) or primary.region_code
    below = {mention.unit_id for mention in units if mention.level in ("polres", "polsek")}
    if primary.level == "polda" and len(below) >= _SEVERAL:
        return None
    counted = _weighed(grouped)
    scene = {
        place.code
        for address in grouped
        for place in address.of_level("regency")
        if address.is_small and place.code and not (address.is_home or address.is_way)
    }
    if len(scene) == 1:
        return scene.pop()
    if not counted:
        serving = {
            mention.region_code for mention in units if mention.level == "polres" and mention.region_code
        }
        return serving.pop() if len(serving) == 1 else None
    counted = _served(registry, counted, primary)
    if not counted:
        return None
    (best, times), *rest = counted.most_common()
    return best if not rest or times >= _CLEARLY * rest[0][1] else None


def _served(registry: Registry, counted: Counter[str], primary: Primary) -> Counter[str]:
    """Those in the provinces of the Polda: ``Kuningan`` of Jakarta is no kabupaten of Jawa Barat."""
    polda = registry.units.get(primary.unit_id or "") if primary.level == "polda" else None
    if polda is None:
        return counted
    held = _under(polda.unit_id)
    return Counter({code: times for code, times in counted.items() if code in held})


@cache
def _under(polda: str) -> frozenset[str]:
    """The kabupaten and kota that the Polres of a Polda serve."""
    units = [unit for unit in load_registry().units.values() if unit.polda_id == polda]
    return frozenset(code for unit in units for code in (*unit.region_codes, *unit.partial_region_codes))


def _weighed(grouped: list[Address]) -> Counter[str]:
    """How often a kabupaten or kota, or a kecamatan of it, is named; more in a dateline or as the scene."""
    counted: Counter[str] = Counter()
    scenic = [address for address in grouped if not address.is_home]
    holding = {place.code[:5] for address in scenic for place in address.of_level("district") if place.code}
    for address in [address for address in scenic if not address.is_way] or grouped:
        for place in address.of_level("regency"):
            if place.code:
                code = _twin(place, holding)
                counted[code] += 1 + _DATELINE * (place.rule == "place:dateline")
                counted[code] += _TOLD * (address.is_told and address.is_small)
        for place in address.of_level("district"):
            if place.code and place.rule == _KECAMATAN and not address.is_way:
                counted[place.code[:5]] += 1
    return counted


def _twin(place: Place, holding: set[str]) -> str:
    """The kota for the kabupaten of its name, and the reverse, where the kecamatan told lies in that one."""
    regions = load_registry().regions
    code = place.code or ""
    if place.rule == _CLASSED or code in holding:
        return code
    twins = (
        other for other in sorted(holding) if (region := regions.get(other)) and region.bare == place.name
    )
    return next(twins, code)


def _of_lead(own: Sequence[str], grouped: list[Address]) -> str | None:
    """The kabupaten that the first address of the lead gives in full, where it is not the unit's own."""
    small = next((address for address in grouped if address.is_small and not address.is_home), None)
    if small is None or small.is_way or small.places[0].start > _LEAD:
        return None
    if not small.of_level("district"):
        return None
    named = [place.code for place in small.of_level("regency") if place.rule == _CLASSED]
    return next((code for code in named if code and code not in own), None)


def _elsewhere(unit: Unit | None, grouped: list[Address]) -> str | None:
    """Another kabupaten than the Polres' own, where the scene plainly lies there.

    Either the one kecamatan of the scene is in a kabupaten that the unit serves in part, and nothing else
    than that kabupaten is named, or each full address names another one and nothing names the unit's own.
    """
    if unit is None:
        return None
    scenic = [address for address in grouped if not (address.is_home or address.is_way)]
    districts = {place.code for address in scenic for place in address.of_level("district") if place.code}
    regencies = {place.code for address in scenic for place in address.of_level("regency") if place.code}
    if len(districts) != 1:
        return None
    regency = districts.pop()[:5]
    named = regencies == {regency} and regency not in unit.region_codes
    partly = regency in unit.partial_region_codes and (regency in regencies or not regencies)
    return regency if named or partly else None
