"""The day of an event among the dates of its article.

The day of the act, not of the statement about it (gold guide, ruling 6). A date scores by its role, its
place, its form (news dates an act by weekday; a bare day and month is mostly an occasion to come) and the
words before it; the best one wins, if any is good enough.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.document import Document
from pipeline.extract.rules.dates import DateMention
from pipeline.extract.rules.event_words import event_words, from_pattern, until_pattern
from pipeline.extract.words import by_role

_ROLE = {"event": 3.0, "period": 1.6}
_SIDELINE = 2.6
_PLACE = {"lead": 0.8, "body": 0.0, "quote": -0.8, "caption": -0.5}
_WEEKDAY, _OCCASION, _GONE, _HAPPENING, _CUE = 1.2, -2.0, -1.0, 0.4, 0.5
_RANGE = 0.8
_ORDER, _LATER, _LONG_AGO = -0.15, -1.0, -0.8
_LONG = dt.timedelta(days=60)
_LEAST = 1.0
_NEXT = dt.timedelta(days=1)
"""``Kamis (12/2) dan Jumat (13/2)`` are the days of one event."""
_NEAR, _BEFORE, _ASKED = 80, 60, 45
_JOIN, _LED = 70, 25
_SINGLE_DAY = frozenset({"force_readiness", "ceremony", "coordination", "personnel_change"})


@dataclass(frozen=True, slots=True)
class EventDay:
    """The day or days of an event, and the mention that tells."""

    date: dt.date | None = None
    date_end: dt.date | None = None
    start: int = -1
    """Where the chosen date stands; -1 where there is none."""


def choose_day(
    doc: Document, dates: Sequence[DateMention], event_type: str, cues: Sequence[tuple[int, int]]
) -> EventDay:
    """The best-scoring day; an empty ``EventDay`` where only statements and page dates are told.

    ``cues`` are the spans of the words that speak for the event's type.
    """
    best: tuple[float, int] | None = None
    for index, mention in enumerate(dates):
        score = _score(doc, mention, index, cues)
        if score is not None and score >= _LEAST and (best is None or score > best[0]):
            best = (score, index)
    if best is None:
        return EventDay()
    chosen = dates[best[1]]
    spans = [] if event_type in _SINGLE_DAY else _ranges(doc, dates)
    for first, last in spans:
        if chosen.date in (first, last):
            return EventDay(first, last, chosen.start)
    return EventDay(chosen.date, chosen.date_end, chosen.start)


def _score(doc: Document, mention: DateMention, index: int, cues: Sequence[tuple[int, int]]) -> float | None:
    if mention.date is None or mention.granularity != "day" or mention.place == "page":
        return None
    start, _ = doc.sentence_at(mention.start)
    before = doc.text[min(start, mention.start) : mention.start]
    stated = mention.role == "statement" or event_words("contact").search(before[-_ASKED:]) is not None
    score = _ROLE.get(mention.role)
    if stated:
        score = _SIDELINE if _on_the_spot(before) else None
    if score is None:
        return None
    score += _PLACE.get(mention.place, 0.0) + _ORDER * index
    if mention.date_end is not None:
        score += _RANGE
    if "weekday" in mention.rule or "deictic" in mention.rule:
        score += _WEEKDAY
    if event_words("occasion").search(before[-_BEFORE:]) and "weekday" not in mention.rule:
        score += _OCCASION
    if event_words("happening").search(before[-_BEFORE:]):
        score += _HAPPENING
    if event_words("gone").match(doc.text[mention.end : mention.end + 10].lstrip(" ,)")):
        score += _GONE
    nearest = bisect_left(cues, (mention.start, 0)) - 1
    if nearest >= 0 and cues[nearest][0] >= max(start, mention.start - _NEAR):
        score += _CUE
    return score + _distance(mention, doc.article.published_date)


def _on_the_spot(before: str) -> bool:
    """Whether a statement was made at the event itself: ``kata X di sela apel``, ``usai memimpin``."""
    behind = before[max(before.rfind(mark) for mark in "\"”’'»") + 1 :]
    return bool(event_words("sideline").search(behind)) and not event_words("contact").search(behind)


def _distance(mention: DateMention, published: dt.date | None) -> float:
    """Days to come and days long gone are seldom the news."""
    if published is None or mention.date is None:
        return 0.0
    if mention.date > published:
        return _LATER
    return _LONG_AGO if published - mention.date > _LONG else 0.0


def _ranges(doc: Document, dates: Sequence[DateMention]) -> list[tuple[dt.date, dt.date]]:
    """Ranges that are written as one date, as two (``29 Mei hingga 10 Juni``), or told apart."""
    found = [(m.date, m.date_end) for m in dates if m.date is not None and m.date_end is not None]
    for first, last in pairwise(dates):
        if first.date is None or last.date is None or last.date <= first.date:
            continue
        gap = doc.text[first.end : last.start]
        until = len(gap) <= _JOIN and "\n" not in gap and until_pattern().search(gap)
        if until or (
            last.date - first.date == _NEXT and gap.strip().lower() in by_role("place_words")["link"]
        ):
            found.append((first.date, last.date))
    if not found:
        periods = [m for m in dates if m.role == "period" and m.date is not None]
        begun = next((m for m in periods if _led_by(doc, m, from_pattern())), None)
        ended = next((m for m in periods if _led_by(doc, m, until_pattern())), None)
        if begun and ended and begun.date and ended.date and begun.date < ended.date:
            found.append((begun.date, ended.date))
    return found


def _led_by(doc: Document, mention: DateMention, pattern: re.Pattern[str]) -> bool:
    return pattern.search(doc.text, max(0, mention.start - _LED), mention.start) is not None
