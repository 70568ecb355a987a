"""Where the event took place: the region of the acting unit, the district and village of the scene."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.rules.places import Place
from pipeline.extract.rules.primary import Primary
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.rules.words import by_role
from pipeline.registry import Registry, load_registry

_APART = 3
"""So many characters between the parts of one address."""
_NEAR = 2
"""So many words may stand between a word like ``warga`` and the home that it tells."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Region in full (``Kabupaten Purwakarta``), district and village bare; None where not known."""

    region_code: str | None = None
    region: str | None = None
    district: str | None = None
    village: str | None = None


def scene(doc: Document, units: list[UnitMention], places: list[Place], primary: Primary) -> Scene:
    """Tell the scene of an article's event."""
    registry = load_registry()
    at_home = _homes(doc, places)
    scenic = [place for index, place in enumerate(places) if index not in at_home]
    region = _region(doc, registry, units, scenic, primary)
    district_code, district = _one_district(registry, scenic or places, region, primary, doc)
    village = _one_village(scenic)
    if region is None and district_code is not None:
        region = district_code[:5]
    return Scene(region, registry.regions.name(region), district, village)


def _homes(doc: Document, places: list[Place]) -> set[int]:
    """Indices of places that tell where somebody lives: ``warga Desa X, Kecamatan Y``."""
    home = by_role("place_context")["home"]
    tokens = doc.tokens
    found: set[int] = set()
    previous_end = -1
    for index, place in enumerate(places):
        first = tokens.at(place.start)
        said = any(word in home for word in tokens.lower[max(0, first - _NEAR) : first])
        if said or (index - 1 in found and place.start - previous_end <= _APART):
            found.add(index)
        previous_end = place.end
    return found


def _region(
    doc: Document, registry: Registry, units: list[UnitMention], places: list[Place], primary: Primary
) -> str | None:
    if primary.level in ("polres", "polsek"):
        named = [place.code for place in places if place.level == "regency" and place.code]
        unit = registry.units.get(primary.unit_id or "")
        if unit is not None and len(unit.region_codes) > 1:
            served = Counter(code for code in named if code in unit.region_codes)
            if served:
                return served.most_common(1)[0][0]
        return primary.region_code
    polres = {mention.region_code for mention in units if mention.level == "polres" and mention.region_code}
    counted = Counter(place.code for place in places if place.level == "regency" and place.code)
    if not counted:
        return polres.pop() if len(polres) == 1 else None
    (best, times), *rest = counted.most_common()
    if rest and rest[0][1] >= times:
        return next(place.code for place in places if place.level == "regency" and place.code)
    return best


def _one_district(
    registry: Registry, places: list[Place], region: str | None, primary: Primary, doc: Document
) -> tuple[str | None, str | None]:
    found: dict[str, str | None] = {}
    for place in places:
        if place.level == "district" and (place.code is None or region is None or place.code[:5] == region):
            found.setdefault(place.name, place.code)
    if len(found) == 1:
        name, code = next(iter(found.items()))
        return code, name
    if not found and primary.level == "polsek" and region is not None and primary.unit is not None:
        wanted = primary.unit.split(" ", 1)[1]
        entry = registry.names.get(wanted)
        code = next((code for code in entry.districts if code[:5] == region), None) if entry else None
        return code, registry.regions.name(code)
    return None, None


def _one_village(places: list[Place]) -> str | None:
    names = {place.name for place in places if place.level == "village"}
    return names.pop() if len(names) == 1 else None
