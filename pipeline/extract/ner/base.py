"""What every named-entity back end does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Span:
    """A span that a model found; ``score`` is its calibrated chance to be right, 0 to 1."""

    label: str
    start: int
    end: int
    score: float
    kind: str = ""
    """What the score was measured on: the label, with ``+`` where word classes speak for it, else ``-``."""


class NerBackend(Protocol):
    """A loaded model."""

    @property
    def name(self) -> str:
        """Kind and version, as written to ``articles.extractor``."""
        ...

    def find(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """The spans of each text, in order and sorted by start; the texts go through together."""
        ...


Line = tuple[int, str]
"""Where a line starts in its text, and the line without the blanks around it."""


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text that hold anything."""
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            yield start + line.index(stripped), stripped
        start += len(line) + 1
