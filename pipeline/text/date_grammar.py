"""Date expressions in Indonesian text: found, cut and read, but not yet resolved to days.

An expression keeps what is written (days, month, year, weekday, ``kemarin``) and nothing more. Which
calendar day it means depends on the publication day and on other dates; that is ``resolve``'s work.
All patterns run over folded text (``lexicon.fold``), so offsets are those of the text itself.
"""

from __future__ import annotations

import re

from pipeline.text.date_parts import (
    MONTH,
    MONTHS,
    YEAR,
    DateExpression,
    Partial,
    read_date,
    read_month_first,
    read_text_date,
)
from pipeline.text.date_weekdays import deictics, weekdays, with_tail
from pipeline.text.lexicon import calendar, fold, positions

_MONTH_YEAR = re.compile(rf"(?P<month>{MONTH})\s{{1,2}}(?:tahun\s)?(?P<y>{YEAR})")
_TANGGAL = re.compile(rf"tanggal\s(?P<d>\d{{1,2}})(?![a-z]|[/.,-]?\d)(?!\s?[-/–—&,])(?!\s?(?:dan\s|{MONTH}))")
_BARE = re.compile(
    r"\d\d{0,3}(?:\s?[/\-–]\s?\d{1,2}(?:\s?[/.\-–]\s?\d{1,4})?|\s?\.\s?\d{1,2}\s?\.\s?\d{4})(?![\d/])"
)
_IN_NUMBER = re.compile(r"[\w/.,-]")
_DAY = re.compile(r"(?<![\w/.,])(?<!\d-)\d{1,2}(?!\d)")
_DAY_THEN_MONTH = re.compile(rf"\d\s{{0,2}}[-/]?\s?(?={MONTH}(?![a-z]))")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_MONTH_BEFORE = re.compile(rf"(?<![a-z]){MONTH}\.?\s{{1,2}}(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s|tahun\s)?$")
_SPLIT_RANGE = re.compile(r"\d{1,2}\s[a-z]")
"""``tanggal 7 hingga 9 Mei``: two spans, as annotated."""
_ANNOUNCED = tuple(calendar()["announced"])
_FULL_YEAR = re.compile(r"(?:19|20)\d\d")


def find_expressions(text: str, low: str | None = None) -> list[DateExpression]:
    """Every date expression, in order, none overlapping another."""
    low = fold(text) if low is None else low
    candidates = [*deictics(text, low), *weekdays(text, low), *_dated(text, low)]
    found: list[DateExpression] = []
    for expression in sorted(candidates, key=lambda item: (item.start, -item.end)):
        if not found or expression.start >= found[-1].end:
            found.append(expression)
    return found


def _dated(text: str, low: str) -> list[DateExpression]:
    found = [
        _read_bare(low, match)
        for match in _BARE.finditer(low)
        if match.start() == 0 or not _IN_NUMBER.match(low, match.start() - 1)
    ]
    found += [_before_month(low, match.end()) for match in _DAY_THEN_MONTH.finditer(low)]
    found += [_month_of_year(text, low, match.start()) for match in _YEAR.finditer(low)]
    found += [_read_tanggal(low, at) for at in positions(low, ("tanggal ",))]
    return [expression for expression in found if expression is not None]


def _read_tanggal(low: str, at: int) -> DateExpression | None:
    """``tanggal 7``: a bare day of the month."""
    day = _TANGGAL.match(low, at)
    if day is None or not 1 <= int(day["d"]) <= 31:
        return None
    return DateExpression(at, day.end(), "tanggal", (Partial(int(day["d"]), None, None),))


def _read_bare(low: str, match: re.Match[str]) -> DateExpression | None:
    """A date in digits with no weekday: only with a full year, in brackets, or after ``tanggal``."""
    inner = read_date(low, match.start())
    if inner is None or not inner.rule.startswith(("iso", "numeric")):
        return None
    before = low[max(0, match.start() - 12) : match.start()].rstrip()
    announced = before.endswith(_ANNOUNCED)
    bracketed = before.endswith("(") and low[inner.end : inner.end + 2].strip().startswith(")")
    if bracketed:
        announced = announced or before[:-1].rstrip().endswith((",", "pada"))
    year = inner.days[-1].year
    if year is None and bracketed and not announced and "/" in match.group():
        return DateExpression(match.start(), inner.end, "bracketed", inner.days, inner.is_range)
    if year is None:
        known = announced and "/" in match.group()
    elif _FULL_YEAR.search(low, match.start(), inner.end):
        known = True
    else:
        known = bracketed or announced
    return with_tail(low, match.start(), inner) if known else None


def _before_month(low: str, at: int) -> DateExpression | None:
    """The date whose month begins here, from the first of its days on."""
    window = max(0, at - 30)
    for digits in _DAY.finditer(low, window, at):
        start = digits.start()
        inner = read_text_date(low, start)
        if inner is None or inner.end <= at:
            continue
        split = (
            inner.is_range
            and _SPLIT_RANGE.match(low, start)
            and low.startswith("tanggal ", max(0, start - 8))
        )
        if not split:
            return with_tail(low, start, inner)
    return None


def _month_of_year(text: str, low: str, year: int) -> DateExpression | None:
    """``November 5, 2024`` or ``Juni 2015``, by the place of its year."""
    if not low[max(0, year - 1) : year].isspace():
        return None
    before = _MONTH_BEFORE.search(low, max(0, year - 22), year)
    if before is None:
        return None
    at = before.start()
    inner = read_month_first(low, at)
    if inner is not None:
        return with_tail(low, at, inner)
    match = _MONTH_YEAR.match(low, at)
    if match is None or not text[at].isupper():
        return None
    partial = Partial(None, MONTHS[match["month"]], int(match["y"]))
    return DateExpression(at, match.end(), "month", (partial,))
