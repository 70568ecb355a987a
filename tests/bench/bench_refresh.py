"""The nightly run over many local sites: pages a second without the politeness delay, peak memory, disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.measure import ROOT, Figure, Options, Result
from tests.bench.texts import release
from tests.misbehave import Request, Web

_FURNITURE = "".join(
    f'<li class="menu-item item-{n}"><a href="/kanal/{n * 7919 % 4999}/">Kanal {n * 104729 % 9973}</a></li>'
    for n in range(450)
)


def run(options: Options) -> Iterator[Result]:
    """A first night, in which everything is new, and a second one, in which nothing is."""
    sites, pages = options.size(200, 5), options.size(50, 10)
    with tempfile.TemporaryDirectory() as folder, Web() as web:
        data = Path(folder) / "data"
        for site in range(sites):
            _site(web, f"127.0.{site // 200 + 1}.{site % 200 + 1}", site, pages, Path(folder) / "sites")
        command = [
            "-m",
            "pipeline",
            "refresh",
            "--sites",
            f"{folder}/sites",
            "--data",
            str(data),
            "--ner",
            "rules",
        ]
        figures = []
        for what in ("first night, all new", "second night, nothing new"):
            web.forget()
            peak, seconds, busy = _measured([*command, "--allow-private-hosts", "--no-delay"])
            count = len(web.seen)
            values = (f"{count:,}", f"{seconds:,.0f}", f"{busy:,.0f}", f"{count / busy:,.0f}", f"{peak:,.0f}")
            figures.append(Figure(what, values))
        for what, part, pattern in (
            ("raw store, kB a page", "raw", "*.warc.gz"),
            ("tables, kB an article", "processed", "*.parquet"),
        ):
            figures.append(Figure(f"{what}: {_kb(data / part, pattern) / sites / pages:.1f}", ("",) * 5))
    about = (
        f"`rilis refresh` over {sites} sites of {pages} pages of about 50 kB, from a server on the same two"
        " cores, rules, no delay between requests; fetching, storing with fsync, parsing, extracting, tables,"
        " near-copies. Start-up included; CPU seconds are"
        " those of all its processes, peak memory that of the largest."
    )
    yield Result(
        "The nightly run",
        about,
        ("requests", "seconds", "CPU seconds", "requests a CPU second", "peak MB"),
        figures,
    )


def _measured(arguments: list[str]) -> tuple[float, float, float]:
    """Run ``python ARGUMENTS``: peak memory in MB of its largest process, seconds, CPU seconds of all."""
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=quiet, stderr=quiet)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return usage.ru_maxrss / 1024, time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def _kb(folder: Path, pattern: str) -> float:
    return sum(path.stat().st_size for path in folder.rglob(pattern)) / 1000


def _site(web: Web, host: str, number: int, pages: int, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    at = datetime.now(UTC).replace(microsecond=0)
    posts = []
    for page in range(pages):
        made = at - timedelta(days=page % 27 + 1, minutes=number)
        path = f"/{made:%Y/%m/%d}/rilis-{page}/"
        web.route(host, path, _page(number * pages + page, made))
        stamp = f"{made:%Y-%m-%dT%H:%M:%S}"
        posts.append({"link": web.url(host, path), "date_gmt": stamp, "modified_gmt": stamp})
    web.page(host, "/wp-json/wp/v2/posts", json.dumps(posts), kind="application/json")
    entry = {
        "id": f"site-{number}", "name": "Contoh", "platform": "wordpress", "time_zone": "Asia/Jakarta",
        "status": "stable", "rate": 0, "hosts": [{"url": web.url(host)}],
    }  # fmt: skip
    (folder / f"{number}.yml").write_text(json.dumps(entry), encoding="utf-8")


def _page(number: int, made: datetime) -> Callable[[Request], None]:
    def answer(request: Request) -> None:
        told = release(number)
        text = "".join(f"<p>{line}</p>" for line in told["text"].split("\n") if line)
        stamp = f'<meta property="article:published_time" content="{made.isoformat()}">'
        body = f'<h1 class="entry-title">{told["title"]}</h1><div class="entry-content">{text}</div>'
        head = f'<title>{told["title"]}</title><meta name="generator" content="WordPress 6.6">{stamp}'
        request.send(f"<html><head>{head}</head><body><ul>{_FURNITURE}</ul>{body}</body></html>".encode())

    return answer
