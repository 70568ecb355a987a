"""Monthly partitions: what moves, what stays, and what a reader sees meanwhile."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from filelock import FileLock

from pipeline.errors import InputError, LockedError, UsageError
from pipeline.records import Extraction
from pipeline.tables import TABLES, read_table
from pipeline.tables.partitions import months, update_months
from pipeline.tables.rows import Provenance, record_batches
from pipeline.tables.staging import Staging
from pipeline.tables.writer import DatasetWriter
from tests.tables.made import extraction

JANUARY, FEBRUARY = dt.date(2024, 1, 21), dt.date(2024, 2, 3)
A, B, C = ("a" * 16, "b" * 16, "c" * 16)


def state(out: Path) -> dict[str, tuple[bytes, int]]:
    files = sorted(out.glob("*/month=*/*.parquet"))
    return {str(p.relative_to(out)): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}


def contents(out: Path) -> dict[str, bytes]:
    return {name: data for name, (data, _) in state(out).items()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    update_months(tmp_path / "out", [extraction(A, JANUARY), extraction(B, FEBRUARY), extraction(C, None)])
    return tmp_path / "out"


def test_the_layout_is_one_file_a_month(out: Path) -> None:
    assert months(out) == ["2024-01", "2024-02", "unknown"]
    assert len(state(out)) == 3 * len(TABLES)
    assert read_table(out, "mentions").num_rows == 6
    assert read_table(out, "units", ["unit"]).column_names == ["unit"]


def test_pandas_and_duckdb_read_it(out: Path) -> None:
    frame = pd.read_parquet(out / "officers")
    assert sorted(frame["month"].astype(str)) == ["2024-01", "2024-02", "unknown"]
    assert set(TABLES["officers"].names) <= set(frame.columns)
    files = f"read_parquet('{out}/units/*/*.parquet', hive_partitioning=true)"
    query = f"SELECT month, count(*) FROM {files} GROUP BY 1"
    assert dict(duckdb.sql(query).fetchall()) == {"2024-01": 1, "2024-02": 1, "unknown": 1}


def test_the_same_again_moves_nothing(out: Path) -> None:
    before = state(out)
    assert update_months(out, [extraction(A, JANUARY)]) == []
    assert update_months(out, []) == []
    assert state(out) == before


def test_only_the_touched_month_moves(out: Path) -> None:
    before = state(out)
    assert update_months(out, [extraction("d" * 16, FEBRUARY)]) == ["2024-02"]
    after = state(out)
    assert {name for name in after if after[name] != before[name]} == {n for n in after if "2024-02" in n}


def test_a_revision_takes_the_place_of_the_old_version(out: Path) -> None:
    assert update_months(out, [extraction(A, FEBRUARY, title="Baru")]) == ["2024-01", "2024-02"]
    articles = read_table(out, "articles").to_pydict()
    assert dict(zip(articles["article_id"], articles["title"], strict=True)) == {
        A: "Baru",
        B: "Apel",
        C: "Apel",
    }
    assert (out / "units/month=2024-01/part-0.parquet").exists()


def test_facts_from_outside_are_noted_without_a_new_extraction(out: Path) -> None:
    seen = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
    known = {A: Provenance(duplicate_group=B, taken_down=True, revised_at=seen)}
    before = state(out)
    assert update_months(out, [], provenance=known) == ["2024-01"]
    after = state(out)
    assert [n for n in after if after[n] != before[n]] == ["articles/month=2024-01/part-0.parquet"]
    row = next(r for r in read_table(out, "articles").to_pylist() if r["article_id"] == A)
    assert (row["duplicate_group"], row["taken_down"], row["revised_at"]) == (B, True, seen)


def test_removed_articles_leave_a_readable_month(out: Path) -> None:
    assert update_months(out, [], removed=[A]) == ["2024-01"]
    assert read_table(out, "articles")["article_id"].to_pylist() == [B, C]
    assert pd.read_parquet(out / "quotes").shape[0] == 2


def test_the_way_there_does_not_show(out: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    update_months(other, [extraction(C, None)])
    update_months(other, [extraction(B, JANUARY, title="alt")])
    update_months(other, [extraction(B, FEBRUARY), extraction(A, JANUARY)])
    assert contents(other) == contents(out)


def test_broken_rows_change_nothing(out: Path) -> None:
    before = state(out)
    broken = extraction("d" * 16, JANUARY)
    broken = dataclasses.replace(broken, units=[dataclasses.replace(broken.units[0], surface="x")])
    with pytest.raises(Exception, match="surface"):
        update_months(out, [extraction("e" * 16, JANUARY), broken])
    assert state(out) == before
    assert not (out / ".staging").exists()


class Killed(BaseException):
    """Stands for kill -9: nothing may catch it, nothing may clean up."""


@pytest.mark.parametrize("step", range(20))
def test_killed_at_any_rename_the_update_is_none_or_whole(
    out: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    old = contents(out)
    change: list[Extraction] = [extraction("d" * 16, JANUARY), extraction("e" * 16, FEBRUARY)]
    real, calls = Path.replace, iter(range(1000))

    def replace(self: Path, target: Path) -> Path:
        if next(calls) >= step:
            raise Killed
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        patch.setattr("pipeline.tables.staging.shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(Killed) if step < 16 else pytest.MonkeyPatch.context():
            update_months(out, change)
    ids = [read_table(out, name)["article_id"].to_pylist() for name in ("articles", "units", "quotes")]
    assert ids[0] == ids[1] == ids[2]
    assert set(ids[0]) == {A, B, C, "d" * 16, "e" * 16}
    update_months(out, [], removed=["d" * 16, "e" * 16])
    assert contents(out) == old


def test_killed_before_the_journal_nothing_happened(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = contents(out)
    monkeypatch.setattr("pipeline.tables.staging.fsync", lambda _: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        update_months(out, [extraction("d" * 16, JANUARY)])
    monkeypatch.undo()
    assert contents(out) == old
    assert read_table(out, "articles").num_rows == 3


def test_one_writer_at_a_time(out: Path) -> None:
    with FileLock(out / ".lock"), pytest.raises(LockedError, match="another process"):
        update_months(out, [])


def test_layouts_do_not_mix(out: Path, tmp_path: Path) -> None:
    with Staging(out) as staging, pytest.raises(UsageError, match="monthly"):
        DatasetWriter(staging)
    with Staging(tmp_path / "batch") as staging:
        writer = DatasetWriter(staging)
        writer.write(record_batches([extraction()]))
        writer.close()
        staging.commit()
    with pytest.raises(UsageError, match="batch"):
        update_months(tmp_path / "batch", [])


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no table"):
        read_table(tmp_path, "units")
    with pytest.raises(InputError, match="articles, units"):
        read_table(tmp_path, "people")
