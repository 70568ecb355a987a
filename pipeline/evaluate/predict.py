"""Run the extractor over gold documents as a user would, without showing it the tags."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.article import from_text
from pipeline.evaluate.gold import GoldDocument
from pipeline.extract import extract_many
from pipeline.extract.ner import DEFAULT, NerBackend, load_backend
from pipeline.records import Article, Extraction


def predict(gold: Iterable[GoldDocument], ner: str | NerBackend | None = None) -> list[Extraction]:
    """Extract from each document, in order.

    ``ner`` is a loaded model, or a name (``rules``, ``spacy``, ``stanza``; the default when ``None``).
    """
    backend = load_backend(ner or DEFAULT) if ner is None or isinstance(ner, str) else ner
    return list(extract_many([as_article(doc) for doc in gold], backend))


def as_article(doc: GoldDocument) -> Article:
    """The article that a user would have given: plain body, title and what is known of its origin."""
    return from_text(
        doc.text, source_id=doc.id, url=doc.url, title=doc.title, published=doc.published, site=doc.site
    )
