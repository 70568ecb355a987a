"""A batch: any number of articles to the eight tables, on one process or several, with bounded memory.

Records are cut into handfuls whose borders depend on the input alone; the handfuls are worked on in any
order and written in the order of the input. So the bytes written are the same for any number of processes.
"""

from __future__ import annotations

import multiprocessing
import os
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pipeline.article.duplicates import CopyFinder
from pipeline.errors import RecordError, RilisError
from pipeline.run import inputs as reading
from pipeline.run.manifest import NAME as MANIFEST
from pipeline.run.manifest import Manifest, entries
from pipeline.run.progress import Progress, Silent
from pipeline.run.seen import IdList, SeenIds
from pipeline.run.source import Rejected, Source, reject
from pipeline.run.work import Done, Item, prepare, repeat, work
from pipeline.tables.rows import drop_articles
from pipeline.tables.schema import TABLES
from pipeline.tables.staging import Staging
from pipeline.tables.writer import PART, DatasetWriter

REJECTED = "rejected.jsonl"
_HANDFUL = 64
_HANDFUL_SIZE = 400_000
_SHOWN = 10
_DETAIL = re.compile(r"0x[0-9a-f]+|\d[\d,.]*|'[^']*'")


@dataclass(slots=True)
class Summary:
    """What a batch did."""

    out: Path
    articles: int = 0
    rejected: int = 0
    ignored: int = 0
    off_topic: int = 0
    """Articles that name no police unit, left out because only police news was wanted."""
    copies: int = 0
    """Articles that are near-copies of an earlier one."""
    unread_dates: int = 0
    """Articles whose publication date was given in a form that could not be read; it is null."""
    rows: dict[str, int] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    first_rejected: list[Rejected] = field(default_factory=list)
    extractor: str | None = None


def extract_batch(
    paths: Sequence[Path],
    out: Path,
    *,
    jobs: int = 1,
    ner: str = "rules",
    only_police: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Read every input form, extract, write ``out/<table>/part-0.parquet``, ``rejected.jsonl``, the manifest.

    Nothing is visible in ``out`` before all is written. ``jobs`` processes work at once (0: as many as there
    are cores). ``only_police`` leaves out articles that name no police unit, and counts them. Raises
    ``InputError`` when there is nothing to read, ``LockedError`` when ``out`` is in use.
    """
    given = reading.resolve(paths, out=out)
    items = chain(given.rejected, reading.read(given.files))
    summary = Summary(out, ignored=len(given.ignored))
    with progress or Silent() as telling, Staging(out) as staging:
        telling.event("started", files=len(given.files), out=str(out), jobs=jobs, ner=ner)
        run = _Run(staging, summary, telling)
        for done in _results(_handfuls(_unique(items)), jobs or os.cpu_count() or 1, ner, only_police):
            run.take(done)
        run.finish()
        if not summary.rejected:
            staging.remove(REJECTED)
        files = [(name, staging.path(f"{name}/{PART}"), summary.rows[name]) for name in TABLES]
        manifest = Manifest(
            command="extract",
            inputs=[str(path) for path in paths],
            input_files=len(given.files),
            input_bytes=sum(path.stat().st_size for path in given.files),
            articles=summary.articles,
            rejected=summary.rejected,
            reasons=dict(sorted(summary.reasons.items())),
            ignored_files=summary.ignored,
            unread_dates=summary.unread_dates,
            near_copies=summary.copies,
            tables=entries(files),
            extractor=summary.extractor,
        )
        staging.path(MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        staging.commit()
        telling.event("finished", articles=summary.articles, rejected=summary.rejected, rows=summary.rows)
    return summary


class _Run:
    """The state of a batch in the main process."""

    def __init__(self, staging: Staging, summary: Summary, telling: Progress) -> None:
        self._writer = DatasetWriter(staging)
        self._copies = CopyFinder(staging.root)
        self._ids = IdList(staging.scratch("ids.bin"))
        self._seen = SeenIds()
        self._aside = staging.path(REJECTED).open("w", encoding="utf-8")
        self._summary, self._telling = summary, telling

    def take(self, done: Done) -> None:
        """Write what a worker made, without the articles that came before."""
        repeated = [told for told in done.articles if not self._seen.add(told.article_id)]
        batches = done.batches
        if repeated:
            batches = drop_articles(batches, [told.article_id for told in repeated])
        self._writer.write(batches)
        for told in done.articles:
            if told not in repeated:
                self._copies.add(told.print, told.when)
                self._ids.append(told.article_id)
                if told.unread_date:
                    self._summary.unread_dates += 1
                    self._telling.event("publication date not read", place=str(told.place))
        rejected = done.rejected + [repeat(told.place, told.source_id, told.url) for told in repeated]
        for entry in rejected:
            self._put_aside(entry)
        fresh = len(done.articles) - len(repeated)
        self._summary.articles += fresh
        self._summary.off_topic += done.off_topic
        self._summary.extractor = self._summary.extractor or done.extractor
        self._telling.advance(fresh, len(rejected))

    def _put_aside(self, entry: Rejected) -> None:
        summary = self._summary
        self._aside.write(entry.to_json() + "\n")
        summary.rejected += 1
        summary.reasons[_DETAIL.sub("…", entry.reason)[:120]] += 1
        if len(summary.first_rejected) < _SHOWN:
            summary.first_rejected.append(entry)
        self._telling.event(
            "rejected", place=str(entry.place), reason=entry.reason, source_id=entry.source_id
        )

    def finish(self) -> None:
        """Close the tables and write the groups of near-copies into them."""
        self._aside.close()
        self._summary.rows = self._writer.close()
        groups = self._copies.groups()
        self._summary.copies = int((groups != range(len(groups))).sum()) if len(groups) else 0
        if self._summary.copies:
            self._writer.set_duplicate_groups(self._ids.at(int(i)) for i in groups)
        self._ids.close()


def _unique(items: Iterable[Item]) -> Iterator[Item]:
    """Put aside a record whose id an earlier one of the same file has."""
    seen = SeenIds()
    for item in items:
        if (
            isinstance(item, Rejected)
            or item.source_id is None
            or item.place.row is None
            or seen.add(item.place.path, item.source_id)
        ):
            yield item
            continue
        error = RecordError(
            f"an earlier record of this file has the same id {item.source_id!r}",
            hint="ids must be unique within a file; leave `id` out where there is none",
        )
        yield reject(item.place, error, source_id=item.source_id, record=item.text)


def _handfuls(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Cut the stream by number and by size; the borders do not depend on the number of processes."""
    handful: list[Item] = []
    size = 0
    for item in items:
        handful.append(item)
        size += item.size if isinstance(item, Source) else 0
        if len(handful) >= _HANDFUL or size >= _HANDFUL_SIZE:
            yield handful
            handful, size = [], 0
    if handful:
        yield handful


def _results(handfuls: Iterator[list[Item]], jobs: int, ner: str, only_police: bool) -> Iterator[Done]:
    """The handfuls worked on, in their order; at most three a process are under way."""
    if jobs == 1:
        for handful in handfuls:
            yield work(handful, ner, only_police)
        return
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    waiting: deque[Future[Done]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=prepare) as pool:
        try:
            for handful in handfuls:
                waiting.append(pool.submit(work, handful, ner, only_police))
                if len(waiting) >= 3 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise RilisError(
                "a worker process died; nothing was written",
                hint="it may have run out of memory: use fewer processes with -j",
            ) from None
        finally:
            for future in waiting:
                future.cancel()
