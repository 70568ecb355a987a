"""The furniture phrases of ``phrases.csv``, compiled once."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EDGES = " \t*•·-–—_|>#:↓↑→←«»‹›.,…[](){}×=\"“”❝❞'\\/!●►▶✓✔★☆"


_FIRST = re.compile(r"[\s(\[©]{0,3}([^\W\d_]+)")
_BEGIN = ("related", "prefix", "end", "byline", "report", "placeholder", "caption", "syndicated")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Closed lists over a line's ``key`` and patterns over its bare form; ``phrases.csv`` tells the kinds."""

    first_words: frozenset[str]
    """First words of all phrases that are looked for at a line's beginning; most lines have none of them."""
    last_words: frozenset[str]
    """Last words of counters."""
    lines: frozenset[str]
    ends: frozenset[str]
    sections: frozenset[str]
    signatures: frozenset[str]
    related: re.Pattern[str]
    trailing: re.Pattern[str]
    prefix: re.Pattern[str]
    end_prefix: re.Pattern[str]
    contains: re.Pattern[str]
    byline: re.Pattern[str]
    counter: re.Pattern[str]
    placeholder: re.Pattern[str]
    report: re.Pattern[str]
    caption: re.Pattern[str]
    credit: re.Pattern[str]
    syndicated: re.Pattern[str]
    keep: re.Pattern[str]
    not_found: re.Pattern[str]


def bare(line: str) -> str:
    """A line without the decoration at its edges.

    >>> bare("↓↓ Gulir untuk Melanjutkan ↓↓")
    'Gulir untuk Melanjutkan'
    """
    return line.strip(EDGES)


def key(bare_line: str) -> str:
    """A bare line as the closed lists know it: lower case, single blanks."""
    return " ".join(bare_line.split()).casefold()


def first_word(text: str) -> str:
    """The first word of a line in lower case, behind any brackets; empty when it begins with none.

    >>> first_word("(Foto: Ist)")
    'foto'
    """
    match = _FIRST.match(text)
    return match.group(1).casefold() if match else ""


def _any(phrases: list[str], before: str = "", behind: str = "") -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    words = "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}") for phrase in longest_first)
    return re.compile(f"{before}(?:{words}){behind}", re.IGNORECASE)


@cache
def phrases() -> Phrases:
    """Read ``phrases.csv``; the same object every time."""
    kinds: dict[str, list[str]] = {}
    with (Path(__file__).parent / "phrases.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            kinds.setdefault(row["kind"], []).append(row["phrase"])
    return Phrases(
        first_words=frozenset(first_word(phrase) for kind in _BEGIN for phrase in kinds[kind]),
        last_words=frozenset(phrase.rsplit(" ", 1)[-1] for phrase in kinds["counter"]),
        lines=frozenset(key(bare(p)) for p in kinds["line"]),
        ends=frozenset(key(bare(p)) for p in kinds["end"]),
        sections=frozenset(key(bare(p)) for p in kinds["section"]),
        signatures=frozenset(kinds["signature"]),
        related=_any(kinds["related"], behind=r"(?!\w)"),
        trailing=_any(kinds["trailing"], r"(?<=[.!?\"”])\s{0,3}", r"\s{0,2}:[^.!?\"”]{5,180}$"),
        prefix=_any(kinds["prefix"]),
        end_prefix=_any([p for p in kinds["end"] if p.count(" ") >= 3]),
        contains=_any(kinds["contains"]),
        byline=_any(kinds["byline"], behind=r"\s{0,2}:\s{0,3}(?P<who>[^|:]{2,60})"),
        counter=_any(kinds["counter"], r"\D{0,30}\d[\d.,]{0,9}\s{0,2}", r"$"),
        placeholder=_any(kinds["placeholder"], behind=r"\.\d{1,3}"),
        report=_any(kinds["report"], behind=r"\s{1,3}(?:[\w.,-]{3,40},\s{0,3})?(?P<who>.{2,80})$"),
        caption=_any(kinds["caption"]),
        credit=_any(kinds["credit"], r"[\s(|.]", r"\s{0,2}:\s{0,2}[^.:()]{2,60}\)?$"),
        syndicated=_any(kinds["syndicated"], behind=r"\s"),
        keep=_any(kinds["keep"], behind=r"\b"),
        not_found=_any(kinds["not_found"], r"^\W{0,5}(?:\w{1,12}\W{1,3}){0,3}", r"\W{0,5}(?:$|[|–-])"),
    )
