"""One name asked of the registry, in Python and by command."""

import json

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.registry.find import find_unit

RUN = CliRunner()


@pytest.mark.parametrize(
    ("query", "unit"),
    [
        ("Polres Kobar", "polres-kotawaringin-barat"),
        ("Kapolres Kobar", "polres-kotawaringin-barat"),
        ("kobar", "polres-kotawaringin-barat"),
        ("POLDA JABAR", "polda-jawa-barat"),
        ("Polres Metro", "polres-metro"),
        ("Polres Metro Jakarta Barat", "polres-metro-jakarta-barat"),
        ("Polres Banjar Kalsel", "polres-banjar-kalsel"),
        ("Polres Mura, Polda Kalteng", "polres-murung-raya"),
        ("Kepolisian Resor Kota Besar Medan", "polrestabes-medan"),
        ("Polsek Bungursari Purwakarta", "polres-purwakarta"),
        ("Densus 88", "mabes-polri"),
    ],
)
def test_known_names(query: str, unit: str) -> None:
    answer = find_unit(query)
    assert answer.unit is not None
    assert answer.unit.unit_id == unit
    assert answer.why


def test_ambiguous_name_shows_candidates_and_what_decides() -> None:
    answer = find_unit("Polres Banjar")
    assert answer.unit is None
    assert [unit.unit_id for unit in answer.candidates] == ["polres-banjar-jabar", "polres-banjar-kalsel"]
    assert answer.decide is not None
    assert "Martapura" in answer.decide


def test_unknown_name_suggests_near_ones() -> None:
    answer = find_unit("Polres Indramyu")
    assert answer.unit is None
    assert answer.near[0] == "Polres Indramayu"


def test_nonsense_and_emptiness_are_answered() -> None:
    assert find_unit("").unit is None
    assert find_unit("??? ...").unit is None


def test_command_prints_the_unit_and_why() -> None:
    result = RUN.invoke(app, ["registry", "find", "Polres Kobar"])
    assert result.exit_code == 0
    for part in (
        "Polres Kotawaringin Barat",
        "Polda Kalimantan Tengah",
        "Kabupaten Kotawaringin Barat",
        "why",
    ):
        assert part in result.output


def test_command_tells_an_ambiguous_name_by_its_exit_code() -> None:
    result = RUN.invoke(app, ["registry", "find", "Polres Banjar"])
    assert result.exit_code == 1
    assert "What would decide" in result.output


def test_command_prints_json() -> None:
    result = RUN.invoke(app, ["registry", "find", "Polres Kobar", "--json"])
    answer = json.loads(result.output)
    assert answer["unit"]["unit_id"] == "polres-kotawaringin-barat"
    assert answer["polda"] == "Polda Kalimantan Tengah"


def test_planned_units_lead_to_those_that_serve_their_area() -> None:
    from pipeline.registry import load_registry

    for planned in load_registry().planned:
        answer = find_unit(planned.name)
        found = {answer.unit.unit_id} if answer.unit else {unit.unit_id for unit in answer.candidates}
        assert planned.served_by in found, planned.name
