"""Clock times: ``pukul 21.30 WIB``, ``13:20:00 WIB``, ``jam 15.00``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.rules.date_roles import WORDS
from pipeline.extract.rules.dates import DateMention
from pipeline.text.lexicon import alternatives, positions

_HEADS = tuple(WORDS["clock"])
_CLOCK = r"\d(?:(?<=[01])\d|(?<=2)[0-4])?\s?[.:]\s?[0-5]\d(?:[.:][0-5]\d)?"
_ZONES = tuple(WORDS["zone"])
_ZONE = rf"(?:\s?\.?\s?{alternatives(_ZONES)}(?![a-z]))"
_SAID = re.compile(
    rf"{alternatives(_HEADS)}\s{{0,2}}{_CLOCK}(?:\s?[-–]\s?{_CLOCK})?(?!\d){_ZONE}?"
    rf"|{alternatives(WORDS['clock_hour'])}\s{{0,2}}(?:[01]?\d|2[0-4])(?![\d.:]\d){_ZONE}?"
)
_ZONED = re.compile(rf"{_CLOCK}(?:\s?[-–]\s?{_CLOCK})?{_ZONE}")
_IN_NUMBER = frozenset("0123456789.,:/")
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
    low = doc.low
    starts = [at for at in positions(low, _HEADS) if at == 0 or not low[at - 1].isalpha()]
    found = [TimeMention(at, match.end(), 0.95, "time") for at in starts if (match := _SAID.match(low, at))]
    ends = {time.end for time in found}
    for match in _ZONED.finditer(low) if any(zone in low for zone in _ZONES) else ():
        inside = match.start() > 0 and low[match.start() - 1] in _IN_NUMBER
        if match.end() not in ends and not inside:
            found.append(TimeMention(match.start(), match.end(), 0.95, "time_zoned"))
    taken = {time.start for time in found}
    for date in dates:
        match = _BARE.match(low, date.end) if date.place == "page" else None
        if match and match.start("clock") not in taken:
            found.append(TimeMention(match.start("clock"), match.end(), 0.85, "time_page"))
    return sorted(found, key=lambda time: time.start)
