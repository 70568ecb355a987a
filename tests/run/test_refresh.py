"""The nightly run over a local news site: everything once, again nothing, then exactly what moved."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import LockedError, RecordError, RilisError, UsageError
from pipeline.records import Article, Extraction, UnitRecord
from pipeline.run.lock import hold
from pipeline.run.refresh import Options, refresh
from pipeline.run.report import Report
from pipeline.scrape import Policy
from pipeline.scrape.ledger import Ledger
from pipeline.tables.reader import read_table
from tests.misbehave import Web
from tests.run.newsroom import Newsroom

START = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
HOST = "127.0.0.2"


class FakeClock:
    """Moves only when it is told to, or by sleeping."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at
        self.t = 0.0
        self.lock = threading.Lock()

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.t

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.t += seconds


def find_units(articles: list[Article]) -> list[Extraction]:
    """A stand-in for the extractor: one unit where the text says Polres."""
    return [find_unit(article) for article in articles]


def find_unit(article: Article) -> Extraction:
    at = article.text.find("Polres ")
    units = []
    if at >= 0:
        units.append(
            UnitRecord(
                "polres-purwakarta", "Polres Purwakarta", "polres", "polda-jawa-barat", "32.14", True, 1,
                article.text[at : at + 6], at, at + 6, 1.0, "test",
            )
        )  # fmt: skip
    return Extraction(article=article, extractor="test", units=units)


class Night:
    """A data folder, a clock and a folder of entries; ``run()`` is one night."""

    def __init__(self, tmp_path: Path) -> None:
        self.extract: object = find_units
        self.data, self.sites, self.clock = tmp_path / "data", tmp_path / "sites", FakeClock()

    def run(self, **options: object) -> Report:
        policy = Policy(allow_private=True, polite=False, read=2.0, backoff=0.0)
        return refresh(
            Options(data=self.data, sites=(str(self.sites),), policy=policy, **options),  # type: ignore[arg-type]
            clock=self.clock,
            extract=self.extract,  # type: ignore[arg-type]
        )

    def table(self, name: str = "articles") -> list[dict[str, object]]:
        return read_table(self.data / "processed", name).to_pylist()

    def bytes(self) -> dict[str, str]:
        files = sorted((self.data / "processed").rglob("*.parquet"))
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def ledger(self) -> Ledger:
        return Ledger(self.data / "raw" / "ledger.sqlite")


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)


@pytest.fixture
def room(web: Web, night: Night) -> Newsroom:
    room = Newsroom(web, HOST)
    for number in range(12):
        room.write(number, START - timedelta(days=number, hours=number % 5))
    room.write(99, START - timedelta(days=2), police=False)
    room.entry(night.sites)
    return room


def test_everything_arrives_once(night: Night, room: Newsroom) -> None:
    report = night.run()
    assert (report.new, report.off_topic, report.pages_stored) == (12, 1, 13)
    assert report.exit_code == 0, report.alarms
    rows = night.table()
    assert len(rows) == 12 and len({row["article_id"] for row in rows}) == 12
    assert report.months == ("2026-10", "2026-11")
    assert all(row["title"] and row["published_at"] and row["site"] == HOST for row in rows)
    assert (night.data / "runs" / f"{report.run_id}.json").exists()


def test_a_second_run_finds_nothing_and_changes_nothing(night: Night, room: Newsroom) -> None:
    night.run()
    before = night.bytes()
    room.web.forget()
    night.clock.at += timedelta(hours=2)
    report = night.run()
    assert (report.new, report.revised, report.pages_stored, report.months) == (0, 0, 0, ())
    assert night.bytes() == before
    assert [path.partition("?")[0] for path in room.web.paths()] == ["/robots.txt", "/wp-json/wp/v2/posts"]
    assert "if-none-match" in room.web.seen[1].headers and room.web.seen[1].status == 304


def test_exactly_what_moved_moves(night: Night, room: Newsroom) -> None:
    night.run()
    old = {row["url"]: row for row in night.table()}
    night.clock.at += timedelta(days=1)
    now = night.clock.at
    for number in (20, 21, 22):
        room.write(number, now - timedelta(minutes=number))
    for number in (3, 4):
        room.write(
            number, now - timedelta(minutes=5), extra="<p>Ralat: jumlah personel menjadi 77 orang.</p>"
        )
    gone = room.web.url(HOST, room.path(5))
    room.delete(5)
    report = night.run()
    assert (report.new, report.revised, report.taken_down) == (3, 2, 1)
    rows = {row["url"]: row for row in night.table()}
    assert len(rows) == 15
    revised = [url for url, row in rows.items() if row["revised_at"] is not None]
    assert len(revised) == 2 and all("Ralat" in str(rows[url]["text"]) for url in revised)
    assert [url for url, row in rows.items() if row["taken_down"]] == [gone]
    same = set(old) - set(revised) - {gone}
    assert all(rows[url] == old[url] for url in same)
    ledger = night.ledger()
    assert ledger._rows("select count(*) from revisions") == [(2,)]
    ledger.close()


def test_articles_are_looked_at_again_after_1_3_and_14_days(night: Night, room: Newsroom) -> None:
    night.run()
    asked = []
    for day in range(1, 20):
        night.clock.at = START + timedelta(days=day)
        room.web.forget()
        night.run()
        if any("/apel-0/" in path for path in room.web.paths()):
            asked.append(day)
    assert asked == [1, 3, 14]


def test_a_lying_304_is_found_out_at_the_next_look(night: Night, room: Newsroom) -> None:
    night.run()
    path = room.path(1)
    honest = room.web.routes[(HOST, path)]
    room.web.route(HOST, path, lambda r: r.send(b"", status=304))
    night.clock.at = START + timedelta(days=1)
    assert night.run().revised == 0
    title, text, made, _ = room.articles[1]
    edited = room._html(title, text + "<p>Ralat: jumlah personel menjadi 88 orang.</p>", made).encode()

    def lie(request: object) -> None:
        if request.headers.get("If-None-Match"):  # type: ignore[attr-defined]
            request.send(b"", status=304)  # type: ignore[attr-defined]
        else:
            request.send(edited)  # type: ignore[attr-defined]

    room.web.route(HOST, path, lie)
    night.clock.at = START + timedelta(days=3)
    assert night.run().revised == 1
    assert honest is not lie


def test_furniture_that_changes_is_no_revision(night: Night, room: Newsroom) -> None:
    night.run()
    title, text, made, _ = room.articles[2]
    room.web.page(
        HOST, room.path(2), room._html(title, text, made) + "<!-- nonce 123 --><aside>Cuaca</aside>"
    )
    night.clock.at = START + timedelta(days=1)
    report = night.run()
    assert (report.revised, report.months) == (0, ())


def test_one_release_on_two_sites_is_one_group(night: Night, room: Newsroom, web: Web) -> None:
    other = Newsroom(web, "127.0.0.3")
    other.write(3, START - timedelta(days=2))
    other.entry(night.sites)
    night.run()
    rows = night.table()
    copies = [row for row in rows if "nomor 3 " in str(row["text"])]
    assert len(copies) == 2 and len({row["duplicate_group"] for row in copies}) == 1
    assert len({row["duplicate_group"] for row in rows}) == len(rows) - 1


def test_one_broken_site_costs_itself_only(night: Night, room: Newsroom, web: Web) -> None:
    broken = Newsroom(web, "127.0.0.4")
    broken.entry(night.sites)
    web.route("127.0.0.4", "/robots.txt", lambda r: r.send(b"", status=500))
    gambling = "slot gacor maxwin " * 50
    web.route("127.0.0.5", "/robots.txt", lambda r: r.send(b"", status=404))
    turned = Newsroom(web, "127.0.0.5")
    turned.write(1, START - timedelta(days=1))
    page = f"<title>Situs slot gacor maxwin</title><body>{gambling} link alternatif, link alternatif"
    web.page("127.0.0.5", turned.path(1), page)
    turned.entry(night.sites)
    report = night.run()
    assert report.new == 12 and report.exit_code == 3
    assert {(alarm.site_id, alarm.code) for alarm in report.alarms} == {
        ("site-4", "unreachable"), ("site-5", "hijacked"),
    }  # fmt: skip


def test_a_dry_run_looks_only(night: Night, room: Newsroom) -> None:
    report = night.run(dry_run=True)
    assert report.new_addresses == 13 and report.pages_stored == 0
    assert not (night.data / "processed").exists() and not (night.data / "runs").exists()
    assert night.run().new == 12


def test_budget_leaves_the_rest_to_the_next_run(night: Night, room: Newsroom) -> None:
    assert night.run(budget=0.0).new == 0
    assert night.run().new == 12


def test_only_and_since(night: Night, room: Newsroom) -> None:
    assert night.run(only=("site-2",), since=(START - timedelta(days=3)).date()).new == 4


def test_a_second_run_is_told_who_holds_the_folder(night: Night, room: Newsroom) -> None:
    with hold(night.data, night.clock), pytest.raises(LockedError, match=r"process \d+ on ") as caught:
        night.run()
    assert caught.value.exit_code == 4
    assert night.run().new == 12


def test_a_folder_with_a_batchs_tables_is_refused_before_anything_is_fetched(
    night: Night, room: Newsroom
) -> None:
    part = night.data / "processed" / "articles" / "part-0.parquet"
    part.parent.mkdir(parents=True)
    part.touch()
    with pytest.raises(UsageError, match="holds the tables of"):
        night.run()
    assert room.web.paths() == []


def test_a_page_that_breaks_the_extractor_is_told_and_costs_itself_only(night: Night, room: Newsroom) -> None:
    def breaks(articles: list[Article]) -> list[Extraction | RilisError]:
        return [
            RecordError("boom") if "nomor 7 " in article.text else find_unit(article) for article in articles
        ]

    night.extract = breaks
    report = night.run()
    assert (report.new, report.unparsed) == (11, 1)
    assert len(report.faults) == 1 and "apel-7" in report.faults[0]


def test_since_goes_back_through_listings_that_have_not_changed(night: Night, room: Newsroom) -> None:
    assert night.run(since=(START - timedelta(days=2)).date()).new == 3
    night.clock.at += timedelta(hours=1)
    assert night.run().new == 0
    assert night.run(since=(START - timedelta(days=60)).date()).new == 9


def test_an_article_that_comes_back_is_no_longer_taken_down(night: Night, room: Newsroom) -> None:
    night.run()
    path = room.path(1)
    honest = room.web.routes[(HOST, path)]
    room.web.route(HOST, path, lambda r: r.send(b"", status=404))
    night.clock.at = START + timedelta(days=1)
    assert night.run().taken_down == 1
    night.clock.at = START + timedelta(days=2)
    assert night.run().taken_down == 0
    room.web.route(HOST, path, honest)
    night.clock.at = START + timedelta(days=3)
    assert night.run().revised == 1
    assert not any(row["taken_down"] for row in night.table())


@pytest.mark.parametrize(("status", "most"), [(403, 3), (500, 7)])
def test_an_article_that_cannot_be_had_is_not_asked_for_for_ever(
    night: Night, room: Newsroom, status: int, most: int
) -> None:
    for number in (*range(1, 12), 99):
        del room.articles[number]
    night.run()
    room.web.route(HOST, room.path(0), lambda r: r.send(b"", status=status))
    nights = 0
    for day in (1, 2, 3, 5, 14, 16, 29, 31, 40):
        night.clock.at = START + timedelta(days=day)
        room.web.forget()
        night.run()
        nights += any("/apel-0/" in path for path in room.web.paths())
    assert 0 < nights <= most and not any("/apel-0/" in path for path in room.web.paths())


def test_rebuild_reads_the_raw_store_again(night: Night, room: Newsroom) -> None:
    night.run()
    before = night.bytes()
    report = night.run(rebuild=True)
    assert (report.new, report.revised, report.rebuilt, report.months) == (0, 0, 12, ())
    assert night.bytes() == before

    def better(articles: list[Article]) -> list[Extraction]:
        return [replace(found, extractor="better") for found in find_units(articles)]

    night.extract = better
    assert night.run(rebuild=True).months == ("2026-10", "2026-11")
    assert {row["extractor"] for row in night.table()} == {"better"}


def test_several_processes_give_the_same_tables(
    night: Night, room: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.extract = None
    assert night.run().new == 12
    before = list(night.bytes().values())
    monkeypatch.setattr("pipeline.run.reading.WORTH_A_POOL", 1)
    monkeypatch.setattr("pipeline.run.reading.HANDFUL", 3)
    monkeypatch.setattr("pipeline.run.harvest.HANDFUL", 3)
    night.data = tmp_path / "again"
    assert night.run(jobs=2).new == 12
    assert list(night.bytes().values()) == before


def test_a_visit_ends_and_the_next_one_goes_on(night: Night, room: Newsroom) -> None:
    slow = Policy(allow_private=True, jitter=0.0)
    room.web.page(HOST, "/robots.txt", "User-agent: *\nCrawl-delay: 600", kind="text/plain")
    options = Options(data=night.data, sites=(str(night.sites),), policy=slow, only=("site-2",))
    for number in range(30, 60):
        room.write(number, START - timedelta(days=1, minutes=number))
    first = refresh(options, clock=night.clock, extract=find_units)
    assert 0 < first.new < 42 and first.pages_left > 0
    night.clock.at += timedelta(minutes=5)
    while night.run().pages_left:
        pass
    assert len(night.table()) == 42
