"""Where the event took place: the region of the acting unit, the district and village of the scene."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.document import Document
from pipeline.extract.rules.addresses import Address, addresses
from pipeline.extract.rules.event_types import TypeScore
from pipeline.extract.rules.place_reader import BOTH
from pipeline.extract.rules.places import Place
from pipeline.extract.rules.primary import Primary
from pipeline.extract.rules.scene_beat import KINDS, village_of_beat
from pipeline.extract.rules.scene_region import region_of
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.words import by_role
from pipeline.registry import Registry, load_registry
from pipeline.text.lexicon import alternatives, calendar

_EARLY = 0.4
_LEAD = 400
_SEVERAL = 2
_CLEARLY = 2
"""The scene is named so many times as often as any other place of its level."""
_VILLAGES, _DISTRICTS = 5, 4
"""So many of a level make a list of them."""
_SECTOR = "scene:polsek"
_BEHIND = 24
_WEEKDAY = re.compile(rf"[,\s]{{1,3}}(?:pada\s)?(?:hari\s)?{alternatives(calendar()['weekday'])}\b")
_STRUCK = frozenset(
    {"traffic_accident", "disaster_response", "violent_crime", "sexual_violence", "theft_robbery"}
)
_FULL = 80
_SITES = ("street", "other")


@dataclass(frozen=True, slots=True)
class Scene:
    """Region in full (``Kabupaten Purwakarta``), district and village bare; None where not known."""

    region_code: str | None = None
    region: str | None = None
    district: str | None = None
    village: str | None = None


def scene(
    doc: Document,
    units: list[UnitMention],
    places: list[Place],
    primary: Primary,
    kind: TypeScore | None = None,
) -> Scene:
    """Tell the scene of an event; two places of a level leave it open, unless one is plainly meant.

    ``kind`` is the event's type: a crime, an accident or a fire happens at one place, wherever it is told.
    """
    registry = load_registry()
    grouped = [address for address in addresses(doc, places) if not address.is_aside]
    region = region_of(registry, units, grouped, primary)
    inside = [address for address in grouped if _is_inside(address, region)]
    struck = kind is not None and kind.event_type in _STRUCK
    early, scenic = _told(doc, inside, anywhere=struck or primary.level == "polsek")
    district, village = (_of_level(doc, scenic, inside, level) for level in ("district", "village"))
    if _is_listed(inside, village, "village", _VILLAGES) or _is_listed(
        inside, district, "district", _DISTRICTS
    ):
        district = village = None
    elif village is None and district is not None:
        village = _completed(doc, inside, district)
    district = district or _sector(registry, region, primary)
    if kind is not None and kind.event_type in KINDS and not any(at.of_level("village") for at in scenic):
        beat = village_of_beat(doc, registry, _districts(registry, region, district))
        village = village or beat
    if district is None and not any(address.is_small or _is_site(address) for address in _scenic(early)):
        district, village = _only(early, "district"), _only(early, "village")
    if village is not None and (_beside_another(doc, places, village) or _apart(scenic, village, district)):
        village = None
    if village is not None and village.code is not None and (district is None or _moved(village, district)):
        code = village.code.rsplit(".", 1)[0]
        district = replace(village, level="district", name=registry.regions.name(code) or "", code=code)
    if region is None and district is not None and district.code is not None:
        region = district.code[:5]
    return Scene(region, registry.regions.name(region), _name(district), _name(village))


def _told(doc: Document, inside: list[Address], *, anywhere: bool) -> tuple[list[Address], list[Address]]:
    """The addresses of the first part, or those that later words tell to be the scene; the scenic of them."""
    early = [address for address in inside if _is_early(doc, address)]
    if any(address.is_small for address in _scenic(early)):
        if not any(address.of_level("district") for address in _scenic(early)):
            _, end = doc.sentence_at(early[-1].places[0].start)
            early = [address for address in inside if address in early or address.places[0].start < end]
        return early, _scenic(early)
    early = [address for address in inside if address in early or _is_announced(doc, address)]
    found = _scenic(early)
    if anywhere and not any(address.is_small for address in found):
        found = _scenic(inside)
    return early, found


def _completed(doc: Document, inside: list[Address], district: Place) -> Place | None:
    """The village that a later address in the same kecamatan tells, where the first one names none."""
    later = [
        address
        for address in inside
        if not address.is_home
        and _is_announced(doc, address)
        and any(place.name == district.name for place in address.of_level("district"))
    ]
    return _only(later, "village")


def _is_inside(address: Address, region: str | None) -> bool:
    """Whether nothing in an address tells that it lies in another kabupaten."""
    codes = {place.code[:5] for place in address.places if place.code and len(place.code) >= len("00.00")}
    return region is None or not codes or region in codes


def _scenic(grouped: list[Address]) -> list[Address]:
    """Those that may be the scene: no homes, and no ends of a way where anything else is told."""
    scenic = [address for address in grouped if not address.is_home]
    still = [address for address in scenic if not address.is_way]
    return still if any(address.is_small or _is_site(address) for address in still) else scenic


def _is_site(address: Address) -> bool:
    """A street or a building: the scene is told, though its district is not."""
    return not address.is_way and any(place.level in _SITES for place in address.places)


def _is_early(doc: Document, address: Address) -> bool:
    """Whether an address stands in the first part of the article or in its title: later ones are details."""
    if address.places[0].start < max(_EARLY * doc.body_end, _LEAD):
        return True
    title = doc.title.lower()
    small = [place for place in address.places if place.level in ("district", "village")]
    return any(place.name.lower() in title for place in small)


def _is_announced(doc: Document, address: Address) -> bool:
    """Whether the words around an address tell that the event is held there (``hari ini … di gedung X``)."""
    if not address.is_small:
        return False
    start, _ = doc.sentence_at(address.places[0].start)
    before = doc.text[start : address.places[0].start].lower()
    cued = any(cue in before for cue in by_role("place_context")["scene_cue"])
    return cued or address.is_told or _is_dated(doc, address)


def _is_dated(doc: Document, address: Address) -> bool:
    """Whether the day follows: ``di Kelurahan Nungga, Kota Bima, pada Rabu, 23 Oktober``."""
    end = address.places[-1].end
    return bool(_WEEKDAY.match(doc.low[end : end + _BEHIND]))


def _name(place: Place | None) -> str | None:
    if place is None or not place.name:
        return None
    words = place.name.split()
    while len(words) > 1 and words[0].lower() in by_role("place_context")["prefix"]:
        words = words[1:]
    return " ".join(words)


def _candidates(grouped: Iterable[Address], level: str) -> dict[str, list[Place]]:
    """Places of a level by name; the town of the dateline only where no other is told."""
    found: dict[str, list[Place]] = {}
    for address in grouped:
        for place in address.of_level(level):
            name = (_name(place) or "").lower()
            if name and name not in by_role("place_context")["prefix"]:
                found.setdefault(name, []).append(place)
    datelines = {
        name for name, places in found.items() if any(place.rule == "place:dateline" for place in places)
    }
    return {name: places for name, places in found.items() if name not in datelines} or found


def _of_level(doc: Document, grouped: list[Address], inside: list[Address], level: str) -> Place | None:
    """The place of a level that is the scene; none where several sites are told side by side first."""
    several = ("district",) if level == "district" else ("district", "village")
    joined = next((at for at, address in enumerate(grouped) if address.joined in several), None)
    if joined is not None and not any(address.of_level(level) for address in grouped[: max(0, joined - 1)]):
        return None
    return _plain(doc, grouped if joined is None else grouped[: joined - 1], inside, level)


def _plain(doc: Document, grouped: list[Address], inside: list[Address], level: str) -> Place | None:
    """The one place of a level, or the one that is plainly meant."""
    found = _candidates(grouped, level)
    if len(found) < _SEVERAL:
        return _first(found)
    known = {name: places for name, places in found.items() if any(place.code for place in places)}
    classed = {name: places for name, places in found.items() if any(_has_class(place) for place in places)}
    told = _candidates([address for address in grouped if address.is_told], level)
    for chosen in (known, classed if level == "district" else {}, _commonest(found, inside, level), told):
        if len(chosen) == 1:
            return _first(chosen)
    return _of_lead(doc, grouped, level) or _in_lead(doc, found)


def _in_lead(doc: Document, found: dict[str, list[Place]]) -> Place | None:
    """The one place that the first paragraph of full length names."""
    end = next((end for start, end in doc.paragraphs if end - start > _FULL), 0)
    lead = {name: places for name, places in found.items() if any(place.start < end for place in places)}
    return _first(lead) if len(lead) == 1 else None


def _first(found: dict[str, list[Place]]) -> Place | None:
    """The first place of a name that links, else the first of all."""
    places = next(iter(found.values()), [])
    return next((place for place in places if place.code), places[0] if places else None)


def _commonest(found: dict[str, list[Place]], inside: list[Address], level: str) -> dict[str, list[Place]]:
    """The place that the whole article names clearly more often than the others, if there is one."""
    named = _candidates([address for address in inside if not address.is_home], level)
    ranked = sorted(found, key=lambda name: -len(named.get(name, ())))
    first, second = (len(named.get(name, ())) for name in ranked[:_SEVERAL])
    return {ranked[0]: found[ranked[0]]} if first >= _CLEARLY * second else {}


def _has_class(place: Place) -> bool:
    """Whether it is called a kecamatan: a town of that name may be meant without."""
    return place.rule in ("place:district", BOTH)


def _of_lead(doc: Document, grouped: list[Address], level: str) -> Place | None:
    """The place of the one full address, village and kecamatan, in the first sentence that has any."""
    full = [address for address in grouped if address.of_level("village") and address.of_level("district")]
    if not full:
        return None
    start, end = doc.sentence_at(full[0].places[0].start)
    lead = doc.paragraphs[min(1, len(doc.paragraphs) - 1)][1]
    together = [address for address in full if start <= address.places[0].start < end]
    return full[0].of_level(level)[0] if len(together) == 1 and start < lead else None


def _beside_another(doc: Document, places: list[Place], village: Place) -> bool:
    """Whether another village stands side by side with this one: ``Kampung A dan/dengan Kampung B``."""
    links = by_role("place_words")["link"] | by_role("place_words")["border"]
    villages = [place for place in places if place.level == "village"]
    return any(
        first.name != second.name
        and village.name in (first.name, second.name)
        and doc.text[first.end : second.start].strip().lower() in links
        for first, second in pairwise(villages)
    )


def _is_listed(grouped: list[Address], place: Place | None, level: str, many: int) -> bool:
    """Whether a place is only the first of many that the article lists, each of them once."""
    if place is None:
        return False
    found = _candidates([address for address in grouped if not address.is_home], level)
    return len(found) >= many and len(found.get(place.name.lower(), ())) == 1


def _moved(village: Place, district: Place) -> bool:
    """Whether a Polsek acts in a village of another kecamatan than the one of its name."""
    return district.rule == _SECTOR and not (village.code or "").startswith(district.code or "")


def _apart(grouped: list[Address], village: Place, district: Place | None) -> bool:
    """Whether the village belongs to another kecamatan than the one told in another address."""
    if village.code is None or district is None or district.code is None or district.rule == _SECTOR:
        return False
    together = any(village in address.places and district in address.places for address in grouped)
    return not together and not village.code.startswith(district.code)


def _only(grouped: list[Address], level: str) -> Place | None:
    found = _candidates(grouped, level)
    return _first(found) if len(found) < _SEVERAL else None


def _districts(registry: Registry, region: str | None, district: Place | None) -> list[str]:
    """The kecamatan of the scene, else all of its kabupaten."""
    if district is not None:
        return [district.code] if district.code else []
    return list(registry.regions.districts(region).values()) if region else []


def _sector(registry: Registry, region: str | None, primary: Primary) -> Place | None:
    """The kecamatan of the acting Polsek."""
    if primary.level != "polsek" or region is None or primary.unit is None:
        return None
    entry = registry.names.get(primary.unit.split(" ", 1)[1])
    code = next((code for code in entry.districts if code[:5] == region), None) if entry else None
    name = registry.regions.name(code)
    return Place(0, 0, "district", name, code, 0.8, _SECTOR) if name else None
