"""Words to records: tokenisation, rules, the whole of extract, beside spaCy's blank Indonesian pipeline."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.records import Article
from tests.bench.measure import RATE_COLUMNS, Figure, Options, Result, rate, write_records
from tests.bench.texts import articles, release


def run(options: Options) -> Iterator[Result]:
    """Speed on one core."""
    from pipeline.extract import extract, extract_many
    from pipeline.run.batch import extract_batch

    count = options.size(600, 60)
    some = list(articles(count))
    texts = [article.text for article in some]
    extract(some[0])
    figures = [_tokens(texts), *_spacy(texts)]
    figures.append(rate("all rules, records assembled", lambda: [None for _ in extract_many(some)], texts))
    figures += _with_model(some, texts)
    with tempfile.TemporaryDirectory() as folder:
        path = write_records(Path(folder) / "in.jsonl", (release(n) for n in range(count)))
        whole = rate(
            "`rilis extract`: JSONL to Parquet, cleaning, checks and near-copies included",
            lambda: extract_batch([path], Path(folder) / "out", ner="rules"),
            texts,
        )
        figures.append(whole)
    mean = sum(map(len, texts)) / count
    about = f"{count:,} generated releases of {mean:,.0f} characters; one core; CPU time, best of three."
    yield Result("Speed", about, RATE_COLUMNS, figures)


def _with_model(some: list[Article], texts: list[str]) -> Iterator[Figure]:
    """The same with the trained spaCy model, where it is there; fewer articles, since it is slower."""
    from pipeline.extract import extract_many
    from pipeline.extract.ner import load_backend
    from pipeline.run.models import chosen

    if chosen(None) == "spacy":
        backend, few = load_backend("spacy"), len(some) // 5
        yield rate(
            "rules and the spaCy model",
            lambda: [None for _ in extract_many(some[:few], ner=backend)],
            texts[:few],
            times=2,
        )


def _tokens(texts: list[str]) -> Figure:
    from pipeline.extract.tokens import tokenize

    return rate("tokenisation alone (words with offsets)", lambda: [tokenize(text) for text in texts], texts)


def _spacy(texts: list[str]) -> Iterator[Figure]:
    import spacy

    blank = spacy.blank("id")
    yield rate(
        'spaCy, `spacy.blank("id")` (its tokeniser alone)', lambda: [None for _ in blank.pipe(texts)], texts
    )
