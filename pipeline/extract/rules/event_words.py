"""Words around a date or an event that tell what it is: the occasion, the plan, the denial."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.words import longest_first


def _any(role: str) -> str:
    return "|".join(map(re.escape, longest_first("event_words", role)))


@cache
def event_words(kind: str) -> re.Pattern[str]:
    """Any word of one kind of ``event_words.csv``, as a whole word."""
    return re.compile(rf"\b(?:{_any(kind)})\b", re.IGNORECASE)


@cache
def from_pattern() -> re.Pattern[str]:
    """What stands before the first day of a period, at the end of the stretch before it."""
    return re.compile(rf"\b(?:{_any('from')})\s(?:hari\s|tanggal\s)?$", re.I)


@cache
def until_pattern() -> re.Pattern[str]:
    """What joins the first day of a range to its last one, at the end of the stretch between them."""
    return re.compile(rf"(?:\b(?:{_any('until')})|[-–])\.?\s*(?:hari\s)?$", re.I)
