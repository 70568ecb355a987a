"""Pages out of web archives (WARC), one at a time, with every size bounded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import RecordError
from pipeline.run.source import MAX_BYTES, Place, Rejected, Source, reject, too_large
from pipeline.text.charset import charset_of

_CHUNK = 1 << 16
_MAX_SKIP = 1 << 30
_HTML = ("text/html", "application/xhtml+xml")


def read_warc(path: Path) -> Iterator[Source | Rejected]:
    """The HTML pages that were answered with 200; other records of the archive are passed over.

    A page above the limit is put aside. Where a single record unpacks to more than 1 GB, the rest of the
    file is given up, since nothing but unpacking it would show where the next record begins.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    whole = Place(str(path))
    number = 0
    with path.open("rb") as handle:
        try:
            for number, record in enumerate(ArchiveIterator(handle), 1):
                if not _is_page(record):
                    _skip(record.raw_stream)
                    continue
                place = Place(str(path), number)
                url = record.rec_headers.get_header("WARC-Target-URI")
                try:
                    yield Source(
                        place, html=_body(record), url=url, fetched_at=_date(record), charset=_charset(record)
                    )
                except RecordError as error:
                    yield reject(place, error, record=url)
                    _skip(record.raw_stream)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, RecordError) as error:
            told = error.message if isinstance(error, RecordError) else f"the archive is damaged: {error}"
            hint = f"{number} records before this place were read; the rest of the file was not"
            yield Rejected(Place(str(path), number + 1), told.strip()[:500], hint)
            return
    if not number:
        yield Rejected(whole, "the archive is empty")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and kind in _HTML


def _charset(record: Any) -> str | None:
    return charset_of(record.http_headers.get_header("Content-Type"))


def _body(record: Any) -> bytes:
    stream = record.content_stream()
    parts, size = [], 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > MAX_BYTES:
            raise too_large("the page")
        parts.append(chunk)
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise RecordError("the page is cut off", hint="the archive ends in the middle of a record")
    return b"".join(parts)


def _skip(stream: Any) -> None:
    """Read to the end of a record without keeping it."""
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > _MAX_SKIP:
            raise RecordError("a record unpacks to more than 1 GB")


def _date(record: Any) -> dt.datetime | None:
    value = record.rec_headers.get_header("WARC-Date") or ""
    try:
        when = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
