"""A run's report: the manifest on disk, one JSON line for machines, a summary for people."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.run.health import Alarm, Health

RUNS = "runs"
FINE, ALARMED = 0, 3
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run did."""

    run_id: str
    started: dt.datetime
    finished: dt.datetime
    dry_run: bool
    sites: int
    visited: int
    requests: int
    found: int
    new_addresses: int
    pages_stored: int
    pages_adopted: int
    """Pages that an earlier, killed run had stored without entering them."""
    pages_left: int
    """Pages that were due but not tried: out of time, or the host was given up."""
    rechecked: int
    new: int
    """Articles that are new in the tables."""
    revised: int
    rebuilt: int
    """Known articles that were read again from the raw store."""
    taken_down: int
    off_topic: int
    unparsed: int
    faults: tuple[str, ...]
    """Pages that broke the program; the first twenty."""
    months: tuple[str, ...]
    alarms: tuple[Alarm, ...]
    health: tuple[Health, ...]

    @property
    def exit_code(self) -> int:
        """What the command ends with: 3 where there are alarms."""
        return ALARMED if self.alarms else FINE

    @property
    def seconds(self) -> float:
        """How long the run took."""
        return (self.finished - self.started).total_seconds()


def as_json(report: Report, *, whole: bool) -> str:
    """One line; without ``whole`` the health of single sites is left out."""
    raw: dict[str, Any] = asdict(report) | {
        "exit_code": report.exit_code,
        "seconds": round(report.seconds, 1),
        "rilis": __version__,
    }
    if not whole:
        del raw["health"]
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, default=_plain)


def write_report(data: Path, report: Report) -> Path:
    """Put the manifest of a run into ``runs/``, whole or not at all."""
    folder = data / RUNS
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report.run_id}.json"
    draft = path.with_suffix(".draft")
    draft.write_text(as_json(report, whole=True) + "\n", encoding="utf-8")
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
    draft.replace(path)
    return path


def last_manifests(data: Path, count: int = 1) -> list[dict[str, Any]]:
    """The newest manifests as written, newest first."""
    found = []
    for path in sorted((data / RUNS).glob("*.json"), reverse=True):
        try:
            found.append(json.loads(path.read_text(encoding="utf-8")))
        except ValueError:
            continue
        if len(found) == count:
            break
    return found


def summary(report: Report) -> Iterator[str]:
    """Lines for a person."""
    if report.dry_run:
        yield f"Looked at {report.visited} of {report.sites} sites: {report.new_addresses} new addresses."
        yield "Nothing was changed."
    else:
        yield (
            f"{report.visited} of {report.sites} sites visited in {_span(report.seconds)}"
            f" with {report.requests} requests:"
            f" {report.pages_stored} pages stored, {report.rechecked} checked again."
        )
        yield (
            f"Articles: {report.new} new, {report.revised} revised, {report.taken_down} taken down;"
            f" {report.off_topic} off topic and {report.unparsed} unreadable pages stay in the raw"
            " store only."
        )
        if report.rebuilt:
            yield f"{report.rebuilt} known articles were read again from the raw store."
        if report.pages_adopted:
            yield f"{report.pages_adopted} pages of a run that was cut short were taken over."
        if report.months:
            yield f"Months rewritten: {', '.join(report.months)}."
    if report.pages_left:
        yield f"{report.pages_left} pages are left for the next run."
    for alarm in report.alarms[:SHOWN]:
        yield f"ALARM {alarm.site_id} ({alarm.code}): {alarm.message}"
    if report.alarms:
        more = len(report.alarms) - SHOWN
        yield f"{f'{more} more alarms. ' if more > 0 else ''}`rilis doctor` says what to do about them."


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat("T", "seconds")
    raise TypeError(f"no JSON form for {type(value).__name__}")
