"""Peak memory of ``rilis extract``: it must not grow with the number of articles."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Figure, Options, Result, peak_mb, write_records
from tests.bench.texts import release


def run(options: Options) -> Iterator[Result]:
    """Peak memory at two sizes."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for count in (options.size(1_000, 50), options.size(20_000, 200)):
            path = write_records(Path(folder) / f"{count}.jsonl", (release(n) for n in range(count)))
            out = Path(folder) / f"out-{count}"
            peak, seconds = peak_mb(
                ["-m", "pipeline", "extract", str(path), "--out", str(out), "--ner", "rules"]
            )
            figures.append(Figure(f"{count:,} articles", (f"{peak:,.0f}", f"{seconds:,.0f}")))
    about = "`rilis extract` in a process of its own, rules, `-j 1`; start-up and loading included."
    yield Result("Memory", about, ("peak MB", "seconds"), figures)
