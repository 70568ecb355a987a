"""The ledger: every address, its state, its validators, its place in the raw store.

SQLite in WAL mode; each call is one transaction. A page is appended to the raw store first and
entered here second, so a killed run leaves at most pages that the ledger does not know yet:
``adopt`` enters those.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import StoreError
from pipeline.scrape.urls import canonical, identity
from pipeline.scrape.warc import Place, StoredPage

RECHECK_DAYS = (1, 3, 14)
RECHECK_UNTIL = dt.timedelta(days=30)
"""An article whose host does not answer is not looked at again for ever."""
RETRY_HOURS = (1, 6, 24, 72, 168)
MAX_TRIES = len(RETRY_HOURS)


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a listing names. ``published`` and ``modified`` are aware or ``None``."""

    url: str
    published: dt.datetime | None = None
    modified: dt.datetime | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing's validators, as last read."""

    url: str
    etag: str | None
    last_modified: str | None
    digest: str | None
    read_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One row of the ledger, as far as fetching needs it."""

    url: str
    site_id: str
    state: str
    tries: int
    etag: str | None
    last_modified: str | None
    digest: str | None
    fingerprint: str | None
    article_id: str | None
    fetched_at: dt.datetime | None
    place: Place | None
    checks: int
    full_check: bool
    revised_at: dt.datetime | None
    gone_at: dt.datetime | None


_PAGE = (
    "url, site_id, state, tries, etag, last_modified, digest, fingerprint, article_id, fetched_at,"
    " warc_file, warc_offset, warc_length, checks, full_check, revised_at, gone_at"
)


class Ledger:
    """Safe to share between threads of one process; the run's lock keeps other processes out."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("pragma journal_mode=wal")
            self._db.execute("pragma synchronous=full")
            self._db.executescript(Path(__file__).with_name("ledger.sql").read_text(encoding="utf-8"))
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"the ledger cannot be opened: {error}",
                where=str(path),
                hint="restore it, or move it away: the next `rilis refresh` reads the WARC files again",
            ) from error

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("begin immediate")
            try:
                yield self._db
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    # What listings say

    def knows(self, found: Found) -> bool:
        """Whether an address is entered, in the version that the listing names."""
        rows = self._rows("select modified from pages where identity = ?", identity(found.url))
        if not rows:
            return False
        return found.modified is None or rows[0][0] is None or _text(found.modified) <= rows[0][0]

    def listed(self, url: str) -> Listed | None:
        """What is known of a listing since it was read last; ``None`` the first time."""
        rows = self._rows("select url, etag, last_modified, digest, read_at from listings where url = ?", url)
        if not rows:
            return None
        address, etag, last_modified, digest, read_at = rows[0]
        return Listed(address, etag, last_modified, digest, _moment(read_at))

    def enter(
        self, site_id: str, found: Iterable[Found], listings: Iterable[Listed], now: dt.datetime
    ) -> int:
        """Enter what one visit's listings name, and their validators, at once. Returns how many were new."""
        new = 0
        with self._change() as db:
            for item in found:
                url = canonical(item.url)
                if url is None:
                    continue
                new += _enter(db, site_id, url, item, now)
            for listing in listings:
                db.execute(
                    "insert or replace into listings values (?, ?, ?, ?, ?, ?)",
                    (
                        listing.url,
                        site_id,
                        listing.etag,
                        listing.last_modified,
                        listing.digest,
                        _text(listing.read_at),
                    ),
                )
            db.execute(
                "insert into visits values (?, ?, ?)"
                " on conflict (site_id) do update set last_visit = excluded.last_visit",
                (site_id, _text(now), _text(now)),
            )
        return new

    def last_visit(self, site_id: str) -> dt.datetime | None:
        """When the site's listings were last read whole."""
        rows = self._rows("select last_visit from visits where site_id = ?", site_id)
        return _moment(rows[0][0]) if rows else None

    # What is to be done

    def due_new(self, site_id: str, now: dt.datetime) -> list[Page]:
        """Pages never had, newest first, whose next try is due."""
        rows = self._rows(
            f"select {_PAGE} from pages where site_id = ? and state in ('new', 'failed')"  # noqa: S608
            " and tries < ? and (next_try is null or next_try <= ?)"
            " order by coalesce(published, modified, first_seen) desc, url",
            site_id, MAX_TRIES, _text(now),
        )  # fmt: skip
        return [_page(row) for row in rows]

    def due_again(self, site_id: str, now: dt.datetime) -> list[Page]:
        """Stored articles whose re-check is due: 1, 3 and 14 days after the fetch, or said to be edited."""
        oldest = _text(now - dt.timedelta(days=1, minutes=-30))
        rows = self._rows(
            f"select {_PAGE}, recheck from pages where site_id = ? and state in ('stored', 'gone')"  # noqa: S608
            " and work = 'none' and topic = 'on'"
            " and (recheck = 1 or (checks < ? and fetched_at between ? and ?)) order by url",
            site_id, len(RECHECK_DAYS), _text(now - RECHECK_UNTIL), oldest,
        )  # fmt: skip
        due = []
        for row in rows:
            page = _page(row[:-1])
            if row[-1] or (page.fetched_at and now >= _due_at(page.fetched_at, page.checks)):
                due.append(page)
        return due

    # What happened

    def stored(self, page: StoredPage, *, revision: bool) -> None:
        """A page is in the raw store."""
        with self._change() as db:
            _store(db, page, revision=revision)

    def adopt(self, pages: Iterable[StoredPage]) -> int:
        """Enter pages that a killed run left in the raw store. Returns how many."""
        count = 0
        for page in pages:
            with self._change() as db:
                if page.site_id is not None:
                    _enter(db, page.site_id, page.url, Found(page.url), page.fetched_at)
                row = db.execute("select fetched_at from pages where url = ?", (page.url,)).fetchone()
                _store(db, page, revision=bool(row and row[0]))
            count += 1
        return count

    def failed(
        self, url: str, reason: str, status: int | None, now: dt.datetime, *, again: dt.datetime | None
    ) -> None:
        """A try did not give the page. ``again``: when the server wants to be asked, if it says."""
        with self._change() as db:
            tries = db.execute("select tries from pages where url = ?", (url,)).fetchone()[0] + 1
            wait = dt.timedelta(hours=RETRY_HOURS[min(tries, MAX_TRIES) - 1])
            db.execute(
                "update pages set state = 'failed', tries = ?, next_try = ?, last_status = ?, reason = ?"
                " where url = ?",
                (tries, _text(max(again or now, now + wait)), status, reason, url),
            )

    def rejected(self, url: str, reason: str, status: int | None) -> None:
        """The page will not be had: disallowed, no article, gone before it was read."""
        with self._change() as db:
            db.execute(
                "update pages set state = 'rejected', tries = tries + 1, last_status = ?, reason = ?"
                " where url = ?",
                (status, reason, url),
            )

    def checked(self, url: str, now: dt.datetime, *, not_modified: bool) -> None:
        """A re-check found nothing new. After a 304 the next one is unconditional: a 304 can lie."""
        with self._change() as db:
            db.execute(
                "update pages set checks = checks + 1, checked_at = ?, full_check = ?, recheck = 0"
                " where url = ?",
                (_text(now), int(not_modified), url),
            )

    def gone(self, url: str, status: int | None, now: dt.datetime) -> None:
        """A stored article was taken down: marked, kept, told to the tables."""
        with self._change() as db:
            db.execute(
                "update pages set state = 'gone', gone_at = ?, last_status = ?, recheck = 0,"
                " checks = checks + 1, work = 'pending' where url = ?",
                (_text(now), status, url),
            )

    # What the tables still owe

    def pending(self, *, beyond: frozenset[str] = frozenset(), limit: int = 200) -> list[Page]:
        """Pages whose stored version is not in the tables yet, in the order of the raw store.

        ``beyond``: addresses that are being worked on and so are passed over.
        """
        rows = self._rows(
            f"select {_PAGE} from pages where work = 'pending' and warc_file is not null"  # noqa: S608
            " order by warc_file, warc_offset limit ?",
            limit + len(beyond),
        )
        return [page for page in map(_page, rows) if page.url not in beyond][:limit]

    def tabled(self, done: Iterable[tuple[str, str | None, str | None, str]]) -> None:
        """The tables hold these: (url, article_id, fingerprint, topic), topic on, off or unparsed."""
        with self._change() as db:
            db.executemany(
                "update pages set work = 'none', article_id = ?, fingerprint = ?, topic = ? where url = ?",
                [(article, print_, topic, url) for url, article, print_, topic in done],
            )

    def owe_all(self) -> int:
        """Have the tables take every stored page once more; how many there are."""
        with self._change() as db:
            cursor = db.execute("update pages set work = 'pending' where state in ('stored', 'gone')")
            return cursor.rowcount

    # For reports

    def counts(self, site_id: str | None = None) -> dict[str, int]:
        """Pages by state."""
        rows = self._rows(
            "select state, count(*) from pages where ? is null or site_id = ? group by state order by state",
            site_id, site_id,
        )  # fmt: skip
        return dict(rows)

    def newest(self, site_id: str, limit: int) -> list[Page]:
        """The newest stored pages of a site."""
        rows = self._rows(
            f"select {_PAGE} from pages where site_id = ? and warc_file is not null"  # noqa: S608
            " order by fetched_at desc, url limit ?",
            site_id, limit,
        )  # fmt: skip
        return [_page(row) for row in rows]

    def known_ends(self) -> dict[str, int]:
        """File name to the first byte after the last record entered."""
        return dict(self._rows("select file, known_end from warcs"))


def _enter(db: sqlite3.Connection, site_id: str, url: str, item: Found, now: dt.datetime) -> int:
    same = identity(url)
    row = db.execute("select url, modified, state from pages where identity = ?", (same,)).fetchone()
    modified = _text(item.modified) if item.modified else None
    if row is None:
        db.execute(
            "insert into pages (url, identity, site_id, first_seen, published, modified)"
            " values (?, ?, ?, ?, ?, ?)",
            (url, same, site_id, _text(now), _text(item.published) if item.published else None, modified),
        )
        return 1
    if modified and (row[1] is None or modified > row[1]):
        edited = row[1] is not None and row[2] == "stored"
        db.execute(
            "update pages set modified = ?, recheck = max(recheck, ?) where identity = ?",
            (modified, int(edited), same),
        )
    return 0


def _store(db: sqlite3.Connection, page: StoredPage, *, revision: bool) -> None:
    place = page.place
    when = _text(page.fetched_at)
    if revision:
        db.execute(
            "insert or ignore into revisions"
            " select url, fetched_at, digest, warc_file, warc_offset, warc_length"
            " from pages where url = ? and warc_file is not null",
            (page.url,),
        )
    db.execute(
        """
        update pages set
          state = 'stored', tries = tries + 1, last_status = 200, reason = null, next_try = null,
          etag = ?, last_modified = ?, digest = ?, fetched_at = ?,
          warc_file = ?, warc_offset = ?, warc_length = ?,
          checks = case when ? then checks + 1 else 0 end, checked_at = ?, full_check = 0, recheck = 0,
          gone_at = null, revised_at = case when ? then ? else revised_at end,
          revisions = revisions + ?, work = 'pending'
        where url = ?
        """,
        (page.etag, page.last_modified, page.digest, when, place.file, place.offset, place.length,
         revision, when, revision, when, int(revision), page.url),
    )  # fmt: skip
    db.execute(
        "insert into warcs values (?, ?)"
        " on conflict (file) do update set known_end = max(known_end, excluded.known_end)",
        (place.file, place.offset + place.length),
    )


def _due_at(fetched_at: dt.datetime, checks: int) -> dt.datetime:
    # A nightly run is not started at the same second each night: half an hour is given away.
    return fetched_at + dt.timedelta(days=RECHECK_DAYS[min(checks, len(RECHECK_DAYS) - 1)], minutes=-30)


def _page(row: tuple[Any, ...]) -> Page:
    url, site_id, state, tries, etag, last_modified, digest, fingerprint, article_id = row[:9]
    fetched_at, file, offset, length, checks, full_check, revised_at, gone_at = row[9:17]
    return Page(
        url=url,
        site_id=site_id,
        state=state,
        tries=tries,
        etag=etag,
        last_modified=last_modified,
        digest=digest,
        fingerprint=fingerprint,
        article_id=article_id,
        fetched_at=_maybe(fetched_at),
        place=Place(file, offset, length) if file else None,
        checks=checks,
        full_check=bool(full_check),
        revised_at=_maybe(revised_at),
        gone_at=_maybe(gone_at),
    )


def _text(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _maybe(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
