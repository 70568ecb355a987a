"""The registry's names in an article's text, looked up once for all rules."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.document import Document
from pipeline.extract.rules.unit_spans import Hits
from pipeline.registry import load_registry


@lru_cache(maxsize=2)
def text_hits(doc: Document) -> Hits:
    """Names by the word where they begin, longest first."""
    return load_registry().names.hits(doc.tokens.lower)
