"""Dates as web pages print them (``Kamis, 19 Jun 2025 03:17 WIB``, ``Oct 8, 2024 - 08:51``, ISO).

Unlike the dates of running text, these stand alone and name one moment; what cannot be read is ``None``,
never today.
"""

from __future__ import annotations

import datetime as dt
import re

from pipeline.text.date_parts import MONTHS
from pipeline.text.lexicon import alternatives, fold
from pipeline.text.resolve import make_day

WIB = dt.timezone(dt.timedelta(hours=7), "WIB")
WITA = dt.timezone(dt.timedelta(hours=8), "WITA")
WIT = dt.timezone(dt.timedelta(hours=9), "WIT")
ZONES = {"wib": WIB, "wita": WITA, "wit": WIT, "gmt": dt.UTC, "utc": dt.UTC}

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[t\s]{1,3}(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(z(?![a-z])|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?)?\s*$")
_MONTH = alternatives(MONTHS)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})[\s./-]{{0,3}}({_MONTH})(?![a-z])[\s.,/-]{{0,3}}(\d{{4}}|\d\d)(?!\d)"
)
_MONTH_FIRST = re.compile(
    rf"(?<![a-z])({_MONTH})\.?\s{{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(\d{{4}})(?!\d)"
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d/.:-])(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?![\d/])\s?(?:([ap])\.?m\.?(?![a-z]))?"
)
_ZONE = re.compile(rf"(?<![a-z]){alternatives(ZONES)}(?![a-z])")
_OFFSET = re.compile(r"(?:gmt|utc)?([+-])(\d{2}):?(\d{2})\s*\)?\s*$")


def parse_datetime(text: str, zone: dt.tzinfo = WIB) -> dt.datetime | dt.date | None:
    """The moment that a printed date names: aware where a clock time is given, else a plain day.

    ``zone`` is the site's, for texts that name none. Day comes before month in figures. ``None`` where no
    whole date stands in the text.

    >>> parse_datetime("Kamis, 19 Jun 2025 03:17 WIB").isoformat()
    '2025-06-19T03:17:00+07:00'
    >>> parse_datetime("28 November 2024")
    datetime.date(2024, 11, 28)
    >>> parse_datetime("kemarin") is None
    True
    """
    low = fold(text[:200])
    iso = _ISO.search(low) or _COMPACT.search(low)
    if iso:
        return _from_iso(iso, low, zone)
    day, end = _day(low)
    if day is None:
        return None
    clock = _CLOCK.search(low, end) or _CLOCK.search(low[: max(0, end - 6)])
    if clock is None:
        return day
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4] == "p" else 0)
    moment = _moment(day, hour, int(clock[2]), int(clock[3] or 0), _zone(low) or zone)
    return moment or day


def _day(low: str) -> tuple[dt.date | None, int]:
    """The day, and where it ends."""
    match = _DAY_FIRST.search(low)
    if match:
        return make_day(_century(match[3]), MONTHS[match[2]], int(match[1])), match.end()
    match = _MONTH_FIRST.search(low)
    if match:
        return make_day(int(match[3]), MONTHS[match[1]], int(match[2])), match.end()
    match = _NUMERIC.search(low)
    if match:
        year = _century(match[3])
        day = make_day(year, int(match[2]), int(match[1])) or make_day(year, int(match[1]), int(match[2]))
        return day, match.end()
    return None, 0


def _century(digits: str) -> int:
    """Two digits are a year of this century."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _from_iso(match: re.Match[str], low: str, zone: dt.tzinfo) -> dt.datetime | dt.date | None:
    day = make_day(int(match[1]), int(match[2]), int(match[3]))
    if day is None or match[4] is None:
        return day
    written = match[7] if match.re is _ISO else None
    if written == "z":
        zone = dt.UTC
    elif written:
        zone = _offset(written[0], int(written[1:3]), int(written[-2:]))
    else:
        zone = _zone(low) or zone
    return _moment(day, int(match[4]), int(match[5]), int(match[6] or 0), zone) or day


def _zone(low: str) -> dt.tzinfo | None:
    """The zone that the text names."""
    offset = _OFFSET.search(low)
    if offset:
        return _offset(offset[1], int(offset[2]), int(offset[3]))
    named = _ZONE.search(low)
    return ZONES[named.group()] if named else None


def _offset(sign: str, hours: int, minutes: int) -> dt.timezone:
    if hours > 14 or minutes > 59:
        return dt.UTC
    delta = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-delta if sign == "-" else delta)


def _moment(day: dt.date, hour: int, minute: int, second: int, zone: dt.tzinfo) -> dt.datetime | None:
    if hour > 23 or minute > 59 or second > 59:
        return None
    return dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
