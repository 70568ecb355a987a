"""Readers of the input forms: a file in, its records out, one at a time and never more than a few in memory.

Each yields a ``Source`` for a record that can be used and a ``Rejected`` for one that cannot.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import InputError, RecordError
from pipeline.run.fields import FIELDS, source_id_of, to_source
from pipeline.run.source import MAX_BYTES, MAX_CHARS, Place, Rejected, Source, reject, too_large, too_long
from pipeline.run.warc import read_warc

Item = Source | Rejected
_CHUNK = 1 << 20
_SAMPLE = 4096
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_EMPTY = "the file is empty"
_BINARY = RecordError(
    "this is binary data, not text", hint="check the file's form; its ending should tell it"
)


def _decode(data: bytes) -> str:
    """UTF-8 (or UTF-16 that says so) to text; ``RecordError`` tells where it is not."""
    try:
        if data.startswith(_UTF16):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(
            f"not valid {error.encoding.upper()}: byte 0x{data[error.start]:02x} at position {error.start}",
            hint="convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8",
        ) from None


def is_binary(data: bytes) -> bool:
    """Whether the first bytes of a file are not text in any encoding that we take."""
    sample = data[:_SAMPLE]
    return b"\0" in sample or len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 20


def _lines(handle: BinaryIO) -> Iterator[bytes | None]:
    """Lines without their end; ``None`` for one above ``MAX_BYTES``, which is skipped over, not held."""
    while line := handle.readline(MAX_BYTES + 1):
        if len(line) <= MAX_BYTES or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while (rest := handle.readline(_CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield None


def read_jsonl(path: Path) -> Iterator[Item]:
    """One JSON object a line. Blank lines are passed over."""
    with path.open("rb") as handle:
        if is_binary(handle.peek(_SAMPLE)):
            yield reject(Place(str(path)), _BINARY)
            return
        seen = False
        for number, line in enumerate(_lines(handle), 1):
            place = Place(str(path), number)
            if line is None:
                seen = True
                yield reject(place, too_large("the line"))
            elif line.strip():
                seen = True
                yield _json_line(line, place)
        if not seen:
            yield Rejected(Place(str(path)), _EMPTY)


def _json_line(line: bytes, place: Place) -> Item:
    source_id = None
    try:
        record = json.loads(_decode(line))
        if isinstance(record, Mapping):
            source_id = source_id_of(record)
        return to_source(record, place)
    except json.JSONDecodeError as error:
        broken = RecordError(
            f"not valid JSON: {error.msg} at column {error.colno}",
            hint="each line must be one whole JSON object",
        )
        return reject(place, broken, record=line)
    except (RecursionError, ValueError) as error:
        return reject(place, RecordError(f"not usable JSON: {error}"), record=line)
    except RecordError as error:
        return reject(place, error, source_id=source_id, record=line)


def read_parquet(path: Path) -> Iterator[Item]:
    """One record a row, from the columns that are known."""
    from pipeline.tables.reader import iter_parquet, parquet_columns

    whole = Place(str(path))
    if path.stat().st_size == 0:
        yield Rejected(whole, _EMPTY)
        return
    try:
        columns = parquet_columns(path)
        if "text" not in columns:
            raise InputError(
                f"the Parquet file has no column `text`; it has {', '.join(columns[:20]) or 'none'}",
                hint="rename the column that holds the article's body to `text`",
            )
        number = 0
        for number, row in enumerate(iter_parquet(path, FIELDS), 1):
            place = Place(str(path), number)
            try:
                yield to_source(row, place)
            except RecordError as error:
                yield reject(place, error, source_id=source_id_of(row), record=repr(row)[:4000])
        if not number:
            yield Rejected(whole, "the Parquet file has no rows")
    except InputError as error:
        yield reject(whole, error)


def _whole_file(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise too_large("the file", size)
    data = path.read_bytes()
    if not data.strip():
        raise RecordError(_EMPTY)
    return data


def read_text(path: Path) -> Iterator[Item]:
    """A text file is one article, its title on the first line."""
    place, stem = Place(str(path)), path.stem
    try:
        data = _whole_file(path)
        if is_binary(data) and not data.startswith(_UTF16):
            raise _BINARY
        text = _decode(data)
        if len(text) > MAX_CHARS:
            raise too_long(len(text))
        yield Source(place, text=text, source_id=stem)
    except RecordError as error:
        yield reject(place, error, source_id=stem)


def read_html(path: Path) -> Iterator[Item]:
    """An HTML file is one page; its encoding is found out later, with the page."""
    place, stem = Place(str(path)), path.stem
    try:
        data = _whole_file(path)
        if b"\0" in data[:_SAMPLE] and not data.startswith(_UTF16):
            raise _BINARY
        yield Source(place, html=data, source_id=stem)
    except RecordError as error:
        yield reject(place, error, source_id=stem)


READERS: Mapping[str, Callable[[Path], Iterator[Item]]] = {
    ".jsonl": read_jsonl,
    ".parquet": read_parquet,
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".warc.gz": read_warc,
    ".warc": read_warc,
}
"""The reader of each form, by the ending of the file's name."""
