"""Date expressions in Indonesian text: found, cut and read, but not yet resolved to days.

An expression keeps what is written (days, month, year, weekday, ``kemarin``) and nothing more. Which
calendar day it means depends on the publication day and on other dates; that is ``resolve``'s work.
All patterns run over folded text (``lexicon.fold``), so offsets are those of the text itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.text.date_parts import (
    MONTH,
    MONTHS,
    TO,
    WORDS,
    YEAR,
    Partial,
    Written,
    read_date,
    read_month_first,
    read_text_date,
)
from pipeline.text.lexicon import alternatives, fold, numerals, positions

WEEKDAYS = {form: int(value) for form, value in WORDS["weekday"].items()}
DEICTICS = {form: int(value) for form, value in WORDS["deictic"].items()}

_WEEKDAY = alternatives(WEEKDAYS)
_PART = alternatives(WORDS["part"])
_PAST, _NOW, _FUTURE = (WORDS[kind] for kind in ("shift_past", "shift_now", "shift_future"))
_SHIFT = alternatives([*_PAST, *_NOW, *_FUTURE])
_LATE_SHIFT = alternatives(WORDS["late_shift"])

_HEAD = re.compile(
    rf"(?P<wd>{_WEEKDAY})(?![a-z])"
    rf"(?:\s?(?P<to>{TO}|dan)\s?(?:hari\s)?(?P<wd2>{_WEEKDAY})(?![a-z]))?"
    rf"(?:[\s,]{{0,2}}(?P<part>{_PART})(?![a-z]))?"
    rf"(?:\s{{1,2}}(?P<shift>{_SHIFT})(?![a-z]))?"
)
_DEICTIC = re.compile(rf"(?<!\d\s)(?P<word>{alternatives(DEICTICS)})(?![a-z-])")
_AGO = re.compile(r"(?P<n>\d{1,2}|dua|tiga|empat|lima|enam|tujuh)\shari\s(?:yang\s)?(?:lalu|silam)(?![a-z])")
_SEPARATOR = re.compile(r"[\s,.:;]{0,4}(?:(?:tanggal|tgl)\.?\s{1,2})?")
_OPEN = re.compile(r"[(\[]\s{0,2}")
_CLOSE = re.compile(r"\s{0,2}[)\]]")
_TAIL_PART = re.compile(rf"[\s,]{{0,2}}(?P<part>{_PART})(?![a-z])")
_TAIL_SHIFT = re.compile(rf"\s{{1,2}}(?P<shift>{_LATE_SHIFT})(?![a-z])")

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)")
_NUMERIC_RANGE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:\s?[/.]\s?(?P<m1>\d{{1,2}}))?\s?(?:{TO}|dan|,|&)\s?(?P<d2>\d{{1,2}})\s?[/.]\s?(?P<m>\d{{1,2}})"
    r"(?:\s?[/.\-–]\s?(?P<y>\d{4}|\d{2}))?(?!\d|[/.\-]\d)"
)
_AGO = re.compile(r"(?P<n>\d{1,2}|dua|tiga|empat|lima|enam|tujuh)\shari\s(?:yang\s)?(?:lalu|silam)(?![a-z])")
_SEPARATOR = re.compile(r"[\s,.:;]{0,4}(?:(?:tanggal|tgl)\.?\s{1,2})?")
_OPEN = re.compile(r"[(\[]\s{0,2}")
_CLOSE = re.compile(r"\s{0,2}[)\]]")
_TAIL_PART = re.compile(rf"[\s,]{{0,2}}(?P<part>{_PART})(?![a-z])")
_TAIL_SHIFT = re.compile(rf"\s{{1,2}}(?P<shift>{_LATE_SHIFT})(?![a-z])")

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)")
_NUMERIC_RANGE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:\s?[/.]\s?(?P<m1>\d{{1,2}}))?\s?(?:{TO}|dan|,|&)\s?(?P<d2>\d{{1,2}})\s?[/.]\s?(?P<m>\d{{1,2}})"
    r"(?:\s?[/.\-–]\s?(?P<y>\d{4}|\d{2}))?(?!\d|[/.\-]\d)"
)
_SEPARATOR = re.compile(r"[\s,.:;]{0,4}(?:(?:tanggal|tgl)\.?\s{1,2})?")
_OPEN = re.compile(r"[(\[]\s{0,2}")
_CLOSE = re.compile(r"\s{0,2}[)\]]")
_TAIL_PART = re.compile(rf"[\s,]{{0,2}}(?P<part>{_PART})(?![a-z])")
_TAIL_SHIFT = re.compile(rf"\s{{1,2}}(?P<shift>{_LATE_SHIFT})(?![a-z])")

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)")
_NUMERIC_RANGE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:\s?[/.]\s?(?P<m1>\d{{1,2}}))?\s?(?:{TO}|dan|,|&)\s?(?P<d2>\d{{1,2}})\s?[/.]\s?(?P<m>\d{{1,2}})"
    r"(?:\s?[/.\-–]\s?(?P<y>\d{4}|\d{2}))?(?!\d|[/.\-]\d)"
)
_OPEN = re.compile(r"[(\[]\s{0,2}")
_CLOSE = re.compile(r"\s{0,2}[)\]]")
_TAIL_PART = re.compile(rf"[\s,]{{0,2}}(?P<part>{_PART})(?![a-z])")
_TAIL_SHIFT = re.compile(rf"\s{{1,2}}(?P<shift>{_LATE_SHIFT})(?![a-z])")

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)")
_NUMERIC_RANGE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:\s?[/.]\s?(?P<m1>\d{{1,2}}))?\s?(?:{TO}|dan|,|&)\s?(?P<d2>\d{{1,2}})\s?[/.]\s?(?P<m>\d{{1,2}})"
    r"(?:\s?[/.\-–]\s?(?P<y>\d{4}|\d{2}))?(?!\d|[/.\-]\d)"
)
_CLOSE = re.compile(r"\s{0,2}[)\]]")
_TAIL_PART = re.compile(rf"[\s,]{{0,2}}(?P<part>{_PART})(?![a-z])")
_TAIL_SHIFT = re.compile(rf"\s{{1,2}}(?P<shift>{_LATE_SHIFT})(?![a-z])")

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)")
_NUMERIC_RANGE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:\s?[/.]\s?(?P<m1>\d{{1,2}}))?\s?(?:{TO}|dan|,|&)\s?(?P<d2>\d{{1,2}})\s?[/.]\s?(?P<m>\d{{1,2}})"
    r"(?:\s?[/.\-–]\s?(?P<y>\d{4}|\d{2}))?(?!\d|[/.\-]\d)"
)
_TAIL_PART = re.compile(rf"[\s,]{{0,2}}(?P<part>{_PART})(?![a-z])")
_TAIL_SHIFT = re.compile(rf"\s{{1,2}}(?P<shift>{_LATE_SHIFT})(?![a-z])")

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)")
_NUMERIC_RANGE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:\s?[/.]\s?(?P<m1>\d{{1,2}}))?\s?(?:{TO}|dan|,|&)\s?(?P<d2>\d{{1,2}})\s?[/.]\s?(?P<m>\d{{1,2}})"
    r"(?:\s?[/.\-–]\s?(?P<y>\d{4}|\d{2}))?(?!\d|[/.\-]\d)"
)
_TAIL_SHIFT = re.compile(rf"\s{{1,2}}(?P<shift>{_LATE_SHIFT})(?![a-z])")

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)")
_NUMERIC_RANGE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:\s?[/.]\s?(?P<m1>\d{{1,2}}))?\s?(?:{TO}|dan|,|&)\s?(?P<d2>\d{{1,2}})\s?[/.]\s?(?P<m>\d{{1,2}})"
    r"(?:\s?[/.\-–]\s?(?P<y>\d{4}|\d{2}))?(?!\d|[/.\-]\d)"
)
_MONTH_YEAR = re.compile(rf"(?P<month>{MONTH})\s{{1,2}}(?:tahun\s)?(?P<y>{YEAR})")
_TANGGAL = re.compile(rf"tanggal\s(?P<d>\d{{1,2}})(?![a-z]|[/.,-]?\d)(?!\s?[-/–—&,])(?!\s?(?:dan\s|{MONTH}))")
_TANGGAL = re.compile(rf"tanggal\s(?P<d>\d{{1,2}})(?![a-z]|[/.,-]?\d)(?!\s?[-/–—&,])(?!\s?(?:dan\s|{MONTH}))")
_BARE = re.compile(r"\d{1,4}\s?[/.\-–]\s?\d{1,2}(?:\s?[/.\-–]\s?\d{1,4}){0,2}(?![\d/])")
_IN_NUMBER = re.compile(r"[\w/.,-]")
_DAY = re.compile(r"(?<![\w/.,])(?<!\d-)\d{1,2}(?!\d)")
_DAY_THEN_MONTH = re.compile(rf"\d\s{{0,2}}[-/]?\s?(?={MONTH}(?![a-z]))")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_MONTH_BEFORE = re.compile(rf"(?<![a-z]){MONTH}\.?\s{{1,2}}(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s|tahun\s)?$")
_SPLIT_RANGE = re.compile(r"\d{1,2}\s[a-z]")
"""``tanggal 7 hingga 9 Mei``: two spans, as annotated."""
_FULL_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class DateExpression:
    """One date expression: what is written in ``text[start:end]``."""

    start: int
    end: int
    rule: str
    days: tuple[Partial, ...] = ()
    is_range: bool = False
    """The first and last of ``days`` are the ends of a range; otherwise each stands for itself."""
    weekday: int | None = None
    weekday_end: int | None = None
    offset: int | None = None
    """Days from the day of speaking (``kemarin`` is -1)."""
    shift: str | None = None
    """``past``, ``now`` or ``future``: what ``lalu``, ``ini``, ``depan`` say."""
    part: str | None = None


def find_expressions(text: str, low: str | None = None) -> list[DateExpression]:
    """Every date expression, in order, none overlapping another."""
    low = fold(text) if low is None else low
    candidates = [*_deictics(text, low), *_weekdays(text, low), *_dated(text, low)]
    found: list[DateExpression] = []
    for expression in sorted(candidates, key=lambda item: (item.start, -item.end)):
        if not found or expression.start >= found[-1].end:
            found.append(expression)
    return found


# -- what begins with a weekday ----------------------------------------------------------------------


_WEEKDAY_STEMS = tuple(sorted({form.partition("'")[0][:5] for form in WEEKDAYS}))


def _weekdays(text: str, low: str) -> list[DateExpression]:
    found: list[DateExpression] = []
    end = 0
    for at in positions(low, _WEEKDAY_STEMS):
        if at < end or (at and (low[at - 1].isalnum() or low[at - 1] in "-/")):
            continue
        expression = _read_weekday(text, low, at)
        if expression is not None:
            found.append(expression)
            end = expression.end
    return found


def _read_weekday(text: str, low: str, at: int) -> DateExpression | None:
    head = _HEAD.match(low, at)
    if head is None:
        return None
    inner, end = _after(low, head.end())
    shift, part = head["shift"], head["part"]
    if inner is None:
        end = head.end()
        if head["wd2"] or not _stands_alone(text, low, head):
            return None
    else:
        tail = _TAIL_PART.match(low, end)
        if tail:
            part, end = tail["part"], tail.end()
        late = _TAIL_SHIFT.match(low, end)
        if late:
            shift, end = late["shift"], late.end()
    return DateExpression(
        at,
        end,
        f"weekday_{inner.rule}" if inner else "weekday",
        inner.days if inner else (),
        inner.is_range if inner else False,
        weekday=_weekday_number(head["wd"]),
        weekday_end=_weekday_number(head["wd2"]) if head["wd2"] else None,
        shift=_direction(shift),
        part=part,
    )


def _after(low: str, at: int) -> tuple[Written | None, int]:
    """The date proper after a weekday or ``hari ini``, its brackets taken in, and where it ends."""
    separator = _SEPARATOR.match(low, at)
    begin = separator.end() if separator else at
    opened = _OPEN.match(low, begin)
    inner = read_date(low, opened.end() if opened else begin)
    if inner is None:
        return None, at
    end = inner.end
    if opened:
        part = _TAIL_PART.match(low, end)
        closed = _CLOSE.match(low, part.end() if part else end)
        end = closed.end() if closed else end
    return inner, end


def _stands_alone(text: str, low: str, head: re.Match[str]) -> bool:
    """Whether a weekday without a date is a day at all, and not ``Jumat Curhat`` or ``dua minggu``."""
    after = re.match(r"\s{1,2}([a-z]+)", low[head.end() : head.end() + 20])
    if after and after[1] in WORDS["named_after"]:
        return False
    before = low[max(0, head.start() - 14) : head.start()].split()
    last, two = " ".join(before[-1:]), " ".join(before[-2:])
    if last in WORDS["habit_before"] or two in WORDS["habit_before"]:
        return False
    if (
        head["wd"] == "minggu"
        and last != "hari"
        and (head["shift"] or (after and after[1] in WORDS["week_after"]))
    ):
        return False
    capital = text[head.start()].isupper()
    return (
        last == "hari"
        or (capital and not _is_name(text, head))
        or (bool(head["part"]) and head["wd"] != "minggu")
    )


def _is_name(text: str, head: re.Match[str]) -> bool:
    """Whether capitals go on after a weekday, so that it looks like part of a name."""
    if head["part"] or head["shift"]:
        return False
    follows = re.match(r"\s[A-Z][a-z]+", text[head.end() : head.end() + 16])
    return follows is not None


def _weekday_number(form: str) -> int:
    """The number of a weekday however its apostrophe is typed."""
    if form in WEEKDAYS:
        return WEEKDAYS[form]
    return WEEKDAYS["jumat"]


def _direction(shift: str | None) -> str | None:
    if shift is None:
        return None
    words = " ".join(shift.split())
    if words in _PAST:
        return "past"
    return "now" if words in _NOW else "future"


# -- what begins with kemarin or hari ini --------------------------------------------------------------


_WEEKDAY_BEFORE = re.compile(rf"{_WEEKDAY}\s(?:{_PART}\s)?$")
"""``Rabu malam kemarin`` belongs to the weekday."""
_COUNTED = re.compile(rf"(?:{alternatives(numerals()['unit'])}|beberapa)\s$")
"""``tiga hari ini`` counts days."""
_DEICTIC_STEMS = tuple(sorted({form.split()[0] for form in DEICTICS}))
_LATER_WEEKDAY = re.compile(rf"\s{{0,2}}[,(]?\s{{1,2}}(?:hari\s)?(?={_WEEKDAY})")
_NUMBERS = {form: int(value) for form, value in numerals()["unit"].items()}


def _deictics(text: str, low: str) -> list[DateExpression]:
    found: list[DateExpression] = []
    end = 0
    for at in positions(low, _DEICTIC_STEMS):
        if at < end or (at and low[at - 1].isalnum()):
            continue
        match = _DEICTIC.match(low, at)
        if match is None:
            continue
        expression = _read_deictic(text, low, match)
        if expression is not None:
            found.append(expression)
            end = expression.end
    if "hari" in low:
        for match in _AGO.finditer(low):
            offset = -(int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"]])
            found.append(DateExpression(match.start(), match.end(), "days_ago", offset=offset))
    return found


def _read_deictic(text: str, low: str, match: re.Match[str]) -> DateExpression | None:
    """``hari ini``, with the weekday or the date that spells it out (``Hari ini, Selasa (15/12/2020)``)."""
    offset = DEICTICS[" ".join(match["word"].split())]
    inner, end = _after(low, match.end())
    if inner is not None:
        return DateExpression(match.start(), end, "deictic", inner.days, inner.is_range, offset=offset)
    if _COUNTED.search(low[max(0, match.start() - 12) : match.start()]):
        return None
    between = _LATER_WEEKDAY.match(low, match.end())
    later = _read_weekday(text, low, between.end()) if between else None
    if later is not None:
        return replace(later, start=match.start(), rule="deictic", offset=offset)
    if _WEEKDAY_BEFORE.search(low[max(0, match.start() - 24) : match.start()]):
        return None
    return DateExpression(match.start(), match.end(), "deictic", offset=offset)


# -- what begins with a number or a month --------------------------------------------------------------


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
    announced = before.endswith(("tanggal", "tgl", "tgl."))
    bracketed = before.endswith("(") and low[inner.end : inner.end + 2].strip().startswith(")")
    if bracketed:
        announced = announced or before[:-1].rstrip().endswith((",", "pada"))
    year = inner.days[-1].year
    if year is None:
        known = announced and "/" in match.group()
    elif _FULL_YEAR.search(low, match.start(), inner.end):
        known = True
    else:
        known = bracketed or announced
    return _with_tail(low, match.start(), inner) if known else None


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
            return _with_tail(low, start, inner)
    return None


def _month_of_year(text: str, low: str, year: int) -> DateExpression | None:
    """``November 5, 2024`` or ``Juni 2015``, by the place of its year."""
    before = _MONTH_BEFORE.search(low, max(0, year - 22), year)
    if before is None:
        return None
    at = before.start()
    inner = read_month_first(low, at)
    if inner is not None:
        return _with_tail(low, at, inner)
    match = _MONTH_YEAR.match(low, at)
    if match is None or not text[at].isupper():
        return None
    partial = Partial(None, MONTHS[match["month"]], int(match["y"]))
    return DateExpression(at, match.end(), "month", (partial,))


def _with_tail(low: str, start: int, inner: Written) -> DateExpression:
    end, part, shift = inner.end, None, None
    tail = _TAIL_PART.match(low, end)
    if tail:
        part, end = tail["part"], tail.end()
    late = _TAIL_SHIFT.match(low, end)
    if late:
        shift, end = late["shift"], late.end()
    return DateExpression(
        start, end, inner.rule, inner.days, inner.is_range, shift=_direction(shift), part=part
    )
