"""SQL on the tables, the forms of an answer, and the questions that need no SQL."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import InputError, UsageError
from pipeline.publish import ask, duck, formats
from pipeline.publish.answer import Question, answer
from tests.publish.datasets import EVIL_TITLE, HOSTILE, N

RISKY = ["=1+1", "+62811", "-5 x", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"]


def rilis(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("view", [*duck.TABLES, *duck.VIEW_NAMES])
def test_every_view_answers(data: Path, view: str) -> None:
    with duck.connect(data) as connection:
        columns = duck.run(connection, f"SELECT * FROM {view}").description
    assert columns


def test_views_say_what_the_tables_say(data: Path) -> None:
    with duck.connect(data) as connection:
        one = lambda sql: duck.run(connection, sql).fetchone()  # noqa: E731
        assert one("SELECT sum(n_events) FROM events_monthly") == one("SELECT count(*) FROM events")
        # The copy is an event of its own, but no story of its own.
        assert one("SELECT sum(n_events) - sum(n_stories) FROM events_monthly")[0] >= 1
        assert one("SELECT count(*) FROM personnel_by_event") == one("SELECT count(*) FROM personnel")
        assert one("SELECT sum(n_officers) FROM unit_profile") == one(
            "SELECT count(DISTINCT (officer_id, unit_id)) FROM officers WHERE unit_id IS NOT NULL"
        )


def test_monthly_partitions_are_one_table(tmp_path: Path, data: Path) -> None:
    for table in duck.TABLES:
        rows = pq.read_table(data / table / "part-0.parquet")
        for month in ("month=2024-01", "month=unknown"):
            (tmp_path / table / month).mkdir(parents=True)
            pq.write_table(rows, tmp_path / table / month / "part-0.parquet")
    with duck.connect(tmp_path) as connection:
        assert duck.run(connection, "SELECT count(*) FROM articles").fetchone() == (2 * (N + 2),)
        assert duck.run(connection, "SELECT * FROM events_monthly LIMIT 1").fetchone()


def test_a_missing_table_is_an_empty_one(tmp_path: Path, data: Path) -> None:
    (tmp_path / "articles").symlink_to(data / "articles")
    with duck.connect(tmp_path) as connection:
        assert duck.run(connection, "SELECT count(*) FROM quotes WHERE speaker = 'x'").fetchone() == (0,)


def test_no_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no tables"):
        duck.connect(tmp_path)


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT nothing FROM articles", "SELECT * FROM nowhere"])
def test_a_wrong_query_names_the_views(data: Path, sql: str) -> None:
    with pytest.raises(UsageError, match="officer_posts"):
        answer(Question(sql), data)


@pytest.mark.parametrize("form", formats.BINARY)
def test_binary_forms_need_a_file(data: Path, form: str) -> None:
    with pytest.raises(UsageError, match="needs a file"):
        answer(Question("SELECT 1"), data, form)


@pytest.mark.parametrize("value", RISKY)
def test_no_formula_in_csv(value: str) -> None:
    out = io.StringIO()
    formats.write_csv(["x"], [[value]], out)
    assert list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1] == ["'" + value]


def test_numbers_stay_numbers_in_csv() -> None:
    out = io.StringIO()
    formats.write_csv(["n", "f", "none", "day"], [[-5, -0.5, None, dt.date(2024, 1, 2)]], out)
    assert out.getvalue().split("\r\n")[1] == "-5,-0.5,,2024-01-02"


def test_no_formula_in_xlsx(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "x.xlsx"
    answer(
        Question(
            f"SELECT title, text, source_id, published_date FROM articles WHERE article_id = '{HOSTILE}'"
        ),
        data,
        "xlsx",
        path,
    )
    sheet = openpyxl.load_workbook(path).active
    cells = {cell.column_letter: cell for cell in sheet[2]}
    assert all(cell.data_type in ("s", "d") for cell in cells.values())
    assert cells["C"].value == "@SUM(1)"
    assert EVIL_TITLE in cells["A"].value


def test_forms_hold_the_same_rows(tmp_path: Path, data: Path) -> None:
    sql = "SELECT article_id, n_words, published_date FROM articles ORDER BY 1"
    for form in ("csv", "json", "parquet", "xlsx"):
        assert answer(Question(sql), data, form, tmp_path / f"x.{form}") == N + 2
    ids = [row["article_id"] for row in json.loads((tmp_path / "x.json").read_text())]
    with (tmp_path / "x.csv").open() as file:
        assert [row["article_id"] for row in csv.DictReader(file)] == ids
    assert pq.read_table(tmp_path / "x.parquet")["article_id"].to_pylist() == ids
    rows = openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows(
        min_row=2, max_col=1, values_only=True
    )
    assert [row[0] for row in rows] == ids


def test_hostile_text_cannot_steer_the_terminal(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(Question(f"SELECT text FROM articles WHERE article_id = '{HOSTILE}'"), data)
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_officers_by_some_words_of_the_name(data: Path) -> None:
    with duck.connect(data) as connection:
        name = duck.run(connection, "SELECT name FROM officers ORDER BY name LIMIT 1").fetchone()[0]
        question = ask.officers(" ".join(reversed(name.lower().split())))
        rows = duck.run(connection, question.sql, list(question.params)).fetchall()
    assert rows
    assert {row[0] for row in rows} == {name}


def test_percent_is_no_wildcard(data: Path) -> None:
    with duck.connect(data) as connection:
        question = ask.officers("%")
        assert duck.run(connection, question.sql, list(question.params)).fetchall() == []


def test_events_by_group_polda_and_days(data: Path) -> None:
    question = ask.events(
        types=["election"], polda="Polda Aceh", since=dt.date(2022, 1, 1), until=dt.date(2024, 12, 31)
    )
    with duck.connect(data) as connection:
        rows = duck.run(connection, question.sql, list(question.params)).fetchall()
    assert rows
    assert all(dt.date(2022, 1, 1) <= row[0] <= dt.date(2024, 12, 31) for row in rows)
    assert {row[1] for row in rows} <= {"campaign_security", "election_logistics", "polling_security"}
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)


def test_unknown_words_get_a_hint() -> None:
    with pytest.raises(UsageError, match="narcotics"):
        ask.events(types=["drugs"])
    with pytest.raises(UsageError, match="Polres Purwakarta"):
        ask.unit("Polres Purwokarta")
    with pytest.raises(UsageError, match=r"polres-banjar-jabar.*polres-banjar-kalsel"):
        ask.unit("Polres Banjar")


def test_commands(data: Path, tmp_path: Path) -> None:
    folder = ["--data", str(data)]
    assert f"{N + 2}" in rilis("query", "SELECT count(*) AS n FROM articles", *folder, "--format", "csv")
    assert "Polres Aceh Besar · Polda Aceh" in rilis("unit", "Polres Aceh Besar", *folder)
    assert json.loads(rilis("unit", "Polres Aceh Besar", "--format", "json", *folder))[0]["level"] == "polres"
    assert "No officer named" in rilis("officers", "Tidak Ada Orangnya", *folder)
    rilis("events", "--type", "crime", *folder, "-f", "csv", "-o", str(tmp_path / "crime.csv"))
    assert (tmp_path / "crime.csv").read_text().startswith("date,event_type,unit")
    (tmp_path / "q.sql").write_text("SELECT 41 + 1 AS answer")
    assert "42" in rilis("query", f"@{tmp_path / 'q.sql'}", *folder)
