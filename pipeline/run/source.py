"""Values between the readers of input and the batch: a record as read, its place, why it was put aside."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from pipeline.errors import RecordError, RilisError

MAX_CHARS = 200_000
"""Longest article that is taken, in characters; the longest of 1,305 real ones has 14,518. What is far
longer is many articles in one, or made to keep a program busy."""
MAX_BYTES = 16 << 20
"""Longest line of JSONL, and largest text or HTML file or archived page, that is read into memory."""
_EXCERPT = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in the input: the file, and its line (JSONL), row (Parquet) or record (WARC)."""

    path: str
    row: int | None = None

    def __str__(self) -> str:
        return self.path if self.row is None else f"{self.path}:{self.row}"


@dataclass(frozen=True, slots=True)
class Source:
    """One record as read, not yet an article: ``text`` from text files and rows, ``html`` from pages."""

    place: Place
    text: str | None = None
    html: bytes | None = None
    source_id: str | None = None
    url: str | None = None
    site: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | dt.date | None = None
    fetched_at: dt.datetime | None = None
    charset: str | None = None
    """What the answer's header said about the characters of ``html``."""

    @property
    def size(self) -> int:
        """Roughly how much work it is."""
        return len(self.text or "") + len(self.html or b"") // 8


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record (or a whole file) that was put aside."""

    place: Place
    reason: str
    hint: str | None = None
    source_id: str | None = None
    record: str | None = None

    def to_json(self) -> str:
        """One line for ``rejected.jsonl``; a long record is cut."""
        record = self.record
        if record is not None and len(record) > _EXCERPT:
            record = f"{record[:_EXCERPT]}… ({len(record):,} characters)"
        line = {
            "input": self.place.path,
            "row": self.place.row,
            "source_id": self.source_id,
            "reason": self.reason,
            "hint": self.hint,
            "record": record,
        }
        text = json.dumps(line, ensure_ascii=False)
        return text.encode("utf-8", "replace").decode("utf-8")


def reject(
    place: Place, error: RilisError, *, source_id: str | None = None, record: str | bytes | None = None
) -> Rejected:
    """Put a record aside for an error, with its own words."""
    if isinstance(record, bytes):
        record = record[: 4 * _EXCERPT].decode("utf-8", "replace")
    return Rejected(place, error.message, error.hint, source_id, record)


def too_long(chars: int) -> RecordError:
    """The error of an article above the limit."""
    return RecordError(
        f"the text has {chars:,} characters; the limit is {MAX_CHARS:,}",
        hint="split the file: it probably holds many articles",
    )


def too_large(what: str, size: int | None = None) -> RecordError:
    """The error of a line, file or page above the limit."""
    told = f" ({size / 2**20:,.0f} MB)" if size else ""
    return RecordError(
        f"{what} is larger than {MAX_BYTES >> 20} MB{told}",
        hint="one article a line, page or file is wanted; JSONL has a line break after each record",
    )
