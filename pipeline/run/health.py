"""How each site fared, run after run, and what is out of the ordinary.

``health.jsonl`` in the data folder is append-only: one line a site and run. A site is held against
its own history and against the assertions of its entry.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from pipeline.sites import Site

HISTORY = "health.jsonl"
TAIL = 48_000_000
"""Bytes of the history that are read: months of it, however old the file is."""
WEEK = dt.timedelta(days=7)
LEAST_PAGES = 5
"""Shares over fewer pages than this say nothing."""
LEAST_RUNS = 3
"""Drift needs so many earlier runs with pages."""


@dataclass(frozen=True, slots=True)
class Health:
    """One site in one run. Shares are of the pages parsed in the run; ``None`` where there were none."""

    site_id: str
    run_id: str
    at: str
    way: str | None
    found: int
    new: int
    stored: int
    parsed: int
    fill_title: float | None
    fill_date: float | None
    fill_body: float | None
    body_chars: float | None
    """Median length of the articles' text."""
    on_topic: float | None
    kinds: dict[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that a person should look at. ``code`` for machines, ``message`` for people."""

    site_id: str
    code: str
    message: str


def read_history(data: Path) -> dict[str, list[Health]]:
    """Earlier runs by site, oldest first; a torn last line is passed over."""
    past: dict[str, list[Health]] = {}
    for row in _rows(data / HISTORY):
        past.setdefault(row.site_id, []).append(row)
    return past


def append_history(data: Path, rows: Iterable[Health]) -> None:
    """Add a run's lines."""
    path = data / HISTORY
    torn = not _ends_well(path)
    with path.open("a", encoding="utf-8") as out:
        if torn:
            out.write("\n")
        for row in rows:
            out.write(json.dumps(asdict(row), ensure_ascii=False, sort_keys=True) + "\n")
        out.flush()
        os.fsync(out.fileno())


def alarms(site: Site, now: Health, past: list[Health]) -> list[Alarm]:
    """What is out of the ordinary at a site in this run."""
    found = [*_world(now), *_assertions(site, now), *_silence(site, now, past), *_drift(now, past)]
    return [Alarm(site.id, code, message) for code, message in found]


def _world(now: Health) -> Iterator[tuple[str, str]]:
    if now.way is None:
        yield "unreachable", f"no listing could be read ({'; '.join(now.problems) or 'no way given'})"
    answered = sum(now.kinds.values()) - now.kinds.get("unchanged", 0)
    for kind, words in (
        ("hijacked", "the domain looks taken over"),
        ("challenge", "a bot wall answers instead of articles"),
        ("soft404", "pages say 'not found' with status 200"),
        ("paywall", "articles are behind a paywall"),
        ("empty", "pages are empty"),
    ):
        count = now.kinds.get(kind, 0)
        if count and (kind == "hijacked" or count * 2 >= answered):
            yield kind, f"{words} ({count} of {answered} answers)"
    errors = sum(
        count for kind, count in now.kinds.items() if kind.startswith("status_5") or kind in _NETWORK
    )
    if answered >= LEAST_PAGES and errors * 2 >= answered:
        yield "errors", f"{errors} of {answered} pages could not be had"


_NETWORK = {"timeout", "connect", "cut", "slow", "dns", "breaker", "protocol", "robots_unreachable"}


def _assertions(site: Site, now: Health) -> Iterator[tuple[str, str]]:
    if now.parsed < LEAST_PAGES:
        return
    wanted = site.assertions
    for name, value, least in (
        ("fill_title", now.fill_title, wanted.fill_title),
        ("fill_date", now.fill_date, wanted.fill_date),
        ("fill_body", now.fill_body, wanted.fill_body),
        ("on_topic", now.on_topic, wanted.on_topic),
    ):
        if value is not None and value < least:
            yield name, f"{name} is {value:.0%}, the entry asserts {least:.0%}"


def _silence(site: Site, now: Health, past: list[Health]) -> Iterator[tuple[str, str]]:
    """Fewer new articles in a week than the entry asserts, once there is a week to look at."""
    least = site.assertions.new_per_week
    end = dt.datetime.fromisoformat(now.at)
    ages = [(end - dt.datetime.fromisoformat(row.at), row.new) for row in past]
    if not least or not any(age >= WEEK for age, _ in ages):
        return
    count = now.new + sum(new for age, new in ages if age < WEEK)
    if count < least:
        yield "new_per_week", f"{count} new articles in a week, the entry asserts {least:g}"


def _drift(now: Health, past: list[Health]) -> Iterator[tuple[str, str]]:
    counted = [row.new for row in past[-30:]]
    if len(counted) >= LEAST_RUNS * 2:
        usual = median(counted)
        if usual >= 5 and now.new * 5 < usual and now.way is not None:
            yield "count", f"{now.new} new articles, usually {usual:.0f}"
    measured = [row for row in past if row.parsed >= LEAST_PAGES][-30:]
    if now.parsed < LEAST_PAGES or len(measured) < LEAST_RUNS:
        return
    for name in ("fill_title", "fill_date", "fill_body", "on_topic"):
        before = [value for row in measured if (value := getattr(row, name)) is not None]
        value = getattr(now, name)
        if before and value is not None and value < median(before) - 0.3:
            yield f"drift_{name}", f"{name} fell to {value:.0%}, usually {median(before):.0%}"
    lengths = [row.body_chars for row in measured if row.body_chars]
    if lengths and now.body_chars and not 0.5 <= now.body_chars / median(lengths) <= 2.0:
        yield "drift_body", f"articles have {now.body_chars:.0f} characters, usually {median(lengths):.0f}"


def _ends_well(path: Path) -> bool:
    if not path.exists() or not path.stat().st_size:
        return True
    with path.open("rb") as source:
        source.seek(-1, os.SEEK_END)
        return source.read() == b"\n"


def _rows(path: Path) -> Iterator[Health]:
    try:
        with path.open("rb") as source:
            source.seek(max(0, path.stat().st_size - TAIL))
            lines = source.read().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            raw = json.loads(line)
            yield Health(**{**raw, "problems": tuple(raw.get("problems", ()))})
        except (ValueError, TypeError):
            continue
