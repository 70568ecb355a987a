"""The values that cross folder borders: an article, and what was found in it.

Every record that comes out of a text carries its evidence: ``start`` and ``end`` are character
offsets (Python string indices, end exclusive) into ``Article.text``, ``surface`` is exactly
``text[start:end]``, ``rule`` names the rule or model that made it, ``confidence`` is 0 to 1.
What is not known is ``None``, never an empty string. Columns and their meanings are declared in
``pipeline.tables.schema``; these classes hold the same values before they become rows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Article:
    """One clean article. ``text`` is the body; captions stand behind it, from ``captions_start`` on."""

    article_id: str
    text: str
    source_id: str | None = None
    url: str | None = None
    site: str | None = None
    title: str | None = None
    byline: str | None = None
    published_at: dt.datetime | None = None
    """Aware, in UTC; ``None`` where the source gives no time of day."""
    published_date: dt.date | None = None
    """The local calendar day at the site; what relative dates are resolved from."""
    fetched_at: dt.datetime | None = None
    language: str | None = None
    captions_start: int | None = None
    """Offset of the first picture caption in ``text``; ``None`` when there is none."""
    province_codes: tuple[str, ...] = ()
    """Kemendagri codes of the provinces that the site writes about (from its site entry); a hint."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A tagged span. Labels: PER RANK DEG POS UNIT ORG LOC DATE TIME NUM OP."""

    label: str
    start: int
    end: int
    surface: str
    source: str
    """``ner`` or ``rule``."""
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A police unit named in the article; ``start``/``end`` are its first mention."""

    unit_id: str
    unit: str
    level: str
    """``mabes``, ``polda``, ``polres`` or ``polsek``."""
    polda_id: str | None
    region_code: str | None
    is_primary: bool
    n_mentions: int
    surface: str
    start: int
    end: int
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class OfficerRecord:
    """A named member of Polri or TNI; ``start``/``end`` are the fullest mention of the name."""

    officer_id: str
    name: str
    rank: str | None
    rank_name: str | None
    rank_order: int | None
    force: str
    """``polri`` or ``tni``."""
    degrees: str | None
    position: str | None
    is_acting: bool
    unit_id: str | None
    unit: str | None
    previous_position: str | None
    previous_unit: str | None
    is_speaker: bool
    n_mentions: int
    surface: str
    start: int
    end: int
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class DateRecord:
    """A date expression, resolved. ``date_end`` only for a range."""

    date: dt.date
    date_end: dt.date | None
    granularity: str
    """``day``, ``month`` or ``year``."""
    role: str
    """``event``, ``statement``, ``period`` or ``other``."""
    weekday_ok: bool | None
    """False where a weekday is written that contradicts the day; ``None`` where none is written."""
    surface: str
    start: int
    end: int
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class PersonnelRecord:
    """A stated number of personnel."""

    min: int
    max: int | None
    approx: bool
    force: str
    unit_of: str
    status: str
    """``actual``, ``planned``, ``past`` (an earlier year or event) or ``denied``."""
    surface: str
    start: int
    end: int
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A reported event; ``start``/``end`` is the evidence for its type."""

    event_id: str
    is_primary: bool
    event_type: str
    event_group: str
    date: dt.date | None
    date_end: dt.date | None
    unit_id: str | None
    region_code: str | None
    region: str | None
    district: str | None
    village: str | None
    operation: str | None
    status: str
    confidence: float
    surface: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """A direct quotation, without its marks. ``speaker`` is the fullest name, or the post if unnamed."""

    quote: str
    speaker: str | None
    speaker_position: str | None
    officer_id: str | None
    start: int
    end: int
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article, each list sorted by ``start``."""

    article: Article
    extractor: str
    """Version of the package and of the model, as written to ``articles.extractor``."""
    primary_unit_id: str | None = None
    primary_unit: str | None = None
    polda_id: str | None = None
    polda: str | None = None
    units: list[UnitRecord] = field(default_factory=list)
    officers: list[OfficerRecord] = field(default_factory=list)
    dates: list[DateRecord] = field(default_factory=list)
    personnel: list[PersonnelRecord] = field(default_factory=list)
    events: list[EventRecord] = field(default_factory=list)
    quotes: list[QuoteRecord] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
