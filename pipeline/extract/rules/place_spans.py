"""Where names of places stand, in words."""

from __future__ import annotations

from pipeline.extract.rules.place_bare import bare, unknown
from pipeline.extract.rules.place_classed import classed
from pipeline.extract.rules.place_reader import PlaceSpan, Reading, classes
from pipeline.extract.rules.unit_spans import Hits
from pipeline.extract.tokens import Tokens


def place_spans(tokens: Tokens, hits: Hits, taken: set[int]) -> list[PlaceSpan]:
    """Find all places outside the words of units and posts, in order."""
    reading = Reading(tokens, hits, taken)
    lexicon, starts, _ = classes()
    spans: list[PlaceSpan] = []
    done = 0
    for index, word in enumerate(tokens.lower):
        if index < done or index in taken:
            continue
        span = None
        if word in starts:
            found = lexicon.longest(tokens, index)
            span = classed(reading, index, found[0], found[1]) if found is not None else None
        if span is None and index in hits:
            span = bare(reading, index)
        if span is None and tokens.words[index][0].isupper():
            span = unknown(reading, index)
        if span is not None:
            spans.append(span)
            reading.ends[span.end] = span
            done = span.end
    return spans
