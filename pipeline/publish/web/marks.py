"""An article's text cut where spans begin and end, so that overlapping spans can be marked with flat tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of text. ``kind`` is its colour: a mention's label, or ``QUOTE``."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch under the same spans: its text, its kinds, its offsets."""

    text: str
    kinds: tuple[str, ...]
    start: int
    end: int


def parse(packed: str | None) -> list[Span]:
    """The spans of ``article_spans``."""
    spans = []
    for part in (packed or "").split(";"):
        label, _, offsets = part.partition(" ")
        start, _, end = offsets.partition(" ")
        if start.isdigit() and end.isdigit():
            spans.append(Span(label, int(start), int(end)))
    return spans


def paragraphs(text: str, spans: Sequence[Span], cuts: Sequence[int] = ()) -> list[list[Piece]]:
    """The text as paragraphs of pieces; every span's ends and every offset in ``cuts`` is a piece's border.

    Line breaks separate paragraphs and are in no piece; offsets stay those of the whole text.

    >>> [piece.text for piece in paragraphs("AKP Budi", [Span("RANK", 0, 3)])[0]]
    ['AKP', ' Budi']
    """
    inside = [s for s in spans if 0 <= s.start < s.end <= len(text)]
    borders = {0, len(text), *(c for c in cuts if 0 <= c <= len(text))}
    for span in inside:
        borders |= {span.start, span.end}
    at = text.find("\n")
    while at >= 0:
        borders |= {at, at + 1}
        at = text.find("\n", at + 1)
    opening: dict[int, list[Span]] = {}
    for span in inside:
        opening.setdefault(span.start, []).append(span)
    live: list[Span] = []
    result: list[list[Piece]] = [[]]
    ordered = sorted(borders)
    for start, end in pairwise(ordered):
        live = [span for span in live if span.end > start] + opening.get(start, [])
        piece = text[start:end]
        if piece == "\n":
            if result[-1]:
                result.append([])
            continue
        result[-1].append(Piece(piece, tuple(sorted({span.kind for span in live})), start, end))
    return [paragraph for paragraph in result if any(piece.text.strip() for piece in paragraph)]
