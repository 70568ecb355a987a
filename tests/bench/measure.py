"""How benches measure: rates on one core, peak memory of a process of its own."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a table of figures: what, and the columns' values as they shall be shown."""

    what: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One bench: a heading, what was done, the columns, the figures."""

    title: str
    about: str
    columns: tuple[str, ...]
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Options:
    """How much is measured; ``quick`` tries the benches out and is not for publication."""

    quick: bool = False

    def size(self, full: int, quick: int) -> int:
        return quick if self.quick else full


def best_of(action: Callable[[], object], times: int = 3) -> float:
    """Seconds of CPU time of the fastest of several runs, so that other programs count less."""
    seconds = []
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        action()
        seconds.append(time.process_time() - start)
    return min(seconds)


def rate(what: str, action: Callable[[], object], texts: Iterable[str], times: int = 3) -> Figure:
    """Articles, words and megabytes a second."""
    return _figure(what, best_of(action, times), list(texts))


def rates(actions: dict[str, Callable[[], object]], texts: Iterable[str], times: int = 3) -> list[Figure]:
    """The same for several actions that take turns, so that a busy spell of the machine slows them all."""
    some = list(texts)
    best = dict.fromkeys(actions, float("inf"))
    for _ in range(times):
        for what, action in actions.items():
            best[what] = min(best[what], best_of(action, 1))
    return [_figure(what, seconds, some) for what, seconds in best.items()]


def _figure(what: str, seconds: float, texts: list[str]) -> Figure:
    words = sum(len(text.split()) for text in texts)
    size = sum(len(text.encode()) for text in texts)
    return Figure(
        what, tuple(f"{n / seconds:,.{d}f}" for n, d in ((len(texts), 0), (words, 0), (size / 1e6, 2)))
    )


RATE_COLUMNS = ("articles a second", "words a second", "MB a second")


def peak_mb(arguments: list[str]) -> tuple[float, float]:
    """Run ``python ARGUMENTS`` in the project's root: its peak memory in MB, and its seconds."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return usage.ru_maxrss / 1024, time.perf_counter() - start


def write_records(path: Path, records: Iterable[dict[str, str]]) -> Path:
    """Records as JSONL."""
    with path.open("w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path
