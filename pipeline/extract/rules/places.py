"""Named places of an article, linked to the list of regions where they are regions."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.rules.place_links import Linked, link_places
from pipeline.extract.rules.place_spans import place_spans
from pipeline.extract.rules.unit_reading import read_units
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.words import by_role
from pipeline.registry import load_registry


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
    inside: tuple[str, str] | None = None
    """Level and name of the district or village that a building is called after (``Balai Desa X``)."""


def find_places(doc: Document, units: list[UnitMention]) -> list[Place]:
    """Find the places that the text names outside units and posts, sorted by start."""
    registry = load_registry()
    tokens = doc.tokens
    taken: set[int] = set()
    for mention in units:
        taken.update(range(tokens.until(mention.start), tokens.at(mention.end)))
    home = {mention.region_code for mention in units if mention.region_code and len(mention.region_code) > 2}
    for mention in units:
        unit = registry.units.get(mention.unit_id or "")
        if unit is not None and unit.level == "polres":
            home.update((*unit.region_codes, *unit.partial_region_codes))
    spans = place_spans(doc, read_units(doc).place_hits, taken, frozenset(code for code in home if code))
    return [_place(doc, linked) for linked in link_places(registry, tokens, spans, units, taken)]


def _place(doc: Document, linked: Linked) -> Place:
    tokens, span = doc.tokens, linked.span
    start, end = tokens.starts[span.start], tokens.ends[span.end - 1]
    name = linked.name or _tidy(doc.text[tokens.starts[span.name_start] : end])
    inside = _inside(doc, linked) if span.rule == "place:facility" else None
    return Place(start, end, linked.level, name, linked.code, span.confidence, span.rule, inside)


def _inside(doc: Document, linked: Linked) -> tuple[str, str] | None:
    """``Balai Desa Clumprit``: a village, ``Aula Kecamatan Kajen``: a district."""
    tokens, span = doc.tokens, linked.span
    levels = by_role("place_classes")
    for at in range(span.start, span.end - 1):
        level = next((level for level in ("village", "district") if tokens.lower[at] in levels[level]), None)
        if level is not None:
            return level, _tidy(doc.text[tokens.starts[at + 1] : tokens.ends[span.end - 1]])
    return None


def _tidy(name: str) -> str:
    """Normal capitals for a name written all in one case."""
    plain = " ".join(name.split())
    return plain.title() if plain.islower() or (plain.isupper() and len(plain) > 3) else plain
