"""The commands of the nightly run: exit codes, one JSON line on stdout, words on stderr."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.clock import SystemClock
from pipeline.errors import LockedError, UsageError
from pipeline.run.lock import hold
from tests.misbehave import Web
from tests.run.newsroom import Newsroom

LOCAL = ["--allow-private-hosts", "--no-delay"]


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Web() as web:
        room = Newsroom(web, "127.0.0.2")
        for number in range(3):
            room.write(number, datetime.now(UTC).replace(microsecond=0) - timedelta(days=number + 1))
        yield room


def run(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_night_and_its_doctor(room: Newsroom, tmp_path: Path) -> None:
    room.entry(tmp_path / "sites")
    where = ["--sites", tmp_path / "sites", "--data", tmp_path / "data", *LOCAL]
    code, out, err = run("refresh", *where)
    assert code == 0 and out.count("\n") == 1
    line = json.loads(out)
    assert (line["new"], line["exit_code"], line["alarms"]) == (3, 0, [])
    assert "3 new" in err and "ALARM" not in err
    code, out, _ = run("doctor", "--data", tmp_path / "data")
    assert code == 0 and "No alarms" in out and "3 stored" in out


def test_alarms_are_exit_code_3_and_explained(room: Newsroom, tmp_path: Path) -> None:
    room.entry(tmp_path / "sites", discover=[{"kind": "rss", "path": "/none"}])
    code, out, err = run("refresh", "--sites", tmp_path / "sites", "--data", tmp_path / "data", *LOCAL)
    assert code == 3 and json.loads(out)["alarms"][0]["code"] == "unreachable" and "ALARM site-2" in err
    code, out, _ = run("doctor", "--data", tmp_path / "data")
    assert code == 3 and "rilis sites new" in out


def test_a_held_folder_is_exit_code_4(room: Newsroom, tmp_path: Path) -> None:
    room.entry(tmp_path / "sites")
    with hold(tmp_path / "data", SystemClock()), pytest.raises(LockedError) as caught:
        run("refresh", "--sites", tmp_path / "sites", "--data", tmp_path / "data", *LOCAL)
    assert caught.value.exit_code == 4


def test_without_delay_only_on_ones_own_machine(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        run("refresh", "--data", tmp_path, "--no-delay")


def test_sites_list_check_new_golden(room: Newsroom, tmp_path: Path) -> None:
    code, out, _ = run("sites", "list", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(rows) >= 60 and all(row["time_zone"].startswith("Asia/") for row in rows)
    room.entry(tmp_path / "sites")
    code, out, _ = run("sites", "check", "site-2", "--sites", tmp_path / "sites", "--allow-private-hosts")
    assert code == 0 and "wordpress, 3 of 3 sample articles read" in out
    room.web.page(room.host, "/", "<html><head><title>Kabar</title></head><body>/wp-content/</body></html>")
    code, out, _ = run(
        "sites", "new", room.web.url(room.host), "--out", tmp_path / "own", "--allow-private-hosts"
    )
    assert code == 0 and "wordpress : 3 articles" in out.replace("None", "")
    run("refresh", "--sites", tmp_path / "sites", "--data", tmp_path / "data", *LOCAL)
    where = ["--sites", tmp_path / "sites", "--data", tmp_path / "data", "--out", tmp_path / "golden"]
    code, out, _ = run("sites", "golden", "site-2", *where)
    made = sorted(path.suffix for path in (tmp_path / "golden" / "site-2").iterdir())
    assert code == 0 and made == [".html", ".html", ".json", ".json"]
