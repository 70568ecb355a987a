"""The last run in words: what it did, what is wrong, what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.run.health import read_history
from pipeline.run.report import last_manifests
from pipeline.scrape.ledger import Ledger

QUIET_RUNS = 14


def explain(data: Path) -> tuple[list[str], bool]:
    """Lines for a person, and whether all is well."""
    manifests = last_manifests(data)
    if not manifests:
        return ["There is no run in this data folder yet: `rilis refresh` makes one."], False
    last = manifests[0]
    lines = [*_last(last), *_alarms(last), *_quiet(data), *_store(data)]
    return lines, not last.get("alarms") and not last.get("faults")


def _last(run: dict[str, Any]) -> Iterator[str]:
    yield (
        f"The last run began {run['started']} and took {run['seconds']:.0f} s:"
        f" {run['visited']} of {run['sites']} sites,"
        f" {run['new']} new articles, {run['revised']} revised, {run['taken_down']} taken down,"
        f" {run['off_topic']} off topic, {run['unparsed']} unreadable."
    )
    if run["pages_left"]:
        yield f"{run['pages_left']} pages were left for the next run: out of time, or hosts gave in."
    if run["pages_adopted"]:
        adopted = run["pages_adopted"]
        yield f"The run before was cut short; {adopted} of its pages were taken over. Nothing was lost."
    for fault in run.get("faults", []):
        yield f"A page broke the program and was put aside: {fault}"


def _alarms(run: dict[str, Any]) -> Iterator[str]:
    if not run["alarms"]:
        yield "No alarms."
    by_code: dict[str, list[dict[str, str]]] = defaultdict(list)
    for alarm in run["alarms"]:
        by_code[alarm["code"]].append(alarm)
    for code, alarms in sorted(by_code.items(), key=lambda item: (-len(item[1]), item[0])):
        yield ""
        yield f"{code} ({len(alarms)}): {advice().get(code, 'No advice for this alarm.')}"
        yield from (f"  {alarm['site_id']}: {alarm['message']}" for alarm in alarms)


def _quiet(data: Path) -> Iterator[str]:
    """Sites that have given nothing for long."""
    for site, rows in sorted(read_history(data).items()):
        recent = rows[-QUIET_RUNS:]
        if len(recent) == QUIET_RUNS and not any(row.stored for row in recent):
            yield f"{site}: not one page in the last {QUIET_RUNS} runs. Does it still publish?"


def _store(data: Path) -> Iterator[str]:
    ledger_path = data / "raw" / "ledger.sqlite"
    if not ledger_path.exists():
        yield "The ledger is missing: the next run rebuilds it from the WARC files."
        return
    ledger = Ledger(ledger_path)
    try:
        counts, owed = ledger.counts(), len(ledger.pending(limit=10_000))
    finally:
        ledger.close()
    size = sum(path.stat().st_size for path in (data / "raw").glob("*.warc.gz"))
    yield ""
    yield f"Ledger: {', '.join(f'{count} {state}' for state, count in counts.items()) or 'empty'}."
    yield f"Raw store: {size / 1e6:.1f} MB of WARC files."
    if owed:
        yield f"{owed} stored pages are not in the tables yet; the next run takes them."


@cache
def advice() -> dict[str, str]:
    """What to do, by the code of an alarm."""
    raw: dict[str, str] = yaml.safe_load(Path(__file__).with_name("doctor.yml").read_text(encoding="utf-8"))
    return raw
