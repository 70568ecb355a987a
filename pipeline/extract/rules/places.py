"""Named places of an article, linked to the list of regions where they are regions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.rules.place_reader import PlaceSpan
from pipeline.extract.rules.place_spans import place_spans
from pipeline.extract.rules.units import UnitMention
from pipeline.registry import Registry, load_registry

_TWIN = "7"
"""The third digit of a kota's code."""


@dataclass(frozen=True, slots=True)
class Place:
    """A named place. ``code`` and ``name`` are the registry's where it links, else the name as written."""

    start: int
    end: int
    level: str
    """``province``, ``regency``, ``district``, ``village``, ``street`` or ``other``."""
    name: str
    code: str | None
    confidence: float
    rule: str


def find_places(doc: Document, units: list[UnitMention]) -> list[Place]:
    """Find the places that the text names outside units and posts, sorted by start."""
    registry = load_registry()
    tokens = doc.tokens
    taken: set[int] = set()
    for mention in units:
        taken.update(range(tokens.at(mention.start), tokens.until(mention.end - 1) + 1))
    hits = registry.names.hits(tokens.lower)
    spans = place_spans(tokens, hits, taken)
    around = _weights(registry, units, spans)
    return [_place(doc, registry, span, around) for span in spans]


def _weights(registry: Registry, units: list[UnitMention], spans: list[PlaceSpan]) -> dict[str, float]:
    """How much the article is about each kabupaten, kota and province."""
    around: defaultdict[str, float] = defaultdict(float)
    for mention in units:
        unit = registry.units.get(mention.unit_id or "")
        codes = (*unit.region_codes, *unit.partial_region_codes) if unit else ()
        for code in codes or ((mention.region_code,) if mention.region_code else ()):
            around[code] += 1.0
            if len(code) > 2:
                around[code[:2]] += 0.3
    for span in spans:
        if span.hit is not None and span.level in ("regency", None):
            for code in span.hit.name.regions:
                around[code] += 1.0 / len(span.hit.name.regions)
                if len(code) > 2:
                    around[code[:2]] += 0.3 / len(span.hit.name.regions)
    return around


def _place(doc: Document, registry: Registry, span: PlaceSpan, around: dict[str, float]) -> Place:
    tokens = doc.tokens
    start, end = tokens.starts[span.start], tokens.ends[span.end - 1]
    written = doc.text[tokens.starts[span.name_start] : end]
    level, code = _link(tokens.lower[span.start], span, around)
    region = registry.regions.get(code) if code is not None else None
    if region is not None:
        return Place(start, end, level, region.bare, code, span.confidence, span.rule)
    return Place(start, end, level, _tidy(written), None, span.confidence, span.rule)


def _link(word: str, span: PlaceSpan, around: dict[str, float]) -> tuple[str, str | None]:
    """Level and code of a span."""
    level = span.level
    if span.hit is None:
        kept = ("province", "regency", "district", "village", "street")
        return (level if level in kept else "other"), None
    name = span.hit.name
    if level == "district":
        return "district", _best_district(name.districts, around)
    if level == "province":
        return "province", next((code for code in name.regions if len(code) == 2), None)
    regencies = [code for code in name.regions if len(code) == 5]
    if level == "regency":
        if word in ("kota", "kotamadya"):
            towns = [code for code in regencies if code[3] == _TWIN]
            return ("regency", towns[0]) if towns else ("other", None)
        return "regency", _best([code for code in regencies if code[3] != _TWIN] or regencies, around)
    provinces = [code for code in name.regions if len(code) == 2]
    if provinces and not regencies:
        return "province", provinces[0]
    if provinces and max(around.get(code, 0.0) for code in regencies) < 1.5:
        return "province", provinces[0]
    if regencies:
        return "regency", _best(regencies, around)
    if name.districts:
        district = _best_district(name.districts, around)
        if district is not None or not name.seats:
            return "district", district
    return "other", None


def _best(codes: list[str], around: dict[str, float]) -> str | None:
    if len(codes) == 1:
        return codes[0]
    scored = sorted(((around.get(code, 0.0), code) for code in codes), reverse=True)
    return scored[0][1] if scored and scored[0][0] > scored[1][0] else None


def _best_district(codes: list[str], around: dict[str, float]) -> str | None:
    if not codes:
        return None
    scored = sorted(
        ((around.get(code[:5], 0.0) + around.get(code[:2], 0.0), code) for code in codes), reverse=True
    )
    if len(scored) == 1 or scored[0][0] > scored[1][0]:
        return scored[0][1] if scored[0][0] > 0 or len(scored) == 1 else None
    return None


def _tidy(name: str) -> str:
    """Normal capitals for a name written all in one case."""
    if (name.isupper() and len(name) > 3) or name.islower():
        return name.title()
    return " ".join(name.split())
