"""Numbers to shapes: bars by month and the map of points, as coordinates for the templates' SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.publish.web.labels import month_end

MONTHS = 60
_WIDTH, _HEIGHT = 960.0, 240.0
_LEFT, _BOTTOM = 44.0, 24.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: where it stands, its parts from below (group, y, height), its total and its days."""

    month: str
    x: float
    width: float
    parts: tuple[tuple[str, float, float], ...]
    total: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars with the lines and names of both axes."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, int], ...]
    """y and value of each horizontal line."""
    years: tuple[tuple[float, str], ...]
    """x and name of each year."""
    groups: tuple[str, ...]
    width: float = _WIDTH
    height: float = _HEIGHT
    left: float = _LEFT


def months(rows: Sequence[tuple[str, str, int]], order: Sequence[str]) -> Chart | None:
    """Stacked bars of (month, group, n); the newest 60 months at most, gaps kept. ``None`` without rows."""
    counts: dict[str, dict[str, int]] = {}
    for month, group, n in rows:
        counts.setdefault(month, {})[group] = n
    if not counts:
        return None
    span = _between(max(min(counts), _back(max(counts), MONTHS - 1)), max(counts))
    top, step = _scale(max(sum(counts.get(month, {}).values()) for month in span))
    inner = _HEIGHT - _BOTTOM - 8
    slot = (_WIDTH - _LEFT) / max(len(span), 12)
    bars, years = [], []
    for at, month in enumerate(span):
        x, y, parts = _LEFT + at * slot, _HEIGHT - _BOTTOM, []
        for group in order:
            n = counts.get(month, {}).get(group, 0)
            if n:
                height = inner * n / top
                y -= height
                parts.append((group, round(y, 2), round(height, 2)))
        if month.endswith("-01") or at == 0:
            years.append((round(x, 2), month[:4]))
        total = sum(counts.get(month, {}).values())
        width = slot * 0.8
        bars.append(
            Bar(month, round(x, 2), round(width, 2), tuple(parts), total, f"{month}-01", month_end(month))
        )
    if len(years) > 1 and years[1][0] - years[0][0] < 40:
        years.pop(0)
    lines = tuple(
        (round(_HEIGHT - _BOTTOM - inner * value / top, 2), value) for value in range(0, top + 1, step)
    )
    used = {group for month in span for group in counts.get(month, {})}
    return Chart(tuple(bars), lines, tuple(years), tuple(g for g in order if g in used))


def _between(first: str, last: str) -> list[str]:
    span, year, month = [], *(int(part) for part in first.split("-"))
    while (name := f"{year:04}-{month:02}") <= last:
        span.append(name)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return span


def _back(month: str, n: int) -> str:
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 - n
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _scale(highest: int) -> tuple[int, int]:
    """The top of an axis and the step between its lines: at most five lines, at round numbers."""
    step = next(
        unit * 10**power
        for power in range(12)
        for unit in (1, 2, 5)
        if unit * 10**power * 4 >= max(highest, 4)
    )
    return math.ceil(max(highest, 1) / step) * step, step


@dataclass(frozen=True, slots=True)
class Dot:
    """A region on the map."""

    code: str
    name: str
    x: float
    y: float
    r: float
    n: int


_WEST, _EAST, _NORTH, _SOUTH = 94.0, 142.0, 7.0, -12.0
_SCALE = 20.0
MAP_WIDTH, MAP_HEIGHT = (_EAST - _WEST) * _SCALE, (_NORTH - _SOUTH) * _SCALE


def place(lat: float, lon: float) -> tuple[float, float]:
    """Latitude and longitude to the map's coordinates (plate carrée: at the equator nothing is bent)."""
    return round((lon - _WEST) * _SCALE, 1), round((_NORTH - lat) * _SCALE, 1)


def dots(
    counts: Sequence[tuple[str, int]], points: Mapping[str, tuple[float, float]], names: Mapping[str, str]
) -> list[Dot]:
    """A dot for each region with events, its area by their number, large ones first so that none hides."""
    highest = max((n for _, n in counts), default=1)
    found = []
    for code, n in counts:
        if code in points:
            x, y = place(*points[code])
            found.append(
                Dot(code, names.get(code, code), x, y, round(2.2 + 11 * math.sqrt(n / highest), 1), n)
            )
    return sorted(found, key=lambda dot: (-dot.n, dot.code))


def ground(points: Mapping[str, tuple[float, float]]) -> list[tuple[float, float, float]]:
    """The land without borders: a disc round each kabupaten's centroid, as wide as its neighbours are far."""
    places = [place(*point) for code, point in sorted(points.items()) if "." in code]
    discs = []
    for x, y in places:
        nearest = sorted(math.hypot(x - a, y - b) for a, b in places)[1:4]
        reach = nearest[-1] if nearest else 10.0
        discs.append((x, y, round(min(max(reach * 0.62, 4.5), 21.0), 1)))
    return discs


def timeline(rows: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    """Left edge and width, in hundredths, of each row's ``first_seen`` to ``last_seen`` among all."""
    import datetime as dt

    days = [
        (
            dt.date.fromisoformat(r["first_seen"]).toordinal(),
            dt.date.fromisoformat(r["last_seen"]).toordinal(),
        )
        if r["first_seen"] and r["last_seen"]
        else None
        for r in rows
    ]
    known = [day for day in days if day]
    if not known:
        return [(0.0, 0.0) for _ in rows]
    low = min(first for first, _ in known)
    width = max(max(last for _, last in known) - low, 1)
    return [
        (round(100 * (day[0] - low) / width, 1), max(round(100 * (day[1] - day[0]) / width, 1), 1.5))
        if day
        else (0.0, 0.0)
        for day in days
    ]
