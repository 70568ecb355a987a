"""What a folder of tables holds, in the few figures and the one record that a person wants to see first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.registry import load_registry
from pipeline.tables import read_table

_LEVELS = ("mabes", "polda", "polres", "polsek")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A found value and the characters that show it."""

    label: str
    value: str
    surface: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """One article and what was found in it."""

    title: str
    site: str
    text: str
    unit: str | None
    polda: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Counts over all tables; ``events`` are the main ones of police articles, with both labels."""

    articles: int
    sites: int
    first: dt.date | None
    last: dt.date | None
    groups: int
    units: int
    levels: tuple[tuple[str, int], ...]
    poldas: int
    officers: int
    ranks: tuple[tuple[str, int], ...]
    events: tuple[tuple[str, str, int], ...]
    numbers: int
    personnel: int
    largest: tuple[int, str] | None
    dates: int
    quotes: int
    example: Example | None


def findings(folder: Path) -> Findings:
    """Read the tables in ``folder`` (small ones: all rows are held) and count."""
    articles = _rows(folder, "articles")
    units = _rows(folder, "units")
    officers = _rows(folder, "officers")
    personnel = _rows(folder, "personnel")
    events = _rows(folder, "events")
    days = sorted(row["published_date"] for row in articles if row["published_date"])
    levels = {row["unit_id"]: row["level"] for row in units}
    by_level = Counter(levels.values())
    people = {row["officer_id"]: row["rank"] for row in officers}
    police = {row["article_id"] for row in articles if row["primary_unit_id"]}
    main = Counter(row["event_type"] for row in events if row["is_primary"] and row["article_id"] in police)
    biggest = max(personnel, key=lambda row: (row["min"], row["surface"]), default=None)
    dates, quotes = _rows(folder, "dates"), _rows(folder, "quotes")
    return Findings(
        articles=len(articles),
        sites=len({row["site"] for row in articles}),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        groups=len(articles) - len({row["duplicate_group"] for row in articles}),
        units=len(levels),
        levels=tuple((level, by_level[level]) for level in _LEVELS if by_level[level]),
        poldas=len({row["polda_id"] for row in articles if row["polda_id"]}),
        officers=len(people),
        ranks=tuple(Counter(rank for rank in people.values() if rank).most_common(4)),
        events=_labelled(main),
        numbers=len(personnel),
        personnel=sum(row["min"] for row in personnel if row["unit_of"] == "personel"),
        largest=(biggest["min"], biggest["surface"]) if biggest else None,
        dates=len(dates),
        quotes=len(quotes),
        example=_example(articles, officers, personnel, events, dates, quotes),
    )


def _rows(folder: Path, name: str) -> list[Row]:
    rows: list[Row] = read_table(folder, name).to_pylist()
    return rows


def _labelled(counts: Counter[str]) -> tuple[tuple[str, str, int], ...]:
    labels = {kind.type: (kind.label_id, kind.label_en) for kind in load_registry().event_types}
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((*labels.get(kind, (kind, kind)), count) for kind, count in ordered)


def _example(
    articles: list[Row],
    officers: list[Row],
    personnel: list[Row],
    events: list[Row],
    dates: list[Row],
    quotes: list[Row],
) -> Example | None:
    """The article with the most kinds of records, the shortest of them."""

    def of(rows: list[Row], article: Row) -> list[Row]:
        return [row for row in rows if row["article_id"] == article["article_id"]]

    def richness(article: Row) -> tuple[int, int, str]:
        kinds = (
            min(len(of(officers, article)), 2)
            + 2 * bool(of(personnel, article))
            + 2 * bool(of(events, article))
            + bool(of(dates, article))
            + any(row["officer_id"] for row in of(quotes, article))
            + any(row["district"] for row in of(events, article))
        )
        return (kinds, -len(article["text"]), article["article_id"])

    told = [article for article in articles if article["primary_unit"]]
    if not told:
        return None
    article = max(told, key=richness)
    found = [_event(row) for row in of(events, article) if row["is_primary"]]
    found += [_officer(row) for row in of(officers, article)]
    found += [_evidence("date", row["date"].isoformat(), row) for row in of(dates, article)]
    found += [_number(row) for row in of(personnel, article)]
    found += [
        Evidence("quote", f"by {row['speaker'] or 'unknown'}", row["quote"], row["start"], row["end"])
        for row in of(quotes, article)
        if article["text"][row["start"] : row["end"]] == row["quote"]
    ]
    return Example(
        title=article["title"] or "",
        site=article["site"] or "",
        text=article["text"],
        unit=article["primary_unit"],
        polda=article["polda"],
        evidence=tuple(found),
    )


def _evidence(label: str, value: str, row: Row) -> Evidence:
    return Evidence(label, value, row["surface"], row["start"], row["end"])


def _event(row: Row) -> Evidence:
    parts = [
        row["event_type"],
        row["date"].isoformat() if row["date"] else None,
        row["region"],
        row["district"],
    ]
    return _evidence("event", ", ".join(part for part in parts if part), row)


def _officer(row: Row) -> Evidence:
    name = " ".join(part for part in (row["rank"], row["name"]) if part)
    post = ", ".join(part for part in (row["position"], row["unit"]) if part)
    return _evidence("officer", f"{name}, {post}" if post else name, row)


def _number(row: Row) -> Evidence:
    low, high = row["min"], row["max"]
    number = f"{low}" if low == high else f"{low} or more" if high is None else f"{low} to {high}"
    return _evidence("personnel", f"{number} {row['unit_of']} ({row['force']})", row)
