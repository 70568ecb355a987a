"""The events of an article: their type, day, place, operation, and whether they really happened."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, Protocol

from pipeline.extract.document import Document
from pipeline.extract.rules.dates import DateMention
from pipeline.extract.rules.event_dates import EventDay, choose_day
from pipeline.extract.rules.event_types import TypeScore, score_event_types
from pipeline.extract.rules.event_words import event_words
from pipeline.ids import digest
from pipeline.records import EventRecord

_YEAR = dt.timedelta(days=300)
_SHARE_BODY, _SHARE_TITLE, _LEAST = 0.85, 0.5, 9.0
_SHARE_TITLE_ALONE, _LEAST_TITLE_ALONE = 0.35, 7.0
_STRONG_TITLE = 4.0
_AROUND, _PLAN_WORDS = 60, 4


class SceneLike(Protocol):
    """Where the main event took place; ``None`` for what is not told."""

    @property
    def region_code(self) -> str | None: ...
    @property
    def region(self) -> str | None: ...
    @property
    def district(self) -> str | None: ...
    @property
    def village(self) -> str | None: ...


def find_events(
    doc: Document,
    dates: Sequence[DateMention],
    scene: SceneLike,
    operation: str | None = None,
    primary_unit_id: str | None = None,
    kinds: Sequence[TypeScore] | None = None,
) -> list[EventRecord]:
    """The main event first, then further ones that the article reports as events of their own.

    The scene, the unit and the operation are those of the main event; a further event has only what is
    told in its own sentence. ``kinds`` are the scored types, where they are known already.
    """
    if not doc.text.strip():
        return []
    ranked = score_event_types(doc) if kinds is None else kinds
    main = ranked[0]
    day = choose_day(doc, dates, main.event_type, main.spans)
    records = [
        EventRecord(
            event_id=digest(doc.article.article_id, "event", main.event_type),
            is_primary=True,
            event_type=main.event_type,
            event_group=main.event_group,
            date=day.date,
            date_end=day.date_end,
            unit_id=primary_unit_id,
            region_code=scene.region_code,
            region=scene.region,
            district=scene.district,
            village=scene.village,
            operation=operation,
            status=_status(doc, main, day),
            confidence=round(main.confidence, 3),
            surface=doc.text[main.start : main.end],
            start=main.start,
            end=main.end,
            rule=main.rule,
        )
    ]
    return records + [_further(doc, dates, score) for score in ranked[1:] if _is_further(main, score)]


def _is_further(main: TypeScore, score: TypeScore) -> bool:
    """Whether a type that came second is an event of its own, not a word in passing."""
    if "other" in (main.event_type, score.event_type) or main.event_group == score.event_group:
        return False
    if not score.spans and score.titled < _STRONG_TITLE:
        return False
    pair = _paired(main, score)
    if pair is not None and (pair.share >= 1 or _stands_beside(main, score, pair)):
        return pair.share < 1
    if score.titled >= _STRONG_TITLE > main.titled:
        return score.score >= max(_SHARE_TITLE_ALONE * main.score, _LEAST_TITLE_ALONE)
    share = _SHARE_TITLE if score.titled >= _STRONG_TITLE else _SHARE_BODY
    return score.score >= max(share * main.score, _LEAST)


class _Pair(NamedTuple):
    """A kind that stands beside a main one: the share of its evidence, and of the lead, that it needs."""

    main: str
    further: str
    share: float
    lead: float


@cache
def _pairs() -> tuple[_Pair, ...]:
    text = files(__package__).joinpath("event_pairs.csv").read_text(encoding="utf-8")
    return tuple(
        _Pair(row["main"], row["further"], float(row["share"]), float(row["lead"]))
        for row in csv.DictReader(text.splitlines())
    )


def _paired(main: TypeScore, score: TypeScore) -> _Pair | None:
    mains, others = (main.event_type, main.event_group), (score.event_type, score.event_group)
    return next((pair for pair in _pairs() if pair.main in mains and pair.further in others), None)


def _stands_beside(main: TypeScore, score: TypeScore, pair: _Pair) -> bool:
    return score.score >= pair.share * main.score and score.led >= pair.lead


def _further(doc: Document, dates: Sequence[DateMention], score: TypeScore) -> EventRecord:
    start, end = doc.sentence_at(score.start)
    inside = [mention for mention in dates if start <= mention.start < end]
    day = choose_day(doc, inside, score.event_type, score.spans)
    return EventRecord(
        event_id=digest(doc.article.article_id, "event", score.event_type),
        is_primary=False,
        event_type=score.event_type,
        event_group=score.event_group,
        date=day.date,
        date_end=day.date_end,
        unit_id=None,
        region_code=None,
        region=None,
        district=None,
        village=None,
        operation=None,
        status=_status(doc, score, day),
        confidence=round(score.confidence, 3),
        surface=doc.text[score.start : score.end],
        start=score.start,
        end=score.end,
        rule=score.rule,
    )


def _status(doc: Document, score: TypeScore, day: EventDay) -> str:
    """``actual``, ``planned``, ``past`` (another year's) or ``denied``."""
    start, end = doc.sentence_at(score.start)
    around = doc.text[max(start, score.start - _AROUND) : min(end, score.end + _AROUND)]
    before = " ".join(doc.text[max(start, score.start - _AROUND) : score.start].split()[-_PLAN_WORDS:])
    denied = event_words("denied").search(doc.title) or event_words("denied").search(around)
    if denied or event_words("absent").search(before):
        return "denied"
    published = doc.article.published_date
    if day.date is not None and published is not None:
        if day.date > published:
            return "planned"
        return "past" if published - day.date > _YEAR else "actual"
    if day.date is not None:
        sentence, _ = doc.sentence_at(day.start)
        ahead = event_words("plan").search(doc.text, sentence, day.start)
        done = event_words("done").search(doc.text, sentence, day.start)
        return "planned" if ahead and not done else "actual"
    if event_words("past").search(around):
        return "past"
    planned = event_words("plan").search(before) or event_words("plan").search(doc.title)
    return "planned" if planned else "actual"
