"""The site that a dateline names: ``Metro, Intisarinews.co.id–Polres Metro …``."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_WITHIN = 120


@cache
def _host() -> re.Pattern[str]:
    with (Path(__file__).parent / "url.csv").open(encoding="utf-8") as lines:
        endings = [row["value"] for row in csv.DictReader(lines) if row["kind"] == "host_ending"]
    longest_first = "|".join(sorted((re.escape(e) for e in endings), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.@/-])[a-z0-9][a-z0-9-]{{2,40}}(?:\.[a-z0-9-]{{2,40}})?\.(?:{longest_first})(?![\w.])",
        re.IGNORECASE,
    )


def site_in_dateline(text: str) -> str | None:
    """The host named in the head of a text, in lower case.

    >>> site_in_dateline("MUARO JAMBI, JAMBIEKSPRES.CO - Tahapan kampanye")
    'jambiekspres.co'
    """
    match = _host().search(text, 0, _WITHIN)
    return match.group().lower() if match else None
