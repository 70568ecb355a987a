"""Rules and model together: the model proposes, the rules dispose."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from pipeline.extract.ner.base import Span
from pipeline.records import Mention

RULE = "model"
MORE_THAN = 0.5
"""Kinds of a model's spans of which no more are right in cross-validation are not taken by themselves."""
_DOUBT = 0.85
"""What a rule's confidence is multiplied with where the model says something else of the same words."""


def merge(rule_spans: Iterable[Mention], model_spans: Iterable[Span], text: str) -> list[Mention]:
    """One sorted list without overlaps.

    A model's span that touches a rule's span is not taken; where both say the same the score is raised
    (as of two witnesses), where they differ the rule's is lowered. What only the model sees is taken with
    source ``ner`` and the model's own score, ``rule`` is ``model``; if that score is over a half.
    """
    rules = sorted(rule_spans, key=lambda m: (m.start, m.end))
    model = sorted(model_spans, key=lambda s: (s.start, s.end))
    merged = [_weigh(mention, model) for mention in rules]
    taken = [(mention.start, mention.end) for mention in rules]
    for span in model:
        if span.score > MORE_THAN and not _touches(taken, span.start, span.end):
            surface = text[span.start : span.end]
            merged.append(Mention(span.label, span.start, span.end, surface, "ner", span.score, RULE))
    return sorted(merged, key=lambda m: (m.start, m.end))


def _weigh(mention: Mention, model: Sequence[Span]) -> Mention:
    """A rule's mention with its score after hearing the model."""
    others = _overlapping(model, mention.start, mention.end)
    if not others:
        return mention
    same = [s for s in others if (s.label, s.start, s.end) == (mention.label, mention.start, mention.end)]
    score = 1 - (1 - mention.score) * (1 - same[0].score) if same else mention.score * _DOUBT
    return Mention(
        mention.label,
        mention.start,
        mention.end,
        mention.surface,
        mention.source,
        round(score, 4),
        mention.rule,
    )


def _overlapping(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    first = bisect_left(spans, start, key=lambda s: s.end - 1)
    found = []
    for span in spans[first:]:
        if span.start >= end:
            break
        found.append(span)
    return found


def _touches(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    first = bisect_left(taken, start, key=lambda place: place[1] - 1)
    return first < len(taken) and taken[first][0] < end
