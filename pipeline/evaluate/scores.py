"""Scores of each field with bootstrap intervals over documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipeline.evaluate.fields import FIELDS, Field, Item, Outcome
from pipeline.evaluate.gold import GoldDocument
from pipeline.records import Extraction


@dataclass(frozen=True, slots=True)
class Score:
    """One field over all documents. ``value`` is F1 or accuracy; ``low`` and ``high`` its 95 % interval."""

    field: str
    kind: str
    value: float
    low: float
    high: float
    precision: float
    recall: float
    hits: int
    misses: int
    false: int
    removed: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A value that was missed (``kind`` ``miss``) or wrongly found (``false``)."""

    field: str
    document: str
    kind: str
    item: Item


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one found value is right, and how sure the extractor was of it."""

    field: str
    confidence: float | None
    right: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All scores and all mistakes of one run."""

    documents: int
    extractor: str
    scores: list[Score]
    mistakes: list[Mistake] = field(default_factory=list)
    pairs: list[tuple[GoldDocument, Extraction]] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def score(self, name: str) -> Score:
        """The score of one field."""
        return next(score for score in self.scores if score.field == name)


def evaluate(
    gold: Sequence[GoldDocument],
    found: Sequence[Extraction],
    *,
    fields: Sequence[Field] = FIELDS,
    resamples: int = 1000,
    seed: int = 13,
) -> Evaluation:
    """Compare each document with its extraction (in the same order)."""
    scores: list[Score] = []
    mistakes: list[Mistake] = []
    verdicts: list[Verdict] = []
    for one in fields:
        outcomes = [one.compare(doc, got) for doc, got in zip(gold, found, strict=True)]
        scores.append(summarise(one, outcomes, resamples=resamples, seed=seed))
        for doc, outcome in zip(gold, outcomes, strict=True):
            mistakes += [Mistake(one.name, doc.id, "miss", item) for item in outcome.misses]
            mistakes += [Mistake(one.name, doc.id, "false", item) for item in outcome.false]
            verdicts += [Verdict(one.name, item.confidence, True) for item in outcome.hits]
            verdicts += [Verdict(one.name, item.confidence, False) for item in outcome.false]
    extractor = found[0].extractor if found else ""
    return Evaluation(len(gold), extractor, scores, mistakes, list(zip(gold, found, strict=True)), verdicts)


def summarise(one: Field, outcomes: Sequence[Outcome], *, resamples: int = 1000, seed: int = 13) -> Score:
    """Pool the counts of all documents; the interval is the bootstrap's 2.5 and 97.5 percentiles."""
    counts = np.array([[len(o.hits), len(o.misses), len(o.false)] for o in outcomes], dtype=float).reshape(
        -1, 3
    )
    total = counts.sum(axis=0)
    value = float(_value(one.kind, total[None, :])[0])
    low = high = value
    if len(counts) > 1 and resamples:
        picks = np.random.default_rng(seed).integers(0, len(counts), size=(resamples, len(counts)))
        values = _value(one.kind, counts[picks].sum(axis=1))
        low, high = (float(x) for x in np.percentile(values, [2.5, 97.5]))
    hits, misses, false = (int(x) for x in total)
    return Score(
        field=one.name,
        kind=one.kind,
        value=value,
        low=low,
        high=high,
        precision=_ratio(hits, hits + false),
        recall=_ratio(hits, hits + misses),
        hits=hits,
        misses=misses,
        false=false,
        removed=sum(o.removed for o in outcomes),
    )


def _value(kind: str, counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """F1 or accuracy of rows of (hits, misses, false); 1 where there is nothing to find and nothing found."""
    hits, misses, false = counts[:, 0], counts[:, 1], counts[:, 2]
    below = hits + misses if kind == "accuracy" else hits + (misses + false) / 2
    return np.divide(hits, below, out=np.ones_like(hits), where=below > 0)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
