"""Batches: order, bytes, what is put aside, and what a kill leaves behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from pipeline.extract import extract_many
from pipeline.records import Article, Extraction
from pipeline.run.batch import extract_batch
from pipeline.run.progress import Silent
from pipeline.tables import TABLES, read_table
from tests.run.articles import release, write_jsonl

ROOT = Path(__file__).parents[2]


def parquet(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*.parquet"))}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred articles with some bad lines among them."""
    records: list[object] = [release(i) for i in range(300)]
    records[70] = "{broken"
    records[150] = {"id": "r150"}
    records[299] = "[]"
    return write_jsonl(tmp_path_factory.mktemp("in") / "many.jsonl", records)


def test_the_eight_tables_are_there_and_readable(many: Path, tmp_path: Path) -> None:
    summary = extract_batch([many], tmp_path)
    assert (summary.articles, summary.rejected) == (297, 3)
    articles = read_table(tmp_path, "articles").to_pylist()
    assert [a["source_id"] for a in articles] == [f"r{i}" for i in range(300) if i not in (70, 150, 299)]
    assert all((tmp_path / name / "part-0.parquet").is_file() for name in TABLES)
    assert {p.name for p in tmp_path.iterdir()} == {*TABLES, "rejected.jsonl", "manifest.json", ".lock"}


def test_pandas_reads_each_table_as_it_is(many: Path, tmp_path: Path) -> None:
    extract_batch([many], tmp_path)
    for name, table in TABLES.items():
        frame = pd.read_parquet(tmp_path / name)
        assert list(frame.columns) == list(table.names)
    units = pd.read_parquet(tmp_path / "units")
    assert set(units["level"]) <= set(TABLES["units"]["level"].values)
    assert len(units) > 200


def test_the_bytes_are_the_same_again_and_for_any_number_of_processes(many: Path, tmp_path: Path) -> None:
    one, again, three = tmp_path / "one", tmp_path / "again", tmp_path / "three"
    extract_batch([many], one)
    extract_batch([many], again)
    extract_batch([many], again)
    extract_batch([many], three, jobs=3)
    assert parquet(one) == parquet(again) == parquet(three)
    for name in ("rejected.jsonl", "manifest.json"):
        assert (one / name).read_bytes() == (again / name).read_bytes() == (three / name).read_bytes()


def test_rejected_lines_tell_place_and_reason(many: Path, tmp_path: Path) -> None:
    extract_batch([many], tmp_path, jobs=2)
    lines = [json.loads(line) for line in (tmp_path / "rejected.jsonl").read_text().splitlines()]
    assert [(line["row"], line["source_id"]) for line in lines] == [(71, None), (151, "r150"), (300, None)]
    assert lines[0]["record"] == "{broken"
    assert json.loads((tmp_path / "manifest.json").read_text())["rejected"] == 3


def test_dates_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    odd = release(2) | {"published_at": "minggu entah"}
    none = release(3) | {"published_at": None}
    summary = extract_batch([write_jsonl(tmp_path / "in.jsonl", [release(1), odd, none])], tmp_path / "out")
    assert (summary.articles, summary.unread_dates) == (3, 1)
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["unread_dates"] == 1


def test_no_list_of_rejected_stands_when_none_was(tmp_path: Path) -> None:
    bad = write_jsonl(tmp_path / "bad.jsonl", [release(1), "{"])
    good = write_jsonl(tmp_path / "good.jsonl", [release(1)])
    extract_batch([bad], tmp_path / "out")
    assert (tmp_path / "out" / "rejected.jsonl").exists()
    extract_batch([good], tmp_path / "out")
    assert not (tmp_path / "out" / "rejected.jsonl").exists()


@pytest.mark.parametrize("apart", [1, 100])
def test_ids_and_articles_that_come_twice(tmp_path: Path, apart: int) -> None:
    between = [release(i) for i in range(10, 10 + apart)]
    same_id = release(2) | {"id": "r1"}
    same_address = release(3) | {"url": "https://berita.test/1?utm_source=x"}
    no_address = [{**release(n), "url": None} for n in (5, 5)]
    no_address[1] = no_address[1] | {"id": "r5b"}
    path = write_jsonl(
        tmp_path / "in.jsonl", [release(1), no_address[0], *between, same_id, same_address, no_address[1]]
    )
    summary = extract_batch([path], tmp_path / "out")
    lines = [json.loads(line) for line in (tmp_path / "out" / "rejected.jsonl").read_text().splitlines()]
    told = {line["row"]: line["reason"] for line in lines}
    row = apart + 3
    assert set(told) == {row, row + 1, row + 2}
    assert "the same id 'r1'" in told[row]
    assert "its address came before" in told[row + 1]
    assert "title and text came before" in told[row + 2]
    assert summary.articles == apart + 2
    ids = read_table(tmp_path / "out", "articles")["article_id"].to_pylist()
    assert len(set(ids)) == len(ids)


def test_two_files_may_use_the_same_ids(tmp_path: Path) -> None:
    one = write_jsonl(tmp_path / "a.jsonl", [release(1)])
    two = write_jsonl(tmp_path / "b.jsonl", [release(2) | {"id": "r1"}])
    assert extract_batch([one, two], tmp_path / "out").articles == 2


def test_near_copies_have_the_earliest_as_their_group(tmp_path: Path) -> None:
    body = " ".join(f"kalimat nomor {i} dari rilis yang sama persis" for i in range(40))
    records = [release(i) for i in range(100)]
    for number, day in ((3, 9), (50, 8), (97, 10)):
        records[number]["text"] = f"Kota {number} - {body} penutup {number}."
        records[number]["published_at"] = f"2024-11-{day:02d}T00:00:00Z"
    summary = extract_batch([write_jsonl(tmp_path / "in.jsonl", records)], tmp_path / "out")
    assert summary.copies == 2
    rows = read_table(tmp_path / "out", "articles").to_pylist()
    earliest = rows[50]["article_id"]
    assert [rows[i]["duplicate_group"] for i in (3, 50, 97)] == [earliest] * 3
    assert all(r["duplicate_group"] == r["article_id"] for i, r in enumerate(rows) if i not in (3, 50, 97))


def test_an_article_that_breaks_the_extractor_costs_itself_only(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragile(articles: Iterable[Article], **options: object) -> Iterator[Extraction]:
        for article in articles:
            if article.source_id == "r20":
                raise ZeroDivisionError("division by zero")
            yield from extract_many([article])

    monkeypatch.setattr("pipeline.run.work.extract_many", fragile)
    summary = extract_batch([many], tmp_path)
    assert (summary.articles, summary.rejected) == (296, 4)
    line = json.loads((tmp_path / "rejected.jsonl").read_text().splitlines()[0])
    assert line["source_id"] == "r20"
    assert "nothing could be extracted: ZeroDivisionError" in line["reason"]


def test_a_failure_leaves_the_old_tables(many: Path, tmp_path: Path) -> None:
    class Fails(Silent):
        def advance(self, done: int, rejected: int) -> None:
            raise RuntimeError("disk full")

    extract_batch([write_jsonl(tmp_path / "in.jsonl", [release(1)])], tmp_path / "out")
    before = parquet(tmp_path / "out")
    with pytest.raises(RuntimeError):
        extract_batch([many], tmp_path / "out", progress=Fails())
    assert parquet(tmp_path / "out") == before
    assert not (tmp_path / "out" / ".staging").exists()


def test_a_worker_that_dies_is_told_and_nothing_is_written(tmp_path: Path, many: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; import pipeline.run.batch as b\n"
        "def die(*arguments): os._exit(9)\n"
        "if __name__ == '__main__':\n"
        "    b.work = die\n"
        "    from pipeline.errors import RilisError\n"
        f"    try: b.extract_batch([Path({str(many)!r})], Path({str(tmp_path / 'out')!r}), jobs=2)\n"
        "    except RilisError as error: print(error)\n"
    )
    script = tmp_path / "die.py"
    script.write_text(code)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, cwd=ROOT, env=env, timeout=60
    )
    assert "a worker process died; nothing was written" in done.stdout, done.stderr
    assert not list((tmp_path / "out").rglob("*.parquet"))


def test_ended_by_the_system_it_leaves_nothing_behind(tmp_path: Path) -> None:
    pipe = tmp_path / "endless.jsonl"
    os.mkfifo(pipe)
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "extract",
        str(pipe),
        "--out",
        str(tmp_path / "out"),
        "-j",
        "2",
    ]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
    with pipe.open("w") as feed:
        for number in range(300):
            feed.write(json.dumps(release(number)) + "\n")
        feed.flush()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 143
    assert not (tmp_path / "out" / ".staging").exists()
    assert not list((tmp_path / "out").rglob("*.parquet"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_in_the_middle_the_old_tables_stand_and_the_next_run_works(tmp_path: Path, jobs: int) -> None:
    out = tmp_path / "out"
    extract_batch([write_jsonl(tmp_path / "in.jsonl", [release(1)])], out)
    before = parquet(out)
    pipe = tmp_path / "endless.jsonl"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "pipeline", "extract", str(pipe), "--out", str(out), "-j", str(jobs)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
    with pipe.open("w") as feed:
        for number in range(400):
            feed.write(json.dumps(release(number)) + "\n")
        feed.flush()
        deadline = time.monotonic() + 30
        while not (out / ".staging").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert (out / ".staging").exists()
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
    with pytest.raises(ProcessLookupError):  # its workers end by themselves
        for _ in range(100):
            os.killpg(process.pid, 0)
            time.sleep(0.1)
    assert parquet(out) == before
    assert read_table(out, "articles").num_rows == 1
    summary = extract_batch([write_jsonl(tmp_path / "two.jsonl", [release(1), release(2)])], out)
    assert summary.articles == 2
    assert not (out / ".staging").exists()
