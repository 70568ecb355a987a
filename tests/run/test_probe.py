"""Looking at a site: platform, ways, samples, and a draft that a refresh can run on at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import FetchError, SiteError
from pipeline.run.probe import check, look_at, platform_of, write_draft
from pipeline.run.refresh import Options, refresh
from pipeline.scrape import Client, Policy
from pipeline.sites import load_sites
from tests.misbehave import Web
from tests.run.newsroom import Newsroom

HOST = "127.0.0.6"
POLICY = Policy(allow_private=True, polite=False, backoff=0.0, read=2.0)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.fixture
def room(web: Web) -> Newsroom:
    room = Newsroom(web, HOST)
    for number in range(4):
        room.write(number, datetime.now(UTC).replace(microsecond=0) - timedelta(days=number + 1))
    home = '<meta property="og:site_name" content="Kabar Contoh">'
    home += '<link rel="https://api.w.org/" href="/wp-json/">'
    web.page(HOST, "/", f"<html><head><title>Beranda</title>{home}</head><body>Selamat datang</body></html>")
    return room


@pytest.mark.parametrize(
    ("host", "page", "platform"),
    [
        ("purwakarta.jis.co.id", "", "jis"),
        ("kabar.disway.id", "<link href='/wp-content/x.css'>", "disway"),
        ("x.id", "<script src='/wp-content/themes/x.js'>", "wordpress"),
        ("x.id", "<meta content='blogger' name='generator'/>", "blogger"),
        ("x.id", '<meta name="generator" content="Odoo">', "odoo"),
        ("x.id", '<a href="https://www.detik.com">detik</a>', "generic"),
        ("notdisway.id", "", "generic"),
    ],
)
def test_platforms_are_told_apart(host: str, page: str, platform: str) -> None:
    assert platform_of(host, page) == platform


def test_a_draft_runs_as_it_is(web: Web, room: Newsroom, tmp_path: Path) -> None:
    with Client(POLICY) as client:
        draft = look_at(client, web.url(HOST, "/"))
    assert (draft.site.platform, draft.name, draft.works) == ("wordpress", "Kabar Contoh", True)
    path = write_draft(draft, tmp_path / "sites")
    (site,) = load_sites([tmp_path / "sites"])
    assert path.name == f"{site.id}.yml" and site.status == "trial"
    assert [how.kind for how in site.discover] == ["wordpress"]
    report = refresh(Options(data=tmp_path / "data", sites=(str(tmp_path / "sites"),), policy=POLICY))
    assert report.new == 4 and report.exit_code == 0
    with pytest.raises(SiteError, match="entry already"):
        write_draft(draft, tmp_path / "sites")


def test_check_tries_the_ways_and_reads_samples(web: Web, room: Newsroom, tmp_path: Path) -> None:
    room.entry(tmp_path)
    (site,) = load_sites([tmp_path])
    with Client(POLICY) as client:
        way, samples, problems = check(client, site)
    assert way == "wordpress" and len(samples) == 3 and problems == ()
    assert all(sample.article is not None and sample.problem is None for sample in samples)


def test_a_home_page_that_is_not_there(web: Web) -> None:
    with Client(POLICY) as client, pytest.raises(FetchError, match="cannot be had"):
        look_at(client, web.url("127.0.0.7", "/"))
