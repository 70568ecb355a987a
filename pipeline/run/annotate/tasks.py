"""One article to be annotated, with the spans and records proposed for it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.errors import RecordError
from pipeline.evaluate.gold import (
    LABELS,
    GoldDocument,
    GoldEvent,
    GoldOfficer,
    GoldPersonnel,
    GoldQuote,
    GoldRecords,
    GoldSpan,
)
from pipeline.records import Article, Extraction

_UNSURE = 5
_NOTHING = 0.5
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_FIRST_WORDS = 4


@dataclass(frozen=True, slots=True)
class TaskSpan:
    """A span with its score (1 where a person set it). Offsets are Python string indices into the text."""

    label: str
    start: int
    end: int
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Task:
    """``certainty``: mean score of the least certain spans and records; low ones deserve a look."""

    id: str
    text: str
    spans: tuple[TaskSpan, ...]
    records: GoldRecords
    title: str | None = None
    url: str | None = None
    site: str | None = None
    published: str | None = None
    certainty: float = 1.0
    model: str | None = None


def from_extraction(found: Extraction) -> Task:
    """A task of what the extractor found."""
    article = found.article
    spans = tuple(TaskSpan(m.label, m.start, m.end, m.score) for m in found.mentions)
    rows: Iterable[Any] = (*found.units, *found.officers, *found.personnel, *found.events)
    scores = sorted([span.score for span in spans] + [row.confidence for row in rows])[:_UNSURE]
    published = _published(article)
    return Task(
        id=safe_id(article.source_id or article.article_id),
        text=article.text,
        spans=spans,
        records=proposed(found),
        title=article.title,
        url=article.url,
        site=article.site,
        published=published.isoformat() if published else None,
        certainty=round(sum(scores) / len(scores), 4) if scores else _NOTHING,
        model=found.extractor,
    )


def from_gold(doc: GoldDocument) -> Task:
    """A task of a gold document, to be looked over again."""
    spans = tuple(TaskSpan(span.label, span.start, span.end) for span in doc.spans)
    published = doc.published.isoformat() if doc.published else None
    return Task(doc.id, doc.text, spans, doc.records, doc.title, doc.url, doc.site, published, model="gold")


def to_gold(task: Task) -> GoldDocument:
    """The gold document of an annotated task.

    Raises ``RecordError`` for an unknown label, a span outside the text, or spans that overlap.
    White space at the edge of a span is left out.
    """
    spans: list[GoldSpan] = []
    for span in sorted(task.spans, key=lambda s: (s.start, s.end)):
        checked = _checked(span, task)
        if spans and checked.start < spans[-1].end:
            raise RecordError(
                f"the spans {spans[-1].surface!r} and {checked.surface!r} overlap",
                where=task.id,
                hint="tags are flat: keep one of the two",
            )
        spans.append(checked)
    return GoldDocument(
        id=safe_id(task.id),
        title=_line(task.title),
        url=_line(task.url),
        site=_line(task.site),
        published=moment(task.published, task.id),
        text=task.text,
        records=task.records,
        spans=spans,
    )


def _checked(span: TaskSpan, task: Task) -> GoldSpan:
    if span.label not in LABELS:
        raise RecordError(f"unknown label {span.label!r}", where=task.id, hint=f"one of {' '.join(LABELS)}")
    if not 0 <= span.start < span.end <= len(task.text):
        raise RecordError(f"span {span.start}-{span.end} is not inside the text", where=task.id)
    surface = task.text[span.start : span.end]
    start = span.start + len(surface) - len(surface.lstrip())
    surface = surface.strip()
    if not surface:
        raise RecordError(f"span {span.start}-{span.end} holds only white space", where=task.id)
    return GoldSpan(span.label, start, start + len(surface), surface)


def safe_id(name: str) -> str:
    """A name that is safe as a file's name.

    >>> safe_id("../berita 7")
    'berita-7'
    """
    return _UNSAFE.sub("-", name).strip("-.")[:120] or "document"


def _line(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def moment(value: str | None, where: str) -> dt.datetime | dt.date | None:
    """``published`` of a gold document; ``RecordError`` where it cannot be read."""
    if not value:
        return None
    try:
        return dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)
    except ValueError:
        raise RecordError(f"published: {value!r} is not an ISO date", where=where) from None


def _published(article: Article) -> dt.datetime | dt.date | None:
    """The instant in the Indonesian zone in which it falls on the article's local day, else the day."""
    if article.published_at is None:
        return article.published_date
    for hours in (7, 8, 9):
        local = article.published_at.astimezone(dt.timezone(dt.timedelta(hours=hours)))
        if local.date() == article.published_date:
            return local
    return article.published_at


def proposed(found: Extraction) -> GoldRecords:
    """The records of an extraction in gold form, for a person to correct."""
    days = {day for d in found.dates if d.granularity == "day" for day in (d.date, d.date_end) if day}
    main = next((e for e in found.events if e.is_primary), None)
    return GoldRecords(
        primary_unit=found.primary_unit,
        polda=found.polda,
        units=[unit.unit for unit in found.units],
        officers=[GoldOfficer(o.name, o.rank, o.position, o.unit, o.force) for o in found.officers],
        dates=sorted(day.isoformat() for day in days),
        personnel=[
            GoldPersonnel(p.min, p.max, p.approx, p.force, p.unit_of, p.surface)
            for p in found.personnel
            if p.status != "denied"
        ],
        event=GoldEvent(
            type=main.event_type if main else "other",
            date=main.date.isoformat() if main and main.date else None,
            date_end=main.date_end.isoformat() if main and main.date_end else None,
            region=main.region if main else None,
            district=main.district if main else None,
            village=main.village if main else None,
        ),
        other_event_types=[e.event_type for e in found.events if not e.is_primary],
        operation=main.operation if main else None,
        quotes=[
            GoldQuote(q.speaker or q.speaker_position, " ".join(q.quote.split()[:_FIRST_WORDS]))
            for q in found.quotes
        ],
    )


def records_to_json(records: GoldRecords) -> dict[str, Any]:
    """The records as they stand in a task's data."""
    return dataclasses.asdict(records)


def records_from_json(data: Any, where: str) -> GoldRecords:
    """The records of a task's data; ``RecordError`` where their shape is wrong."""
    try:
        return GoldRecords(
            **{
                **data,
                "officers": [GoldOfficer(**entry) for entry in data["officers"]],
                "personnel": [GoldPersonnel(**entry) for entry in data["personnel"]],
                "event": GoldEvent(**data["event"]),
                "quotes": [GoldQuote(**entry) for entry in data["quotes"]],
            }
        )
    except (TypeError, KeyError) as error:
        raise RecordError(
            f"the records have a wrong shape: {error}", where=where, hint="leave `records` as it was exported"
        ) from None
