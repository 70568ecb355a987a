"""Which region a place is: by its class word, its neighbours, and what the article is about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from pipeline.extract.rules.place_reader import PlaceSpan
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import by_role
from pipeline.registry import Registry, load_registry
from pipeline.registry.folding import fold

_JAVA = "3"
"""The first digit of the codes of Java's provinces."""
_TOWN = "7"
"""The third digit of a kota's code."""
_VILLAGE_WORDS = 4
_FUZZY_FROM = 6
_ANYWHERE = 20
"""So many kecamatan of an article are searched for the spelling of a village that stands alone."""
_OF_PROVINCE = 0.3
_PARTLY = 0.5
_CLEARLY_TOWN = 1.5


@dataclass(frozen=True, slots=True)
class Linked:
    """A span with its level; ``code`` and ``name`` (bare, official spelling) where it is a known region."""

    span: PlaceSpan
    level: str
    code: str | None
    name: str | None


def link_places(
    registry: Registry, tokens: Tokens, spans: list[PlaceSpan], units: list[UnitMention], taken: set[int]
) -> list[Linked]:
    """Link each span, and add villages that stand bare before their kecamatan."""
    around = _weights(registry, units, spans)
    linked = [_link(registry, tokens, span, around) for span in spans]
    linked = [_district_of_next(registry, linked, at) for at in range(len(linked))]
    linked = [_district_of_village(registry, linked, at, around) for at in range(len(linked))]
    linked = _with_villages(registry, tokens, linked, taken)
    anywhere = sorted({place.code for place in linked if place.level == "district" and place.code})[
        :_ANYWHERE
    ]
    linked = [_village(registry, tokens, linked, at, anywhere) for at in range(len(linked))]
    return _without_hamlets(tokens, linked, around)


def _without_hamlets(tokens: Tokens, linked: list[Linked], around: dict[str, float]) -> list[Linked]:
    """On Java a ``kampung`` is a part of a desa or kelurahan; elsewhere it may be a village itself."""
    provinces = {code: weight for code, weight in around.items() if len(code) == 2}
    if not provinces or not max(provinces, key=lambda code: provinces[code]).startswith(_JAVA):
        return linked
    unknown = [place for place in linked if place.level == "village" and place.code is None]
    hamlets = {
        fold("".join(tokens.lower[place.span.name_start : place.span.end]))
        for place in unknown
        if tokens.lower[place.span.start] in by_role("place_words")["hamlet"]
    }
    return [
        replace(place, level="other")
        if place in unknown and fold("".join(tokens.lower[place.span.name_start : place.span.end])) in hamlets
        else place
        for place in linked
    ]


def _district_of_next(registry: Registry, linked: list[Linked], at: int) -> Linked:
    """A town that is a kecamatan too is meant as one before its kabupaten: ``Koja, Jakarta Utara``."""
    place = linked[at]
    hit = place.span.hit
    bare = place.span.level is None and place.span.rule != "place:dateline"
    if place.level != "other" or hit is None or not bare or at + 1 == len(linked):
        return place
    following = linked[at + 1]
    if following.level != "regency" or following.span.start - place.span.end > 1:
        return place
    code = next((code for code in hit.name.districts if code[:5] == following.code), None)
    return place if code is None else Linked(place.span, "district", code, registry.regions.name(code))


def _district_of_village(
    registry: Registry, linked: list[Linked], at: int, around: dict[str, float]
) -> Linked:
    """A town behind a village, a street or a building is the kecamatan: ``Desa Ketaren, Kabanjahe``."""
    place = linked[at]
    hit = place.span.hit
    if place.level != "other" or hit is None or place.span.level is not None or at == 0:
        return place
    before = linked[at - 1]
    site = before.level in ("village", "street") or before.span.level == "facility"
    if not site or place.span.start - before.span.end > 1:
        return place
    own = [code for code in hit.name.districts if around.get(code[:5], 0.0) >= 1.0]
    if len(own) != 1:
        return place
    return Linked(place.span, "district", own[0], registry.regions.name(own[0]))


def _weights(registry: Registry, units: list[UnitMention], spans: list[PlaceSpan]) -> dict[str, float]:
    """How much the article is about each kabupaten, kota and province."""
    around: defaultdict[str, float] = defaultdict(float)

    def add(code: str, weight: float) -> None:
        around[code] += weight
        if len(code) > 2:
            around[code[:2]] += weight * _OF_PROVINCE

    for mention in units:
        unit = registry.units.get(mention.unit_id or "")
        if unit is None and mention.region_code:
            add(mention.region_code, 1.0)
        for code in unit.region_codes if unit else ():
            add(code, 1.0)
        for code in unit.partial_region_codes if unit else ():
            add(code, _PARTLY)
    for span in spans:
        if span.hit is not None and span.level in ("regency", "province", None):
            codes = span.hit.name.regions
            for code in codes:
                add(code, 1.0 / len(codes))
    return around


def _link(registry: Registry, tokens: Tokens, span: PlaceSpan, around: dict[str, float]) -> Linked:
    if span.hit is None:
        level = (
            span.level if span.level in ("province", "regency", "district", "village", "street") else "other"
        )
        if level == "district":
            code = _misspelt_district(registry, "".join(tokens.lower[span.name_start : span.end]), around)
            return Linked(span, level, code, registry.regions.name(code))
        return Linked(span, level, None, None)
    level, code = _of_hit(tokens.lower[span.start], span, around)
    region = registry.regions.get(code) if code is not None else None
    return Linked(span, level, code, region.bare if region is not None else None)


def _of_hit(word: str, span: PlaceSpan, around: dict[str, float]) -> tuple[str, str | None]:
    assert span.hit is not None
    name = span.hit.name
    regencies = [code for code in name.regions if len(code) == 5]
    provinces = [code for code in name.regions if len(code) == 2]
    if span.level == "district":
        return "district", _best_district(name.districts, around)
    if span.level == "province":
        return "province", provinces[0] if provinces else None
    if span.level == "regency":
        towns = [code for code in regencies if code[3] == _TOWN]
        if word in by_role("place_words")["city"]:
            return ("regency", towns[0]) if towns else ("other", None)
        return "regency", _best([code for code in regencies if code not in towns] or regencies, around)
    if name.regions and name.districts and span.rule != "place:chain":
        district = _best_district(name.districts, around)
        own = around.get(district[:5], 0.0) if district else 0.0
        if own >= _CLEARLY_TOWN > max((around.get(code, 0.0) for code in name.regions), default=0.0):
            return "district", district
    towns = [code for code in regencies if code[3] == _TOWN]
    if span.rule == "place:dateline" and len(towns) == 1:
        # A dispatch is dated from a town: ``JAMBI -`` is no province, ``BANDUNG -`` seldom the kabupaten.
        return "regency", _best(regencies, around) or towns[0]
    if provinces and (not regencies or max(around.get(code, 0.0) for code in regencies) < _CLEARLY_TOWN):
        return "province", provinces[0]
    if regencies:
        return "regency", _best(regencies, around)
    if name.seats or not name.districts:
        return "other", None
    return "district", _best_district(name.districts, around)


def _best(codes: list[str], around: dict[str, float]) -> str | None:
    if len(codes) == 1:
        return codes[0]
    scored = sorted(((around.get(code, 0.0), code) for code in codes), reverse=True)
    return scored[0][1] if scored and scored[0][0] > scored[1][0] else None


def _best_district(codes: list[str], around: dict[str, float]) -> str | None:
    scored = sorted(
        ((around.get(code[:5], 0.0) + around.get(code[:2], 0.0), code) for code in codes), reverse=True
    )
    if len(scored) == 1 or (scored and scored[0][0] > scored[1][0]):
        return scored[0][1]
    return None


def _misspelt_district(registry: Registry, written: str, around: dict[str, float]) -> str | None:
    """A kecamatan of the article's own kabupaten that is a letter or two off."""
    key = fold(written)
    if len(key) < _FUZZY_FROM:
        return None
    own = sorted(code for code in around if len(code) == 5 and around[code] >= 1.0)
    near = [
        (OSA.distance(known, key, score_cutoff=2), code)
        for regency in own
        for known, code in registry.regions.districts(regency).items()
        if known[0] == key[0] and OSA.distance(known, key, score_cutoff=2) <= 2
    ]
    return min(near)[1] if near else None


@lru_cache(maxsize=512)
def _villages(district: str) -> dict[str, str]:
    return {fold(name): code for code, name in load_registry().regions.villages(district).items()}


def _with_villages(registry: Registry, tokens: Tokens, linked: list[Linked], taken: set[int]) -> list[Linked]:
    """``Kedaung Kali Angke, Cengkareng``: the words before a kecamatan that are one of its villages."""
    held = set(taken)
    for place in linked:
        held.update(range(place.span.start, place.span.end))
    result: list[Linked] = []
    for place in linked:
        if place.level == "district" and place.code is not None:
            before = _village_before(registry, tokens, place, held)
            if before is not None:
                result.append(before)
                held.update(range(before.span.start, before.span.end))
        result.append(place)
    return result


def _village_before(registry: Registry, tokens: Tokens, place: Linked, held: set[int]) -> Linked | None:
    end = place.span.start
    if end > 0 and tokens.words[end - 1] == ",":
        end -= 1
    villages = _villages(place.code or "")
    for start in range(max(0, end - _VILLAGE_WORDS), end):
        if not tokens.words[start][0].isupper() or not held.isdisjoint(range(start, end)):
            continue
        code = villages.get(fold("".join(tokens.lower[start:end])))
        if code is not None:
            span = PlaceSpan(start, end, start, "village", None, "place:village-of-kecamatan", 0.9)
            region = registry.regions.get(code)
            return Linked(span, "village", code, region.bare if region else None)
    return None


def _village(
    registry: Registry, tokens: Tokens, linked: list[Linked], at: int, anywhere: list[str]
) -> Linked:
    """A village's official spelling, from the kecamatan named behind it or else anywhere in the article."""
    place = linked[at]
    unknown = place.level == "other" and place.span.level is None and place.span.hit is None
    if place.code is not None or not (unknown or place.level == "village"):
        return place
    following = [other.code for other in linked[at + 1 : at + 2] if other.level == "district" and other.code]
    key = fold("".join(tokens.lower[place.span.name_start : place.span.end]))
    for district in following if unknown else (*following, *anywhere):
        code = _villages(district).get(key)
        region = registry.regions.get(code) if code is not None else None
        if region is not None:
            return Linked(place.span, "village", code, region.bare)
    return place
