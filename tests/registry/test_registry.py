"""The registry's data agree with themselves and with the list of regions."""

from __future__ import annotations

from collections import defaultdict

from pipeline.registry import load_registry
from pipeline.registry.folding import fold


def test_counts() -> None:
    units = load_registry().units.values()
    levels = defaultdict(int)
    for unit in units:
        levels[unit.level] += 1
    assert levels == {"mabes": 1, "polda": 36, "polres": 508}


def test_every_region_code_is_real() -> None:
    registry = load_registry()
    wrong = [
        (unit.unit_id, code)
        for unit in registry.units.values()
        for code in (*unit.region_codes, *unit.partial_region_codes)
        if code not in registry.regions
    ]
    assert not wrong
    assert not [code for code in registry.points if code not in registry.regions]
    assert not [unit.name for unit in registry.planned if unit.region_code not in registry.regions]


def test_every_kabupaten_and_kota_is_served() -> None:
    registry = load_registry()
    regencies = [code for code in registry.regions.down_to_districts() if code.count(".") == 1]
    assert len(regencies) == 514
    assert not [code for code in regencies if code not in registry.by_region]


def test_two_units_share_an_alias_only_in_the_ambiguity_table() -> None:
    registry = load_registry()
    shared: dict[str, set[str]] = defaultdict(set)
    for unit in registry.units.values():
        for alias in (unit.name, *unit.aliases, *unit.aliases_unverified):
            shared[fold(alias)].add(unit.unit_id)
    twins = {alias: ids for alias, ids in shared.items() if len(ids) > 1}
    for alias, ids in twins.items():
        assert alias in registry.ambiguous_keys, alias
        assert ids <= set(registry.ambiguous_keys[alias].candidates), alias


def test_ambiguity_table_names_real_units() -> None:
    registry = load_registry()
    for row in registry.ambiguous.values():
        assert row.candidates
        assert all(unit in registry.units for unit in row.candidates), row.alias
        assert row.default is None or row.default in row.candidates, row.alias
    assert all(unit.served_by in registry.units for unit in registry.planned)


def test_closed_lists_are_unique_and_full() -> None:
    registry = load_registry()
    assert len({event.type for event in registry.event_types}) == len(registry.event_types) == 29
    assert all(
        event.label_id and event.definition_id and event.definition_en for event in registry.event_types
    )
    assert len({(rank.service, rank.kind, rank.abbr) for rank in registry.ranks}) == len(registry.ranks)
    assert len({position.canonical for position in registry.positions}) == len(registry.positions)


def test_police_ranks_are_ordered() -> None:
    order = {r.abbr: r.order for r in load_registry().ranks if r.service == "POLRI" and r.kind == "rank"}
    assert sorted(order.values()) == list(range(1, 23))
    assert order["Bripda"] < order["AKP"] < order["AKBP"] < order["Kombes Pol"]
