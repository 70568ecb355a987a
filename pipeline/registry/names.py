"""Every name by which a unit or region is called, in one trie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import ahocorasick

from pipeline.registry.folding import LONGEST_SHORTENED, MARKS, fold
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


class Hit(NamedTuple):
    """A name found in a run of words: words ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    name: Name


class Hits:
    """The names in one run of words, looked up where they are asked for.

    Offsets are words. A name's words are folded one after the other; the automaton tells at each step
    whether any name goes on so, so that a word that opens no name costs one look.
    """

    __slots__ = ("_automaton", "_found", "_names", "_words")

    def __init__(
        self, names: dict[str, Name], automaton: ahocorasick.Automaton, words: Sequence[str]
    ) -> None:
        self._names = names
        self._automaton = automaton
        self._words = words
        self._found: dict[int, Sequence[Hit]] = {}

    def at(self, start: int) -> Sequence[Hit]:
        """Names that begin with a word, longest first."""
        found = self._found.get(start)
        if found is None:
            found = self._found[start] = self._look(start)
        return found

    def _look(self, start: int) -> Sequence[Hit]:
        words = self._words
        if start >= len(words):
            return ()
        key = _folded(words[start])
        if not key or not self._automaton.match(key):
            return ()
        found: list[Hit] = []
        index, size, before = start + 1, len(words), len(key)
        while True:
            name = self._names.get(key)
            if name is not None:
                found.append(Hit(start, index, name))
            while index < size and words[index] in MARKS:
                if words[index] == "." and before > LONGEST_SHORTENED:
                    break
                index += 1
            part = _folded(words[index]) if index < size else ""
            key += part
            if not part or not self._automaton.match(key):
                break
            before = len(part)
            index += 1
        found.reverse()
        return found


def _folded(word: str) -> str:
    return word if word.isalnum() else fold(word)


class Names:
    """The trie over all names; built once."""

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

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[Name]:
        return iter(self._names.values())

    def get(self, text: str) -> Name | None:
        """The entry of a name, however it is spelt."""
        return self._names.get(fold(text))

    def hits(self, words: Sequence[str]) -> Hits:
        """Names in a run of lower-case words."""
        return Hits(self._names, self._automaton, words)

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
            for seat in _seats(unit):
                entry = self._entry(seat)
                _append(entry.seats, unit.region_codes[0])

    def _add_ambiguity(self, row: Ambiguity) -> None:
        # Short forms and names of planned units that stand in the ambiguity table alone (``Polres Paluta``).
        match = _HEAD.match(row.alias)
        if match and not self._entry(match.group(2)).units:
            self._entry(match.group(2)).units[match.group(1).lower()] = dict.fromkeys(row.candidates)

    def _add_short_form(self, entry: Name, unit: Unit, alias: str) -> None:
        # "Polres Muratara" makes "Muratara" a name of its kabupaten; forms of no proof stay out, and so do
        # those of city units, whose bare name is the kabupaten's too.
        if unit.level == "polres" and entry.key in map(fold, _seats(unit)):
            return
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
                    for other in _numbered_otherwise(part):
                        self._entry(other).districts.append(code)
        for row in rows("region_aliases"):
            entry = self._entry(row["alias"])
            if row["code"]:
                _append(entry.regions, row["code"])
            else:
                entry.is_area = True


def _seats(unit: Unit) -> list[str]:
    """Names of the towns where a unit sits: ``Padangsidimpuan / Sipirok`` are two, ``(port)`` is none."""
    places = _BRACKET.sub("", unit.seat or "").split("/")
    return [_SEAT_CLASS.sub("", place.strip().split(",")[0]) for place in places if place.strip()]


def _append(codes: list[str], code: str) -> None:
    if code not in codes:
        codes.append(code)


def _names_province(unit: Unit, alias: str) -> bool:
    """Whether a Polda's alias names its first province too (Polda Papua serves three)."""
    return len(unit.region_codes) == 1 or alias == unit.name


def _numbered_otherwise(name: str) -> list[str]:
    """``Ilir Barat I`` for ``Ilir Barat Satu``, and so on between figures, Roman numbers and words."""
    base, _, last = name.rpartition(" ")
    for row in rows("numerals") if base else ():
        forms = (row["number"], row["roman"], row["word"])
        if last in forms:
            return [f"{base} {form}" for form in forms if form != last]
    return []
