"""The words of the personnel rule, compiled once; the words themselves are in ``personnel.csv``."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.extract.document import Document
from pipeline.text.lexicon import alternatives, read_words

WORDS = read_words(Path(__file__).with_name("personnel.csv"))
NOUNS, FORMATIONS, FORCES = WORDS["noun"], WORDS["formation"], WORDS["force"]


_REACH = 400


class Span(Protocol):
    """What this rule needs of a unit mention."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Scene:
    """An article under this rule: the document, its folded text, where its units stand."""

    doc: Document
    low: str
    units: Sequence[Span] = ()

    def sentence(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a character, 400 characters to either side at most."""
        start, end = self.doc.sentence_at(at)
        return max(start, at - _REACH), min(end, at + _REACH)

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds a character begins; tells sentences apart."""
        return self.doc.sentence_at(at)[0]


class Known:
    """The numbers found so far, so that another can be held against them without looking at each."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: dict[int, int] = {}
        self._values: set[tuple[int, int | None]] = set()

    def add(self, start: int, end: int, values: tuple[int, int | None]) -> None:
        """Take one more in."""
        insort(self._starts, start)
        self._ends[start] = end
        self._values.add(values)

    def between(self, start: int, stop: int) -> bool:
        """Whether one begins in this stretch."""
        return bisect_left(self._starts, start) < bisect_left(self._starts, stop)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether one covers a part of this stretch; they do not overlap each other."""
        before = bisect_left(self._starts, end) - 1
        return before >= 0 and self._ends[self._starts[before]] > start

    def tells(self, values: tuple[int, int | None]) -> bool:
        """Whether one has these values."""
        return values in self._values


def whole(*kinds: str) -> re.Pattern[str]:
    """A pattern for any word of these kinds, as whole words."""
    forms = [form for kind in kinds for form in WORDS[kind]]
    return re.compile(rf"(?<![a-z]){alternatives(forms)}(?![a-z])")


def squeeze(words: str) -> str:
    """Single spaces."""
    return " ".join(words.split())


WORD_AFTER = re.compile(r"\s{1,2}(?P<word>[a-z/-]+)")
"""The next word, spaces apart."""
