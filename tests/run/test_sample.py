"""The main job from web server to tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.run.findings import findings
from pipeline.run.sample import SampleRun, run_sample
from pipeline.sample import sample_sites
from pipeline.tables import TABLES, read_table


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> SampleRun:
    return run_sample(tmp_path_factory.mktemp("data"))


def test_every_police_article_of_the_sample_is_in_the_tables(done: SampleRun) -> None:
    articles = [article for site in sample_sites() for article in site.articles]
    urls = {article.url for article in articles if article.unit}
    assert {row["url"] for row in read_table(done.out, "articles", ["url"]).to_pylist()} == urls
    assert done.batch.off_topic == len(articles) - len(urls) >= 6
    assert done.batch.rejected == 0
    assert all((done.out / name).is_dir() for name in TABLES)
    assert {visit.way for visit in done.visits} == {"blogger", "listing", "rss", "wordpress"}


def test_every_surface_is_where_the_tables_say(done: SampleRun) -> None:
    text = {row["article_id"]: row["text"] for row in read_table(done.out, "articles").to_pylist()}
    for name in ("units", "officers", "dates", "personnel", "events", "mentions"):
        for row in read_table(done.out, name).to_pylist():
            assert text[row["article_id"]][row["start"] : row["end"]] == row["surface"], (name, row)


def test_the_units_are_those_a_reader_finds(done: SampleRun) -> None:
    wanted = {
        article.url: article.unit for site in sample_sites() for article in site.articles if article.unit
    }
    found = {row["url"]: row["primary_unit"] for row in read_table(done.out, "articles").to_pylist()}
    wrong = {url: (found[url], wanted[url]) for url in wanted if found[url] != wanted[url]}
    assert len(wrong) <= 3, wrong


def test_the_events_are_those_a_reader_finds(done: SampleRun) -> None:
    wanted = {article.url: article.event for site in sample_sites() for article in site.articles}
    urls = {row["article_id"]: row["url"] for row in read_table(done.out, "articles").to_pylist()}
    main = [row for row in read_table(done.out, "events").to_pylist() if row["is_primary"]]
    found = {urls[row["article_id"]]: row["event_type"] for row in main}
    wrong = {url: (found.get(url), kind) for url, kind in wanted.items() if kind and found.get(url) != kind}
    assert len(wrong) <= 5, wrong


def test_near_copies_on_two_sites_are_one_group(done: SampleRun) -> None:
    groups: dict[str, set[str]] = {}
    for row in read_table(done.out, "articles").to_pylist():
        groups.setdefault(row["duplicate_group"], set()).add(row["site"])
    assert {"kabarlampung.example", "humaspolresmaros.blog.example"} in groups.values()


def test_a_second_run_fetches_no_article_and_changes_no_byte(done: SampleRun) -> None:
    files = sorted(path for path in done.out.rglob("*.parquet"))
    before = [path.read_bytes() for path in files]
    again = run_sample(done.raw.parent.parent)
    assert sum(visit.stored for visit in again.visits) == 0
    assert [path.read_bytes() for path in files] == before


def test_findings_count_what_is_there(done: SampleRun) -> None:
    found = findings(done.out)
    assert found.articles == 43
    assert found.groups == 1
    assert found.example is not None
    for evidence in found.example.evidence:
        assert found.example.text[evidence.start : evidence.end] == evidence.surface


def test_the_command_prints_a_summary_and_ends_well(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", "--data", str(tmp_path / "data")])
    assert result.exit_code == 0, result.output
    assert "What to type next" in result.output
    quiet = CliRunner().invoke(app, ["run", "--quiet", "--data", str(tmp_path / "data")])
    assert (quiet.exit_code, quiet.stdout) == (0, "")
