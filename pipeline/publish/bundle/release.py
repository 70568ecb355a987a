"""``release``: one folder with the tables, what they mean, how good they are, and how to cite them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import __version__
from pipeline.errors import UsageError
from pipeline.publish import duck
from pipeline.publish.bundle import datapackage, pages
from pipeline.tables import dictionary
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.schema import SCHEMA_VERSION, TABLES

TEXT = frozenset({"articles.text"})
EXAMPLES = 3
_LONGEST_EXAMPLE = 160
_WHAT = {
    "data-dictionary.md": "what every table and column means",
    "data-dictionary.html": "the same as a page",
    "datapackage.json": "the same for programs (Data Package)",
    "code-book.md": "event types: definitions and examples",
    "scores.json": "how well the extractor does, field by field",
    "CITATION.cff": "how to cite these data",
    "manifest.json": "versions, rows, SHA-256 of every file",
}
_ORDER = {"articles": "article_id"}


@dataclass(frozen=True, slots=True)
class Released:
    """The folder that was made, and the rows of each table in it."""

    folder: Path
    rows: dict[str, int]


def release(
    data: Path, folder: Path, *, day: dt.date, with_text: bool = False, scores: str | None = None
) -> Released:
    """Make a bundle of the tables in ``data`` in the new folder ``folder``.

    ``scores`` is the JSON of an evaluation. Articles that were taken down are left out, with all their
    rows. The same tables on the same ``day`` give the same bytes. Raises ``UsageError`` when the folder
    exists and is not empty, ``InputError`` when there are no tables.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError("the folder is not empty", where=str(folder), hint="name a new one")
    left_out = frozenset() if with_text else TEXT
    work = folder.with_name(folder.name + ".partial")
    shutil.rmtree(work, ignore_errors=True)
    (work / "tables").mkdir(parents=True)
    try:
        with duck.connect(data, memory_limit="700MB") as source:
            rows = {name: _table(source, name, work / "tables", left_out) for name in TABLES}
            facts = _facts(source)
            examples = _examples(source)
        _write(work, rows, facts, examples, day=day, left_out=left_out, scores=scores)
        if folder.exists():
            folder.rmdir()
        work.replace(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Released(folder, rows)


def _table(source: duck.Connection, name: str, folder: Path, left_out: frozenset[str]) -> int:
    """One table in one file, in a fixed order, with the declared descriptions in its metadata."""
    schema = arrow_schema(name)
    kept = pa.schema(
        [field for field in schema if f"{name}.{field.name}" not in left_out], metadata=schema.metadata
    )
    columns = ", ".join(f't."{column}"' for column in kept.names)
    order = _ORDER.get(name, ", ".join(("article_id", '"start"', '"end"', *TABLES[name].key[1:])))
    sql = (
        f"SELECT {columns} FROM {name} t SEMI JOIN "
        "(SELECT article_id FROM articles WHERE NOT coalesce(taken_down, false)) USING (article_id) "
        f"ORDER BY {order}, hash(t)"
    )
    count = 0
    with pq.ParquetWriter(folder / f"{name}.parquet", kept, compression="zstd") as writer:
        for batch in duck.relation(source, sql).to_arrow_reader(20_000):
            writer.write_table(pa.Table.from_batches([batch]).cast(kept))
            count += batch.num_rows
    return count


def _facts(source: duck.Connection) -> dict[str, Any]:
    row = source.execute(
        "SELECT min(published_date), max(published_date), list(DISTINCT extractor ORDER BY extractor) "
        "FROM articles"
    ).fetchone()
    first, last, extractors = row or (None, None, [])
    return {"first": str(first), "last": str(last), "extractors": extractors or []}


def _examples(source: duck.Connection) -> dict[str, list[pages.Example]]:
    """The surest words of each type, no two the same."""
    found: dict[str, list[pages.Example]] = {}
    rows = source.execute(
        "SELECT event_type, surface, min(article_id) FROM events e JOIN articles a USING (article_id) "
        "WHERE is_primary AND length(surface) <= ? AND NOT coalesce(taken_down, false) "
        "GROUP BY event_type, surface ORDER BY event_type, max(confidence) DESC, count(*) DESC, surface",
        [_LONGEST_EXAMPLE],
    ).fetchall()
    for kind, surface, article_id in rows:
        some = found.setdefault(kind, [])
        if len(some) < EXAMPLES:
            some.append(pages.Example(" ".join(surface.split()), article_id))
    return found


def _write(
    work: Path,
    rows: dict[str, int],
    facts: dict[str, Any],
    examples: dict[str, list[pages.Example]],
    *,
    day: dt.date,
    left_out: frozenset[str],
    scores: str | None,
) -> None:
    texts = {
        "data-dictionary.md": dictionary.markdown(),
        "data-dictionary.html": pages.dictionary_html(),
        "code-book.md": pages.code_book(examples),
        "CITATION.cff": pages.citation(f"{__version__}-{day.isoformat()}", day.isoformat()),
    }
    if scores is not None:
        texts["scores.json"] = scores.rstrip("\n") + "\n"
    described = [*((f"tables/{name}.parquet", TABLES[name].description) for name in rows)]
    described += [
        (name, what)
        for name, what in _WHAT.items()
        if name in texts or ("json" in name and name != "scores.json")
    ]
    texts["README.md"] = pages.readme(
        day=day.isoformat(),
        articles=rows["articles"],
        schema_version=SCHEMA_VERSION,
        files=described,
        with_text=not left_out,
        scores=scores is not None,
        **facts,
    )
    files = {
        name: {
            "path": f"tables/{name}.parquet",
            "bytes": (work / "tables" / f"{name}.parquet").stat().st_size,
            "hash": "sha256:" + _sha256(work / "tables" / f"{name}.parquet"),
            "rowCount": n,
        }
        for name, n in rows.items()
    }
    package = datapackage.descriptor(files, version=f"{__version__}-{day.isoformat()}", left_out=left_out)
    texts["datapackage.json"] = _json(package)
    for name, text in texts.items():
        (work / name).write_text(text, encoding="utf-8")
    manifest = {
        "rilis": __version__,
        "schema_version": SCHEMA_VERSION,
        "released": day.isoformat(),
        "extractors": facts["extractors"],
        "published": [facts["first"], facts["last"]],
        "with_text": not left_out,
        "rows": rows,
        "sha256": {str(path.relative_to(work)): _sha256(path) for path in _files(work)},
    }
    (work / "manifest.json").write_text(_json(manifest), encoding="utf-8")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
