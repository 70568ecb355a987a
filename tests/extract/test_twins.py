"""The twins of the owner's five articles, from the file as it is to the records a careful reader finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.article import from_text
from pipeline.extract import extract
from pipeline.records import Extraction

TWINS = Path(__file__).parents[1] / "twins"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
_PLACE = ("region", "district", "village")


def _found(result: Extraction) -> dict[str, Any]:
    event = next(event for event in result.events if event.is_primary)
    days = {day for date in result.dates for day in (date.date, date.date_end) if day}
    return {
        "primary_unit": result.primary_unit,
        "polda": result.polda,
        "units": sorted(unit.unit for unit in result.units),
        "officers": sorted((o.name, o.rank, o.position, o.unit, o.force) for o in result.officers),
        "dates": sorted(day.isoformat() for day in days),
        "personnel": sorted((p.min, p.max, p.approx, p.force, p.unit_of) for p in result.personnel),
        "event": (event.event_type, event.date.isoformat() if event.date else None),
        "place": tuple(getattr(event, part) for part in _PLACE),
        "quotes": [(quote.speaker, " ".join(quote.quote.split()[:4])) for quote in result.quotes],
    }


def _wanted(gold: dict[str, Any]) -> dict[str, Any]:
    officers, event = gold["officers"], gold["event"]
    return {
        "primary_unit": gold["primary_unit"],
        "polda": gold["polda"],
        "units": sorted(gold["units"]),
        "officers": sorted((o["name"], o["rank"], o["position"], o["unit"], o["force"]) for o in officers),
        "dates": gold["dates"],
        "personnel": sorted(
            (p["min"], p["max"], p["approx"], p["force"], p["unit_of"]) for p in gold["personnel"]
        ),
        "event": (event["type"], event["date"]),
        "place": tuple(event[part] for part in _PLACE),
        "quotes": [(quote["speaker"], quote["starts"]) for quote in gold["quotes"]],
    }


def _check(text: Path, gold: Path) -> None:
    article = from_text(text.read_text(encoding="utf-8"), source_id=text.stem)
    assert _found(extract(article)) == _wanted(json.loads(gold.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["T00", "T01", "T02", "T03", "T04"])
def test_a_twin_gives_its_records(name: str) -> None:
    _check(TWINS / f"{name}.txt", TWINS / f"{name}.json")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the owner's articles are not in the repository")
@pytest.mark.parametrize("number", range(5))
def test_a_seed_gives_its_records(number: int) -> None:
    _check(next(SEEDS.glob(f"00{number}_*.txt")), SEEDS / f"S0{number}.json")
