"""The raw store: WARC 1.1 files to which whole records are appended, then fsynced.

Each record is a gzip member of its own, so that it can be read by its place alone and a torn tail
can be cut off. What was appended after the ledger's last word is found again by ``tail``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline import __version__
from pipeline.errors import StoreError
from pipeline.scrape.answer import Answer

_HOP_BY_HOP = {
    "content-encoding",
    "transfer-encoding",
    "content-length",
    "connection",
    "keep-alive",
    "set-cookie",
}


MAX_BODY = 20_000_000
"""Most bytes taken of one record's body."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: file name, first byte, length in bytes."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as stored. ``url`` is the address the ledger knows, ``final_url`` the one that answered."""

    url: str
    final_url: str
    site_id: str | None
    fetched_at: dt.datetime
    content_type: str | None
    etag: str | None
    last_modified: str | None
    digest: str
    body: bytes
    place: Place


class WarcStore:
    """A folder of ``rilis-YYYYMM-NNNN.warc.gz``. Safe to share between threads of one process."""

    def __init__(self, folder: Path, *, max_bytes: int = 1_000_000_000) -> None:
        self.folder = folder
        self._max = max_bytes
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def append(self, answer: Answer, url: str, site_id: str | None) -> Place:
        """Write one page and have it on the disk before returning."""
        record = _record(answer, url, site_id)
        with self._lock:
            path = self._current(answer.fetched_at)
            with path.open("ab") as out:
                offset = out.tell()
                if offset == 0:
                    head = _warcinfo(path.name, answer.fetched_at)
                    out.write(head)
                    offset = len(head)
                out.write(record)
                out.flush()
                os.fsync(out.fileno())
            if offset != path.stat().st_size - len(record):
                raise StoreError("something else writes to the raw store", where=str(path))
        return Place(path.name, offset, len(record))

    def read(self, place: Place) -> StoredPage:
        """The page at a place. Errors: ``StoreError`` when there is no whole record."""
        path = self.folder / place.file
        try:
            with path.open("rb") as source:
                source.seek(place.offset)
                raw = source.read(place.length)
            for page in _pages(io.BytesIO(raw), place.file, place.offset):
                return page
        except (OSError, zlib.error, ValueError) as error:
            raise StoreError(f"record cannot be read: {error}", where=f"{path}:{place.offset}") from error
        raise StoreError("no page at this place", where=f"{path}:{place.offset}")

    def files(self) -> list[Path]:
        """The archives, oldest first."""
        return sorted(self.folder.glob("rilis-*.warc.gz"))

    def tail(self, known: dict[str, int]) -> Iterator[StoredPage]:
        """Cut torn tails off, then give the whole pages beyond the known end of each file.

        ``known``: file name to the first byte after the last record that the ledger has.
        """
        for path in self.files():
            start = known.get(path.name, 0)
            if start > path.stat().st_size:
                raise StoreError(
                    "the file is shorter than the ledger knows it",
                    where=str(path),
                    hint="restore ledger and WARC files from the same back-up",
                )
            end = _whole_until(path, start)
            if end < path.stat().st_size:
                with path.open("r+b") as out:
                    out.truncate(end)
                    os.fsync(out.fileno())
            if end > start:
                with path.open("rb") as source:
                    source.seek(start)
                    yield from _pages(source, path.name, 0)

    def _current(self, moment: dt.datetime) -> Path:
        month = f"rilis-{moment:%Y%m}"
        number = max((int(path.name[13:17]) for path in self.folder.glob(f"{month}-*.warc.gz")), default=0)
        path = self.folder / f"{month}-{number:04d}.warc.gz"
        if path.exists() and path.stat().st_size >= self._max:
            path = self.folder / f"{month}-{number + 1:04d}.warc.gz"
        return path


def read_pages(path: Path) -> Iterator[StoredPage]:
    """Stream the HTML pages of any WARC file, plain or gzipped, in constant memory."""
    with path.open("rb") as source:
        yield from _pages(source, path.name, 0)


def _record(answer: Answer, url: str, site_id: str | None) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    headers = [(key, value) for key, value in answer.headers if key.lower() not in _HOP_BY_HOP]
    headers.append(("Content-Length", str(len(answer.body))))
    http = StatusAndHeaders(f"{answer.status} OK", headers, protocol="HTTP/1.1")
    extra = {"WARC-Date": _stamp(answer.fetched_at), "Rilis-Url": url}
    if site_id:
        extra["Rilis-Site"] = site_id
    record = writer.create_warc_record(
        answer.final_url,
        "response",
        payload=io.BytesIO(answer.body),
        http_headers=http,
        warc_headers_dict=extra,
    )
    writer.write_record(record)
    return out.getvalue()


def _warcinfo(name: str, moment: dt.datetime) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    info = {"software": f"rilis/{__version__}", "format": "WARC File Format 1.1"}
    record = writer.create_warcinfo_record(name, info)
    record.rec_headers.replace_header("WARC-Date", _stamp(moment))
    writer.write_record(record)
    return out.getvalue()


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _whole_until(path: Path, start: int) -> int:
    """The end of the last whole gzip member at or after ``start``."""
    end = start
    with path.open("rb") as source:
        source.seek(start)
        state = zlib.decompressobj(wbits=31)
        place = start
        while chunk := source.read(1 << 20):
            while chunk:
                try:
                    state.decompress(chunk)
                except zlib.error:
                    return end
                if not state.eof:
                    place += len(chunk)
                    break
                place += len(chunk) - len(state.unused_data)
                end, chunk = place, state.unused_data
                state = zlib.decompressobj(wbits=31)
    return end


def _pages(source: io.BufferedIOBase | io.BytesIO, name: str, base: int) -> Iterator[StoredPage]:
    archive = ArchiveIterator(source, arc2warc=True)
    for record in archive:
        headers, http = record.rec_headers, record.http_headers
        if record.rec_type != "response" or http is None or http.get_statuscode() != "200":
            continue
        body = record.content_stream().read(MAX_BODY)
        if len(body) < MAX_BODY and getattr(record.raw_stream, "limit", 0) > 0:
            raise StoreError("the record ends before its end", where=name)
        final = headers.get_header("WARC-Target-URI") or ""
        offset = archive.get_record_offset()
        yield StoredPage(
            url=headers.get_header("Rilis-Url") or final,
            final_url=final,
            site_id=headers.get_header("Rilis-Site"),
            fetched_at=dt.datetime.fromisoformat(headers.get_header("WARC-Date") or "1970-01-01T00:00:00Z"),
            content_type=http.get_header("Content-Type"),
            etag=http.get_header("ETag"),
            last_modified=http.get_header("Last-Modified"),
            digest=hashlib.sha256(body).hexdigest(),
            body=body,
            place=Place(name, base + offset, archive.get_record_length()),
        )
