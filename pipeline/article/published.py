"""Page dates as sites print them, to an instant and a local day.

The forms were counted in real pages: ISO 8601, ``Oct 8, 2024 - 08:51``, ``Kamis, 19 Jun 2025 03:17 WIB``,
``Kamis 27-11-2025,19:00 WIB``, ``10/21/2025 17:47``. A date without a time of day gives no instant,
and a date that cannot be read gives nothing.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

_HERE = Path(__file__).parent
DEFAULT_ZONE = "Asia/Jakarta"


@dataclass(frozen=True, slots=True)
class Published:
    """When a page says it was published: ``at`` in UTC (None without a time), ``date`` the local day."""

    at: dt.datetime | None = None
    date: dt.date | None = None


NOTHING = Published()


@cache
def _months() -> dict[str, int]:
    with (_HERE / "months.csv").open(encoding="utf-8") as lines:
        return {row["word"]: int(row["month"]) for row in csv.DictReader(lines)}


@cache
def _zones() -> dict[str, str]:
    with (_HERE / "zones.csv").open(encoding="utf-8") as lines:
        return {row["province"]: row["zone"] for row in csv.DictReader(lines)}


@cache
def _month_pattern() -> str:
    return "|".join(sorted(_months(), key=len, reverse=True))


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    month = _month_pattern()
    return tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
            rf"\b(?P<d>\d{{1,2}})[\s/-]{{0,3}}(?P<mon>{month})\.?[\s/,-]{{0,3}}(?P<y>(?:19|20)\d\d)\b",
            rf"\b(?P<mon>{month})\.?\s{{1,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y>(?:19|20)\d\d)\b",
            r"\b(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)\b",
            rf"\b(?P<d>\d{{1,2}})-(?P<mon>{month})-(?P<yy>\d\d)\b",
        )
    )


@cache
def _time() -> re.Pattern[str]:
    written = "|".join(sorted((name for name in _zones() if name.isalpha()), key=len, reverse=True))
    return re.compile(
        r"^.{0,6}?(?<!\d)(?P<h>[01]?\d|2[0-3])[:.](?P<min>[0-5]\d)(?:[:.](?P<s>[0-5]\d)(?:\.\d{1,9})?)?"
        rf"\s{{0,2}}(?P<ampm>[ap]\.?m\b)?\s{{0,2}}(?P<zone>Z\b|[+-]\d\d:?\d\d|{written})?",
        re.IGNORECASE,
    )


def zone_name(province_codes: Sequence[str] = ()) -> str:
    """The time zone of a site by the provinces it writes about; WIB when they are unknown.

    >>> zone_name(("73",))
    'Asia/Makassar'
    """
    return _zones().get(province_codes[0][:2], DEFAULT_ZONE) if province_codes else DEFAULT_ZONE


def _date(match: re.Match[str]) -> dt.date | None:
    part = match.groupdict()
    year = int(part["y"]) if part.get("y") else 2000 + int(part["yy"])
    day = int(part["d"])
    month = _months()[part["mon"].lower()] if part.get("mon") else int(part["m"])
    if month > 12 >= day and part.get("sep") == "/":  # 10/21/2025: month first, as some sites print it
        day, month = month, day
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _instant(date: dt.date, rest: str, zone: str) -> dt.datetime | None:
    match = _time().match(rest)
    if match is None:
        return None
    hour = int(match["h"])
    if match["ampm"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["ampm"].lower().startswith("p") else 0)
    time = dt.time(hour, int(match["min"]), int(match["s"] or 0))
    written = (match["zone"] or "").upper()
    tz: dt.tzinfo
    if written == "Z":
        tz = dt.UTC
    elif written[:1] in {"+", "-"}:
        hours, minutes = int(written[1:3]), int(written[-2:])
        if hours > 14:
            return None
        shift = dt.timedelta(hours=hours, minutes=minutes)
        tz = dt.timezone(shift if written[0] == "+" else -shift)
    else:
        tz = ZoneInfo(_zones().get(written, zone))
    return dt.datetime.combine(date, time, tz)


def parse(value: str | dt.date | None, zone: str = DEFAULT_ZONE, *, naive: str | None = None) -> Published:
    """Read a page date. Aware datetimes keep their instant; others are taken in ``naive``, else in ``zone``.

    The local day is the day at the site, so an instant in UTC is moved to ``zone`` first.

    >>> parse("Oct 8, 2024 - 08:51").at.isoformat()
    '2024-10-08T01:51:00+00:00'
    >>> parse("28/11/2019").date.isoformat()
    '2019-11-28'
    """
    if value is None:
        return NOTHING
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(naive or zone))
        return Published(aware.astimezone(dt.UTC), _local_day(aware, zone))
    if isinstance(value, dt.date):
        return Published(None, value)
    text = value[:300]
    for form in _forms():
        match = form.search(text)
        date = _date(match) if match else None
        if match is None or date is None:
            continue
        instant = _instant(date, text[match.end() :], naive or zone)
        if instant is None:
            return Published(None, date)
        return Published(instant.astimezone(dt.UTC), _local_day(instant, zone))
    return NOTHING


_LETTERS = re.compile(r"[^\W\d_]")


def page_date(lines: Sequence[str], zone: str = DEFAULT_ZONE) -> Published:
    """The date of the first line that is nothing but a date, as pages print above the text.

    >>> page_date(["Way Kanan", "12/10/2024 13:20:00 WIB 149"]).date.isoformat()
    '2024-10-12'
    """
    for line in lines:
        if len(line) > 70 or not any(character.isdigit() for character in line):
            continue
        found = parse(line, zone)
        if found != NOTHING and len(_LETTERS.findall(line)) <= 26:
            return found
    return NOTHING


def _local_day(instant: dt.datetime, zone: str) -> dt.date:
    """The calendar day at the site; an Indonesian offset in the value is itself the site's."""
    offset = instant.utcoffset()
    if offset in {dt.timedelta(hours=h) for h in (7, 8, 9)}:
        return instant.date()
    return instant.astimezone(ZoneInfo(zone)).date()
