"""kill -9 at twenty random instants: afterwards ledger, raw store and tables hold each article once."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.scrape import WarcStore, read_pages
from pipeline.scrape.ledger import Ledger
from pipeline.tables.reader import read_table
from pipeline.tables.schema import TABLES
from tests.misbehave import Web
from tests.run.newsroom import Newsroom

KILLS = 20
SITES, PAGES = 3, 100


def start(sites: Path, data: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline", "refresh", "--sites", str(sites), "--data", str(data)]
    return subprocess.Popen(
        [*command, "--allow-private-hosts", "--no-delay"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(process: subprocess.Popen[str]) -> dict[str, object]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out)


def contents(data: Path) -> dict[str, list[dict[str, object]]]:
    """All tables, without the moment of fetching."""
    tables = {}
    for name in TABLES:
        rows = read_table(data / "processed", name).to_pylist()
        for row in rows:
            row.pop("fetched_at", None)
        tables[name] = rows
    return tables


def stored(data: Path) -> Counter[str]:
    return Counter(page.url for path in WarcStore(data / "raw").files() for page in read_pages(path))


def working(web: Web, process: subprocess.Popen[str], seconds: float) -> bool:
    """Wait until the run has sent its first request and so many seconds more; whether it still runs."""
    while not web.seen and process.poll() is None:
        time.sleep(0.01)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


def test_killed_at_any_instant_nothing_is_lost_and_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(20261121)
    now = datetime.now(UTC).replace(microsecond=0)
    with Web() as web:
        for host in range(SITES):
            room = Newsroom(web, f"127.0.0.{host + 2}")
            for number in range(PAGES):
                room.write(number, now - timedelta(days=1 + number % 27, minutes=number))
            room.entry(tmp_path / "sites")
        whole = tmp_path / "undisturbed"
        web.forget()
        process = start(tmp_path / "sites", whole)
        working(web, process, 0.0)
        began = time.monotonic()
        assert finish(process)["new"] == SITES * PAGES
        usual = time.monotonic() - began

        kills, rounds = 0, 0
        while kills < KILLS:
            data = tmp_path / f"round-{rounds}"
            rounds += 1
            for _ in range(KILLS - kills):
                web.forget()
                process = start(tmp_path / "sites", data)
                # Runs go on where the last one was killed, so short ones reach every stage in the end.
                if not working(web, process, chance.uniform(0.0, usual / 2)):
                    break
                process.send_signal(signal.SIGKILL)
                process.communicate()
                kills += 1
            else:
                process = start(tmp_path / "sites", data)
            finish(process)
            assert contents(data) == contents(whole)
            assert stored(data) == stored(whole) and set(stored(data).values()) == {1}
            ledger = Ledger(data / "raw" / "ledger.sqlite")
            assert ledger.counts() == {"stored": SITES * PAGES} and ledger.pending() == []
            ledger.close()
    assert kills == KILLS
