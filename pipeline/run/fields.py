"""The fields of a JSONL or Parquet record, checked and named, to a ``Source``."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from pipeline.errors import RecordError
from pipeline.run.source import MAX_CHARS, Place, Source, too_long

FIELDS = ("text", "id", "url", "site", "title", "published_at", "published", "byline")
"""The fields that are read; all others are ignored."""
_MILLISECONDS = 1e11
_YEARS = (631_152_000, 4_102_444_800)


def source_id_of(record: Mapping[str, Any]) -> str | None:
    """The record's own id as text; a whole number is taken as its digits."""
    value = record.get("id")
    if isinstance(value, str):
        return value.strip() or None
    if (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and math.isfinite(value)
        and value == int(value)
    ):
        return str(int(value))
    return None


def _kind(value: Any) -> str:
    return {bool: "true or false", dict: "an object", list: "a list"}.get(type(value), type(value).__name__)


def _is_nan(value: Any) -> bool:
    """Whether it is "not a number", which is how pandas spells null."""
    return isinstance(value, float) and math.isnan(value)


def _text_field(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is None or _is_nan(value):
        return None
    if not isinstance(value, str):
        raise RecordError(
            f"`{name}` is {_kind(value)}, not text", hint=f"write `{name}` as a string, or null"
        )
    return _encodable(value, name).strip() or None


def _encodable(value: str, name: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RecordError(
            f"`{name}` holds half a surrogate pair at character {error.start}",
            hint="the file was cut or written wrongly; write it again in UTF-8",
        ) from None
    return value


def _published(record: Mapping[str, Any]) -> str | dt.date | None:
    for name in ("published_at", "published"):
        value = record.get(name)
        if isinstance(value, dt.date):  # a datetime is one too
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not _is_nan(value):
            return _from_epoch(value, name)
        if value is not None:
            text = _text_field(record, name)
            if text:
                return text
    return None


def _from_epoch(value: float, name: str) -> dt.datetime:
    """Seconds or milliseconds since 1970, as pandas writes times into JSON."""
    seconds = value / 1000 if abs(value) > _MILLISECONDS else value
    if not _YEARS[0] <= seconds < _YEARS[1]:
        raise RecordError(
            f"`{name}` is the number {value}, which is no time between 1990 and 2100",
            hint="write it as text, for example 2024-10-08T08:51:00+07:00",
        )
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def to_source(record: object, place: Place) -> Source:
    """Check the fields of a record.

    Raises ``RecordError`` when it is not an object, has no text, too much text, or a field of a wrong type.
    """
    if not isinstance(record, Mapping):
        raise RecordError(
            f"the line is {_kind(record)}, not an object",
            hint='write {"text": "…", "title": "…"} on each line',
        )
    if "text" not in record:
        raise RecordError("there is no field `text`", hint=f"fields that are read: {', '.join(FIELDS)}")
    text = record["text"]
    if text is None or (isinstance(text, str) and not text.strip()):
        raise RecordError("`text` is empty", hint="the article's body is needed")
    if not isinstance(text, str):
        raise RecordError(f"`text` is {_kind(text)}, not text", hint="write `text` as one string")
    if len(text) > MAX_CHARS:
        raise too_long(len(text))
    source_id, given = source_id_of(record), record.get("id")
    if source_id is None and not _is_nan(given) and not isinstance(given, (str, type(None))):
        raise RecordError(f"`id` is {_kind(given)}", hint="write `id` as a string or a whole number")
    return Source(
        place,
        text=_encodable(text, "text"),
        source_id=source_id,
        published=_published(record),
        url=_text_field(record, "url"),
        site=_text_field(record, "site"),
        title=_text_field(record, "title"),
        byline=_text_field(record, "byline"),
    )
