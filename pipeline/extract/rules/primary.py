"""The units of an article as records, and the one whose activity it reports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.rules.units import UnitMention, find_title_units
from pipeline.records import UnitRecord
from pipeline.registry import load_registry

_TITLE = 4.0
_LEAD = 3.0
_SECOND = 1.5
_LEAD_PARAGRAPHS = 2


@dataclass(frozen=True, slots=True)
class Primary:
    """The primary unit and the Polda over it; None where the article names no unit."""

    unit_id: str | None = None
    unit: str | None = None
    level: str | None = None
    polda_id: str | None = None
    polda: str | None = None
    region_code: str | None = None


def unit_records(
    doc: Document, mentions: list[UnitMention], primary: Primary | None = None
) -> list[UnitRecord]:
    """One record a unit, at its first mention, sorted by start."""
    chosen = choose_primary(doc, mentions) if primary is None else primary
    groups: dict[str, list[UnitMention]] = {}
    for mention in mentions:
        if mention.unit_id is not None:
            groups.setdefault(mention.unit_id, []).append(mention)
    records = []
    for unit_id, group in groups.items():
        first = min(group, key=lambda mention: mention.start)
        records.append(
            UnitRecord(
                unit_id=unit_id,
                unit=first.unit,
                level=first.level,
                polda_id=first.polda_id,
                region_code=first.region_code,
                is_primary=unit_id == chosen.unit_id,
                n_mentions=len(group),
                surface=doc.text[first.start : first.end],
                start=first.start,
                end=first.end,
                confidence=max(mention.confidence for mention in group),
                rule=first.rule,
            )
        )
    records.sort(key=lambda record: record.start)
    return records


def choose_primary(doc: Document, mentions: list[UnitMention]) -> Primary:
    """The unit whose activity is reported: by title, lead, frequency."""
    titled = find_title_units(doc)
    scores: defaultdict[str, float] = defaultdict(float)
    by_id: dict[str, UnitMention] = {}
    for mention in titled:
        if mention.unit_id is not None:
            scores[mention.unit_id] += _TITLE
            by_id.setdefault(mention.unit_id, mention)
    lead_end = doc.paragraphs[min(_LEAD_PARAGRAPHS, len(doc.paragraphs)) - 1][1] if doc.paragraphs else 0
    for mention in mentions:
        if mention.unit_id is None or (mention.unit_id == "mabes-polri" and mention.form == "title"):
            continue
        by_id.setdefault(mention.unit_id, mention)
        scores[mention.unit_id] += 1.0 + (_LEAD if mention.start < lead_end else 0.0)
    if not scores:
        return _of(mentions[0]) if mentions and mentions[0].unit_id else Primary()
    best = max(scores, key=lambda unit: (scores[unit], -by_id[unit].start))
    return _of(by_id[best])


def _of(mention: UnitMention) -> Primary:
    registry = load_registry()
    polda = registry.units[mention.polda_id].name if mention.polda_id else None
    return Primary(mention.unit_id, mention.unit, mention.level, mention.polda_id, polda, mention.region_code)
