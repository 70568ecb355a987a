"""``publish``: read the Parquet tables, write one SQLite file, swap it in when it is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__
from pipeline.errors import StoreError
from pipeline.publish import duck
from pipeline.publish.store import ddl, load, summary, words
from pipeline.tables.schema import SCHEMA_VERSION, TABLES

_FTS = """
CREATE VIRTUAL TABLE articles_fts USING fts5(
  title, text, tags, content='articles_search', content_rowid='id', prefix='3 4',
  tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO articles_fts(articles_fts, rank) VALUES ('hashsize', 33554432);
INSERT INTO articles_fts(articles_fts) VALUES ('rebuild');
INSERT INTO articles_fts(articles_fts) VALUES ('optimize');
CREATE VIRTUAL TABLE people_fts USING fts5(
  name, content='people', content_rowid='rowid', prefix='2 3', tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO people_fts(people_fts) VALUES ('rebuild');
"""


@dataclass(frozen=True, slots=True)
class Published:
    """What was written: the file, its size in bytes, and the rows of each table."""

    path: Path
    size: int
    rows: dict[str, int]


def publish(
    data: Path,
    out: Path,
    *,
    withheld: frozenset[str] = frozenset(),
    step: Callable[[str], None] = lambda name: None,
) -> Published:
    """Build the SQLite file ``out`` from the tables in ``data``, without the ``withheld`` articles.

    Memory stays within about a gigabyte whatever the size. The old file is replaced at the end, at once;
    a run that fails leaves it as it was. ``step`` is told the name of each step as it begins.
    Raises ``InputError`` when there are no tables, ``StoreError`` when the file cannot be written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        with duck.connect(data, memory_limit="700MB") as source:
            target = sqlite3.connect(partial, isolation_level=None)
            try:
                rows = _fill(source, target, withheld, step)
            finally:
                target.close()
        partial.replace(out)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"cannot write the file: {error}", where=str(out)) from error
    finally:
        partial.unlink(missing_ok=True)
    return Published(out, out.stat().st_size, rows)


def _fill(
    source: duck.Connection,
    target: sqlite3.Connection,
    withheld: frozenset[str],
    step: Callable[[str], None],
) -> dict[str, int]:
    target.executescript(
        "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "PRAGMA temp_store = FILE; PRAGMA cache_size = -65536; PRAGMA secure_delete = OFF"
    )
    target.execute("BEGIN")
    step("units and officers")
    load.prepare(source, withheld)
    target.executescript(ddl.PAGES.read_text(encoding="utf-8"))
    summary.fill_event_types(target)
    summary.fill_units(source, target)
    summary.fill_people(source, target)
    rows = {}
    for name in TABLES:
        step(name)
        rows[name] = load.spans(source, target) if name == "mentions" else load.copy(source, target, name)
    load.facets(source, target)
    step("indexes")
    target.executescript(ddl.INDEXES.read_text(encoding="utf-8"))
    step("full-text search")
    target.executescript(_FTS)
    words.fill(target)
    step("summaries")
    summary.fill_counts(target)
    summary.fill_summary(target, {"version": __version__, "schema_version": SCHEMA_VERSION})
    target.execute("ANALYZE")
    if target.in_transaction:
        target.execute("COMMIT")
    return rows
