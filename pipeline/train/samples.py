"""A training sample: a text with labelled spans, and which labels its maker looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.evaluate.gold import LABELS, GoldDocument


@dataclass(frozen=True, slots=True)
class Sample:
    """``spans`` are (start, end, label). Outside them only the ``known`` labels are surely absent."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    source: str
    known: frozenset[str] = frozenset(LABELS)


def from_gold(docs: Sequence[GoldDocument]) -> Iterator[Sample]:
    """Each gold document as one sample."""
    for doc in docs:
        yield Sample(doc.text, tuple((s.start, s.end, s.label) for s in doc.spans), doc.id)


def paragraphs(sample: Sample) -> Iterator[Sample]:
    """The sample's non-empty lines as samples of their own; a span across a line break is dropped."""
    start = 0
    for line in sample.text.split("\n"):
        end = start + len(line)
        if line.strip():
            inside = tuple((a - start, b - start, t) for a, b, t in sample.spans if a >= start and b <= end)
            yield Sample(line, inside, sample.source, sample.known)
        start = end + 1


def tags_of(
    sample: Sample, places: Sequence[tuple[int, int]], is_doubtful: Callable[[str], bool] = str.istitle
) -> list[str]:
    """BILUO tags of the words at ``places``; ``-`` (unknown) where nothing is known for sure.

    That is a span which does not begin and end with words, and in a partly labelled corpus every doubtful
    word outside its spans: it may be one of the labels that the corpus does not have.
    """
    tags = ["O"] * len(places)
    if len(sample.known) < len(LABELS):
        words = [sample.text[start:end] for start, end in places]
        tags = ["-" if is_doubtful(word) else "O" for word in words]
    for start, end, label in sample.spans:
        inside = [i for i, (a, b) in enumerate(places) if a < end and b > start]
        if not inside:
            continue
        if places[inside[0]][0] != start or places[inside[-1]][1] != end:
            for i in inside:
                tags[i] = "-"
        elif len(inside) == 1:
            tags[inside[0]] = f"U-{label}"
        else:
            for i in inside:
                tags[i] = f"I-{label}"
            tags[inside[0]], tags[inside[-1]] = f"B-{label}", f"L-{label}"
    return tags
