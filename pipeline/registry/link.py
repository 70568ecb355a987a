"""Which unit a name means, by what else the text names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from pipeline.registry.folding import fold
from pipeline.registry.load import Registry
from pipeline.registry.names import Name
from pipeline.registry.values import Ambiguity, Unit

_CLEAR = 0.4
"""By how much the best candidate must lead."""
_OF_PROVINCE = 0.6
"""What a province says, beside a kabupaten or kota that says 2."""
_ENOUGH = 4.0
_ONLY_POLDA = "only a Polda bears this name"
_SHORT = 3
"""Forms this short are words and initials of other things too."""


@dataclass(slots=True)
class Evidence:
    """What the text around a name speaks for; the numbers are weights, not counts."""

    poldas: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    provinces: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    regencies: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    units: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    sectors: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """The part of ``regencies`` that the names of Polsek brought in."""

    def add_region(self, code: str, weight: float) -> None:
        """Count a province, kabupaten, kota or kecamatan."""
        self.provinces[code[:2]] += weight
        if len(code) >= 5:
            self.regencies[code[:5]] += weight

    def add_unit(self, unit: Unit, weight: float) -> None:
        """Count a unit that is named beyond doubt."""
        if unit.polda_id is not None:
            self.poldas[unit.polda_id] += weight
        if unit.level == "polres":
            self.units[unit.unit_id] += weight
            for code in unit.region_codes:
                self.regencies[code] += weight
                self.provinces[code[:2]] += weight

    def of_regency(self, code: str, registry: Registry) -> float:
        """How much speaks for a kabupaten or kota: itself, its province, the Polres over it."""
        score = 2 * self.regencies.get(code, 0.0)
        score += _OF_PROVINCE * min(self.provinces.get(code[:2], 0.0), _ENOUGH)
        serving = registry.by_region.get(code, ())
        score += max((2 * self.units.get(unit, 0.0) for unit in serving), default=0.0)
        if serving:
            polda = registry.units[serving[0]].polda_id
            score += self.poldas.get(polda or "", 0.0)
        return score

    def beside_sectors(self, code: str, registry: Registry) -> float:
        """How much speaks for a kabupaten or kota besides the names of Polsek."""
        own = self.sectors.get(code, 0.0)
        return self.of_regency(code, registry) - 2 * own - _OF_PROVINCE * min(own, _ENOUGH)

    def of_unit(self, unit: Unit) -> float:
        """How much speaks for a unit: its regions, its province, its Polda, its other mentions."""
        score = self.units.get(unit.unit_id, 0.0) * 2
        score += 2 * sum(self.regencies.get(code, 0.0) for code in unit.region_codes)
        score += 0.5 * sum(self.regencies.get(code, 0.0) for code in unit.partial_region_codes)
        score += 2 * min(self.poldas.get(unit.polda_id or "", 0.0), _ENOUGH)
        provinces = {code[:2] for code in unit.region_codes}
        return score + _OF_PROVINCE * sum(min(self.provinces.get(code, 0.0), _ENOUGH) for code in provinces)


@dataclass(frozen=True, slots=True)
class Link:
    """The answer: a unit or None, how sure, why, and all that it could have been."""

    unit_id: str | None
    confidence: float
    why: str
    candidates: tuple[str, ...]


def link_unit(registry: Registry, kind: str, name: Name, evidence: Evidence) -> Link:
    """Decide what ``kind`` and ``name`` (``polres``, ``Kobar``) mean in this context."""
    written = fold(f"{kind}{name.key}")
    ambiguity = registry.ambiguous_keys.get(written)
    if ambiguity is not None:
        return _decide(registry, written, ambiguity, evidence)
    own = tuple(name.units.get(kind, ()))
    if not own:
        own, why, sure = _other_kind(registry, kind, name)
        if why == _ONLY_POLDA:
            slip = _slip(registry, name, evidence)
            own, why, sure = ((slip,), "slip for a unit of the text", 0.7) if slip else (own, why, sure)
    else:
        why, sure = _form(registry, own, written)
    if not own:
        return Link(None, 0.0, "no such unit", ())
    if len(own) == 1:
        return Link(own[0], sure, why, own)
    return _best(registry, own, None, evidence, f"{why}, several units")


def _form(registry: Registry, own: tuple[str, ...], written: str) -> tuple[str, float]:
    """What kind of name this is, and how sure it makes."""
    units = [registry.units[unit] for unit in own]
    if any(fold(unit.name) == written for unit in units):
        return "official name", 0.98
    if any(fold(alias) == written for unit in units for alias in unit.aliases):
        return "known short, former or loose name", 0.97
    return "form made by pattern", 0.85


def _other_kind(registry: Registry, kind: str, name: Name) -> tuple[tuple[str, ...], str, float]:
    """Units of this name under another kind of head: ``Polresta X`` for what is a Polres."""
    units = name.all_units()
    polda = tuple(unit for unit in units if registry.units[unit].level == "polda")
    rest = tuple(unit for unit in units if unit not in polda)
    if kind == "polda":
        return polda, "name", 0.98
    if rest:
        plain = tuple(name.units.get("polres", ())) or rest
        return plain, "name under another kind of unit", 0.9
    return polda, _ONLY_POLDA, 0.6


def _slip(registry: Registry, name: Name, evidence: Evidence) -> str | None:
    """The Polres named elsewhere in the text of which this name is one letter off (``Pabar``)."""
    for unit, weight in evidence.units.items():
        forms = (registry.units[unit].name, *registry.units[unit].aliases)
        bases = [fold(form.split(" ", 1)[1]) for form in forms if " " in form]
        if weight > 0 and any(OSA.distance(base, name.key, score_cutoff=1) <= 1 for base in bases):
            return unit
    return None


def _decide(registry: Registry, written: str, ambiguity: Ambiguity, evidence: Evidence) -> Link:
    candidates = ambiguity.candidates
    default = ambiguity.default
    if len(candidates) == 1:
        unit = registry.units[candidates[0]]
        supported = evidence.of_unit(unit) > 0
        short = len(written.removeprefix("polres")) <= _SHORT
        if short and not supported and any(evidence.poldas.values()):
            return Link(None, 0.0, f"short form without context: {ambiguity.how_to_decide}", candidates)
        return Link(unit.unit_id, 0.95 if supported else 0.6, ambiguity.how_to_decide, candidates)
    if default is not None and _is_canonical(registry.units[default], written):
        return _official(registry, candidates, default, evidence, ambiguity)
    return _best(registry, candidates, default, evidence, ambiguity.how_to_decide)


def _is_canonical(unit: Unit, written: str) -> bool:
    return fold(unit.name) == written


def _official(
    registry: Registry, candidates: tuple[str, ...], default: str, evidence: Evidence, ambiguity: Ambiguity
) -> Link:
    """A written name that is one unit's official name: that unit, unless the text is about another Polda."""
    polda = registry.units[default].polda_id or ""
    rivals = [unit for unit in candidates if registry.units[unit].polda_id != polda]
    here = evidence.of_unit(registry.units[default])
    if rivals:
        best = max(rivals, key=lambda unit: (evidence.of_unit(registry.units[unit]), unit))
        if evidence.of_unit(registry.units[best]) > here + _CLEAR:
            return _best(registry, tuple(rivals), None, evidence, ambiguity.how_to_decide)
    return Link(default, 0.92 if here > 0 else 0.85, "official name", candidates)


def _best(
    registry: Registry, candidates: tuple[str, ...], default: str | None, evidence: Evidence, why: str
) -> Link:
    scores = sorted(((evidence.of_unit(registry.units[unit]), unit) for unit in candidates), reverse=True)
    first, unit = scores[0]
    second = scores[1][0] if len(scores) > 1 else 0.0
    if first > second + _CLEAR:
        return Link(unit, min(0.95, 0.75 + 0.05 * (first - second)), f"context: {why}", candidates)
    if default is not None:
        return Link(default, 0.7, f"default: {why}", candidates)
    return Link(None, 0.0, f"undecided: {why}", candidates)
