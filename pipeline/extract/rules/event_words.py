"""Words around a date or an event that tell what it is: the occasion, the plan, the denial."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def _words(kind: str) -> tuple[str, ...]:
    text = files(__package__).joinpath("event_words.csv").read_text(encoding="utf-8")
    words = [row["word"] for row in csv.DictReader(text.splitlines()) if row["kind"] == kind]
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def event_words(kind: str) -> re.Pattern[str]:
    """Any word of one kind of ``event_words.csv``, as a whole word."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _words(kind)))})\b", re.IGNORECASE)


@cache
def from_pattern() -> re.Pattern[str]:
    """What stands before the first day of a period, at the end of the stretch before it."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _words('from')))})\s(?:hari\s|tanggal\s)?$", re.I)


@cache
def until_pattern() -> re.Pattern[str]:
    """What joins the first day of a range to its last one, at the end of the stretch between them."""
    return re.compile(rf"(?:\b(?:{'|'.join(map(re.escape, _words('until')))})|[-–])\.?\s*(?:hari\s)?$", re.I)
