"""From the mentions of the rules to the records of one article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline import __version__
from pipeline.extract.document import Document
from pipeline.records import Article, Extraction


def extract(article: Article) -> Extraction:
    """Find everything in one article."""
    doc = Document(article)
    return Extraction(article=doc.article, extractor=f"rilis {__version__} (rules)")


def extract_many(articles: Iterable[Article]) -> Iterator[Extraction]:
    """Find everything in each article, in order; memory does not grow with their number."""
    for article in articles:
        yield extract(article)
