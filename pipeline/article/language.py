"""Which language a text is in, by its most frequent function words."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 1500
_MIN_SHARE = 0.04


@cache
def _words() -> dict[str, str]:
    with (Path(__file__).parent / "language.csv").open(encoding="utf-8") as lines:
        return {row["word"]: row["language"] for row in csv.DictReader(lines)}


def language_of(text: str) -> str | None:
    """``id`` or ``en``; None when neither language's function words make up a fair share.

    >>> language_of("Polisi mengamankan pasar itu dengan baik dan lancar untuk warga.")
    'id'
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    known = _words()
    votes = Counter(known[word] for word in words if word in known)
    if not votes:
        return None
    language, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    return language if count >= _MIN_SHARE * len(words) else None
