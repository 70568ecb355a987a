"""What is compared for each field: a gold document and an extraction to hits, misses and false ones."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from pipeline.evaluate.align import Alignment
from pipeline.evaluate.gold import LABELS, GoldDocument
from pipeline.records import Extraction

_WORD = re.compile(r"[\w/.-]*\w", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a field, and where it stands in the extraction's text, if anywhere."""

    key: Hashable
    start: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One field of one document. ``removed`` counts the misses whose text the cleaning took away."""

    hits: list[Item] = field(default_factory=list)
    misses: list[Item] = field(default_factory=list)
    false: list[Item] = field(default_factory=list)
    removed: int = 0


Compare = Callable[[GoldDocument, Extraction], Outcome]


@dataclass(frozen=True, slots=True)
class Field:
    """A scored field. ``kind`` is ``f1`` (sets of values) or ``accuracy`` (one value a document)."""

    name: str
    kind: str
    compare: Compare


def plain(value: str | None) -> str | None:
    """A value without regard to case and white space."""
    return None if value is None else " ".join(value.casefold().split())


def first_words(quote: str, n: int = 4) -> str:
    """The first words of a quotation, bare of marks, for comparing."""
    return " ".join(_WORD.findall(quote.casefold())[:n])


def match(gold: Iterable[Item], found: Iterable[Item]) -> Outcome:
    """Pair equal keys (as multisets); what is left over is missed or false."""
    waiting = Counter(item.key for item in gold)
    outcome = Outcome()
    left: list[Item] = []
    for item in found:
        if waiting[item.key] > 0:
            waiting[item.key] -= 1
            outcome.hits.append(item)
        else:
            left.append(item)
    outcome.false.extend(left)
    for item in gold:
        if waiting[item.key] > 0:
            waiting[item.key] -= 1
            outcome.misses.append(item)
    return outcome


def _one(
    gold: Hashable, found: Hashable, start: int | None = None, confidence: float | None = None
) -> Outcome:
    if gold == found:
        return Outcome(hits=[Item(found, start, confidence)])
    return Outcome(misses=[Item(gold)], false=[Item(found, start, confidence)])


def _units(gold: GoldDocument, got: Extraction) -> Outcome:
    return match(
        [Item(plain(u), gold.text.find(u)) for u in dict.fromkeys(gold.records.units)],
        [Item(plain(u.unit), u.start, u.confidence) for u in got.units],
    )


def _officers(*names: str) -> Compare:
    def compare(gold: GoldDocument, got: Extraction) -> Outcome:
        return match(
            [
                Item(tuple(plain(getattr(o, n)) for n in names), _find(gold, got, o.name))
                for o in gold.records.officers
            ],
            [Item(tuple(plain(getattr(o, n)) for n in names), o.start, o.confidence) for o in got.officers],
        )

    return compare


def _find(gold: GoldDocument, got: Extraction, text: str) -> int | None:
    """Where a gold value's words stand in the extraction's text."""
    at = got.article.text.casefold().find(text.casefold())
    return None if at < 0 else at


def _dates(gold: GoldDocument, got: Extraction) -> Outcome:
    found: dict[str, Item] = {}
    for record in got.dates:
        if record.granularity == "day":
            for day in (record.date, record.date_end):
                if day is not None:
                    found.setdefault(day.isoformat(), Item(day.isoformat(), record.start, record.confidence))
    return match([Item(day) for day in gold.records.dates], found.values())


def _personnel(*names: str) -> Compare:
    def compare(gold: GoldDocument, got: Extraction) -> Outcome:
        return match(
            [
                Item(tuple(_lower(getattr(p, n)) for n in names), _find(gold, got, p.text))
                for p in gold.records.personnel
            ],
            [Item(tuple(_lower(getattr(p, n)) for n in names), p.start, p.confidence) for p in got.personnel],
        )

    return compare


def _lower(value: Hashable) -> Hashable:
    return value.casefold() if isinstance(value, str) else value


def _event(gold_name: str, found_name: str) -> Compare:
    def compare(gold: GoldDocument, got: Extraction) -> Outcome:
        event = next((e for e in got.events if e.is_primary), None)
        value = getattr(event, found_name) if event else None
        value = value.isoformat() if isinstance(value, dt.date) else plain(value)
        where = (event.start, event.confidence) if event else (None, None)
        return _one(plain(getattr(gold.records.event, gold_name)), value, *where)

    return compare


def _event_dates(gold: GoldDocument, got: Extraction) -> Outcome:
    event = next((e for e in got.events if e.is_primary), None)
    days = (event.date, event.date_end) if event else (None, None)
    found = tuple(day.isoformat() if day else None for day in days)
    return _one((gold.records.event.date, gold.records.event.date_end), found, event.start if event else None)


def _operation(gold: GoldDocument, got: Extraction) -> Outcome:
    event = next((e for e in got.events if e.is_primary), None)
    return _one(plain(gold.records.operation), plain(event.operation) if event else None)


def _other_types(gold: GoldDocument, got: Extraction) -> Outcome:
    main = next((e.event_type for e in got.events if e.is_primary), None)
    others = {e.event_type: e for e in got.events if not e.is_primary and e.event_type != main}
    return match(
        [Item(kind) for kind in dict.fromkeys(gold.records.other_event_types)],
        [Item(e.event_type, e.start, e.confidence) for e in others.values()],
    )


def _quotes(gold: GoldDocument, got: Extraction) -> Outcome:
    return match(
        [Item(first_words(q.starts), _find(gold, got, q.starts)) for q in gold.records.quotes],
        [Item(first_words(q.quote), q.start, q.confidence) for q in got.quotes],
    )


def _quote_speakers(gold: GoldDocument, got: Extraction) -> Outcome:
    return match(
        [
            Item((first_words(q.starts), plain(q.speaker)), _find(gold, got, q.starts))
            for q in gold.records.quotes
        ],
        [Item((first_words(q.quote), plain(q.speaker)), q.start, q.confidence) for q in got.quotes],
    )


def _speakers(gold: GoldDocument, got: Extraction) -> Outcome:
    """The speaker, over the quotations that were found at all."""
    found = {first_words(q.quote): q for q in got.quotes}
    outcome = Outcome()
    for quote in gold.records.quotes:
        key = first_words(quote.starts)
        if key in found:
            one = _one(
                plain(quote.speaker), plain(found[key].speaker), found[key].start, found[key].confidence
            )
            outcome.hits.extend(one.hits)
            outcome.misses.extend(one.misses)
            outcome.false.extend(one.false)
    return outcome


def _spans(*labels: str) -> Compare:
    def compare(gold: GoldDocument, got: Extraction) -> Outcome:
        alignment = Alignment(gold.text, got.article.text)
        wanted: list[Item] = []
        removed: list[Item] = []
        for span in gold.spans:
            if span.label in labels:
                place = alignment.span(span.start, span.end)
                if place is None:
                    removed.append(Item((span.label, span.surface)))
                else:
                    wanted.append(Item((span.label, got.article.text[slice(*place)], *place), place[0]))
        mentions = [m for m in got.mentions if m.label in labels]
        outcome = match(
            wanted, [Item((m.label, m.surface, m.start, m.end), m.start, m.score) for m in mentions]
        )
        return Outcome(outcome.hits, [*outcome.misses, *removed], outcome.false, len(removed))

    return compare


FIELDS: tuple[Field, ...] = (
    Field("units", "f1", _units),
    Field(
        "primary_unit", "accuracy", lambda g, x: _one(plain(g.records.primary_unit), plain(x.primary_unit))
    ),
    Field("polda", "accuracy", lambda g, x: _one(plain(g.records.polda), plain(x.polda))),
    Field("officer_name", "f1", _officers("name")),
    Field("officer_rank", "f1", _officers("name", "rank")),
    Field("officer_position", "f1", _officers("name", "position")),
    Field("officer_unit", "f1", _officers("name", "unit")),
    Field("officer_record", "f1", _officers("name", "rank", "position", "unit", "force")),
    Field("dates", "f1", _dates),
    Field("event_date", "accuracy", _event("date", "date")),
    Field("event_dates", "accuracy", _event_dates),
    Field("personnel", "f1", _personnel("min", "max", "unit_of")),
    Field("personnel_force", "f1", _personnel("min", "max", "unit_of", "force")),
    Field("event_type", "accuracy", _event("type", "event_type")),
    Field("other_event_types", "f1", _other_types),
    Field("region", "accuracy", _event("region", "region")),
    Field("district", "accuracy", _event("district", "district")),
    Field("village", "accuracy", _event("village", "village")),
    Field("operation", "accuracy", _operation),
    Field("quotes", "f1", _quotes),
    Field("quote_speaker", "f1", _quote_speakers),
    Field("speaker", "accuracy", _speakers),
    *(Field(f"span_{label.lower()}", "f1", _spans(label)) for label in LABELS),
    Field("span_all", "f1", _spans(*LABELS)),
)
