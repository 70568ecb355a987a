"""Groups of near-copies in the monthly tables, kept up as articles come in.

An article is held against those of its own month and the month before: the same release comes out on
ten sites within days. So the group of an article is a function of what the tables hold, however many
runs it took to fill them, and a night's work is a few months at most.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.article.duplicates import CopyFinder, Fingerprint, fingerprint
from pipeline.records import Extraction
from pipeline.tables.partitions import UNKNOWN, month_of, months, months_by_article
from pipeline.tables.reader import iter_parquet
from pipeline.tables.rows import Provenance
from pipeline.tables.writer import PART

_COLUMNS = [
    "article_id",
    "text",
    "published_at",
    "published_date",
    "duplicate_group",
    "revised_at",
    "taken_down",
]


@dataclass(frozen=True, slots=True)
class _Text:
    """One article of a month. ``group`` is what the tables say now; ``None`` for one that comes in."""

    article_id: str
    when: float
    print: Fingerprint
    known: Provenance
    group: str | None


def grouped(out: Path, changes: Mapping[str, tuple[Extraction, Provenance]]) -> dict[str, Provenance]:
    """Provenance of the articles that come in and of those in the tables whose group they change."""
    places = months_by_article(out)
    coming: dict[str, list[_Text]] = {}
    for found, known in changes.values():
        coming.setdefault(month_of(found), []).append(_coming(found, known))
    dirty = {*coming, *(places[key] for key in changes if key in places)}
    result: dict[str, Provenance] = {key: known for key, (_, known) in changes.items()}
    groups: dict[str, str] = {}
    before: tuple[str, list[_Text]] = ("", [])
    for month in sorted({*months(out), *coming}):
        if month not in dirty:
            continue
        earlier = before[1] if before[0] == _previous(month) else _standing(out, _previous(month), changes)
        texts = [*_standing(out, month, changes), *coming.get(month, [])]
        for text, group in _groups(earlier, texts, groups):
            groups[text.article_id] = group
            if text.group != group:
                result[text.article_id] = replace(text.known, duplicate_group=group)
                dirty.add(_next(month))
        before = (month, texts)
    return result


def _groups(
    earlier: Iterable[_Text], texts: Iterable[_Text], known: Mapping[str, str]
) -> Iterable[tuple[_Text, str]]:
    """The group of each text: the earliest copy's own group where that one is of the month before."""
    old = sorted(earlier, key=lambda text: (text.when, text.article_id))
    new = sorted(texts, key=lambda text: (text.when, text.article_id))
    both = [*old, *new]
    with TemporaryDirectory() as folder:
        finder = CopyFinder(Path(folder))
        for text in both:
            finder.add(text.print, text.when)
        firsts = finder.groups().tolist()
    for number, text in enumerate(new, len(old)):
        first = both[firsts[number]]
        if firsts[number] < len(old):
            yield text, known.get(first.article_id) or first.group or first.article_id
        else:
            yield text, first.article_id


def _coming(found: Extraction, known: Provenance) -> _Text:
    article = found.article
    when = _when(article.published_at, article.published_date)
    return _Text(article.article_id, when, fingerprint(article.text), known, None)


def _standing(out: Path, month: str, changes: Mapping[str, object]) -> list[_Text]:
    path = out / "articles" / f"month={month}" / PART
    if not path.exists():
        return []
    return [
        _Text(
            row["article_id"],
            _when(row["published_at"], row["published_date"]),
            fingerprint(row["text"]),
            Provenance(row["duplicate_group"], row["revised_at"], row["taken_down"]),
            row["duplicate_group"],
        )
        for row in iter_parquet(path, _COLUMNS)
        if row["article_id"] not in changes
    ]


def _when(at: dt.datetime | None, day: dt.date | None) -> float:
    if at is not None:
        return at.timestamp()
    return float("inf") if day is None else dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()


def _previous(month: str) -> str:
    if month == UNKNOWN:
        return ""
    first = dt.date.fromisoformat(f"{month}-01")
    return f"{first - dt.timedelta(days=1):%Y-%m}"


def _next(month: str) -> str:
    if month == UNKNOWN:
        return ""
    first = dt.date.fromisoformat(f"{month}-01")
    return f"{first + dt.timedelta(days=31):%Y-%m}"
