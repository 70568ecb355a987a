"""The take-down list: what is on it is not published."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import ConfigError
from pipeline.publish.store import publish
from pipeline.publish.store.take_down import read_list


def test_ids_and_addresses_with_notes(tmp_path: Path) -> None:
    path = tmp_path / "take-down.txt"
    path.write_text("# asked for on 2 May\nabc123 # a name\n\nhttps://kabar.example/a/\n", encoding="utf-8")
    assert read_list(path) == {"abc123", "https://kabar.example/a"}
    assert read_list(tmp_path / "none") == frozenset()


def test_a_list_that_cannot_be_read_stops_publishing(tmp_path: Path) -> None:
    path = tmp_path / "take-down.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError):
        read_list(path)


def test_listed_articles_stay_away_with_all_that_hangs_on_them(data: Path, tmp_path: Path) -> None:
    rows = pq.read_table(data / "articles" / "part-0.parquet", columns=["article_id", "url"]).to_pylist()
    by_id = rows[0]["article_id"]
    by_url = next(row for row in rows[1:] if row["url"])
    withheld = frozenset({by_id, by_url["url"].rstrip("/")})
    out = tmp_path / "rilis.db"
    made = publish(data, out, withheld=withheld)
    gone = (by_id, by_url["article_id"])
    assert made.rows["articles"] == len(rows) - 2
    with sqlite3.connect(out) as connection:
        for table in ("articles", "officers", "events", "quotes", "dates", "personnel", "units"):
            query = f"SELECT count(*) FROM {table} WHERE article_id IN (?, ?)"
            assert connection.execute(query, gone).fetchone() == (0,), table
    connection.close()
