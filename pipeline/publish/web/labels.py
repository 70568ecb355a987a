"""Every word that the pages say, in Indonesian and English, from ``labels.csv``; numbers and days."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.publish.reference import event_types

LANGUAGES = ("id", "en")


@cache
def _texts(language: str) -> dict[str, str]:
    with Path(__file__).with_name("labels.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["key"]: row[language] for row in csv.DictReader(file)}
    for row in event_types():
        texts[f"type.{row.type}"] = row.label_id if language == "id" else row.label_en
    return texts


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language, ``id`` or ``en``."""

    language: str = "id"

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, with its places filled in; the last part of an unknown key as it is."""
        text = _texts(self.language).get(key)
        if text is None:
            return key.rpartition(".")[2].replace("_", " ")
        return text.format(**values) if values else text

    def number(self, value: float | None) -> str:
        """``1250`` as ``1.250`` or ``1,250``; nothing as a dash."""
        if value is None:
            return "–"
        text = f"{value:,}"
        return text.replace(",", ".") if self.language == "id" else text

    def day(self, iso: str | None, *, short: bool = False) -> str:
        """``2024-11-27`` as ``27 November 2024``; ``2024-11`` as ``November 2024``; nothing as a dash."""
        if not iso:
            return "–"
        year, *rest = iso[:10].split("-")
        if not rest:
            return year
        month = self(f"month.{int(rest[0])}")
        month = month[:3] if short else month
        return f"{month} {year}" if len(rest) == 1 else f"{int(rest[1])} {month} {year}"

    def span(self, first: str | None, last: str | None) -> str:
        """Two days as a range, or one day."""
        if not first or not last or first == last:
            return self.day(first or last, short=True)
        return f"{self.day(first, short=True)} – {self.day(last, short=True)}"


def month_end(month: str) -> str:
    """Last day of a month, ``2024-02`` to ``2024-02-29``."""
    first = dt.date.fromisoformat(f"{month}-01")
    following = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return (following - dt.timedelta(days=1)).isoformat()
