"""Words to records: tokenisation, rules, the whole of extract, beside spaCy's blank Indonesian pipeline."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.records import Article
from tests.bench.measure import RATE_COLUMNS, Figure, Options, Result, rate, rates, write_records
from tests.bench.texts import articles, release


def run(options: Options) -> Iterator[Result]:
    """Speed on one core."""
    import spacy

    from pipeline.extract import extract, extract_many
    from pipeline.extract.tokens import tokenize
    from pipeline.run.batch import extract_batch

    count = options.size(600, 60)
    some = list(articles(count))
    texts = [article.text for article in some]
    blank = spacy.blank("id")
    extract(some[0])
    with tempfile.TemporaryDirectory() as folder:
        path = write_records(Path(folder) / "in.jsonl", (release(n) for n in range(count)))
        actions: dict[str, Callable[[], object]] = {
            "tokenisation alone (words with offsets)": lambda: [tokenize(text) for text in texts],
            'spaCy, `spacy.blank("id")` (its tokeniser alone)': lambda: [None for _ in blank.pipe(texts)],
            "all rules, records assembled": lambda: [None for _ in extract_many(some)],
            "`rilis extract`: JSONL to Parquet, cleaning, checks and near-copies included": lambda: (
                extract_batch([path], Path(folder) / "out", ner="rules")
            ),
        }
        figures = rates(actions, texts)
    figures += _with_model(some, texts)
    mean = sum(map(len, texts)) / count
    about = (
        f"{count:,} generated releases of {mean:,.0f} characters; one core; CPU time, best of three rounds, "
        f"all in turns; {os.getloadavg()[0]:.0f} processes wanted a core at the end."
    )
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
