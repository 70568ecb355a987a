"""From a written date to calendar days.

Years that are not written come from the publication day, or from years written elsewhere in the text when
the weekday agrees with just one of them. What stays open stays ``None``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.text.date_parts import Partial

_NEAR = 60
"""Within so many days of publication the year is not in doubt, whatever the weekday says."""


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or ``None`` where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def complete(
    partial: Partial, base: dt.date | None, years: Sequence[int] = (), weekday: int | None = None
) -> dt.date | None:
    """The calendar day of a written day and month.

    ``base`` is the publication day; the year nearest to it is taken, among those whose weekday agrees where
    a weekday is written. Without it, ``years`` (written elsewhere in the text, likeliest first) are tried.

    >>> complete(Partial(1, 1, None), dt.date(2018, 12, 21))
    datetime.date(2019, 1, 1)
    """
    if partial.day is None or partial.month is None:
        return None
    if partial.year is not None:
        return make_day(partial.year, partial.month, partial.day)
    if base is not None:
        near = [make_day(base.year + step, partial.month, partial.day) for step in (-1, 0, 1)]
        days = sorted((day for day in near if day), key=lambda day: (abs((day - base).days), day > base))
        if not days or abs((days[0] - base).days) <= _NEAR:
            return days[0] if days else None
        agreeing = [day for day in days if day.weekday() == weekday]
        return (agreeing or days)[0]
    written = [day for year in years if (day := make_day(year, partial.month, partial.day))]
    if weekday is not None:
        written = [day for day in written if day.weekday() == weekday]
    return written[0] if written else None


def nearest_weekday(weekday: int, base: dt.date, shift: str | None = None) -> dt.date:
    """The day a bare weekday means: the last one on or before ``base``; with ``future`` the next one after.

    >>> nearest_weekday(0, dt.date(2020, 9, 5), "future")
    datetime.date(2020, 9, 7)
    """
    if shift == "future":
        return base + dt.timedelta(days=(weekday - base.weekday() - 1) % 7 + 1)
    back = (base.weekday() - weekday) % 7
    if shift == "past" and back == 0:
        back = 7
    return base - dt.timedelta(days=back)


def nearest_day(day: int, base: dt.date, shift: str | None = None) -> dt.date | None:
    """The day a bare day of the month means: the nearest one; with ``future`` the next from ``base`` on.

    >>> nearest_day(30, dt.date(2025, 7, 2)), nearest_day(30, dt.date(2025, 7, 2), "future")
    (datetime.date(2025, 6, 30), datetime.date(2025, 7, 30))
    """
    months = [(base.year * 12 + base.month - 1 + step) for step in (-1, 0, 1)]
    days = [found for month in months if (found := make_day(month // 12, month % 12 + 1, day))]
    if shift == "future":
        days = [found for found in days if found >= base]
    return min(days, key=lambda found: (abs((found - base).days), found > base), default=None)


def mend_slip(day: dt.date, weekday: int, base: dt.date | None, others: Sequence[dt.date]) -> dt.date | None:
    """The day plainly meant by a date that contradicts its weekday, or ``None`` where the number stands.

    The year is a slip when the same day and month in the year of the publication, or of another date of the
    text, has that weekday; the month is one when the publication day itself, or one of the three days before
    it, has that day and weekday.
    """
    for other in [*([base] if base else []), *others]:
        moved = make_day(other.year, day.month, day.day)
        if moved and moved != day and moved.weekday() == weekday and abs((moved - other).days) <= 31:
            return moved
    if base is not None:
        for back in range(4):
            near = base - dt.timedelta(days=back)
            if near.day == day.day and near.weekday() == weekday:
                return near
    return None
