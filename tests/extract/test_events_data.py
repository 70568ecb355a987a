"""The words behind events and quotations are sound data."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import pipeline.extract.rules as rules
from pipeline.registry import load_registry

FOLDER = Path(rules.__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def types() -> set[str]:
    return {row.type for row in load_registry().event_types}


def test_cues_name_known_types_once() -> None:
    cues = rows("event_cues.csv")
    contexts = {row["context"] for row in rows("event_gates.csv")} | {"heading"}
    for row in cues:
        kind = row["event_type"]
        assert kind in types() or kind.removeprefix("@") in contexts, row
        assert row["phrase"] == " ".join(row["phrase"].lower().split()), row
        assert row["where"] in {"any", "lead", "act"} and float(row["weight"]) != 0 and row["source"], row
    doubled = [key for key, n in Counter((r["phrase"], r["event_type"]) for r in cues).items() if n > 1]
    assert doubled == []


def test_every_type_but_other_has_cues() -> None:
    named = {row["event_type"] for row in rows("event_cues.csv")}
    assert types() - named == {"other"}


def test_gates_change_known_types_and_groups() -> None:
    groups = {row.group for row in load_registry().event_types}
    contexts = {row["event_type"].removeprefix("@") for row in rows("event_cues.csv")}
    for row in rows("event_gates.csv"):
        assert row["target"] in types() | groups and row["context"] in contexts and row["note"], row
        assert 0 < float(row["without"]) <= 1 and 0 < float(row["with"]) <= 1 and float(row["free"]) > 0


def test_pairs_name_known_types_and_groups() -> None:
    known = types() | {row.group for row in load_registry().event_types}
    for row in rows("event_pairs.csv"):
        assert row["main"] in known and row["further"] in known and row["note"], row
        assert 0 < float(row["share"]) <= 1 and float(row["lead"]) >= 0, row


@pytest.mark.parametrize("name", ["speech_words.csv", "event_words.csv"])
def test_words_stand_once_in_their_kind(name: str) -> None:
    words = rows(name)
    assert all(row["word"] and row["role"] and row["source"] for row in words)
    assert [key for key, n in Counter((r["word"], r["role"]) for r in words).items() if n > 1] == []
