"""Polsek: open-ended names, linked through their kecamatan to the Polres over them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from pipeline.extract.rules.sector_spans import site_words
from pipeline.extract.rules.unit_spans import Span
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import by_role, is_roman
from pipeline.ids import slug
from pipeline.registry import Registry
from pipeline.registry.folding import fold
from pipeline.registry.link import Evidence
from pipeline.registry.names import Name

_METRO = re.compile(r" Metro ")
_FUZZY_FROM = 6
_SURE = 0.95
_LIKELY = 0.9
_LONE = 0.75
_UNKNOWN = 0.6
_LEAD = 0.2
_PLAINLY = 6.0
_LONGEST_SITE = 3


@dataclass(frozen=True, slots=True)
class Sector:
    """A Polsek as understood: ``unit_id`` is unique within its kabupaten."""

    unit_id: str
    name: str
    parent_id: str | None
    polda_id: str | None
    region_code: str | None
    district: str | None
    """Code of its kecamatan."""
    confidence: float
    why: str
    candidates: tuple[str, ...]


def link_sector(
    registry: Registry,
    tokens: Tokens,
    span: Span,
    above: str | None,
    evidence: Evidence,
    ports: Mapping[str, str],
) -> Sector:
    """Link a Polsek; ``above`` is the Polres named right behind it, if any; ``ports`` as of ``ports_of``."""
    districts = span.name.districts if span.name is not None else _misspelt(registry, tokens, span, evidence)
    regencies = list(dict.fromkeys(code[:5] for code in districts))
    regency, sure, why = _regency(registry, regencies, above, evidence)
    town = span.name or _town_of_site(registry, tokens, span)
    if regency is None and town is not None and not districts:
        regency, sure, why = _town(registry, town, evidence)
    district = next((code for code in districts if code[:5] == regency), None)
    parent = above or _parent(registry, regency, evidence)
    polda = registry.units[parent].polda_id if parent else None
    name, own = _spelling(registry, tokens, span, district, ports)
    region = registry.regions.get(regency) if regency else None
    place = slug(
        (region.name if region and region.name.startswith("Kota") else region.bare) if region else ""
    )
    unit_id = "-".join(part for part in (slug(_METRO.sub(" ", own)), place) if part)
    return Sector(unit_id, name, parent, polda, regency, district, sure, why, tuple(regencies[:12]))


def _misspelt(registry: Registry, tokens: Tokens, span: Span, evidence: Evidence) -> list[str]:
    """Kecamatan of the article's own kabupaten that the written name misses by a letter or two."""
    written = fold("".join(tokens.lower[span.name_start : span.name_end]))
    if len(written) < _FUZZY_FROM:
        return []
    limit = 2 if len(written) > _FUZZY_FROM + 2 else 1
    near = []
    for regency, weight in evidence.regencies.items():
        for key, code in registry.regions.districts(regency).items() if weight >= 1 else ():
            distance = OSA.distance(key, written, score_cutoff=limit)
            if distance <= limit and key[0] == written[0]:
                near.append((distance, code))
    return [code for distance, code in sorted(near) if distance == min(near)[0]]


def _regency(
    registry: Registry, regencies: list[str], above: str | None, evidence: Evidence
) -> tuple[str | None, float, str]:
    if above is not None:
        unit = registry.units[above]
        served = (*unit.region_codes, *unit.partial_region_codes)
        inside = [code for code in regencies if code in served]
        return (inside[0] if inside else unit.region_code), _SURE, "Polres named beside it"
    scored = sorted(((evidence.of_regency(code, registry), code) for code in regencies), reverse=True)
    if not scored:
        best = _dominant(registry, evidence)
        return best, _UNKNOWN, "no such kecamatan; the article's kabupaten" if best else "no such kecamatan"
    best_score, best_code = scored[0]
    elsewhere = _dominant(registry, evidence)
    if elsewhere is not None and _belongs_elsewhere(registry, evidence, best_code, elsewhere):
        return elsewhere, _UNKNOWN, "no such kecamatan there; the article's kabupaten"
    if len(scored) == 1:
        return best_code, _LIKELY if best_score > 1 else _LONE, "the one kecamatan of this name"
    if best_score > scored[1][0] + _LEAD:
        return best_code, _LIKELY, "kecamatan by context"
    return None, _UNKNOWN, "several kecamatan of this name"


def _belongs_elsewhere(registry: Registry, evidence: Evidence, best: str, elsewhere: str) -> bool:
    """Whether nothing else speaks for the province of the one kecamatan so called, and much for another."""
    if best[:2] == elsewhere[:2] or evidence.beside_sectors(best, registry) > _LEAD:
        return False
    return evidence.beside_sectors(elsewhere, registry) >= _PLAINLY


def _town_of_site(registry: Registry, tokens: Tokens, span: Span) -> Name | None:
    """The town that a port's or airport's Polsek is named after."""
    site = span.name_start < span.name_end and tokens.lower[span.name_start] in site_words()
    return registry.names.get(tokens.words[span.name_end - 1]) if site else None


def _town(registry: Registry, town: Name, evidence: Evidence) -> tuple[str | None, float, str]:
    """A Polsek named after its town or kabupaten (``Polsek Rembang Kota``)."""
    codes = [code for code in (*town.seats, *town.regions) if len(code) == 5]
    if not codes:
        return None, _UNKNOWN, "no such kecamatan"
    best = max(dict.fromkeys(codes), key=lambda code: evidence.of_regency(code, registry))
    return best, _LONE, "named after its town"


def _dominant(registry: Registry, evidence: Evidence) -> str | None:
    """The kabupaten that the article is about, if one stands out."""
    scored = sorted(
        ((evidence.of_regency(code, registry), code) for code in evidence.regencies), reverse=True
    )
    if not scored or (len(scored) > 1 and scored[0][0] <= scored[1][0]):
        return None
    return scored[0][1]


def _parent(registry: Registry, regency: str | None, evidence: Evidence) -> str | None:
    """The Polres over a kabupaten: the one that the article names, else the one for the main part."""
    serving = registry.by_region.get(regency or "", ())
    named = [unit for unit in serving if evidence.units.get(unit, 0.0) > 0]
    if named:
        return max(named, key=lambda unit: evidence.units[unit])
    return serving[0] if serving else None


def ports_of(tokens: Tokens, spans: Sequence[Span]) -> dict[str, str]:
    """The Polsek of ports that an article writes out, by the short names that mean them too.

    ``Polsek Kawasan Pelabuhan (KP) Samarinda`` is meant by ``KP Samarinda``, by bare ``KP`` and, where no
    kecamatan is so called, by ``Samarinda``.
    """
    ports: dict[str, str] = {}
    for span in spans:
        first = tokens.lower[span.name_start] if span.name_start < span.name_end else ""
        if span.name is None and first in site_words() and span.name_end - span.name_start > 1:
            name, short = _site_name(tokens, span)
            place = tokens.lower[span.name_end - 1]
            shorts = by_role("place_words")["site-short"] if short is None else {short.lower()}
            ports.update({f"{form} {place}": name for form in shorts if f"{form} {place}" != name.lower()})
            ports.update({form: name for form in shorts if short is not None or first == form})
            ports.setdefault(place, name)
    return ports


def _site_name(tokens: Tokens, span: Span) -> tuple[str, str | None]:
    """The name without its bracket, and the short form in it, by which a long ``Kesatuan …`` goes."""
    words = tokens.words[span.name_start : span.name_end]
    if "(" not in words:
        return _joined(words), None
    at = words.index("(")
    short, place = words[at + 1], words[at + 3 :]
    head = [short] if len(words[:at]) > _LONGEST_SITE else words[:at]
    return _joined([*head, *place]), short


def _joined(words: Sequence[str]) -> str:
    return " ".join(_in_capitals(word) for word in words).replace(" - ", "-")


def _spelling(
    registry: Registry, tokens: Tokens, span: Span, district: str | None, ports: Mapping[str, str]
) -> tuple[str, str]:
    """The canonical name, and the name that its id is made of: the kecamatan's own where it is that.

    A misspelt kecamatan is spelt right; ``Ilir Barat 1`` stays, with the id of ``Ilir Barat Satu``.
    """
    words = tokens.words[span.name_start : span.name_end]
    written = _joined(words)
    official = registry.regions.name(district)
    kind = "Polsubsektor" if span.kind == "polsubsektor" else "Polsek"
    if official is None:
        if "(" in words:
            written = _site_name(tokens, span)[0]
        written = ports.get(written.lower(), written) if span.name is None else written
        return f"{kind} {written}", f"{kind} {written}"
    if span.name is None or fold(official) == fold(written):
        return f"{kind} {official}", f"{kind} {official}"
    same = span.name.key == fold(written)
    return f"{kind} {written}", f"{kind} {official if same else written}"


def _in_capitals(word: str) -> str:
    """Normal capitals for a word of a name; Roman numbers and short forms stay."""
    if is_roman(word) or (word[0].isupper() and not word.isupper()):
        return word
    if word.lower() in by_role("place_words")["site-short"]:
        return word.upper()
    return word.capitalize()
