"""Date expressions of an article, resolved to calendar days and given a role."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from pipeline.extract.document import Document
from pipeline.extract.rules.date_roles import WORDS as RULE_WORDS
from pipeline.extract.rules.date_roles import place_of, role_of
from pipeline.records import DateRecord
from pipeline.text.date_grammar import find_expressions
from pipeline.text.date_parts import DateExpression, Partial
from pipeline.text.lexicon import alternatives, calendar, fold
from pipeline.text.resolve import complete, make_day, mend_slip, nearest_day, nearest_weekday

_WORDS = calendar()
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d.])")
_JOINED = re.compile(r"\s{1,3}(?:-|–|s/d|s\.d\.?|sd|hingga|sampai(?:\sdengan)?)\s(?:tanggal\s)?$")
_EACH = tuple(_WORDS["each_before"])
_NEIGHBOURS = 30
"""So many dates on either side are looked at; an article has ten."""
_OCCASION = alternatives(RULE_WORDS["anniversary"])
_ANNIVERSARY = re.compile(
    rf"(?:hut|hari|ulang\stahun)\s(?:(?:[a-z]+\s)?(?P<before>{_OCCASION})(?:\s[a-z]+){{0,2}}?\ske[\s-]{{0,2}}(?P<nth>\d{{1,2}})"
    rf"|ke[\s-]{{0,2}}(?P<th>\d{{1,2}})\s(?P<after>{_OCCASION}))(?!\d)"
)
"""``HUT Bhayangkara ke-75``: a year in other words, where none is written."""
_CLAUSE_END = re.compile(r"[,.;:”\"]")
_PAGE_TIME = re.compile(r"[\s,|@•-]{0,4}(?:pukul\s|jam\s)?\d{1,2}[:.]\d\d")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression in the text, with the days it means; ``date`` is ``None`` where that stays open."""

    start: int
    end: int
    date: dt.date | None
    date_end: dt.date | None
    granularity: str
    role: str
    """``event``, ``statement``, ``period`` or ``other``."""
    weekday_ok: bool | None
    confidence: float
    rule: str
    place: str
    """Where it stands: ``page`` (printed by the site), ``caption``, ``lead``, ``quote`` or ``body``."""
    more: tuple[dt.date, ...] = ()
    """The other days of a list (``14, 25 dan 31 Desember``)."""


def find_dates(doc: Document) -> list[DateMention]:
    """Every date expression of the article, in order."""
    low = doc.low
    expressions = find_expressions(doc.text, low)
    if not expressions:
        return []
    return [mention for mention in _Resolver(doc, low, expressions).mentions() if _credible(doc, mention)]


def _credible(doc: Document, mention: DateMention) -> bool:
    """A bare ``(28/5)`` is a date only where it falls near the publication day; else it may be anything."""
    if mention.rule != "date_bracketed":
        return True
    published = doc.article.published_date
    return bool(published and mention.date and -7 <= (published - mention.date).days <= 60)


def to_records(doc: Document, mentions: list[DateMention]) -> list[DateRecord]:
    """The resolved ones as records: one for each day of a list, in order."""
    return [
        DateRecord(
            date=day,
            date_end=mention.date_end,
            granularity=mention.granularity,
            role=mention.role,
            weekday_ok=mention.weekday_ok,
            surface=doc.text[mention.start : mention.end],
            start=mention.start,
            end=mention.end,
            confidence=mention.confidence,
            rule=mention.rule,
        )
        for mention in mentions
        if mention.date is not None
        for day in (mention.date, *mention.more)
    ]


@dataclass(frozen=True, slots=True)
class _Days:
    """What an expression came to."""

    first: dt.date | None
    last: dt.date | None = None
    more: tuple[dt.date, ...] = ()
    weekday_ok: bool | None = None
    confidence: float = 0.95
    granularity: str = "day"


class _Resolver:
    """Resolves the expressions of one article, each with a view of the others."""

    def __init__(self, doc: Document, low: str, expressions: list[DateExpression]) -> None:
        self.doc, self.low, self.expressions = doc, low, expressions
        self.base = doc.article.published_date or self._printed_day()
        self.days: dict[int, _Days] = {}
        self.years = [] if self.base else self._years()

    def mentions(self) -> list[DateMention]:
        """Explicit dates first, since relative ones may lean on them."""
        order = sorted(range(len(self.expressions)), key=lambda i: self._rank(self.expressions[i]))
        for index in order:
            self.days[index] = self._resolve(index)
        known = self._known_days()
        for index in order:
            self._mend(index, known)
        return [self._mention(index) for index in range(len(self.expressions))]

    @staticmethod
    def _rank(expression: DateExpression) -> int:
        if expression.days and all(day.year for day in expression.days):
            return 0
        if expression.days and expression.days[-1].month:
            return 1
        return 2 if expression.days else 3

    def _mention(self, index: int) -> DateMention:
        expression, days = self.expressions[index], self.days[index]
        place = place_of(self.doc, self.low, expression)
        return DateMention(
            expression.start,
            expression.end,
            days.first,
            days.last,
            days.granularity,
            role_of(self.doc, self.low, expression, place),
            days.weekday_ok,
            days.confidence,
            f"date_{expression.rule}",
            place,
            days.more,
        )

    # -- what the article tells about time ----------------------------------------------------------

    def _printed_day(self) -> dt.date | None:
        """The day that the page prints with a clock time near its top, where no publication day is given."""
        for expression in self.expressions:
            if expression.start > 300:
                break
            whole = len(expression.days) == 1 and expression.days[0].year and expression.days[0].day
            if whole and _PAGE_TIME.match(self.low, expression.end):
                return complete(expression.days[0], None)
        return None

    def _years(self) -> list[int]:
        """Years written in the article, likeliest first: in full dates, the title, the text."""
        years = [day.year for e in self.expressions for day in e.days if day.year and not self._recurring(e)]
        years += [int(y) for y in _YEAR.findall(self.doc.title)]
        years += [int(y) for y in _YEAR.findall(self.doc.article.url or "")]
        years += [int(y) for y in _YEAR.findall(self.low)]
        for match in _ANNIVERSARY.finditer(fold(self.doc.title) + "\n" + self.low):
            since = RULE_WORDS["anniversary"][match["before"] or match["after"]]
            years.append(int(since) + int(match["nth"] or match["th"]))
        return list(dict.fromkeys(years))

    def _known_days(self) -> list[dt.date]:
        """Days already resolved from full dates whose weekday does not contradict them."""
        known = [d.first for d in self.days.values() if d.first and d.weekday_ok and d.granularity == "day"]
        return list(dict.fromkeys(known))[:_NEIGHBOURS]

    # -- one expression -------------------------------------------------------------------------------

    def _resolve(self, index: int) -> _Days:
        expression = self.expressions[index]
        if self._recurring(expression):
            return _Days(None, confidence=0.5)
        if expression.days and expression.days[0].day is None:
            month = expression.days[0]
            first = make_day(month.year or 0, month.month or 0, 1)
            return _Days(first, granularity="month")
        if expression.days:
            return self._dated(index, expression)
        if expression.weekday is not None and expression.offset is None:
            return self._weekday(index, expression)
        return self._relative(index, expression)

    def _recurring(self, expression: DateExpression) -> bool:
        before = self.low[max(0, expression.start - 30) : expression.start]
        if before.rstrip().endswith(_EACH):
            return bool(expression.days) and expression.days[-1].year is None
        return any(form in before for form in _WORDS["recurring_before"])

    def _dated(self, index: int, expression: DateExpression) -> _Days:
        partials = self._borrowed(index, expression)
        found = [
            complete(p, self.base, self.years, self._weekday_of(expression, i))
            for i, p in enumerate(partials)
        ]
        days = [day for day in found if day]
        if not days:
            return _Days(None, confidence=0.5)
        if expression.is_range and len(days) == 2:
            first, last = min(days), max(days)
            ok = None if expression.weekday is None else first.weekday() == expression.weekday
            return _Days(first, last, (), ok)
        weekday = expression.weekday
        if weekday is None or len(days) > 1:
            return _Days(days[0], None, tuple(days[1:]))
        if days[0].weekday() == weekday:
            return _Days(days[0], weekday_ok=True, confidence=0.99)
        return _Days(days[0], weekday_ok=False, confidence=0.8)

    def _mend(self, index: int, known: list[dt.date]) -> None:
        """Where weekday and date contradict, the number wins, unless its year or month is plainly a slip."""
        expression, days = self.expressions[index], self.days[index]
        if days.weekday_ok is not False or days.first is None or days.last or expression.weekday is None:
            return
        if expression.days[0].year is None and self.base is not None:
            return
        meant = mend_slip(days.first, expression.weekday, self.base, known)
        if meant is not None:
            self.days[index] = replace(days, first=meant, confidence=0.75)

    def _weekday_of(self, expression: DateExpression, position: int) -> int | None:
        if position == 0:
            return expression.weekday
        return expression.weekday_end

    def _borrowed(self, index: int, expression: DateExpression) -> list[Partial]:
        """The days with month and year from the expression that follows, where the two make a range."""
        partials = list(expression.days)
        last = partials[-1]
        if last.month and last.year:
            return [replace(p, year=last.year) if p.year is None else p for p in partials]
        following = self.expressions[index + 1] if index + 1 < len(self.expressions) else None
        if following and following.days and following.days[0].month:
            gap = self.low[expression.end : following.start]
            if len(gap) < 40 and (last.month is None or _JOINED.search(gap)):
                other = following.days[-1]
                month = last.month or other.month
                year = other.year
                if year and month and other.month and month > other.month:
                    year -= 1
                return [replace(p, month=p.month or month, year=p.year or year) for p in partials]
        if last.month is None and last.day is not None and self.base is not None:
            day = nearest_day(last.day, self.base, "future" if self._future(expression) else None)
            return [Partial(day.day, day.month, day.year)] if day else partials
        return partials

    def _weekday(self, index: int, expression: DateExpression) -> _Days:
        """A bare weekday: only a publication day can fix it."""
        assert expression.weekday is not None
        if self.base is None:
            return _Days(None, confidence=0.5)
        shift = expression.shift
        if shift is None and self._future(expression):
            shift = "future"
        return _Days(nearest_weekday(expression.weekday, self.base, shift), confidence=0.85)

    def _future(self, expression: DateExpression) -> bool:
        """Whether the words right before a bare weekday look ahead (``sampai hari Senin``)."""
        before = self.low[max(0, expression.start - 60) : expression.start]
        clause = _CLAUSE_END.split(before)[-1].removesuffix("hari ").removesuffix("pada ").split()
        return bool(clause) and (
            clause[-1] in _WORDS["future_cue"] or any(word in _WORDS["planning"] for word in clause[-4:])
        )

    def _relative(self, index: int, expression: DateExpression) -> _Days:
        base = self._speaking_day(index, expression)
        if base is None or expression.offset is None or self._hedged(expression):
            return _Days(None, confidence=0.5)
        day = base + dt.timedelta(days=expression.offset)
        if expression.weekday is not None and day.weekday() != expression.weekday:
            told = self._told_on(expression.weekday)
            if expression.offset == 0 and len(told) == 1:
                return _Days(told.pop(), confidence=0.75)
            return _Days(nearest_weekday(expression.weekday, base), weekday_ok=None, confidence=0.6)
        return _Days(day, confidence=0.9 if base == self.base else 0.75)

    def _told_on(self, weekday: int) -> set[dt.date]:
        """The days of this weekday that the article dates in full."""
        return {
            days.first
            for index, days in self.days.items()
            if days.first and days.granularity == "day" and self.expressions[index].days
            if days.first.weekday() == weekday
        }

    def _hedged(self, expression: DateExpression) -> bool:
        before = self.low[max(0, expression.start - 14) : expression.start].rstrip()
        return expression.rule == "days_ago" and before.endswith(tuple(RULE_WORDS["hedge"]))

    def _speaking_day(self, index: int, expression: DateExpression) -> dt.date | None:
        """The day on which a relative word was said.

        In a quotation that is the day of the statement, if one stands in the same paragraph or lies at most
        three days before publication; else the publication day; else the nearest day that the text fixes.
        """
        near = self._nearest_fixed(index)
        if self.base is None:
            return near
        quoted = place_of(self.doc, self.low, expression) == "quote"
        if quoted and near is not None and 0 <= (self.base - near).days <= 3:
            return near
        return self.base

    def _nearest_fixed(self, index: int) -> dt.date | None:
        """The day of the explicit date that stands nearest, see ``_distance``."""
        here = self.expressions[index].start
        best: tuple[int, int] | None = None
        day: dt.date | None = None
        for other in range(index - _NEIGHBOURS, index + _NEIGHBOURS + 1):
            days = self.days.get(other)
            if days is None:
                continue
            expression = self.expressions[other]
            if days.first is None or days.granularity != "day" or not expression.days or days.last:
                continue
            key = self._distance(expression, here)
            if best is None or key < best:
                best, day = key, days.first
        return day

    def _distance(self, expression: DateExpression, here: int) -> tuple[int, int]:
        """The attribution behind in the same paragraph first, then dates of statements, then by weekday."""
        distance = abs(expression.start - here)
        if here < expression.start < here + 400 and "\n" not in self.low[here : expression.start]:
            return 0, distance
        place = place_of(self.doc, self.low, expression)
        if role_of(self.doc, self.low, expression, place) == "statement":
            return 1, distance
        return (2 if expression.weekday is not None else 3), distance
