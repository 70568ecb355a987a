"""What an article speaks for: the places and units that it and its site name, weighed for linking."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.rules.unit_spans import Span
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import by_role
from pipeline.records import Article
from pipeline.registry import load_registry
from pipeline.registry.link import Evidence
from pipeline.registry.names import Hits, Name

_HOST_WORD = re.compile(r"[a-z]+")
_ADDRESS_HOST = re.compile(r"^[a-z]+://([^/:?#]+)", re.IGNORECASE)
_SURE = 2.0
_NAMED = 1.0
_DISTRICT = 0.5
_SITE = 1.0
_SHORTEST_HOST = 2


def evidence_of(article: Article, reads: Iterable[tuple[Tokens, Hits, list[Span]]]) -> Evidence:
    """Weigh everything in the text and the title, and the site."""
    evidence = Evidence()
    for tokens, hits, spans in reads:
        taken: set[int] = set()
        for span in spans:
            taken.update(range(span.start, span.end))
            _weigh_span(evidence, span)
        _weigh_places(evidence, tokens, hits, taken)
    _weigh_site(evidence, article)
    return evidence


def _weigh_span(evidence: Evidence, span: Span) -> None:
    registry = load_registry()
    if span.head.role.startswith("fixed"):
        evidence.add_unit(registry.units[span.kind], _SURE)
        return
    if span.name is None:
        return
    if span.kind in ("polsek", "polsubsektor"):
        _weigh_districts(evidence, span.name, _NAMED)
        for code in span.name.districts:
            evidence.sectors[code[:5]] += _NAMED / len(span.name.districts)
    elif span.kind == "polda":
        for unit in span.name.units.get("polda", ()):
            evidence.add_unit(registry.units[unit], _SURE)
    elif span.kind != "brimob":
        units = span.name.all_units()
        key = registry.ambiguous_keys.get(f"{span.kind}{span.name.key}")
        if key is None and len(units) == 1:
            evidence.add_unit(registry.units[units[0]], _SURE)


def _weigh_districts(evidence: Evidence, name: Name, weight: float) -> None:
    for code in name.districts:
        evidence.add_region(code, weight / len(name.districts))


def _weigh_places(evidence: Evidence, tokens: Tokens, hits: Hits, taken: set[int]) -> None:
    words = by_role("place_words")
    for start in tokens.capitals:
        if start in taken:
            continue
        found = hits.at(start)
        if not found:
            continue
        before = _class_before(tokens, start)
        for hit in found:
            if hit.name.regions:
                weigh_region(evidence, hit.name.regions, before)
                break
            if hit.name.districts and before in words["district"]:
                _weigh_districts(evidence, hit.name, _DISTRICT * 2)
                break
            if hit.name.seats:
                for code in hit.name.seats:
                    evidence.add_region(code, _NAMED / len(hit.name.seats))
                break


def _class_before(tokens: Tokens, start: int) -> str:
    index = start - 1
    while index >= 0 and tokens.words[index] == ".":
        index -= 1
    return tokens.lower[index] if index >= 0 else ""


def weigh_region(evidence: Evidence, codes: list[str], before: str) -> None:
    """Count a region; the class word before it (``Kota``, ``Kabupaten``) tells twins apart."""
    words = by_role("place_words")
    towns = [code for code in codes if len(code) == 5 and code[3] == "7"]
    counties = [code for code in codes if len(code) == 5 and code[3] != "7"]
    chosen = codes
    if before in words["city"] and towns:
        chosen = towns
    elif before in words["county"] and counties:
        chosen = counties
    weight = _SURE if len(chosen) == 1 and chosen is not codes else _NAMED
    for code in chosen:
        evidence.add_region(code, weight / len(chosen))


def _weigh_site(evidence: Evidence, article: Article) -> None:
    for code in article.province_codes:
        evidence.add_region(code, _SITE / len(article.province_codes))
    names = load_registry().names
    match = _ADDRESS_HOST.match(article.url or "")
    host = article.site or (match.group(1) if match else "")
    for word in _HOST_WORD.findall(host.lower()):
        name = names.get(word) or names.get(_without_press_words(word))
        if name is not None and name.regions and len(word) > _SHORTEST_HOST:
            weigh_region(evidence, name.regions, "")


def _without_press_words(word: str) -> str:
    """The region in a host's word: ``radartasik``, ``polressigi``, ``bantulnews``."""
    words = by_role("host_words")
    word = next(
        (
            word.removeprefix(part)
            for part in sorted(words["before"], key=len, reverse=True)
            if word.startswith(part)
        ),
        word,
    )
    return next(
        (
            word.removesuffix(part)
            for part in sorted(words["behind"], key=len, reverse=True)
            if word.endswith(part)
        ),
        word,
    )
