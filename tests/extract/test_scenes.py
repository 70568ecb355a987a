"""The scene of the event, chosen among the places that an article names (tests/sentences/scenes.txt)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract.document import Document
from pipeline.extract.rules.event_types import score_event_types
from pipeline.extract.rules.places import find_places
from pipeline.extract.rules.primary import choose_primary
from pipeline.extract.rules.scene import scene
from pipeline.extract.rules.units import find_units
from pipeline.records import Article

CASES = Path(__file__).parent.parent / "sentences" / "scenes.txt"


def read_cases() -> list[tuple[str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [(text.replace(" // ", "\n"), told) for text, told in rows]


@pytest.mark.parametrize(("text", "told"), read_cases(), ids=lambda value: str(value)[:40])
def test_the_scene(text: str, told: str) -> None:
    doc = Document(Article(article_id="t", text=text))
    units = find_units(doc)
    kind = score_event_types(doc)[0]
    found = scene(doc, units, find_places(doc, units), choose_primary(doc, units), kind)
    assert " / ".join(part or "-" for part in (found.region, found.district, found.village)) == told
