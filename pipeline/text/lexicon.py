"""The word lists of the language layer, read once from the CSV files beside this module."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import ahocorasick

APOSTROPHES = "'’‘`´ʼ"
"""The marks that people type between ``Jum`` and ``at``."""

_HERE = Path(__file__).parent


@cache
def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of one data file, as they stand."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def read_words(path: Path) -> dict[str, dict[str, str]]:
    """``kind`` to ``form`` to ``value`` of a data file with those three columns."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_rows(path):
        words[row["kind"]][row["form"]] = row["value"]
    return dict(words)


def calendar() -> dict[str, dict[str, str]]:
    """Months, weekdays, parts of day and relative words."""
    return read_words(_HERE / "calendar.csv")


def numerals() -> dict[str, dict[str, str]]:
    """Number words."""
    return read_words(_HERE / "numerals.csv")


def abbreviations() -> dict[str, dict[str, str]]:
    """Abbreviations after whose full stop a sentence goes on."""
    return read_words(_HERE / "abbreviations.csv")


def fold(text: str) -> str:
    """Lower case that keeps every offset (a few letters grow when lowered; those stay as they are)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def alternatives(forms: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first; spaces stretch, apostrophes vary."""
    parts = []
    for form in sorted(set(forms), key=lambda word: (-len(word), word)):
        pattern = re.escape(form).replace(r"\ ", r"\s{1,3}").replace("'", f"[{APOSTROPHES}]\\s?")
        parts.append(pattern)
    return "(?:" + "|".join(parts) + ")"


@cache
def _automaton(stems: tuple[str, ...]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for stem in stems:
        automaton.add_word(stem, len(stem) - 1)
    automaton.make_automaton()
    return automaton


def positions(low: str, stems: tuple[str, ...]) -> list[int]:
    """Where any of the stems begins in a folded text, sorted; one pass however many stems there are."""
    return sorted({end - length for end, length in _automaton(stems).iter(low)})
