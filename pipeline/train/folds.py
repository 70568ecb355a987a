"""Cross-validation: every gold document predicted by a model that never saw it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.evaluate.align import Alignment
from pipeline.evaluate.fields import FIELDS
from pipeline.evaluate.gold import GoldDocument
from pipeline.evaluate.predict import as_article
from pipeline.evaluate.scores import Evaluation, evaluate
from pipeline.extract.assemble import extract
from pipeline.extract.ner.base import NerBackend, Span
from pipeline.extract.ner.merge import merge
from pipeline.records import Article, Extraction, Mention

_SPANS = [field for field in FIELDS if field.name.startswith("span_")]


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """The same documents by rules alone, by the model alone (spans only), and by both together."""

    folds: int
    rules: Evaluation
    model: Evaluation
    both: Evaluation
    spans: dict[str, list[Span]]

    def precision(self) -> dict[str, float]:
        """Kind of span to the share that is right among those that touch no rule's span, smoothed by two."""
        right: Counter[str] = Counter()
        all_: Counter[str] = Counter()
        for gold, got in self.rules.pairs:
            alignment = Alignment(gold.text, got.article.text)
            wanted = {(span.label, alignment.span(span.start, span.end)) for span in gold.spans}
            spans = {(s.label, s.start, s.end): s for s in self.spans[gold.id]}
            alone = merge(got.mentions, [replace(s, score=1.0) for s in spans.values()], got.article.text)
            for mention in alone:
                if mention.source == "ner":
                    kind = spans[mention.label, mention.start, mention.end].kind
                    all_[kind] += 1
                    right[kind] += (mention.label, (mention.start, mention.end)) in wanted
        return {kind: (right[kind] + 1) / (all_[kind] + 2) for kind in sorted(all_)}


def split(
    docs: Sequence[GoldDocument], k: int = 5
) -> Iterator[tuple[list[GoldDocument], list[GoldDocument]]]:
    """Yield ``k`` pairs of (training, held out); a document's fold depends on the ids alone."""
    ordered = sorted(docs, key=lambda doc: hashlib.sha256(doc.id.encode()).hexdigest())
    for fold in range(k):
        yield (
            [doc for i, doc in enumerate(ordered) if i % k != fold],
            [doc for i, doc in enumerate(ordered) if i % k == fold],
        )


def cross_validate(
    docs: Sequence[GoldDocument],
    train: Callable[[list[GoldDocument]], NerBackend],
    k: int = 5,
    measured: int | None = None,
) -> CrossValidation:
    """Train ``k`` models, let each see what it was not trained on, and score all documents together.

    ``measured`` is how many of the folds are run, all when left out: a slow trainer may do with two of five.
    """
    spans: dict[str, list[Span]] = {}
    articles = {doc.id: as_article(doc) for doc in docs}
    pairs = list(split(docs, k))[:measured]
    for training, held_out in pairs:
        found = train(training).find([articles[doc.id].text for doc in held_out])
        spans.update(zip((doc.id for doc in held_out), found, strict=True))
    return compare([doc for doc in docs if doc.id in spans], articles, spans, len(pairs))


def compare(
    docs: Sequence[GoldDocument], articles: dict[str, Article], spans: dict[str, list[Span]], k: int
) -> CrossValidation:
    """Score rules, model and both, given the model's spans of each document.

    The scores that decide what the model may add are measured over all documents: a dozen numbers.
    """
    rules = evaluate(docs, [extract(articles[doc.id]) for doc in docs])
    first = CrossValidation(k, rules, rules, rules, spans)
    precision = first.precision()
    scored = {
        name: [replace(s, score=precision.get(s.kind, 0.5)) for s in found] for name, found in spans.items()
    }
    return CrossValidation(
        folds=k,
        rules=rules,
        model=evaluate(docs, [_alone(articles[doc.id], scored[doc.id]) for doc in docs], fields=_SPANS),
        both=evaluate(docs, [extract(articles[doc.id], scored[doc.id], "rules and model") for doc in docs]),
        spans=scored,
    )


def _alone(article: Article, spans: Sequence[Span]) -> Extraction:
    mentions = [
        Mention(s.label, s.start, s.end, article.text[s.start : s.end], "ner", s.score, "model")
        for s in spans
    ]
    return Extraction(article=article, extractor="model", mentions=mentions)
