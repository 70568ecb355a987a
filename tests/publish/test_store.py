"""Parquet to SQLite: nothing lost, nothing dangling, the same file again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError, StoreError
from pipeline.publish.store import publish, words
from pipeline.tables.schema import TABLES
from tests.publish.datasets import N


@pytest.fixture
def conn(db: Path) -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(f"file:{db}?immutable=1", uri=True) as connection:
        yield connection
    connection.close()


def test_every_row_of_every_table_is_there(conn: sqlite3.Connection, data: Path) -> None:
    for name in TABLES:
        rows = pq.read_table(data / name / "part-0.parquet").num_rows
        if name == "mentions":
            packed = [row[0] for row in conn.execute("SELECT spans FROM article_spans")]
            assert sum(spans.count(";") + 1 for spans in packed) == rows
        else:
            assert conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0] == rows


def test_columns_and_values_are_as_declared(conn: sqlite3.Connection, data: Path) -> None:
    conn.row_factory = sqlite3.Row
    for name in ("articles", "events", "officers"):
        parquet = pq.read_table(data / name / "part-0.parquet").to_pylist()
        key = TABLES[name].key
        stored = {tuple(row[k] for k in key): row for row in conn.execute(f"SELECT * FROM {name}")}
        for row in parquet:
            mine = stored[tuple(row[k] for k in key)]
            for column, value in row.items():
                shown = mine[column]
                if hasattr(value, "isoformat"):
                    assert str(shown).startswith(value.isoformat()[:10])
                else:
                    assert shown == value


def test_foreign_keys_hold(conn: sqlite3.Connection) -> None:
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    declared = {row[2] for row in conn.execute("PRAGMA foreign_key_list(events)")}
    assert {"articles", "event_types", "police_units"} <= declared


def test_numbers_run_from_newest_to_oldest(conn: sqlite3.Connection) -> None:
    days = [row[0] for row in conn.execute("SELECT day FROM events WHERE day IS NOT NULL ORDER BY id")]
    assert days == sorted(days, reverse=True)
    days = [
        row[0]
        for row in conn.execute(
            "SELECT published_at FROM articles WHERE published_at IS NOT NULL ORDER BY id"
        )
    ]
    assert days == sorted(days, reverse=True)


def test_counts_are_those_of_the_rows(conn: sqlite3.Connection) -> None:
    for table, rows in (
        ("article_counts", "articles"),
        ("event_counts", "events"),
        ("event_months", "events"),
    ):
        assert (
            conn.execute(f"SELECT sum(n) FROM {table}").fetchone()
            == conn.execute(f"SELECT count(*) FROM {rows}").fetchone()
        )


def test_again_gives_the_same_content(db: Path, data: Path, tmp_path: Path) -> None:
    again = publish(data, tmp_path / "again.db").path

    def content(path: Path) -> str:
        with sqlite3.connect(path) as connection:
            return "\n".join(line for line in connection.iterdump() if "_fts" not in line)

    assert content(again) == content(db)


def test_taken_down_articles_stay_away(data: Path, tmp_path: Path) -> None:
    for name in TABLES:
        (tmp_path / "t" / name).mkdir(parents=True)
        table = pq.read_table(data / name / "part-0.parquet")
        if name == "articles":
            at = table.schema.get_field_index("taken_down")
            gone = table["article_id"][0].as_py()
            table = table.set_column(at, table.schema.field(at), [[i == 0 for i in range(table.num_rows)]])
        pq.write_table(table, tmp_path / "t" / name / "part-0.parquet")
    made = publish(tmp_path / "t", tmp_path / "x.db")
    assert made.rows["articles"] == N + 1
    with sqlite3.connect(made.path) as connection:
        for name in ("articles", "events", "officers", "quotes"):
            assert not connection.execute(f"SELECT 1 FROM {name} WHERE article_id = ?", [gone]).fetchall()


def test_a_failed_run_leaves_the_old_file(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "rilis.db"
    old.write_bytes(b"old")
    monkeypatch.setattr(words, "fill", lambda target: target.execute("SELECT * FROM not_there"))
    with pytest.raises(StoreError):
        publish(data, old)
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rilis.db"]


def test_no_tables(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        publish(tmp_path, tmp_path / "x.db")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mengamankan", "pengamanan"),
        ("diamankan", "amankan"),
        ("menangkap", "penangkapan"),
        ("memukul", "dipukul"),
        ("menyita", "disita"),
        ("mengawal", "pengawalan"),
        ("rumahnya", "rumah"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert {s for s in words.stems(one) & words.stems(other) if len(s) >= words.SHORTEST}


@pytest.mark.parametrize("word", ["selatan", "kepala", "dinas", "2024", "sik"])
def test_words_left_alone(word: str) -> None:
    assert words.stems(word) <= {word, word[2:]} if word == "dinas" else words.stems(word) == {word}
