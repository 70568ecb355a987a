"""Clock times: ``pukul 21.30 WIB``, ``13:20:00 WIB``, ``jam 15.00``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.rules.dates import DateMention

_CLOCK = r"(?:[01]?\d|2[0-4])\s?[.:]\s?[0-5]\d(?:[.:][0-5]\d)?"
_ZONE = r"(?:\s?\.?\s?(?:wita|wib|wit)(?![a-z]))"
_PATTERN = re.compile(
    rf"(?<![a-z])(?:pukul|pkl\.?|jam)\s{{0,2}}{_CLOCK}(?:\s?[-–]\s?{_CLOCK})?(?!\d){_ZONE}?"
    rf"|(?<![a-z])(?:pukul|pkl\.?)\s{{0,2}}(?:[01]?\d|2[0-4])(?![\d.:]\d){_ZONE}?"
    rf"|(?<![\d.,:/]){_CLOCK}(?:\s?[-–]\s?{_CLOCK})?{_ZONE}"
)
_BARE = re.compile(rf"[\s,|@•-]{{1,4}}(?P<clock>{_CLOCK})(?![\d.,:])")


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A clock time as written."""

    start: int
    end: int
    confidence: float
    rule: str


def find_times(doc: Document, dates: Sequence[DateMention] = ()) -> list[TimeMention]:
    """Every clock time, in order; a bare one counts right behind a date that the page prints."""
    low = doc.text.lower()
    if len(low) != len(doc.text):
        low = doc.text
    found = [TimeMention(m.start(), m.end(), 0.95, "time") for m in _PATTERN.finditer(low)]
    taken = {time.start for time in found}
    for date in dates:
        match = _BARE.match(low, date.end) if date.place == "page" else None
        if match and match.start("clock") not in taken:
            found.append(TimeMention(match.start("clock"), match.end(), 0.85, "time_page"))
    return sorted(found, key=lambda time: time.start)
