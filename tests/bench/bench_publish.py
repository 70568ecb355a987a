"""200,000 generated articles: publishing them, asking them, reading the pages with eight clients."""

from __future__ import annotations

import itertools
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.tables.rows import record_batches
from pipeline.tables.staging import Staging
from pipeline.tables.writer import DatasetWriter
from tests.bench.load import Addresses, measure, percentile
from tests.bench.measure import ROOT, Figure, Options, Result, peak_mb
from tests.publish.synthetic import extractions

QUESTIONS = {
    "events by month": "SELECT date_trunc('month', date) AS m, count(*) FROM events GROUP BY 1 ORDER BY 1",
    "view events_monthly": "SELECT * FROM events_monthly",
    "view officer_posts, one name": "SELECT * FROM officer_posts WHERE name ILIKE '%hidayat%'",
}
CLIENTS = 8


def write(folder: Path, n: int) -> None:
    """A data set of ``n`` generated articles."""
    articles = extractions(n)
    with Staging(folder) as staging:
        writer = DatasetWriter(staging)
        while some := list(itertools.islice(articles, 2_000)):
            writer.write(record_batches(some))
        writer.close()
        staging.commit()


def run(options: Options) -> Iterator[Result]:
    """Publish, ask, serve."""
    n = options.size(200_000, 2_000)
    # A folder that is named keeps the data between runs: RILIS_BENCH=/some/folder
    kept = os.environ.get("RILIS_BENCH")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(kept or temporary) / f"bench-{n}"
        db = folder / "rilis.db"
        if not (folder / "articles").exists():
            write(folder, n)
        before = _children()
        peak, seconds = peak_mb(["-m", "pipeline", "publish", "--data", str(folder), "--out", str(db)])
        cpu = _children() - before
        size = db.stat().st_size / 1e6
        yield Result(
            f"Publishing {n:,} articles",
            "`rilis publish` on generated articles of 2.4 kB with 30 mentions each, in a process of its own.",
            ("seconds", "CPU seconds", "peak MB", "file MB"),
            [Figure("publish", (f"{seconds:,.0f}", f"{cpu:,.0f}", f"{peak:,.0f}", f"{size:,.0f}"))],
        )
        yield Result(
            f"Asking {n:,} articles",
            "`rilis query … --format csv`, start of the program included.",
            ("seconds", "CPU seconds"),
            [Figure(what, _ask(folder, sql)) for what, sql in QUESTIONS.items()],
        )
        yield _pages(db, n, options)


def _children() -> float:
    """CPU seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _ask(folder: Path, sql: str) -> tuple[str, str]:
    """Seconds and CPU seconds of the fastest of three."""
    command = ["-m", "pipeline", "query", sql, "--data", str(folder), "--format", "csv"]
    taken = []
    for _ in range(3):
        before = _children()
        _, seconds = peak_mb(command)
        taken.append((seconds, _children() - before))
    seconds, cpu = min(taken)
    return f"{seconds:.2f}", f"{cpu:.2f}"


def _pages(db: Path, n: int, options: Options) -> Result:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "serve", "--db", str(db), "--port", str(port)],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        addresses = Addresses(db)
        figures = []
        for what in ("start", "facet", "search", "article", "entity"):
            make = getattr(addresses, what)
            measure(port, make, 2, 5)
            before = _cpu(server.pid)
            taken = measure(port, make, CLIENTS, options.size(75, 5))
            cpu = 1000 * (_cpu(server.pid) - before) / len(taken)
            values = (f"{1000 * percentile(taken, p):,.0f}" for p in (50, 95, 99))
            figures.append(Figure(f"{what} ({len(taken)} answers)", (*values, f"{cpu:.1f}")))
    finally:
        server.terminate()
        server.wait(10)
    about = (
        f"{CLIENTS} readers at once, each asking as soon as it is answered, on the machine that also serves. "
        "Searches take one to three words; facets take type, Polda, year, some days or a unit; "
        "entity is a unit or an officer. The last column is the server's CPU time for one answer, "
        "which other programs change little; "
        f"{os.getloadavg()[0]:.0f} processes wanted a core when this was measured."
    )
    return Result(
        f"Pages over {n:,} articles, milliseconds", about, ("median", "95th", "99th", "CPU"), figures
    )


def _cpu(pid: int) -> float:
    """CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
