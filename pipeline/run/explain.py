"""One article laid open: its text in marked pieces, and each record with its evidence, rule and confidence.

The same view is made of a fresh extraction and of rows read back from tables, so what is shown is what
stands in the tables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import InputError, RecordError
from pipeline.records import Extraction
from pipeline.run.inputs import read, resolve, to_article
from pipeline.run.source import Source
from pipeline.tables.rows import rows_of
from pipeline.tables.schema import TABLES

_PLACE = ("article_id", "start", "end", "surface", "rule", "confidence")
_ABOUT = ("article_id", "source_id", "site", "byline", "published_date", "primary_unit", "polda", "extractor")


@dataclass(frozen=True, slots=True)
class Label:
    """How a kind of span is shown."""

    name: str
    id: str
    en: str
    light: str
    dark: str
    style: str


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table. ``key`` is unique in the article; ``values`` are (column, label, value)."""

    key: str
    table: str
    values: tuple[tuple[str, str, str], ...]
    surface: str
    start: int
    end: int
    rule: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two borders: its kind of span, and the records that it is evidence of."""

    text: str
    start: int
    label: str | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """All that is shown of an article."""

    title: str
    url: str | None
    about: tuple[tuple[str, str], ...]
    text: str
    pieces: tuple[Piece, ...]
    records: tuple[Record, ...]

    def of_table(self, table: str) -> tuple[Record, ...]:
        """The records of one table."""
        return tuple(record for record in self.records if record.table == table)


@cache
def labels() -> dict[str, Label]:
    """The kinds of span in their order."""
    path = Path(__file__).with_name("labels.yml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: Label(name, **spec) for name, spec in data.items()}


def explain_extraction(found: Extraction) -> View:
    """The view of a fresh extraction."""
    rows = rows_of(found)
    return _view(
        {name: [dict(zip(TABLES[name].names, row, strict=True)) for row in rows[name]] for name in TABLES}
    )


def explain_file(path: Path, number: str | None = None, ner: str = "rules") -> tuple[View, int]:
    """The first article of a file (or the one with an id), and how many more the file holds.

    Raises ``InputError`` when there is none, ``RecordError`` when it cannot be read.
    """
    from pipeline.extract import extract_many
    from pipeline.extract.ner import load_backend

    chosen: Source | None = None
    more = 0
    for item in read(resolve([path]).files):
        if chosen is not None:
            more += 1
        elif isinstance(item, Source) and number in (None, item.source_id):
            chosen = item
        elif not isinstance(item, Source) and (number is None or number == item.source_id):
            raise RecordError(item.reason, where=str(item.place), hint=item.hint)
    if chosen is None:
        raise InputError(
            f"no article with the id {number!r}", where=str(path), hint="ids stand in the field `id`"
        )
    (found,) = extract_many([to_article(chosen)], ner=load_backend(ner))
    return explain_extraction(found), more


def explain_stored(folder: Path, article: str) -> View:
    """The view of an article in tables, found by ``article_id``, ``source_id`` or address."""
    from pipeline.tables.reader import read_rows

    for column in ("article_id", "source_id", "url"):
        found = read_rows(folder, "articles", column, article)
        if found:
            article_id = found[0]["article_id"]
            rows = {name: read_rows(folder, name, "article_id", article_id) for name in TABLES}
            return _view(rows)
    raise InputError(
        f"no article {article!r}", where=str(folder), hint="give an article_id, a source_id or an address"
    )


def _view(rows: Mapping[str, list[dict[str, Any]]]) -> View:
    (article,) = rows["articles"]
    text = article["text"]
    records = tuple(
        _record(name, number, row, text)
        for name in TABLES
        if name not in ("articles", "mentions")
        for number, row in enumerate(rows[name], 1)
    )
    about = tuple(
        (TABLES["articles"][name].label, _shown(article[name]))
        for name in _ABOUT
        if article[name] is not None
    )
    spans = [(row["start"], row["end"], row["label"]) for row in rows["mentions"]]
    return View(
        title=article["title"] or article["article_id"],
        url=article["url"],
        about=about,
        text=text,
        pieces=tuple(pieces(text, spans, records)),
        records=records,
    )


def _record(table: str, number: int, row: dict[str, Any], text: str) -> Record:
    values = tuple(
        (column.name, column.label, _shown(row[column.name]))
        for column in TABLES[table].columns
        if column.name not in _PLACE and row[column.name] is not None and row[column.name] is not False
    )
    start, end = row["start"], row["end"]
    return Record(
        f"{table}-{number}", table, values, text[start:end], start, end, row["rule"], row.get("confidence")
    )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "ya / yes" if value else "tidak / no"
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def pieces(
    text: str, spans: Iterable[tuple[int, int, str]], records: Iterable[Record] = ()
) -> Iterable[Piece]:
    """Cut a text at every border of a span or of evidence. Where spans overlap, the shortest is shown."""
    ordered = sorted(spans, key=lambda s: s[0] - s[1])
    evidence = list(records)
    borders = {0, len(text)}
    for start, end, _ in ordered:
        borders |= {start, end}
    for record in evidence:
        borders |= {record.start, record.end}
    cuts = sorted(border for border in borders if 0 <= border <= len(text))
    for start, end in pairwise(cuts):
        label = None
        for begin, close, name in ordered:
            if begin <= start and end <= close:
                label = name
        keys = tuple(record.key for record in evidence if record.start <= start and end <= record.end)
        yield Piece(text[start:end], start, label, keys)
