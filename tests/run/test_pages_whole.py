"""Articles cut into pages are asked for whole, where robots.txt lets us."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.run.refresh import Options, refresh
from pipeline.scrape import Policy
from pipeline.tables.reader import read_table
from tests.misbehave import Web
from tests.run.newsroom import Newsroom


@pytest.mark.parametrize("allowed", [True, False])
def test_the_whole_article_is_asked_for(tmp_path: Path, allowed: bool) -> None:
    with Web() as web:
        room = Newsroom(web, "127.0.0.2")
        url = room.write(1, datetime.now(UTC) - timedelta(days=1))
        title, text, made, _ = room.articles[1]
        more = text + "<p>Bagian kedua: petugas tetap berjaga hingga malam hari.</p>"
        web.page(room.host, room.path(1) + "?page=all", room._html(title, more, made))
        if not allowed:
            web.page(room.host, "/robots.txt", "User-agent: *\nDisallow: /*page=all", kind="text/plain")
        room.entry(tmp_path / "sites", pages={"all_on": "page=all"})
        policy = Policy(allow_private=True, polite=False)
        report = refresh(Options(tmp_path / "data", (str(tmp_path / "sites"),), policy=policy))
        assert report.new == 1
        (row,) = read_table(tmp_path / "data" / "processed", "articles").to_pylist()
        assert ("Bagian kedua" in row["text"]) is allowed
        assert row["url"] == url
