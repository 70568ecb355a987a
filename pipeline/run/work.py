"""What a worker process does: a handful of records in, checked record batches out."""

from __future__ import annotations

import datetime as dt
import gc
import os
import signal
import threading
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path

import pyarrow as pa

from pipeline.article.duplicates import Fingerprint, fingerprint
from pipeline.errors import RecordError, RilisError, SchemaError
from pipeline.extract import extract_many
from pipeline.extract.ner import load_backend
from pipeline.records import Article, Extraction
from pipeline.run.inputs import to_article
from pipeline.run.source import Place, Rejected, Source, reject
from pipeline.tables.checks import check_article
from pipeline.tables.rows import Rows, rows_of, to_batches
from pipeline.tables.schema import TABLES

Item = Source | Rejected
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Told:
    """What the main process must know of an article besides its rows."""

    place: Place
    article_id: str
    source_id: str | None
    url: str | None
    when: float
    print: Fingerprint
    unread_date: bool
    """Whether a publication date was given that could not be read."""


@dataclass(slots=True)
class Done:
    """The outcome of a handful of records, all in the order of the input."""

    batches: dict[str, pa.RecordBatch] = field(default_factory=dict)
    articles: list[Told] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    off_topic: int = 0
    """Articles that name no police unit, left out where only police news is wanted."""
    extractor: str | None = None


def prepare() -> None:
    """Make a worker ready: it leaves interrupts to its parent, and ends when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:

        def follow() -> None:
            wait([parent.sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def work(items: list[Item], ner: str = "rules", only_police: bool = False) -> Done:
    """Articles out of records, everything found in them, rows, checks. One bad record costs itself only."""
    done = Done()
    outcomes: list[Rejected | tuple[Source, Article]] = []
    seen: set[str] = set()
    for item in items:
        outcome = item if isinstance(item, Rejected) else _article(item)
        if not isinstance(outcome, Rejected):
            article = outcome[1]
            if article.article_id in seen:
                outcome = repeat(outcome[0].place, article.source_id, article.url)
            seen.add(article.article_id)
        outcomes.append(outcome)
    articles = [outcome[1] for outcome in outcomes if not isinstance(outcome, Rejected)]
    found = iter(extract_each(articles, ner))
    good: list[tuple[Source, Extraction, Rows]] = []
    for outcome in outcomes:
        checked = outcome if isinstance(outcome, Rejected) else _checked(outcome[0], next(found))
        if isinstance(checked, Rejected):
            done.rejected.append(checked)
        elif only_police and not checked[1].units:
            done.off_topic += 1
        else:
            good.append(checked)
    done.batches = _convert(good, done)
    done.articles = [_told(source, result.article) for source, result, _ in good]
    done.extractor = good[0][1].extractor if good else None
    _settle()
    return done


@cache
def _settle() -> None:
    """What is loaded by now stays: the garbage collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()


def _convert(good: list[tuple[Source, Extraction, Rows]], done: Done) -> dict[str, pa.RecordBatch]:
    """Rows to record batches; where a value does not fit its column, its article is put aside."""
    try:
        return to_batches(_merged(rows for _, _, rows in good))
    except SchemaError:
        for entry in list(good):
            try:
                to_batches(entry[2])
            except SchemaError as error:
                good.remove(entry)
                done.rejected.append(_put_aside(entry[0], error))
        return to_batches(_merged(rows for _, _, rows in good))


def _merged(parts: Iterable[Rows]) -> Rows:
    rows: Rows = {name: [] for name in TABLES}
    for part in parts:
        for name, some in part.items():
            rows[name].extend(some)
    return rows


def _checked(source: Source, result: Extraction | RilisError) -> Rejected | tuple[Source, Extraction, Rows]:
    if isinstance(result, RilisError):
        return _put_aside(source, result)
    try:
        rows = rows_of(result)
        check_article(rows)
    except SchemaError as error:
        return _put_aside(source, error)
    return source, result, rows


def _article(source: Source) -> Rejected | tuple[Source, Article]:
    try:
        return source, to_article(source)
    except RecordError as error:
        return _put_aside(source, error)
    except Exception as error:
        return _put_aside(source, _fault("the page could not be parsed", error))


def repeat(place: Place, source_id: str | None, url: str | None) -> Rejected:
    """The same article once more: the same address, or the same words where there is none."""
    what = "address" if url else "title and text"
    return Rejected(
        place, f"the same article as an earlier record: its {what} came before", None, source_id, url
    )


def _put_aside(source: Source, error: RilisError) -> Rejected:
    record = source.text if source.html is None else source.html
    return reject(source.place, error, source_id=source.source_id, record=record)


def _fault(what: str, error: Exception) -> RecordError:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return RecordError(
        f"{what}: {type(error).__name__}: {error} ({Path(frame.filename).name}, {frame.name})",
        hint="this is a fault of the program; please report it with the record",
    )


def extract_each(articles: list[Article], ner: str) -> Iterable[Extraction | RilisError]:
    """Everything found in each article; where one breaks the extractor, the others are done singly."""
    try:
        return list(extract_many(articles, ner=load_backend(ner)))
    except RecordError:
        pass
    except RilisError:
        raise  # a missing model, a wrong registry: no article could be done
    except Exception:  # noqa: S110 - found again, and told, for the one article that causes it
        pass
    results: list[Extraction | RilisError] = []
    for article in articles:
        try:
            results.extend(extract_many([article], ner=load_backend(ner)))
        except Exception as error:
            results.append(_fault("nothing could be extracted", error))
    return results


def _told(source: Source, article: Article) -> Told:
    moment = float("inf")
    if article.published_at is not None:
        moment = article.published_at.timestamp()
    elif article.published_date is not None:
        moment = (article.published_date - _EPOCH).total_seconds()
    body = article.text[: article.captions_start]
    return Told(
        place=source.place,
        article_id=article.article_id,
        source_id=source.source_id,
        url=article.url,
        when=moment,
        print=fingerprint(body),
        unread_date=source.published is not None and article.published_date is None,
    )
