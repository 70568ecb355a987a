"""Stored pages to what is in them: in this process, or in several when much has piled up."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from types import TracebackType
from typing import Self

from pipeline.errors import RecordError, RilisError, SchemaError
from pipeline.records import Article, Extraction
from pipeline.run.pages import parse_page
from pipeline.run.work import extract_each, prepare
from pipeline.scrape import StoredPage
from pipeline.sites import Site
from pipeline.tables.checks import check_article
from pipeline.tables.rows import rows_of

Extract = Callable[[list[Article]], Iterable[Extraction | RilisError]]
"""Everything found in each article, in order; an error for one that breaks the extractor."""
Given = tuple[StoredPage, Site | None]
Outcome = Extraction | str | None
"""What is in a page; ``None`` where there is no article; words where it broke the program."""
HANDFUL = 32
WORTH_A_POOL = 400
"""Fewer pages than this are read sooner than processes start."""


def read_pages(given: list[Given], extract: Extract) -> list[Outcome]:
    """Parse, extract, check; one bad page costs itself only."""
    parsed = [_parse(page, site) for page, site in given]
    found = iter(extract([article for article in parsed if isinstance(article, Article)]))
    return [_checked(next(found)) if isinstance(article, Article) else article for article in parsed]


def _parse(page: StoredPage, site: Site | None) -> Article | str | None:
    try:
        return parse_page(page, site)
    except RecordError:
        return None
    except Exception as error:
        # A page that breaks the parser is a page put aside, never the end of the run.
        return f"{type(error).__name__}: {error}"


def _checked(found: Extraction | RilisError) -> Extraction | str:
    if isinstance(found, RilisError):
        return found.message
    try:
        check_article(rows_of(found))
    except SchemaError as error:
        return error.message
    return found


class Readers:
    """Reads handfuls of pages in the order given. ``jobs`` processes start when there is work for them."""

    def __init__(self, extract: Extract | None, *, ner: str = "rules", jobs: int = 1) -> None:
        self._inline = extract or partial(extract_each, ner=ner)
        self._jobs = jobs if extract is None else 1
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[Future[list[Outcome]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def room(self) -> int:
        """How many more handfuls may be given now."""
        return max(1, 2 * self._jobs) - len(self._waiting)

    def give(self, pages: list[Given], *, backlog: int) -> None:
        """Hand pages in; ``backlog`` is how many there are in all."""
        if self._pool is None and self._jobs > 1 and backlog >= WORTH_A_POOL:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=prepare)
        if self._pool is None:
            future: Future[list[Outcome]] = Future()
            future.set_result(read_pages(pages, self._inline))
        else:
            future = self._pool.submit(read_pages, pages, self._inline)
        self._waiting.append(future)

    def take(self, *, wait: bool) -> list[Outcome] | None:
        """The oldest handful's outcome; ``None`` when there is none, or it is not ready and need not be."""
        if self._waiting and (wait or self._waiting[0].done()):
            return self._waiting.popleft().result()
        return None
