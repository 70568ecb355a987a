"""Every name by which a unit or region is called, in one automaton."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import ahocorasick

from pipeline.registry.folding import Folded, fold
from pipeline.registry.regions import Regions
from pipeline.registry.tables import rows
from pipeline.registry.values import Ambiguity, Unit

_HEAD = re.compile(
    r"(?i)^(polrestabes|polrestro|polresmetro|polresta|polres|poltabes|polwiltabes|polda)\s+(.+)$"
)
_BRACKET = re.compile(r"\s*\([^)]*\)")
_SEAT_CLASS = re.compile(r"^(?:Kota|Kabupaten)\s+")
_SHORTEST_DISTRICT = 4
_INITIALS = 2
"""Forms this short (``Polda SU``) name no place without their head."""
_TERRITORIAL = frozenset({"polres", "polresta", "polrestabes", "polres_metro"})


@dataclass(slots=True)
class Name:
    """What a folded name can mean."""

    key: str
    units: dict[str, dict[str, None]] = field(default_factory=dict)
    """Kind of head (``polres``, ``polresta``, …) to ids of the units so called."""
    regions: list[str] = field(default_factory=list)
    """Provinces, kabupaten and kota of this name or short form."""
    districts: list[str] = field(default_factory=list)
    """Kecamatan of this name."""
    seats: list[str] = field(default_factory=list)
    """Kabupaten whose seat bears this name."""
    is_area: bool = False
    """An island, a country or another area without a code."""

    def all_units(self) -> tuple[str, ...]:
        """Ids of all units so called, whatever the kind."""
        return tuple(dict.fromkeys(unit for ids in self.units.values() for unit in ids))


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a run of words: words ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    name: Name


class Names:
    """The automaton over all names; built once."""

    def __init__(self, units: Iterable[Unit], ambiguous: Iterable[Ambiguity], regions: Regions) -> None:
        self._names: dict[str, Name] = {}
        for unit in units:
            self._add_unit(unit)
        for row in ambiguous:
            self._add_ambiguity(row)
        self._add_regions(regions)
        self._automaton = ahocorasick.Automaton()
        for key, name in self._names.items():
            self._automaton.add_word(key, name)
        self._automaton.make_automaton()

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[Name]:
        return iter(self._names.values())

    def get(self, text: str) -> Name | None:
        """The entry of a name, however it is spelt."""
        return self._names.get(fold(text))

    def hits(self, words: Sequence[str]) -> dict[int, list[Hit]]:
        """Names in lower-case words: first word to its hits, longest first."""
        folded = Folded(words)
        found: dict[int, list[Hit]] = {}
        words_of = folded.words_of
        for last, name in self._automaton.iter(folded.text):
            place = words_of(last + 1 - len(name.key), last + 1)
            if place is not None:
                found.setdefault(place[0], []).append(Hit(place[0], place[1], name))
        for hits in found.values():
            if len(hits) > 1:
                hits.reverse()
        return found

    def _entry(self, text: str) -> Name:
        key = fold(text)
        entry = self._names.get(key)
        if entry is None:
            entry = self._names[key] = Name(key)
        return entry

    def _add_unit(self, unit: Unit) -> None:
        for alias in (unit.name, *unit.aliases, *unit.aliases_unverified):
            match = _HEAD.match(alias)
            if not match:
                continue
            kind, base = match.group(1).lower(), match.group(2)
            if kind == "polresmetro":
                kind = "polrestro"
            entry = self._entry(base)
            entry.units.setdefault(kind, {})[unit.unit_id] = None
            if unit.kind == "polres_metro" and kind == "polres" and base.lower().startswith("metro "):
                self._entry(base[6:]).units.setdefault("polrestro", {})[unit.unit_id] = None
            if len(entry.key) > _INITIALS and (unit.level == "polda" or unit.kind in _TERRITORIAL):
                self._add_short_form(entry, unit, alias)
        if unit.level == "polres" and unit.seat and unit.region_codes:
            for seat in _BRACKET.sub("", unit.seat).split("/"):
                entry = self._entry(_SEAT_CLASS.sub("", seat.strip().split(",")[0]))
                _append(entry.seats, unit.region_codes[0])

    def _add_ambiguity(self, row: Ambiguity) -> None:
        # Short forms and names of planned units that stand in the ambiguity table alone (``Polres Paluta``).
        match = _HEAD.match(row.alias)
        if match and not self._entry(match.group(2)).units:
            self._entry(match.group(2)).units[match.group(1).lower()] = dict.fromkeys(row.candidates)

    def _add_short_form(self, entry: Name, unit: Unit, alias: str) -> None:
        # "Polres Muratara" makes "Muratara" a name of its kabupaten; forms of no proof stay out, and so do
        # those of city units, whose bare name is the kabupaten's too.
        if alias in unit.aliases_unverified or " kota" in alias.lower() or " kab" in alias.lower():
            return
        code = unit.region_codes[0]
        if unit.level == "polda" and (unit.unit_id == "polda-metro-jaya" or not _names_province(unit, alias)):
            return
        _append(entry.regions, code)

    def _add_regions(self, regions: Regions) -> None:
        for code, name in regions.down_to_districts().items():
            if code.count(".") < 2:
                region = regions.get(code)
                assert region is not None
                entry = self._entry(region.bare)
                _append(entry.regions, code)
            else:
                for part in (name, *name.split("/")) if "/" in name else (name,):
                    part = _BRACKET.sub("", part)
                    if len(fold(part)) >= _SHORTEST_DISTRICT:
                        self._entry(part).districts.append(code)
        for row in rows("region_aliases"):
            entry = self._entry(row["alias"])
            if row["code"]:
                _append(entry.regions, row["code"])
            else:
                entry.is_area = True


def _append(codes: list[str], code: str) -> None:
    if code not in codes:
        codes.append(code)


def _names_province(unit: Unit, alias: str) -> bool:
    """Whether a Polda's alias names its first province too (Polda Papua serves three)."""
    return len(unit.region_codes) == 1 or alias == unit.name
