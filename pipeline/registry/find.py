"""Ask the registry for one name: which unit it is, under which Polda, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from pipeline.registry.folding import fold
from pipeline.registry.link import Evidence, Link, link_unit
from pipeline.registry.load import Registry, load_registry
from pipeline.registry.names import Name
from pipeline.registry.values import Unit

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")
_KINDS = frozenset({"name", "title"})
_SECTORS = frozenset({"polsek", "polsubsektor"})
_NEAR = 5
_NEAR_SCORE = 75
_LONGEST_HEAD = 5
_SAID = 2.0
_SAY_POLRES = "Name the Polres, the kabupaten or the Polda too."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name means.

    ``unit`` is None where the name stays undecided or is not known; ``candidates`` then are the units it
    can be, ``decide`` says what would tell them apart, ``near`` are known names that look like it.
    """

    query: str
    unit: Unit | None
    polda: str | None
    regions: tuple[str, ...]
    why: str
    confidence: float
    candidates: tuple[Unit, ...] = ()
    decide: str | None = None
    near: tuple[str, ...] = ()
    note: str | None = None


def find_unit(query: str) -> Answer:
    """Find the unit that a name means; other places or a Polda in the query help to decide.

    >>> find_unit("Polres Kobar").unit.name
    'Polres Kotawaringin Barat'
    """
    registry = load_registry()
    words = [word.lower() for word in _WORD.findall(query)]
    head, after = _head(registry, words)
    if head in registry.units:
        return _of_unit(registry, query, registry.units[head], "fixed name", 1.0)
    hits = registry.names.hits(words)
    found = next((hit for hit in hits.at(after) if _suits(hit.name, head)), None)
    if found is None:
        return _unknown(registry, query)
    evidence = _evidence(registry, words[found.end :])
    if head in _SECTORS:
        return _sector(registry, query, found.name, evidence)
    if not head and len(found.name.all_units()) > 1:
        units = tuple(registry.units[unit] for unit in found.name.all_units())
        return Answer(
            query,
            None,
            None,
            (),
            "several units bear this name",
            0.0,
            units,
            "Say Polres, Polresta or Polda.",
        )
    return _linked(registry, query, link_unit(registry, head or "polres", found.name, evidence))


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    return {head.form: head.kind for head in load_registry().heads}


def _head(registry: Registry, words: list[str]) -> tuple[str, int]:
    """Kind of the unit's head (an id for fixed names) and the word behind it; '' and 0 without one."""
    for size in range(min(_LONGEST_HEAD, len(words)), 0, -1):
        kind = _forms().get(" ".join(words[:size]))
        if kind is not None:
            after = size
            while after < len(words) and words[after] in (".", "kabupaten", "kab"):
                after += 1
            return kind, after
    return "", 0


def _suits(name: Name, head: str) -> bool:
    return bool(name.districts) if head in _SECTORS else bool(name.units)


def _evidence(registry: Registry, words: list[str]) -> Evidence:
    """What the rest of the query says: ``Polres Banjar`` *Kalsel*, ``Polres Mura`` *Polda Kalteng*."""
    evidence = Evidence()
    hits = registry.names.hits(words)
    for name in (found[0].name for found in map(hits.at, range(len(words))) if found):
        for unit in name.units.get("polda", ()):
            evidence.add_unit(registry.units[unit], _SAID)
        for code in (*name.regions, *name.districts, *name.seats):
            evidence.add_region(code, 1.0)
    return evidence


def _of_unit(registry: Registry, query: str, unit: Unit, why: str, confidence: float) -> Answer:
    polda = registry.units[unit.polda_id].name if unit.polda_id else None
    regions = tuple(name for code in unit.region_codes if (name := registry.regions.name(code)))
    note = _planned(registry, query) or unit.note
    return Answer(query, unit, polda, regions, why, confidence, note=note)


def _linked(registry: Registry, query: str, link: Link) -> Answer:
    units = tuple(registry.units[unit] for unit in link.candidates)
    if link.unit_id is None:
        decide = link.why.partition(": ")[2] or link.why
        return Answer(query, None, None, (), "ambiguous", 0.0, units, decide, note=_planned(registry, query))
    answer = _of_unit(registry, query, registry.units[link.unit_id], link.why, link.confidence)
    return replace(answer, candidates=units) if len(units) > 1 else answer


def _sector(registry: Registry, query: str, name: Name, evidence: Evidence) -> Answer:
    """A Polsek: the Polres over the kecamatan of its name."""
    scored = sorted(
        ((evidence.of_regency(code[:5], registry), code) for code in name.districts),
        key=lambda pair: (-pair[0], pair[1]),
    )
    clear = len(scored) == 1 or scored[0][0] > scored[1][0]
    serving = {
        unit: None
        for _, code in scored[: 1 if clear else None]
        for unit in registry.by_region.get(code[:5], ())
    }
    units = tuple(registry.units[unit] for unit in serving)
    regions = tuple(
        f"Kecamatan {registry.regions.name(code)}, {registry.regions.name(code[:5])}"
        for _, code in scored[:_NEAR]
    )
    if not clear:
        return Answer(query, None, None, regions, "several kecamatan of this name", 0.0, units, _SAY_POLRES)
    polda = registry.units[units[0].polda_id or ""].name if units else None
    why = f"the Polres over {regions[0]}"
    return Answer(query, units[0], polda, regions[:1], why, 0.8, units if len(units) > 1 else ())


def _planned(registry: Registry, query: str) -> str | None:
    """What is known of a unit that is only planned."""
    wanted = fold(query)
    for unit in registry.planned:
        if fold(unit.name) == wanted:
            return f"{unit.name} is planned, not confirmed: {unit.evidence}"
    return None


def _unknown(registry: Registry, query: str) -> Answer:
    forms = [form for unit in registry.units.values() for form in (unit.name, *unit.aliases)]
    near = process.extract(
        query, forms, scorer=fuzz.ratio, processor=fold, score_cutoff=_NEAR_SCORE, limit=_NEAR
    )
    return Answer(query, None, None, (), "no such unit", 0.0, near=tuple(form for form, _, _ in near))
