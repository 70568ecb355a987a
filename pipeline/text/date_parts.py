"""The date proper, without weekday: ``20/01/2024``, ``8 s/d 10 Mei``, ``1 dan 31 Juli``, ``Oct 8, 2024``.

Each reader looks at one place of a folded text (``lexicon.fold``) and answers with what is written there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.lexicon import alternatives, calendar

WORDS = calendar()
_WHOLE_MONTHS = frozenset(WORDS["short_month"])
MONTHS = {form: int(value) for form, value in WORDS["month"].items()}
MONTH = alternatives(MONTHS)
TO = r"(?:-|–|—|s\s?/\s?d|s\.d\.?|sd|hingga|sampai(?:\sdengan)?)"
YEAR = r"(?:19|20)\d\d(?!\d)"

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)")
_NUMERIC_RANGE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:\s?[/.]\s?(?P<m1>\d{{1,2}}))?\s?(?:{TO}|dan|,|&)\s?"
    r"(?P<d2>\d{1,2})\s?[/.]\s?(?P<m>\d{1,2})"
    r"(?:\s?[/.\-–]\s?(?P<y>\d{4}|\d{2}))?(?!\d|[/.\-]\d)"
)
_NUMERIC = re.compile(
    r"(?P<d>\d{1,2})\s?(?P<sep>[/.\-–])\s?(?P<m>\d{1,2})"
    r"(?:\s?[/.\-–]{1,2}\s?(?P<y>\d{4}|\d{2})|\s(?P<y2>(?:19|20)\d\d))?(?!\d|[/\-]\d|\.\d|[.:]\d)"
)
_TEXT = re.compile(
    rf"(?P<days>\d{{1,2}}(?:(?:\s?,?\s?(?:dan\s|&\s?)|\s?,\s?|\s?{TO}\s?)\d{{1,2}}){{0,6}})\s{{0,2}}[-/]?\s?"
    rf"(?P<month>{MONTH})(?![a-z])\.?"
    rf"(?:\s{{0,2}}[,/-]?\s?(?:tahun\s|thn\.?\s|th\.?\s)?(?P<y>{YEAR}))?"
)
_MONTH_FIRST = re.compile(rf"(?P<month>{MONTH})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>{YEAR})")
_DIGITS = re.compile(r"\d+")
_RANGE_WORD = re.compile(rf"\d\s?{TO}\s?\d")


@dataclass(frozen=True, slots=True)
class Partial:
    """A day as far as it is written; what is missing is ``None``."""

    day: int | None
    month: int | None
    year: int | None


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


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in the text; ``days`` are its days, or the two ends of a range."""

    end: int
    days: tuple[Partial, ...]
    is_range: bool
    rule: str


def read_date(low: str, at: int) -> Written | None:
    """The date that begins exactly here."""
    for reader in (_read_iso, _read_range, _read_numeric, read_text_date, read_month_first):
        inner = reader(low, at)
        if inner is not None:
            return inner
    return None


def _read_iso(low: str, at: int) -> Written | None:
    match = _ISO.match(low, at)
    if match is None:
        return None
    return _checked(match.end(), [Partial(int(match["d"]), int(match["m"]), int(match["y"]))], False, "iso")


def _read_range(low: str, at: int) -> Written | None:
    match = _NUMERIC_RANGE.match(low, at)
    if match is None:
        return None
    month, year = int(match["m"]), _year(match["y"])
    first = Partial(int(match["d1"]), int(match["m1"]) if match["m1"] else month, year)
    return _checked(match.end(), [first, Partial(int(match["d2"]), month, year)], True, "numeric_range")


def _read_numeric(low: str, at: int) -> Written | None:
    match = _NUMERIC.match(low, at)
    if match is None:
        return None
    year = _year(match["y"] or match["y2"])
    if match["sep"] not in "/" and year is None and low[at - 1 : at] != "(":
        return None
    day, month = int(match["d"]), int(match["m"])
    if month > 12 >= day:
        day, month = month, day
    return _checked(match.end(), [Partial(day, month, year)], False, "numeric")


def read_text_date(low: str, at: int) -> Written | None:
    """A date with its month in words that begins here: ``7 Mei 2024``, ``8, 9 dan 10 Mei``."""
    match = _TEXT.match(low, at)
    if match is None:
        return None
    month = MONTHS[match["month"]]
    year = int(match["y"]) if match["y"] else None
    if year is None and (len(match["month"]) <= 3 and match["month"] not in _WHOLE_MONTHS):
        return None
    numbers = [int(n) for n in _DIGITS.findall(match["days"])]
    is_range = len(numbers) == 2 and _RANGE_WORD.search(match["days"]) is not None
    end = match.end() - (1 if low[match.end() - 1] == "." else 0)
    return _checked(end, [Partial(n, month, year) for n in numbers], is_range, "text")


def read_month_first(low: str, at: int) -> Written | None:
    """A date in the English order that begins here: ``May 7, 2024``."""
    match = _MONTH_FIRST.match(low, at)
    if match is None:
        return None
    partial = Partial(int(match["d"]), MONTHS[match["month"]], int(match["y"]))
    return _checked(match.end(), [partial], False, "month_first")


def _checked(end: int, days: list[Partial], is_range: bool, rule: str) -> Written | None:
    """The date, unless a number in it cannot be a day or a month."""
    for partial in days:
        if not 1 <= (partial.day or 1) <= 31 or not 1 <= (partial.month or 1) <= 12:
            return None
    return Written(end, tuple(days), is_range, rule)


def _year(digits: str | None) -> int | None:
    """Four digits as they stand; two digits of this century."""
    if digits is None:
        return None
    if len(digits) == 2:
        return 2000 + int(digits)
    return int(digits) if digits[:2] in {"19", "20"} else None
