"""Cross-validation: every gold document predicted by a model that never saw it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from pipeline.evaluate.gold import GoldDocument
from pipeline.extract.ner.base import NerBackend, Span

Predictions = dict[str, list[Span]]


def split(
    docs: Sequence[GoldDocument], k: int = 5
) -> Iterator[tuple[list[GoldDocument], list[GoldDocument]]]:
    """Yield ``k`` pairs of (training, held out); a document's fold depends on its id alone."""
    ordered = sorted(docs, key=lambda doc: hashlib.sha256(doc.id.encode()).hexdigest())
    for fold in range(k):
        yield (
            [doc for i, doc in enumerate(ordered) if i % k != fold],
            [doc for i, doc in enumerate(ordered) if i % k == fold],
        )


def cross_validate(
    docs: Sequence[GoldDocument], train: Callable[[list[GoldDocument]], NerBackend], k: int = 5
) -> Predictions:
    """Document id to the spans found by the model of its fold."""
    predictions: Predictions = {}
    for training, held_out in split(docs, k):
        backend = train(training)
        for doc, spans in zip(held_out, backend.find([doc.text for doc in held_out]), strict=True):
            predictions[doc.id] = spans
    return predictions


def counts(docs: Sequence[GoldDocument], predictions: Predictions) -> dict[str, tuple[int, int, int]]:
    """Label to (hits, misses, false), exact spans; ``all`` sums them."""
    hits: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for doc in docs:
        gold = {(s.label, s.start, s.end) for s in doc.spans}
        found = {(s.label, s.start, s.end) for s in predictions[doc.id]}
        hits.update(label for label, *_ in gold & found)
        misses.update(label for label, *_ in gold - found)
        false.update(label for label, *_ in found - gold)
    table = {label: (hits[label], misses[label], false[label]) for label in sorted({*hits, *misses, *false})}
    table["all"] = (hits.total(), misses.total(), false.total())
    return table


def f1(hits: int, misses: int, false: int) -> float:
    """F1 of counts; 0 where there is nothing."""
    below = 2 * hits + misses + false
    return 2 * hits / below if below else 0.0


def precision(table: dict[str, tuple[int, int, int]]) -> dict[str, float]:
    """Label to precision, smoothed by one hit and one false one."""
    return {label: (h + 1) / (h + f + 2) for label, (h, _, f) in table.items() if label != "all"}
