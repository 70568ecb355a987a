"""Ledger and raw store: nothing lost, nothing twice, whatever instant a run ends at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from pipeline.errors import StoreError
from pipeline.scrape import Answer, StoredPage, WarcStore
from pipeline.scrape.ledger import Found, Ledger
from pipeline.scrape.urls import canonical, identity

NOW = datetime(2026, 11, 10, 1, 2, 3, tzinfo=UTC)


def answer(url: str, body: bytes = b"<p>isi</p>" * 50, at: datetime = NOW) -> Answer:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"e"'), ("Content-Encoding", "gzip"))
    return Answer(url, url, at, 200, headers, body)


def ledger_with(tmp_path: Path, *urls: str) -> Ledger:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.enter("s", [Found(url) for url in urls], [], NOW)
    return ledger


def keep(store: WarcStore, ledger: Ledger, url: str, body: bytes = b"<p>isi</p>") -> StoredPage:
    page = store.read(store.append(answer(url, body), url, "s"))
    ledger.stored(page, revision=False)
    return page


def test_records_are_standard_warc_and_come_back_whole(tmp_path: Path) -> None:
    store = WarcStore(tmp_path)
    places = [
        store.append(answer(f"http://x.id/{n}", str(n).encode() * 99), f"http://x.id/{n}", "s")
        for n in range(3)
    ]
    assert [store.read(place).body for place in places] == [str(n).encode() * 99 for n in range(3)]
    page = store.read(places[1])
    assert (page.url, page.site_id, page.etag, page.fetched_at) == ("http://x.id/1", "s", '"e"', NOW)
    with store.files()[0].open("rb") as source:
        records = []
        for record in ArchiveIterator(source, check_digests=True):
            record.content_stream().read()
            records.append((record.rec_type, record.rec_headers.protocol, record.digest_checker.passed))
    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "response", "response"]
    assert {protocol for _, protocol, _ in records} == {"WARC/1.1"} and False not in {
        ok for *_, ok in records
    }


@pytest.mark.parametrize("tail", [b"\x1f\x8b\x08", b"rubbish", b"\x1f\x8b\x08" + b"\0" * 500])
def test_a_torn_tail_is_cut_off(tmp_path: Path, tail: bytes) -> None:
    store, ledger = WarcStore(tmp_path), ledger_with(tmp_path, "http://x.id/a")
    keep(store, ledger, "http://x.id/a")
    path = store.files()[0]
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    assert list(store.tail(ledger.known_ends())) == [] and path.read_bytes() == whole


def test_a_record_cut_anywhere_is_cut_off_and_fetched_again(tmp_path: Path) -> None:
    store, ledger = WarcStore(tmp_path), ledger_with(tmp_path, "http://x.id/a", "http://x.id/b")
    keep(store, ledger, "http://x.id/a")
    path = store.files()[0]
    whole = path.read_bytes()
    place = store.append(answer("http://x.id/b"), "http://x.id/b", "s")
    longer = path.read_bytes()
    for cut in range(1, place.length, 37):
        path.write_bytes(longer[: len(whole) + cut])
        assert list(store.tail(ledger.known_ends())) == [] and path.read_bytes() == whole


def test_what_the_ledger_does_not_know_is_adopted(tmp_path: Path) -> None:
    store, ledger = WarcStore(tmp_path), ledger_with(tmp_path, "http://x.id/a", "http://x.id/b")
    keep(store, ledger, "http://x.id/a")
    store.append(answer("http://x.id/b"), "http://x.id/b", "s")
    assert ledger.adopt(store.tail(ledger.known_ends())) == 1
    assert ledger.counts() == {"stored": 2} and ledger.due_new("s", NOW) == []
    assert ledger.adopt(store.tail(ledger.known_ends())) == 0


def test_a_lost_ledger_is_built_again_from_the_raw_store(tmp_path: Path) -> None:
    store, ledger = WarcStore(tmp_path), ledger_with(tmp_path, "http://x.id/a", "http://x.id/b")
    keep(store, ledger, "http://x.id/a", b"<p>satu</p>")
    keep(store, ledger, "http://x.id/b", b"<p>dua</p>")
    again = Ledger(tmp_path / "new.sqlite")
    again.adopt(store.tail(again.known_ends()))
    assert again.counts() == {"stored": 2}
    assert [page.url for page in again.pending()] == ["http://x.id/a", "http://x.id/b"]


def test_a_raw_store_older_than_the_ledger_is_refused(tmp_path: Path) -> None:
    store, ledger = WarcStore(tmp_path), ledger_with(tmp_path, "http://x.id/a")
    keep(store, ledger, "http://x.id/a")
    store.files()[0].write_bytes(b"")
    with pytest.raises(StoreError, match="shorter than the ledger knows"):
        list(store.tail(ledger.known_ends()))


def test_a_broken_ledger_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        Ledger(tmp_path / "ledger.sqlite")


def test_files_are_rotated(tmp_path: Path) -> None:
    store = WarcStore(tmp_path, max_bytes=100)
    for n in range(3):
        store.append(answer(f"http://x.id/{n}"), f"http://x.id/{n}", "s")
    assert [path.name for path in store.files()] == [f"rilis-202611-{n:04d}.warc.gz" for n in range(3)]


def test_one_page_under_many_addresses_is_entered_once(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path)
    urls = [
        "http://x.id/a",
        "https://www.x.id/a/",
        "https://m.x.id/a?utm_source=wa",
        "https://x.id/a/amp#top",
    ]
    assert ledger.enter("s", [Found(url) for url in urls], [], NOW) == 1


def test_failures_wait_longer_each_time_and_end(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "http://x.id/a")
    now, waits = NOW, []
    for _ in range(5):
        ledger.failed("http://x.id/a", "timeout", None, now, again=None)
        hours = next((h for h in range(200) if ledger.due_new("s", now + timedelta(hours=h))), None)
        waits.append(hours)
        now += timedelta(hours=hours or 0)
    assert waits == [1, 6, 24, 72, None]


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://X.id:443/a?b=2&a=1&fbclid=q", "https://x.id/a?a=1&b=2"),
        ("https://x.id/?p=12", "https://x.id/?p=12"),
        ("https://x.id/2024/02/a/amp", "https://x.id/2024/02/a/"),
        ("https://x.id/berita?page=all", "https://x.id/berita"),
        ("https://x.id/berita?page=2", "https://x.id/berita?page=2"),
        ("mailto:a@x.id", None),
        ("javascript:void(0)", None),
        ("https://x.id:port/", None),
        ("https://x.id/\ud800?a=\ud800", "https://x.id/%3F?a=%3F"),
    ],
)
def test_canonical(url: str, known: str | None) -> None:
    assert canonical(url) == known
    if known:
        assert canonical(known) == known and identity(known) == identity(url)
