"""Cross-validation: every gold document predicted by a model that never saw it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.evaluate.align import Alignment
from pipeline.evaluate.fields import FIELDS
from pipeline.evaluate.gold import GoldDocument
from pipeline.evaluate.predict import as_article
from pipeline.evaluate.scores import Evaluation, evaluate
from pipeline.extract.assemble import extract
from pipeline.extract.ner.base import NerBackend, Span
from pipeline.records import Article, Extraction, Mention

_SPANS = [field for field in FIELDS if field.name.startswith("span_")]


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """The same documents by rules alone, by the model alone (spans only), and by both together."""

    folds: int
    rules: Evaluation
    model: Evaluation
    both: Evaluation

    def precision(self) -> dict[str, float]:
        """Label to the share of right spans among those that only the model sees, smoothed by two."""
        right: Counter[str] = Counter()
        all_: Counter[str] = Counter()
        for gold, got in self.both.pairs:
            alignment = Alignment(gold.text, got.article.text)
            wanted = {(span.label, alignment.span(span.start, span.end)) for span in gold.spans}
            for mention in got.mentions:
                if mention.source == "ner":
                    all_[mention.label] += 1
                    right[mention.label] += (mention.label, (mention.start, mention.end)) in wanted
        return {label: (right[label] + 1) / (all_[label] + 2) for label in sorted(all_)}


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
    docs: Sequence[GoldDocument], train: Callable[[list[GoldDocument]], NerBackend], k: int = 5
) -> CrossValidation:
    """Train ``k`` models, let each see what it was not trained on, and score all documents together."""
    spans: dict[str, list[Span]] = {}
    articles = {doc.id: as_article(doc) for doc in docs}
    for training, held_out in split(docs, k):
        found = train(training).find([articles[doc.id].text for doc in held_out])
        spans.update(zip((doc.id for doc in held_out), found, strict=True))
    return compare(docs, articles, spans, k)


def compare(
    docs: Sequence[GoldDocument], articles: dict[str, Article], spans: dict[str, list[Span]], k: int
) -> CrossValidation:
    """Score rules, model and both, given the model's spans of each document."""
    return CrossValidation(
        folds=k,
        rules=evaluate(docs, [extract(articles[doc.id]) for doc in docs]),
        model=evaluate(docs, [_alone(articles[doc.id], spans[doc.id]) for doc in docs], fields=_SPANS),
        both=evaluate(docs, [extract(articles[doc.id], spans[doc.id], "rules and model") for doc in docs]),
    )


def _alone(article: Article, spans: Sequence[Span]) -> Extraction:
    mentions = [
        Mention(s.label, s.start, s.end, article.text[s.start : s.end], "ner", s.score, "model")
        for s in spans
    ]
    return Extraction(article=article, extractor="model", mentions=mentions)
